"""Employees, departments, positions."""

from core.organization.models import Employee

from ..calls import Call, Maker, card, plain, whose
from ..scene import Scene

COMPANY = """
GET    employees/ | 401 200 200 200 200 401 401
@ own department other
GET    employees/{card_id}/ | 401 200/200/200 200/200/200 200 200 401 401
PATCH  employees/{card_id}/ #phone | 401 200/403/403 200/200/403 200 200 401 401
PATCH  employees/{card_id}/ #name | 401 403/403/403 403/200/403 200 200 401 401
PATCH  employees/{card_id}/ #position | 401 403/403/403 403/200/403 200 200 401 401
PATCH  employees/{card_id}/ #department | 401 403/403/403 403/403/403 200 200 401 401
POST   employees/{card_id}/block/ | 401 403/403/403 403/403/403 409/200/200 409/200/200 401 401
@ -
POST   employees/{card_id}/block/ #owner | 401 403 403 403 409 401 401
POST   employees/{card_id}/block/ #admin | 401 403 403 409 200 401 401
PATCH  employees/{card_id}/ #owner-by-head | 401 403 403 200 200 401 401
POST   employees/{card_id}/unblock/ | 401 403 403 200 200 401 401
@ own department other
PUT    employees/{card_id}/roles/ | 401 403/403/403 403/403/403 200/200/200 409/200/200 401 401
@ -
PUT    employees/{card_id}/roles/ #owner | 401 403 403 403 200 401 401
@ own department other
PUT    employees/{card_id}/login/ | 401 403/403/403 403/403/403 409/202/202 409/202/202 401 401
@ -
PUT    employees/{card_id}/login/ #owner | 401 403 403 403 409 401 401
PUT    employees/{card_id}/login/ #blocked | 401 403 403 409 409 401 401

GET    departments/ | 401 200 200 200 200 401 401
POST   departments/ | 401 403 403 201 201 401 401
GET    departments/{department_id}/ | 401 200 200 200 200 401 401
PATCH  departments/{department_id}/ | 401 403 403 200 200 401 401
DELETE departments/{department_id}/ | 401 403 403 204 204 401 401
GET    positions/ | 401 200 200 200 200 401 401
POST   positions/ | 401 403 403 201 201 401 401
PATCH  positions/{position_id}/ | 401 403 403 200 200 401 401
DELETE positions/{position_id}/ | 401 403 403 204 204 401 401
"""

ADDRESS = {"email": "new@policy.example"}


def _seated_owner(scene: Scene, caller: str, relation: str) -> Call:
    """The owner sits below the head, whose right to edit reaches there."""
    pk = scene.people["owner"].id
    scene.inside(lambda: Employee.objects.filter(pk=pk).update(department_id=scene.places["shop"]))
    return Call(f"employees/{pk}/", {"phone": "101"})


def _blocked_card(scene: Scene, caller: str, relation: str) -> Call:
    return Call(f"employees/{scene.people['blocked'].id}/unblock/")


CALLS: dict[str, Maker] = {
    "GET employees/": plain("employees/"),
    "GET employees/{card_id}/": card(),
    "PATCH employees/{card_id}/ #phone": card(body={"phone": "101"}),
    "PATCH employees/{card_id}/ #name": card(body={"full_name": "Иной Иван"}),
    "PATCH employees/{card_id}/ #position": card(body=lambda scene: {"position": scene.position}),
    "PATCH employees/{card_id}/ #department": card(body=lambda scene: {"department": scene.department()}),
    "POST employees/{card_id}/block/": card("block/"),
    "POST employees/{card_id}/block/ #owner": whose("owner", "block/"),
    "POST employees/{card_id}/block/ #admin": whose("admin", "block/"),
    "PATCH employees/{card_id}/ #owner-by-head": _seated_owner,
    "POST employees/{card_id}/unblock/": _blocked_card,
    "PUT employees/{card_id}/roles/": card("roles/", {"roles": ["head"]}),
    "PUT employees/{card_id}/roles/ #owner": whose("colleague", "roles/", {"roles": ["owner"]}),
    "PUT employees/{card_id}/login/": card("login/", ADDRESS),
    "PUT employees/{card_id}/login/ #owner": whose("owner", "login/", ADDRESS),
    "PUT employees/{card_id}/login/ #blocked": whose("blocked", "login/", ADDRESS),
    "GET departments/": plain("departments/"),
    "POST departments/": plain("departments/", {"title": "Склад"}),
    "GET departments/{department_id}/": lambda s, c, r: Call(f"departments/{s.places['sales']}/"),
    "PATCH departments/{department_id}/": lambda s, c, r: Call(
        f"departments/{s.places['sales']}/", {"title": "Сбыт", "parent": s.places["factory"]}
    ),
    "DELETE departments/{department_id}/": lambda s, c, r: Call(f"departments/{s.department()}/"),
    "GET positions/": plain("positions/"),
    "POST positions/": plain("positions/", {"title": "Кладовщик"}),
    "PATCH positions/{position_id}/": lambda s, c, r: Call(f"positions/{s.position}/", {"title": "Токарь"}),
    "DELETE positions/{position_id}/": lambda s, c, r: Call(f"positions/{s.spare_position()}/"),
}
