"""Roles and permissions."""

from ..calls import Call, Maker, plain

COMPANY = """
GET    roles/ | 401 200 200 200 200 401 401
POST   roles/ | 401 403 403 201 201 401 401
GET    roles/{code}/ | 401 200 200 200 200 401 401
PATCH  roles/{code}/ | 401 403 403 200 200 401 401
PATCH  roles/{code}/ #owner | 401 403 403 409 409 401 401
DELETE roles/{code}/ | 401 403 403 204 204 401 401
DELETE roles/{code}/ #system | 401 403 403 409 409 401 401
GET    permissions/ | 401 403 403 200 200 401 401
"""

CALLS: dict[str, Maker] = {
    "GET roles/": plain("roles/"),
    "POST roles/": plain("roles/", {"title": "Кадры", "grants": []}),
    "GET roles/{code}/": plain("roles/head/"),
    "PATCH roles/{code}/": plain("roles/employee/", {"grants": []}),
    "PATCH roles/{code}/ #owner": plain("roles/owner/", {"grants": []}),
    "DELETE roles/{code}/": lambda s, c, r: Call(f"roles/{s.role()}/"),
    "DELETE roles/{code}/ #system": plain("roles/employee/"),
    "GET permissions/": plain("permissions/"),
}
