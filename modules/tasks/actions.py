"""What people do with tasks."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from django.utils import timezone

from core import richtext
from core.access.actor import Actor
from core.comments.actions import comment
from core.comments.queries import working_principals
from core.entities.locks import lock
from core.entities.models import Participant
from core.entities.participants import join, replace
from core.entities.queries import insert_card
from core.errors import Forbidden, Invalid, NotFound
from core.events.bus import Change, Event, emit
from core.numbering.actions import next_number
from core.organization.people import people
from core.registry import registry
from core.verb import verb

from .errors import NotAssignee, NotInitiator, TaskIsOver, WrongMoment
from .events import MOVES, CoAssigneesChanged, TaskAssigned, TaskChanged, TaskCreated, WatchersChanged
from .models import Status, Task
from .permissions import CREATE
from .queries import is_initiator, part_holders, parts_of
from .rules import ASSIGNEE, BY_CODE, OPEN, OVER, STATES, allowed_from

Part = Participant.Part
PLAIN = ("title", "description", "due_at")


@verb
def create_task(
    *,
    title: str,
    assignee: int,
    by: Actor,
    description: str = "",
    due_at: datetime | None = None,
    watchers: Iterable[int] = (),
    co_assignees: Iterable[int] = (),
) -> Task:
    """Give a task; people are principals' ids, `description` plain text or HTML. Errors: Forbidden."""
    by.must(CREATE)
    helpers = tuple(dict.fromkeys(co_assignees))
    now = timezone.now()
    task = Task(
        kind=Task.KIND,
        title=title,
        description=_kept(description),
        due_at=due_at,
        author_id=by.principal_id,
        responsible_id=assignee,
        status=Status.NEW,
        state=STATES[Status.NEW],
        created_at=now,
        changed_at=now,
    )
    parts: dict[str, Iterable[int]] = {
        Part.AUTHOR: [by.principal_id],
        Part.RESPONSIBLE: [assignee],
        Part.WATCHER: watchers,
        Part.CO_WORKER: helpers,
    }
    task.number = next_number(Task.KIND, Task.NUMBER_PREFIX)
    task = insert_card(task, parts)
    emit(TaskCreated(task.ref, assignee=assignee, helpers=helpers, mentioned=_mentioned(task.description)), by=by)
    return task


@verb
def change_task(task: Task, *, fields: Mapping[str, Any], by: Actor, version: int | None = None) -> Task:
    """Change title, description, due_at and assignee (a principal's id), those of them that are given.

    A new assignee has it anew, the former one keeps watching. Nothing happens when nothing differs.
    Errors: NotInitiator, Stale, TaskIsOver.
    """
    _must_decide(task, by)
    task = lock(task, version=version)
    _must_decide(task, by)
    if task.status in OVER:
        raise TaskIsOver()
    fields = {**fields, "description": _kept(fields["description"])} if "description" in fields else fields
    touched = [name for name in PLAIN if name in fields and fields[name] != getattr(task, name)]
    changes = tuple(_told(name, getattr(task, name), fields[name]) for name in touched)
    known = set(_mentioned(task.description))
    for name in touched:
        setattr(task, name, fields[name])
    fresh = tuple(who for who in _mentioned(task.description) if who not in known)
    facts: list[Event] = [TaskChanged(task.ref, changes, mentioned=fresh)] if changes else []
    if fields.get("assignee", task.responsible_id) != task.responsible_id:
        facts.append(_hand_over(task, fields["assignee"]))
        touched += ["responsible", "status"]
    if facts:
        task.save_change(*touched)
    for fact in facts:
        emit(fact, by=by)
    return task


@verb
def do_deed(task: Task, code: str, *, by: Actor, text: str = "", version: int | None = None) -> Task:
    """Press a button: accept, start, submit, close, return, reopen, cancel.

    Errors: NotFound for an unknown code, NotAssignee, NotInitiator, WrongMoment, Stale, Invalid for a missing text.
    """
    deed = BY_CODE.get(code)
    if deed is None:
        raise NotFound()
    _must_play(task, deed.by, by)
    task = lock(task, version=version)
    _must_play(task, deed.by, by)
    if task.status not in allowed_from(deed, alone=task.author_id == task.responsible_id):
        raise WrongMoment()
    if deed.needs_text and not text.strip():
        raise Invalid({"text": "Напишите, что нужно сделать"})
    moved = Change("status", Status(task.status).label, deed.target.label)
    _move(task, deed.target)
    task.save_change("status", "state", "done_at")
    emit(MOVES[code](task.ref, text=text.strip(), changes=(moved,)), by=by)
    if text.strip():
        # What is said pressing a button is a part of the talk, and people answer it there.
        comment(task, registry.kind_of(Task.KIND), text=text, by=by, announced=True)
    return task


