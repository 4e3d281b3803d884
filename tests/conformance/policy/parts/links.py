"""Links between cards."""

from typing import Any

from ..calls import Call, Maker, card, known, task
from ..scene import Scene

COMPANY = """
@ own department other
GET    employees/{card_id}/links/ | 401 200/200/200 200/200/200 200 200 401 401
POST   employees/{card_id}/links/ | 401 201/201/201 201/201/201 201 201 401 401

@ initiator assignee watcher department other
GET    tasks/{card_id}/links/ | 401 200/200/200/404/404 200/200/200/200/404 200 200 401 401
POST   tasks/{card_id}/links/ | 401 201/201/201/404/404 201/201/201/201/404 201 201 401 401
POST   tasks/{card_id}/links/ #to-what-is-not-seen | 401 422/422/422/404/404 422/422/422/422/404 201 201 401 401

@ mine watched department other
DELETE links/{link_id}/ | 401 204/403/404/404 204/403/204/404 204 204 401 401
"""


def _link(scene: Scene, caller: str, relation: str) -> Call:
    return Call(f"links/{scene.link(known(caller), relation)}/")


def _to_trader(scene: Scene) -> dict[str, Any]:
    return {"ref": f"organization.employee/{scene.people['trader'].id}"}


def _to_task_of_others(scene: Scene) -> dict[str, Any]:
    return {"ref": f"tasks.task/{scene.task('employee', 'other')}"}


CALLS: dict[str, Maker] = {
    "GET employees/{card_id}/links/": card("links/"),
    "POST employees/{card_id}/links/": card("links/", _to_trader),
    "GET tasks/{card_id}/links/": task("links/"),
    "POST tasks/{card_id}/links/": task("links/", _to_trader),
    "POST tasks/{card_id}/links/ #to-what-is-not-seen": task("links/", _to_task_of_others),
    "DELETE links/{link_id}/": _link,
}
