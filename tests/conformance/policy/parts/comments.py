"""Comments on cards."""

from typing import Any

from ..calls import Call, Maker, card, comment, known, task
from ..scene import Scene

COMPANY = """
@ initiator assignee watcher department other
GET    tasks/{card_id}/comments/ | 401 200/200/200/404/404 200/200/200/200/404 200 200 401 401
POST   tasks/{card_id}/comments/ | 401 201/201/201/404/404 201/201/201/201/404 201 201 401 401

@ own department other
GET    employees/{card_id}/comments/ | 401 200/200/200 200/200/200 200 200 401 401
POST   employees/{card_id}/comments/ | 401 201/201/201 201/201/201 201 201 401 401

@ mine other
PATCH  comments/{comment_id}/ #on-employee | 401 200/403 200/403 403 403 401 401
DELETE comments/{comment_id}/ #on-employee | 401 204/403 204/403 403 403 401 401

@ mine watched department other
PATCH  comments/{comment_id}/ | 401 200/403/404/404 200/403/403/404 403 403 401 401
DELETE comments/{comment_id}/ | 401 204/403/404/404 204/403/403/404 403 403 401 401
"""


def _on_employee(body: Any = None) -> Maker:
    """On words about the «seller»: the caller's own, or the seller's."""

    def make(scene: Scene, caller: str, relation: str) -> Call:
        author = known(caller) if relation == "mine" else "seller"
        return Call(f"comments/{scene.comment_on_person('seller', author)}/", body)

    return make


CALLS: dict[str, Maker] = {
    "GET employees/{card_id}/comments/": card("comments/"),
    "POST employees/{card_id}/comments/": card("comments/", {"text": "Слово"}),
    "PATCH comments/{comment_id}/ #on-employee": _on_employee({"text": "Иначе"}),
    "DELETE comments/{comment_id}/ #on-employee": _on_employee(),
    "GET tasks/{card_id}/comments/": task("comments/"),
    "POST tasks/{card_id}/comments/": task("comments/", {"text": "Слово"}),
    "PATCH comments/{comment_id}/": comment({"text": "Иначе"}),
    "DELETE comments/{comment_id}/": comment(),
}