@verb
def set_watchers(task: Task, principals: Iterable[int], *, by: Actor, version: int | None = None) -> Task:
    """Make exactly these people watch the task; the initiator or the assignee does it. Errors: Forbidden, Stale."""
    return _set_part(task, Part.WATCHER, principals, fact=WatchersChanged, field="watchers", by=by, version=version)


@verb
def set_co_assignees(task: Task, principals: Iterable[int], *, by: Actor, version: int | None = None) -> Task:
    """Make exactly these people help the assignee. Errors: Forbidden, Stale, TaskIsOver."""
    if task.status in OVER:
        raise TaskIsOver()
    fact = CoAssigneesChanged
    return _set_part(task, Part.CO_WORKER, principals, fact=fact, field="co_assignees", by=by, version=version)


def _set_part(
    task: Task, part: str, principals: Iterable[int], *, fact: type[Any], field: str, by: Actor, version: int | None
) -> Task:
    _must_gather(task, by)
    task = lock(task, version=version)
    _must_gather(task, by)
    before = part_holders(task, part)
    came, left = replace(task, part, principals)
    if not came and not left:
        return task
    after = part_holders(task, part)
    names = _names({*before, *after})
    task.save_change()
    change = Change(field, ", ".join(names[who] for who in before), ", ".join(names[who] for who in after))
    emit(fact(task.ref, changes=(change,), came=tuple(sorted(came)), left=tuple(sorted(left))), by=by)
    return task


# Rights are asked twice, before the lock and on the locked row: the task may have been handed over while we waited.


def _must_decide(task: Task, by: Actor) -> None:
    if not is_initiator(by, task):
        raise NotInitiator()


def _must_play(task: Task, part: str, by: Actor) -> None:
    if part not in parts_of(by, task, part_holders(task, Part.CO_WORKER)):
        raise NotAssignee() if part == ASSIGNEE else NotInitiator()


def _must_gather(task: Task, by: Actor) -> None:
    if by.principal_id != task.responsible_id and not is_initiator(by, task):
        raise Forbidden("Состав участников меняют инициатор и исполнитель задачи")


def _hand_over(task: Task, assignee: int) -> TaskAssigned:
    former = task.responsible_id
    if former is None:
        raise LookupError(f"{task.ref} has no assignee")
    names = _names({former, assignee})
    changes = [Change("assignee", names[former], names[assignee])]
    replace(task, Part.RESPONSIBLE, [assignee])
    join(task, {Part.WATCHER: [former]})
    if task.status != Status.NEW:
        changes.append(Change("status", Status(task.status).label, Status.NEW.label))
        task.status = Status.NEW
    task.responsible_id = assignee
    return TaskAssigned(task.ref, assignee=assignee, former=former, changes=tuple(changes))


def _move(task: Task, target: Status) -> None:
    task.status, task.state = target, STATES[target]
    task.done_at = None if target in OPEN else timezone.now()


def _names(principals: set[int]) -> dict[int, str]:
    return {who: person["name"] for who, person in people(principals).items()}


def _kept(text: str) -> str:
    """A description as it is kept; who is mentioned in it is called by his real name."""
    working = people(working_principals(ids)) if (ids := richtext.mentioned_ids(text)) else {}
    return richtext.kept(text, {person["id"]: person["name"] for person in working.values()})


def _mentioned(text: str) -> tuple[int, ...]:
    return tuple(working_principals(ids)) if (ids := richtext.mentioned_ids(text)) else ()


def _told(field: str, before: Any, after: Any) -> Change:
    """What the history says of a field: of a formatted text its words."""
    if field != "description":
        return Change(field, _plain(before), _plain(after))
    old, new = richtext.plain_of(before), richtext.plain_of(after)
    return Change(field, old, new) if old != new else Change(field, None, "другое оформление")


def _plain(value: Any) -> Any:
    return value.isoformat() if isinstance(value, datetime) else value
