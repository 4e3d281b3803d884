"""Templates of tasks, and tasks made from them."""

from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta
from typing import Any, TypeVar

from django.utils import timezone

from core import richtext
from core.access.actor import Actor
from core.access.limits import refuse_at, unwritable
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
from core.errors import Forbidden, Invalid
from core.events.bus import Change, emit
from core.links.actions import copy_links, tie_to_origin
from core.numbering.actions import next_number
from core.organization.people import people
from core.recurrence.errors import TooManyToday
from core.registry import registry
from core.tags.actions import copy_tags
from core.verb import verb

from ..errors import NotInYourName
from ..events import TemplateChanged, TemplateMade
from ..models import Task, TaskTemplate
from ..permissions import CREATE, EDIT
from ..queries import part_holders
from ..rules import due_in_of, span
from .cards import create_task, kept_text
from .recipients import Named, at_work, departments_named, must_exist, must_give_to, named_in, roles_named

Card = TypeVar("Card", Task, TaskTemplate)
Part = Participant.Part
# How a task calls what its template will give it: whoever may not write it there does not write it here either.
_IN_TASK = {"description": "description", "due_in": "due_at", "estimate": "estimate", "priority": "priority"}
WHOSE = ("roles", "departments")
PLAIN = ("title", "description", "due_in", "estimate", "priority", "is_private", *WHOSE)
# What a point of a task takes over from the template's; nobody has ticked it yet.
_OF_POINT = ("section", "text", "assignee_id", "demand", "unit", "least", "most", "latitude", "longitude", "radius",
             "repair")  # fmt: skip


@verb
def create_template(
    *,
    title: str,
    by: Actor,
    assignees: Iterable[int] = (),
    initiator: int | None = None,
    description: str = "",
    **more: Any,
) -> TaskTemplate:
    """Keep a template; people are principals' ids, the actor is the initiator when nobody is named.

    `more` are `roles` (codes), `departments` (ids), `due_in`, `estimate`, `priority`, `is_private`. Errors: Forbidden,
    NotInYourName, Invalid when nobody is meant.
    """
    by.must(CREATE)
    written = {"description": description, **more}
    refuse_at(_kept_from(by, [name for name, value in written.items() if value not in (None, "", 0)]))
    named = list(assignees)
    _must_mean(Named(named, more.get("roles", ()), more.get("departments", ())))
    must_exist(more.get("roles", ()), more.get("departments", ()))
    giver = initiator or by.principal_id
    _must_speak_for(giver, by)
    now = timezone.now()
    template = TaskTemplate(
        kind=TaskTemplate.KIND,
        title=title,
        description=kept_text(description),
        author_id=by.principal_id,
        responsible_id=giver,
        status=TaskTemplate.ACTIVE,
        created_at=now,
        changed_at=now,
        **more,
    )
    template.number = next_number(TaskTemplate.KIND, TaskTemplate.NUMBER_PREFIX, whose=giver)
    parts: dict[str, Iterable[int]] = {Part.AUTHOR: [by.principal_id], Part.RESPONSIBLE: [giver]}
    template = insert_card(template, parts | {Part.CO_WORKER: named})
    emit(TemplateMade(template.ref), by=by)
    return template


@verb
def change_template(
    template: TaskTemplate, *, fields: Mapping[str, Any], by: Actor, version: int | None = None
) -> TaskTemplate:
    """Change the given fields, `assignees` and `initiator` among them; tasks that have been made stay as they are.

    Errors: Forbidden, NotInYourName, Stale, Invalid when nobody is meant any more.
    """
    _must_own(template, by)
    template = lock(template, version=version)
    fields = {**fields, "description": kept_text(fields["description"])} if "description" in fields else dict(fields)
    touched = [name for name in PLAIN if name in fields and fields[name] != getattr(template, name)]
    refuse_at(_kept_from(by, fields, same=[name for name in fields if name not in touched]))
    changes = [_told(name, getattr(template, name), fields[name]) for name in touched]
    for name in touched:
        setattr(template, name, fields[name])
    if {"assignees", *WHOSE} & set(fields):
        changes += _reassigned(template, fields.get("assignees"))
        _must_mean(named_in(template))
        must_exist(fields.get("roles", ()), fields.get("departments", ()))
    if fields.get("initiator", template.responsible_id) != template.responsible_id:
        _must_speak_for(fields["initiator"], by)
        changes.append(_handed_over(template, fields["initiator"]))
        touched.append("responsible")
    if not changes:
        return template
    template.save_change(*touched)
    emit(TemplateChanged(template.ref, tuple(changes)), by=by)
    return template


@verb
def give_to(template: TaskTemplate, people: Iterable[int], at: datetime, *, by: Actor) -> list[Task]:
    """Make what a template owes for a moment: a task of his own for each of the people (principals).

    Each carries the checklist with nothing ticked, the files, the reading list, the tags, what the template is related
    to, and a link to its template. Errors: Forbidden.
    """
    by.must(CREATE)
    return [_give(template, at, assignee, by) for assignee in people]


