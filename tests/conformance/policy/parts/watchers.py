"""Watching cards: naming others is a matter of who answers for the card, putting oneself there of how it is seen."""

from typing import Any

from ..calls import Maker, card, task
from ..scene import Scene

COMPANY = """
@ own department other
GET    employees/{card_id}/watchers/ | 401 200/200/200 200/200/200 200 200 401 401
PUT    employees/{card_id}/watchers/ | 401 200/403/403 200/200/403 200 200 401 401
POST   employees/{card_id}/watchers/ | 401 200/200/200 200/200/200 200 200 401 401
DELETE employees/{card_id}/watchers/ | 401 204/204/204 204/204/204 204 204 401 401

@ initiator assignee watcher department other
GET    tasks/{card_id}/watchers/ | 401 200/200/200/404/404 200/200/200/200/404 200 200 401 401
PUT    tasks/{card_id}/watchers/ | 401 200/200/403/404/404 200/200/403/200/404 200 200 401 401
POST   tasks/{card_id}/watchers/ | 401 200/200/200/404/404 200/200/200/200/404 200 200 401 401
DELETE tasks/{card_id}/watchers/ | 401 204/204/204/404/404 204/204/204/204/404 204 204 401 401
"""


def _neighbour(scene: Scene) -> dict[str, Any]:
    return {"watchers": [scene.people["neighbour"].id]}


CALLS: dict[str, Maker] = {
    "GET employees/{card_id}/watchers/": card("watchers/"),
    "PUT employees/{card_id}/watchers/": card("watchers/", _neighbour),
    "POST employees/{card_id}/watchers/": card("watchers/"),
    "DELETE employees/{card_id}/watchers/": card("watchers/"),
    "GET tasks/{card_id}/watchers/": task("watchers/"),
    "PUT tasks/{card_id}/watchers/": task("watchers/", _neighbour),
    "POST tasks/{card_id}/watchers/": task("watchers/"),
    "DELETE tasks/{card_id}/watchers/": task("watchers/"),
}
