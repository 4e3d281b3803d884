"""Templates of tasks, and tasks made from them."""

from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta
from typing import Any

from django.utils import timezone

from core.access.actor import Actor
from core.access.limits import must_write
from core.acknowledgements.actions import ask_to_read
from core.acknowledgements.queries import last_round
from core.acknowledgements.queries import rows_of as readers_of
from core.attachments.actions import copy_files
from core.checklists.actions import add_points
from core.checklists.queries import points_of
from core.entities.locks import lock
from core.entities.models import Entity, Participant
from core.entities.participants import replace
from core.entities.queries import insert_card
from core.errors import Forbidden
from core.events.bus import Change, emit
from core.identity.models import Principal
from core.links.actions import tie_to_origin
from core.numbering.actions import next_number
from core.organization.people import people
from core.registry import registry
from core.verb import verb

from ..errors import NobodyToGive
from ..events import TemplateChanged, TemplateMade
from ..models import Task, TaskTemplate
from ..permissions import CREATE, EDIT
from ..queries import part_holders
from ..rules import span
from .cards import create_task, kept_text

Part = Participant.Part
PLAIN = ("title", "description", "due_in", "estimate", "priority", "is_private")
# What a point of a task takes over from the template's; nobody has ticked it yet.
_OF_POINT = ("section", "text", "assignee_id", "demand", "unit", "least", "most", "latitude", "longitude", "radius",
             "repair")  # fmt: skip


@verb
def create_template(
    *, title: str, assignees: Iterable[int], by: Actor, description: str = "", **more: Any
) -> TaskTemplate:
    """Keep a template; people are principals' ids. `more` are `due_in`, `estimate`, `priority`, `is_private`."""
    by.must(CREATE)
    now = timezone.now()
    template = TaskTemplate(
        kind=TaskTemplate.KIND,
        title=title,
        description=kept_text(description),
        author_id=by.principal_id,
        responsible_id=by.principal_id,
        status=TaskTemplate.ACTIVE,
        created_at=now,
        changed_at=now,
        **more,
    )
    template.number = next_number(TaskTemplate.KIND, TaskTemplate.NUMBER_PREFIX)
    own = [by.principal_id]
    template = insert_card(template, {Part.AUTHOR: own, Part.RESPONSIBLE: own, Part.CO_WORKER: assignees})
    emit(TemplateMade(template.ref), by=by)
    return template


@verb
def change_template(
    template: TaskTemplate, *, fields: Mapping[str, Any], by: Actor, version: int | None = None
) -> TaskTemplate:
    """Change the given fields, `assignees` among them; tasks that have been made stay as they are.

    Errors: Forbidden, Stale.
    """
    _must_own(template, by)
    template = lock(template, version=version)
    fields = {**fields, "description": kept_text(fields["description"])} if "description" in fields else dict(fields)
    touched = [name for name in PLAIN if name in fields and fields[name] != getattr(template, name)]
    must_write(by, registry.kind_of(TaskTemplate.KIND), touched)
    changes = [_told(name, getattr(template, name), fields[name]) for name in touched]
    for name in touched:
        setattr(template, name, fields[name])
    if "assignees" in fields:
        changes += _reassigned(template, fields["assignees"])
    if not changes:
        return template
    template.save_change(*touched)
    emit(TemplateChanged(template.ref, tuple(changes)), by=by)
    return template


@verb
def give_from(template: TaskTemplate, at: datetime, *, by: Actor) -> list[Task]:
    """Make what a template owes for a moment: a task of his own for each assignee who works.

    Each carries the checklist with nothing ticked, the files, the reading list and a link to its template.
    Errors: Forbidden, NobodyToGive.
    """
    by.must(CREATE)
    held = part_holders(template, Part.CO_WORKER)
    working = Principal.objects.filter(pk__in=held, is_active=True)
    able = [who for who in held if who in set(working.values_list("pk", flat=True))]
    if not able:
        raise NobodyToGive()
    return [_give(template, at, assignee, by) for assignee in able]


def repeat(template: Entity, at: datetime, *, by: Actor) -> list[Entity]:
    """The same for the plan of a template, known by its common row."""
    return list(give_from(TaskTemplate.objects.get(pk=template.pk), at, by=by))


def _give(template: TaskTemplate, at: datetime, assignee: int, by: Actor) -> Task:
    task = create_task(
        title=template.title,
        description=template.description,
        assignee=assignee,
        due_at=at + timedelta(minutes=template.due_in) if template.due_in else None,
        priority=template.priority,
        estimate=template.estimate,
        is_private=template.is_private,
        by=by,
    )
    kind = registry.kind_of(Task.KIND)
    if points := [{name: getattr(point, name) for name in _OF_POINT} for point in points_of(template)]:
        add_points(task, kind, points=points, by=by)
    asked = readers_of(template.pk).filter(round=last_round(template.pk), principal__is_active=True)
    if readers := list(asked.values_list("principal_id", flat=True)):
        ask_to_read(task, kind, readers=readers, by=by)
    copy_files(template, task, by=by)
    tie_to_origin(task, template, by=by)
    return task


def _reassigned(template: TaskTemplate, assignees: Iterable[int]) -> list[Change]:
    before = part_holders(template, Part.CO_WORKER)
    came, left = replace(template, Part.CO_WORKER, assignees)
    if not came and not left:
        return []
    names = {who: person["name"] for who, person in people({*before, *came}).items()}
    after = part_holders(template, Part.CO_WORKER)
    return [Change("assignees", *(", ".join(names[who] for who in held) for held in (before, after)))]


def _must_own(template: TaskTemplate, by: Actor) -> None:
    # Those who get its tasks take part in it, but do not write it.
    if by.principal_id != template.author_id and not (by.scope_of(EDIT) != "own" and by.may(EDIT, template)):
        raise Forbidden("Шаблон меняет тот, кто его создал, или его руководитель")


def _told(field: str, before: Any, after: Any) -> Change:
    if field in ("due_in", "estimate"):
        return Change(field, before and span(before), after and span(after))
    if field == "priority":
        return Change(field, Task.Priority(before).label, Task.Priority(after).label)
    return Change(field, "прежнее" if field == "description" else before, "новое" if field == "description" else after)
