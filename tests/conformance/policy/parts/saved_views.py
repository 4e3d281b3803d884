"""Saved views of lists, figures of lists, and what is done with many of their rows."""

from typing import Any

from core.registry import registry
from core.rest.bulk import do_all
from core.saved_views.models import SavedView
from core.tags.rest.bulk import BULK

from ..calls import Call, Maker, known, plain
from ..scene import Scene

COMPANY = """
GET    views/ | 401 200 200 200 200 401 401
POST   views/ | 401 201 201 201 201 401 401
POST   views/ #shared | 401 403 201 201 201 401 401
PUT    views/order/ | 401 204 204 204 204 401 401
PATCH  views/arrangement/ | 401 204 204 204 204 401 401
@ mine shared other
PATCH  views/{view_id}/ | 401 200/403/404 200/200/404 200/200/404 200/200/404 401 401
DELETE views/{view_id}/ | 401 204/403/404 204/204/404 204/204/404 204/204/404 401 401

GET    tasks/summary/ | 401 200 200 200 200 401 401
GET    employees/summary/ | 401 200 200 200 200 401 401
POST   tasks/bulk/ | 401 200 200 200 200 401 401
POST   tasks/bulk/undo/ | 401 200 200 200 200 401 401
POST   tasks/bulk/undo/ #of-another | 401 409 409 409 409 401 401
POST   employees/bulk/ | 401 200 200 200 200 401 401
POST   employees/bulk/undo/ | 401 200 200 200 200 401 401
POST   employees/bulk/undo/ #of-another | 401 409 409 409 409 401 401
"""
_KIND = {"kind": "tasks.task"}


def _view(body: Any = None) -> Maker:
    def make(scene: Scene, caller: str, relation: str) -> Call:
        owner = scene.people[known(caller) if relation == "mine" else "seller"].principal
        audience = "all" if relation == "shared" else "me"
        row = {"kind": "tasks.task", "owner_id": owner, "title": "Срочные", "place": 1, "audience": audience}
        return Call(f"views/{scene.inside(lambda: SavedView.objects.create(**row).pk)}/", body)

    return make


def _undo(code: str, by: str = "") -> Maker:
    """With the note of what somebody has just done: the caller himself unless it is said."""

    def make(scene: Scene, caller: str, relation: str) -> Call:
        doer, kind = by or known(caller), registry.kind_of(code)
        card = scene.people[doer].id if code == "organization.employee" else scene.task(doer, "initiator")

        def deed() -> str:
            return do_all(BULK[0], kind, [card], {"tag": "Срочно"}, scene.people[doer].actor())["undo"]

        return Call(f"{kind.plural}/bulk/undo/", {"undo": scene.inside(deed)})

    return make


CALLS: dict[str, Maker] = {
    "GET views/": plain("views/", params=_KIND),
    "POST views/": plain("views/", _KIND | {"title": "Срочные"}),
    "POST views/ #shared": plain("views/", _KIND | {"title": "Срочные", "audience": "all"}),
    "PUT views/order/": plain("views/order/", _KIND | {"ids": []}),
    "PATCH views/arrangement/": plain("views/arrangement/", _KIND | {"columns": [{"code": "title"}]}),
    "PATCH views/{view_id}/": _view({"title": "Горящие"}),
    "DELETE views/{view_id}/": _view(),
    "GET tasks/summary/": plain("tasks/summary/", params={"group": "assignee"}),
    # Whose rights reach which card is asked of each by its own verb (tests/core/rest/test_bulk.py).
    "POST tasks/bulk/": plain("tasks/bulk/", {"action": "cancel", "ids": [1]}),
    "POST tasks/bulk/undo/": _undo("tasks.task"),
    "POST tasks/bulk/undo/ #of-another": _undo("tasks.task", by="seller"),
    "POST employees/bulk/": plain("employees/bulk/", {"action": "block", "ids": [1]}),
    "POST employees/bulk/undo/": _undo("organization.employee"),
    "POST employees/bulk/undo/ #of-another": _undo("organization.employee", by="seller"),
    "GET employees/summary/": plain("employees/summary/", params={"group": "department"}),
}
