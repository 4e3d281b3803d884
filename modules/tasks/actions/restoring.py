"""Giving tasks and their templates the values that they had before."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from core.access.actor import Actor
from core.errors import Invalid
from core.identity.models import Principal
from core.verb import verb

from ..models import Task, TaskTemplate
from .cards import change_task, set_co_assignees
from .recipients import departments_named, roles_named
from .templates import change_template

_MOMENTS = ("due_at", "release_at")
_WHY = "Возвращён прежний срок"


@verb
def put_back(task: Task, fields: Mapping[str, Any], *, by: Actor) -> None:
    """Errors as of `change_task`; Invalid when the former assignee works here no more."""
    given: dict[str, Any] = {name: _moment(value) if name in _MOMENTS else value for name, value in fields.items()}
    helpers = given.pop("co_assignees", None)
    if "assignee" in given and not _working([given["assignee"]]):
        raise Invalid({"assignee": "Прежний исполнитель больше не работает в системе. Выберите другого"})
    if given:
        task = change_task(task, fields={**given, "due_reason": _WHY}, by=by)
    if helpers is not None:
        set_co_assignees(task, _working(helpers), by=by)


@verb
def put_template_back(template: TaskTemplate, fields: Mapping[str, Any], *, by: Actor) -> None:
    """Errors as of `change_template`."""
    given = dict(fields)
    if "assignees" in given:
        given["assignees"] = _working(given["assignees"])
    if "roles" in given:
        given["roles"] = [*roles_named(given["roles"])]
    if "departments" in given:
        given["departments"] = [*departments_named(given["departments"])]
    change_template(template, fields=given, by=by)


def _moment(text: str | None) -> datetime | None:
    return datetime.fromisoformat(text) if text else None


def _working(principals: Iterable[int]) -> list[int]:
    wanted = list(principals)
    able = set(Principal.objects.filter(pk__in=wanted, is_active=True).values_list("pk", flat=True))
    return [who for who in wanted if who in able]
