"""Masks of numbers."""

from ..calls import Maker, plain

COMPANY = """
GET    numbering/ | 401 403 403 200 200 401 401
PUT    numbering/{kind}/ | 401 403 403 200 200 401 401
POST   numbering/{kind}/preview/ | 401 403 403 200 200 401 401
"""

_MASK = {"mask": "ЗД-{ГГГГ}-{####}", "period": "year"}
CALLS: dict[str, Maker] = {
    "GET numbering/": plain("numbering/"),
    "PUT numbering/{kind}/": plain("numbering/tasks.task/", _MASK),
    "POST numbering/{kind}/preview/": plain("numbering/tasks.task/preview/", _MASK),
}
