"""Histories of cards."""

from typing import Any

from core.access.actor import Actor
from core.entities.models import Entity
from core.events.bus import Change, emit
from core.organization.events import EmployeeChanged
from modules.tasks.events import TaskChanged, TemplateChanged

from ..calls import Call, Maker, card, known, task
from ..scene import Scene

COMPANY = """
@ own department other
GET    employees/{card_id}/history/ | 401 200/200/200 200/200/200 200 200 401 401
POST   employees/{card_id}/history/{fact_id}/restore/ | 401 200/403/403 200/200/403 200 200 401 401

@ initiator assignee watcher department other
GET    tasks/{card_id}/history/ | 401 200/200/200/404/404 200/200/200/200/404 200 200 401 401
POST   tasks/{card_id}/history/{fact_id}/restore/ | 401 200/403/403/404/404 200/403/403/200/404 200 200 401 401

@ own assigned department other
POST   task-templates/{card_id}/history/{fact_id}/restore/ | 401 200/403/404/404 200/200/200/404 200 200 401 401
"""


def _restore(plural: str, fact: type[Any], change: Change) -> Maker:
    """A line of the history about something that has been changed since."""

    def make(scene: Scene, caller: str, relation: str) -> Call:
        makers = {"employees": scene.card, "tasks": scene.task, "task-templates": scene.template}
        pk = makers[plural](caller if plural == "employees" else known(caller), relation)

        def changed() -> int:
            row = Entity.objects.get(pk=pk)
            return emit(fact(row.ref, changes=(change,)), by=Actor(row.author_id or 0, "employee", "Автор"))

        return Call(f"{plural}/{pk}/history/{scene.inside(changed)}/restore/", {})

    return make


_TITLE = Change("title", "Было", "Стало", back=("Было",))
_PHONE = Change("phone", "+79120000000", "", back=("+79120000000",))

CALLS: dict[str, Maker] = {
    "POST employees/{card_id}/history/{fact_id}/restore/": _restore("employees", EmployeeChanged, _PHONE),
    "POST tasks/{card_id}/history/{fact_id}/restore/": _restore("tasks", TaskChanged, _TITLE),
    "POST task-templates/{card_id}/history/{fact_id}/restore/": _restore("task-templates", TemplateChanged, _TITLE),
    "GET employees/{card_id}/history/": card("history/"),
    "GET tasks/{card_id}/history/": task("history/"),
}
