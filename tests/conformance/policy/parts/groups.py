"""Views used as groups: which cards are in them, how many, and whom a choice of groups means."""

from typing import Any

from core.saved_views.models import SavedView

from ..calls import Call, Maker, known, plain
from ..scene import Scene

COMPANY = """
GET    views/counts/ | 401 200 200 200 200 401 401

@ own department other
GET    employees/{card_id}/groups/ | 401 200/200/200 200/200/200 200 200 401 401
GET    employees/{card_id}/acknowledgements/meant/ | 401 200/403/403 200/200/403 200 200 401 401

@ initiator assignee watcher department other
GET    tasks/{card_id}/groups/ | 401 200/200/200/404/404 200/200/200/200/404 200 200 401 401
GET    tasks/{card_id}/acknowledgements/meant/ | 401 200/200/403/404/404 200/200/403/200/404 200 200 401 401

@ own assigned department other
GET    task-templates/{card_id}/groups/ | 401 200/200/404/404 200/200/200/404 200 200 401 401
GET    task-templates/{card_id}/acknowledgements/meant/ | 401 200/403/404/404 200/200/200/404 200 200 401 401
"""


def _group(scene: Scene, caller: str) -> int:
    """A group of employees that the caller sees."""
    owner = scene.people[known(caller)].principal
    row = {"kind": "organization.employee", "owner_id": owner, "title": "Все", "place": 1, "is_group": True}
    return scene.inside(lambda: SavedView.objects.create(params={"is_active": "true"}, **row).pk)


def _on(plural: str, tail: str, *, asks: bool = False) -> Maker:
    def make(scene: Scene, caller: str, relation: str) -> Call:
        if plural == "employees":
            pk = scene.card(caller, relation)
        else:
            maker: Any = scene.task if plural == "tasks" else scene.template
            pk = maker(known(caller), relation)
        params = {"groups": str(_group(scene, caller))} if asks else {}
        return Call(f"{plural}/{pk}/{tail}", params=params)

    return make


CALLS: dict[str, Maker] = {
    "GET views/counts/": plain("views/counts/", params={"kind": "tasks.task"}),
    **{
        f"GET {plural}/{{card_id}}/groups/": _on(plural, "groups/")
        for plural in ("employees", "tasks", "task-templates")
    },
    **{
        f"GET {plural}/{{card_id}}/acknowledgements/meant/": _on(plural, "acknowledgements/meant/", asks=True)
        for plural in ("employees", "tasks", "task-templates")
    },
}
