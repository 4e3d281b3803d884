"""Checklists of cards and their points."""

from typing import Any

from ..calls import Call, Maker, card, known, task
from ..scene import Scene

COMPANY = """
@ own department other
GET    employees/{card_id}/checklist/ | 401 200/200/200 200/200/200 200 200 401 401
POST   employees/{card_id}/checklist/ | 401 201/403/403 201/201/403 201 201 401 401

@ initiator assignee watcher department other
GET    tasks/{card_id}/checklist/ | 401 200/200/200/404/404 200/200/200/200/404 200 200 401 401
POST   tasks/{card_id}/checklist/ | 401 201/201/403/404/404 201/201/403/201/404 201 201 401 401

@ mine watched department other
PATCH  checklist/{point_id}/ | 401 200/403/404/404 200/403/200/404 200 200 401 401
DELETE checklist/{point_id}/ | 401 204/403/404/404 204/403/204/404 204 204 401 401
PUT    checklist/{point_id}/place/ | 401 204/403/404/404 204/403/204/404 204 204 401 401
POST   checklist/{point_id}/tick/ | 401 200/403/404/404 200/403/200/404 200 200 401 401
POST   checklist/{point_id}/tick/ #given-to-oneself | 401 200/200/200/200 200/200/200/200 200 200 401 401
DELETE checklist/{point_id}/tick/ | 401 200/403/404/404 200/403/200/404 200 200 401 401
POST   checklist/{point_id}/failure/ | 401 200/403/404/404 200/403/200/404 200 200 401 401
"""


def _point(tail: str = "", body: Any = None, *, given: bool = False) -> Maker:
    def make(scene: Scene, caller: str, relation: str) -> Call:
        return Call(f"checklist/{scene.point(known(caller), relation, given=given)}/{tail}", body)

    return make


CALLS: dict[str, Maker] = {
    "GET employees/{card_id}/checklist/": card("checklist/"),
    "POST employees/{card_id}/checklist/": card("checklist/", {"points": [{"text": "Осмотр"}]}),
    "GET tasks/{card_id}/checklist/": task("checklist/"),
    "POST tasks/{card_id}/checklist/": task("checklist/", {"points": [{"text": "Осмотр"}]}),
    "PATCH checklist/{point_id}/": _point("", {"text": "Иначе"}),
    "DELETE checklist/{point_id}/": _point(),
    "PUT checklist/{point_id}/place/": _point("place/", {"after": None}),
    "POST checklist/{point_id}/tick/": _point("tick/", {}),
    "POST checklist/{point_id}/tick/ #given-to-oneself": _point("tick/", {}, given=True),
    "DELETE checklist/{point_id}/tick/": _point("tick/"),
    "POST checklist/{point_id}/failure/": _point("failure/", {"note": "Течёт"}),
}
