"""What roles keep people from in fields of cards."""

from ..calls import Maker, plain

COMPANY = """
PUT    roles/{code}/fields/ | 401 403 403 200 200 401 401
PUT    roles/{code}/fields/ #owner | 401 403 403 409 409 401 401
GET    card-fields/ | 401 403 403 200 200 401 401
"""

_LIMITS = {"limits": [{"kind": "tasks.task", "field": "due_at", "level": "hidden"}]}

CALLS: dict[str, Maker] = {
    "PUT roles/{code}/fields/": plain("roles/employee/fields/", _LIMITS),
    "PUT roles/{code}/fields/ #owner": plain("roles/owner/fields/", _LIMITS),
    "GET card-fields/": plain("card-fields/"),
}
