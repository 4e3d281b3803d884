"""What the company decides for itself."""

from ..calls import Maker, plain

COMPANY = """
GET    options/ | 401 403 403 200 200 401 401
PATCH  options/ | 401 403 403 200 200 401 401
GET    options/history/ | 401 403 403 200 200 401 401
"""

CALLS: dict[str, Maker] = {
    "GET options/": plain("options/"),
    "PATCH options/": plain("options/", {"values": {"tasks.closing": "together"}}),
    "GET options/history/": plain("options/history/"),
}
