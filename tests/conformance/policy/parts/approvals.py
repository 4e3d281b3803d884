"""Drafts that somebody approves; `#of-colleague` are another one's drafts, or what another one is asked about."""

from collections.abc import Callable

from modules.tasks.actions import create_task
from modules.tasks.actions.drafts import ask_approval
from modules.tasks.models import DraftRequest, Task

from ..calls import Call, Maker, known
from ..scene import Scene

COMPANY = """
POST   tasks/approval/ | 401 204 204 204 204 401 401
POST   tasks/approval/ #of-colleague | 401 422 422 422 422 401 401
POST   tasks/approval/decision/ | 401 204 204 204 204 401 401
POST   tasks/approval/decision/ #of-colleague | 401 404 404 404 404 401 401
@ own other
DELETE tasks/{card_id}/approval/ | 401 200/404 200/404 200/404 200/404 401 401
"""


def _draft(scene: Scene, author: str, approver: str = "") -> Task:
    by, to = scene.people[author].actor(), scene.people["seller"].principal
    draft = create_task(title="План", assignee=to, is_draft=True, by=by)
    if approver:
        ask_approval([draft], approver=scene.people[approver].principal, by=by)
    return draft


def _sends(whose: str = "") -> Maker:
    def make(scene: Scene, caller: str, relation: str) -> Call:
        draft = scene.inside(lambda: _draft(scene, whose or known(caller)).pk)
        return Call("tasks/approval/", {"tasks": [draft], "approver": scene.people["trader"].id})

    return make


def _decides(of: Callable[[str], str]) -> Maker:
    def make(scene: Scene, caller: str, relation: str) -> Call:
        draft = scene.inside(lambda: _draft(scene, "colleague", of(known(caller))).pk)
        asked = scene.inside(lambda: DraftRequest.objects.get(task=draft))
        told = {"drafts": [{"request": asked.pk, "seen": asked.seen}], "approves": True}
        return Call("tasks/approval/decision/", told)

    return make


def _recalls(scene: Scene, caller: str, relation: str) -> Call:
    author = known(caller) if relation == "own" else "seller"
    draft = scene.inside(lambda: _draft(scene, author, "trader").pk)
    return Call(f"tasks/{draft}/approval/")


CALLS: dict[str, Maker] = {
    "POST tasks/approval/": _sends(),
    "POST tasks/approval/ #of-colleague": _sends("colleague"),
    "POST tasks/approval/decision/": _decides(lambda caller: caller),
    "POST tasks/approval/decision/ #of-colleague": _decides(lambda caller: "trader"),
    "DELETE tasks/{card_id}/approval/": _recalls,
}
