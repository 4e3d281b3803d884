"""Who sees a card and why; what a person may."""

from ..calls import Call, Maker, card, known, task
from ..scene import Scene

COMPANY = """
@ own department other
GET    employees/{card_id}/access/ | 401 200/403/403 200/403/403 200 200 401 401
GET    employees/{card_id}/access/{employee_id}/ | 401 200/403/403 200/403/403 200 200 401 401

@ initiator assignee watcher department other
GET    tasks/{card_id}/access/ | 401 200/403/403/404/404 200/403/403/403/404 200 200 401 401
GET    tasks/{card_id}/access/{employee_id}/ | 401 200/403/403/404/404 200/403/403/403/404 200 200 401 401

@ own assigned department other
GET    task-templates/{card_id}/access/ | 401 200/403/404/404 200/403/403/404 200 200 401 401
GET    task-templates/{card_id}/access/{employee_id}/ | 401 200/403/404/404 200/403/403/404 200 200 401 401

@ -
GET    rights/{employee_id}/ | 401 403 403 200 200 401 401
"""


def _trader(scene: Scene) -> int:
    return scene.people["trader"].id


def _template(tail: str = "") -> Maker:
    def make(scene: Scene, caller: str, relation: str) -> Call:
        return Call(f"task-templates/{scene.template(known(caller), relation)}/access/{tail.format(_trader(scene))}")

    return make


def _of(make: Maker) -> Maker:
    """The same address, asked of one person."""

    def asked(scene: Scene, caller: str, relation: str) -> Call:
        return Call(f"{make(scene, caller, relation).path}{_trader(scene)}/")

    return asked


CALLS: dict[str, Maker] = {
    "GET employees/{card_id}/access/": card("access/"),
    "GET employees/{card_id}/access/{employee_id}/": _of(card("access/")),
    "GET tasks/{card_id}/access/": task("access/"),
    "GET tasks/{card_id}/access/{employee_id}/": _of(task("access/")),
    "GET task-templates/{card_id}/access/": _template(),
    "GET task-templates/{card_id}/access/{employee_id}/": _template("{}/"),
    "GET rights/{employee_id}/": lambda s, c, r: Call(f"rights/{_trader(s)}/"),
}
