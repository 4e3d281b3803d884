"""Tags of cards, and the company's words for them."""

from typing import Any

from core.tags.models import Tag

from ..calls import Call, Maker, card, plain, task
from ..scene import Scene

COMPANY = """
GET    tags/ | 401 200 200 200 200 401 401
PATCH  tags/{tag_id}/ | 401 403 200 200 200 401 401
DELETE tags/{tag_id}/ | 401 403 204 204 204 401 401
POST   tags/{tag_id}/merge/ | 401 403 200 200 200 401 401

@ own department other
GET    employees/{card_id}/tags/ | 401 200/200/200 200/200/200 200 200 401 401
PUT    employees/{card_id}/tags/ | 401 200/403/403 200/200/403 200 200 401 401

@ initiator assignee watcher department other
GET    tasks/{card_id}/tags/ | 401 200/200/200/404/404 200/200/200/200/404 200 200 401 401
PUT    tasks/{card_id}/tags/ | 401 200/200/403/404/404 200/200/403/200/404 200 200 401 401
"""


def _tag(tail: str = "", body: Any = None, *, merges: bool = False) -> Maker:
    def make(scene: Scene, caller: str, relation: str) -> Call:
        first, second = scene.inside(lambda: [Tag.objects.create(title=title).pk for title in ("Срочно", "Горит")])
        return Call(f"tags/{first}/{tail}", {"into": second} if merges else body)

    return make


CALLS: dict[str, Maker] = {
    "GET tags/": plain("tags/"),
    "PATCH tags/{tag_id}/": _tag("", {"title": "Важно"}),
    "DELETE tags/{tag_id}/": _tag(),
    "POST tags/{tag_id}/merge/": _tag("merge/", merges=True),
    "GET employees/{card_id}/tags/": card("tags/"),
    "PUT employees/{card_id}/tags/": card("tags/", {"tags": ["Срочно"]}),
    "GET tasks/{card_id}/tags/": task("tags/"),
    "PUT tasks/{card_id}/tags/": task("tags/", {"tags": ["Срочно"]}),
}