@verb
def template_of(task: Task, *, by: Actor) -> TaskTemplate:
    """Keep a task that the actor sees as a template of his own: its words, its people and all that hangs on it.

    Those who help get tasks of their own from it; of the due moment stays how long there was. What his roles keep him
    from is left out. Errors: Forbidden, DraftOfAnother: the task is tied to what was made of it.
    """
    by.must(CREATE)
    by.must_add_to(task)
    held = [*part_holders(task, Part.RESPONSIBLE), *part_holders(task, Part.CO_WORKER)]
    working = at_work(held)
    own: dict[str, Any] = {
        "description": task.description,
        "due_in": due_in_of(task.created_at, task.due_at),
        "estimate": task.estimate,
        "priority": task.priority,
    }
    shut = _kept_from(by, own)
    template = create_template(
        title=task.title,
        assignees=dict.fromkeys(who for who in held if who in working) or [by.principal_id],
        is_private=task.is_private,
        by=by,
        **{name: value for name, value in own.items() if name not in shut},
    )
    return _carry(task, template, by)


def repeat(template: Entity, at: datetime, *, most: int, by: Actor) -> list[Entity]:
    """The tasks that a plan owes for a moment to everybody whom its template means; `template` is its common row.

    Errors: Forbidden, NobodyToGive, TooManyToGive, TooManyToday.
    """
    found = TaskTemplate.objects.get(pk=template.pk)
    people = must_give_to(named_in(found))
    if len(people) > most:
        raise TooManyToday()
    return list(give_to(found, people, at, by=by))


def _give(template: TaskTemplate, at: datetime, assignee: int, by: Actor) -> Task:
    task = create_task(
        title=template.title,
        description=template.description,
        assignee=assignee,
        due_at=at + timedelta(minutes=template.due_in) if template.due_in else None,
        priority=template.priority,
        estimate=template.estimate,
        is_private=template.is_private,
        as_written=True,
        by=by,
    )
    return _carry(template, task, by)


def _carry(source: Any, made: Card, by: Actor) -> Card:
    """Give a card that was just made from another one all that hangs on that one, as it was before anybody's work."""
    kind = registry.kind_of(made.kind)
    if points := [{name: getattr(point, name) for name in _OF_POINT} for point in points_of(source)]:
        add_points(made, kind, points=points, by=by)
    asked = readers_of(source.pk).filter(round=last_round(source.pk), principal__is_active=True)
    if readers := list(asked.values_list("principal_id", flat=True)):
        ask_to_read(made, kind, readers=readers, by=by)
    copy_tags(source, made)
    _with_pictures(made, copy_files(source, made, by=by))
    copy_links(source, made, by=by)
    tie_to_origin(made, source, by=by)
    return made


def _with_pictures(made: Card, copies: Mapping[int, int]) -> None:
    """Let the words of a new card show its own copies of pictures: who sees it need not see what it was made from."""
    shown = richtext.with_pictures(made.description, copies)
    if shown != made.description:
        made.description = shown
        made.save(update_fields=["description"])


def _must_mean(named: Named) -> None:
    if not named:
        raise Invalid({"assignees": "Выберите исполнителя, роль или отдел"})


def _reassigned(template: TaskTemplate, assignees: Iterable[int] | None) -> list[Change]:
    if assignees is None:
        return []
    before = part_holders(template, Part.CO_WORKER)
    came, left = replace(template, Part.CO_WORKER, assignees)
    if not came and not left:
        return []
    names = {who: person["name"] for who, person in people({*before, *came}).items()}
    after = part_holders(template, Part.CO_WORKER)
    old, new = (", ".join(names[who] for who in held) for held in (before, after))
    return [Change("assignees", old, new, back=(before,))]


def _handed_over(template: TaskTemplate, initiator: int) -> Change:
    names = people([template.responsible_id, initiator])
    before = names[template.responsible_id]["name"] if template.responsible_id else None
    replace(template, Part.RESPONSIBLE, [initiator])
    template.responsible_id = initiator
    return Change("initiator", before, names[initiator]["name"])


def _kept_from(by: Actor, names: Iterable[str], *, same: Iterable[str] = ()) -> set[str]:
    """Fields of a template that `by` may not write, because of its own limits or those of the tasks made from it.

    `same` stay as they are: of those nothing is asked but that the template does not hide them.
    """
    asked, still, tasks = [*names], set(same), registry.kind_of(Task.KIND)
    own = unwritable(by, registry.kind_of(TaskTemplate.KIND), asked, same=still)
    meant = {name for name in asked if name in _IN_TASK and name not in still}
    return own | {name for name in meant if unwritable(by, tasks, [_IN_TASK[name]])}


def _must_speak_for(giver: int, by: Actor) -> None:
    if giver != by.principal_id and by.scope_of(EDIT) != "all":
        raise NotInYourName()


def _must_own(template: TaskTemplate, by: Actor) -> None:
    # Those who get its tasks take part in it, but do not write it.
    own = by.principal_id in (template.author_id, template.responsible_id)
    if not own and not (by.scope_of(EDIT) != "own" and by.may(EDIT, template)):
        raise Forbidden("Шаблон меняет тот, кто его создал, или его руководитель")


def _told(field: str, before: Any, after: Any) -> Change:
    told = (before, after)
    if field in ("due_in", "estimate"):
        told = (before and span(before), after and span(after))
    if field == "priority":
        told = (Task.Priority(before).label, Task.Priority(after).label)
    if field == "description":
        told = ("прежнее", "новое")
    if field in WHOSE:
        titles = roles_named([*before, *after]) if field == "roles" else departments_named([*before, *after])
        told = (_listed(before, titles), _listed(after, titles))
    return Change(field, *told, back=(before,))


def _listed(keys: Iterable[Any], titles: Mapping[Any, str]) -> str:
    return ", ".join(titles[key] for key in keys if key in titles)
