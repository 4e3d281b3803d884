"""What people do with tasks."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from types import MappingProxyType
from typing import Any

from django.utils import timezone

from core import richtext
from core.access.actor import Actor
from core.access.limits import must_write
from core.comments.actions import comment
from core.comments.queries import working_principals
from core.custom_fields.actions.filling import must_be_filled, start_fields
from core.entities.locks import lock
from core.entities.models import Participant
from core.entities.participants import join, replace
from core.entities.queries import insert_card
from core.errors import Invalid, NotFound
from core.events.bus import Change, Event, emit
from core.identity.models import Principal
from core.numbering.actions import next_number, use_reserved
from core.options.queries import option
from core.organization.people import people
from core.outbox.queries import wake
from core.registry import registry
from core.statuses.actions.moving import land, lead
from core.verb import verb

from ..errors import AssigneeIsGone, DependsOnOthers, HasOpenSubtasks, TaskIsOver, WrongMoment
from ..events import (
    MOVES,
    CoAssigneesChanged,
    DraftMade,
    SubtaskAdded,
    TaskAssigned,
    TaskChanged,
    TaskCreated,
)
from ..models import Status, Task
from ..options import CLOSING, CONTROLLERS, STARTING, Closing, Starting, usual_due, wanted_of
from ..permissions import CREATE
from ..queries import blockers_of, is_alone, needs_text, open_below, part_holders
from ..rules import BY_CODE, MOST_TOGETHER, OPEN, OVER, RELEASE, STATES, allowed_from, is_move, span
from .approvals import CHANGED, keep_approval, must_be_approved, recall, settle_request
from .dues import drop_request, move_due
from .guards import must_decide, must_gather, must_play
from .subtasks import end_along, hang_under

Part = Participant.Part
PLAIN = ("title", "description", "priority", "estimate", "is_private", "release_at")


@verb
def create_task(
    *,
    title: str,
    assignee: int,
    by: Actor,
    description: str = "",
    due_at: datetime | None = None,
    due_by_default: bool = False,
    watchers: Iterable[int] = (),
    co_assignees: Iterable[int] = (),
    parent: Task | None = None,
    is_draft: bool = False,
    channels: Iterable[str] = (),
    card_type: str = "",
    fields: Mapping[str, Any] = MappingProxyType({}),
    reserved_number: int | None = None,
    as_written: bool = False,
    **more: Any,
) -> Task:
    """Give a task, or keep it as a draft; people are principals' ids, `description` plain text or HTML.

    With `due_by_default` a task without a due moment gets the company's usual one. `channels` are those by which the
    assignee is told besides what he himself has chosen. `card_type` and `fields` are the company's own, by their
    codes; `reserved_number` is one that the doer has kept for later; `more` are `priority`, `estimate` in minutes,
    `is_private` and, of a draft, `release_at`. With `as_written` a pattern or the product has written it all, and the
    doer's limits are no matter. Errors: Forbidden, NotPartOfTask, TooDeep, TooManySubtasks, NotReserved, Invalid.
    """
    by.must(CREATE)
    if not as_written:
        _must_write_new({"description": description, "due_at": due_at, **more}, by)
    _must_be_draft(is_draft, more)
    if parent is not None:
        hang_under(parent, levels=0, by=by)
    helpers = tuple(dict.fromkeys(co_assignees))
    due_at = due_at or (usual_due() if due_by_default else None)
    told = {"title": title, "description": kept_text(description), "due_at": due_at, "parent": parent, **more}
    task = _new(assignee, is_draft, told, by)
    task.number = _number(assignee, card_type, reserved_number, by)
    own = {Part.AUTHOR: [by.principal_id], Part.RESPONSIBLE: [assignee]}
    followers = [*watchers, *_controllers(task)]
    task = insert_card(task, own | {Part.WATCHER: followers, Part.CO_WORKER: helpers}, card_type=card_type)
    start_fields(task, registry.kind_of(Task.KIND), given=fields, type_code=card_type, by=by)
    if is_draft:
        _keep_draft(task, by)
    else:
        named = mentioned_in(task)
        emit(TaskCreated(task.ref, assignee, helpers, mentioned=named, channels=tuple(channels)), by=by)
        if parent is not None:
            emit(SubtaskAdded(parent.ref, subtask=str(task.ref)), by=by)
    return task


def _number(assignee: int, card_type: str, reserved: int | None, by: Actor) -> str:
    if reserved is not None:
        return use_reserved(Task.KIND, reserved, by=by)
    return next_number(Task.KIND, Task.NUMBER_PREFIX, whose=assignee, card_type=card_type)


def _must_write_new(given: Mapping[str, Any], by: Actor) -> None:
    # What nobody names stays as it is made, and the company's usual due moment is given by no person.
    must_write(by, registry.kind_of(Task.KIND), [name for name, value in given.items() if value not in (None, "", 0)])


def _controllers(task: Task) -> list[int]:
    playing = (task.author_id, task.responsible_id)
    return [] if task.is_private else [who for who in controllers() if who not in playing]


def controllers() -> list[int]:
    """Those who watch every task that is not private; whoever plays another part in it does not watch besides."""
    return working_principals(named) if (named := option(CONTROLLERS)) else []


def _keep_draft(task: Task, by: Actor) -> None:
    if task.release_at:
        wake(RELEASE, task.release_at)
    emit(DraftMade(task.ref), by=by)


@verb
def change_task(task: Task, *, fields: Mapping[str, Any], by: Actor, version: int | None = None) -> Task:
    """Change title, description, due_at, assignee (a principal's id), priority, estimate and privacy, as far as given.

    A new assignee has it anew (unless it is in review: its initiator decides first), the former one keeps watching.
    Moving a due moment asks for `due_reason`. Nothing happens when nothing differs. Errors: NotInitiator, Stale,
    TaskIsOver, Invalid for a missing reason.
    """
    must_decide(task, by)
    task = lock(task, version=version)
    must_decide(task, by)
    if task.status in OVER:
        raise TaskIsOver()
    _must_be_draft(task.is_draft, fields)
    fields = {**fields, "description": kept_text(fields["description"])} if "description" in fields else fields
    touched = [name for name in PLAIN if name in fields and fields[name] != getattr(task, name)]
    same = [name for name in fields if fields[name] == getattr(task, name, None)]
    must_write(by, registry.kind_of(Task.KIND), fields, same=same)
    changes = tuple(_told(name, getattr(task, name), fields[name]) for name in touched)
    known = set(mentioned_in(task))
    for name in touched:
        setattr(task, name, fields[name])
    fresh = tuple(who for who in mentioned_in(task) if who not in known)
    facts: list[Event] = []
    if "due_at" in fields and fields["due_at"] != task.due_at:
        if is_move(task.due_at, fields["due_at"], task.status):
            facts.append(move_due(task, fields["due_at"], reason=fields.get("due_reason", ""), by=by))
            touched += ["first_due_at", "due_moves"]
        else:
            changes = (*changes, _told("due_at", task.due_at, fields["due_at"]))
            task.due_at = fields["due_at"]
        touched.append("due_at")
    if changes:
        facts.insert(0, TaskChanged(task.ref, changes, mentioned=fresh))
    if fields.get("assignee", task.responsible_id) != task.responsible_id:
        facts.append(_hand_over(task, fields["assignee"]))
        touched += ["responsible", "status", "own_status"]
    if "release_at" in touched and task.release_at:
        wake(RELEASE, task.release_at)
    if facts:
        _save_and_tell(task, touched, facts, by)
    return task


@verb
def do_deed(
    task: Task,
    code: str,
    *,
    by: Actor,
    text: str = "",
    anyway: bool = False,
    version: int | None = None,
    own_status: int | None = None,
) -> Task:
    """Press a button: release, accept, start, submit, close, return, reopen, cancel.

    `anyway` when the person has read what stands in the way and goes on where the company lets him: subtasks are ended
    together with their task, work begins before what it depends on. `own_status` is where among the company's statuses
    it is to end. Errors: NotFound for an unknown code, NotAssignee, NotInitiator, WrongMoment, Stale, Invalid for a
    missing text, HasOpenSubtasks, SubtaskHasGaps, SubtaskOfOthers, DependsOnOthers, NotApprovedYet, those
    of `core.statuses.actions.moving.lead`.
    """
    deed = BY_CODE.get(code)
    if deed is None:
        raise NotFound()
    must_play(task, deed.by, by)
    task = lock(task, version=version)
    must_play(task, deed.by, by)
    if task.status not in allowed_from(deed, alone=is_alone(task)):
        raise WrongMoment()
    if needs_text(deed) and not text.strip():
        raise Invalid({"text": wanted_of(deed)})
    kind = registry.kind_of(Task.KIND)
    must_be_filled(task, kind, status=deed.target, by=by)
    moved = lead(task, kind, deed.target, by=by, to=own_status, text=text)
    if code == "start":
        _must_be_free(task, anyway)
    if code == "release":
        _must_be_ready(task)
    if deed.target in OVER:
        _end_below(task, code, by, anyway)
        drop_request(task)
    _press(task, code, text.strip(), by, moved)
    if text.strip():
        # What is said pressing a button is a part of the talk, and people answer it there.
        comment(task, kind, text=text, by=by, announced=True)
    return task


def _save_and_tell(task: Task, touched: list[str], facts: list[Event], by: Actor) -> None:
    """Whoever approves a draft approves its words and its people; when it is given is its author's business."""
    only_date = touched == ["release_at"]
    if task.is_draft and not only_date:
        facts += recall(task, CHANGED)
        touched.append("release_at")
    task.save_change(*touched)
    told = [emit(fact, by=by) for fact in facts]
    if task.is_draft and only_date:
        keep_approval(task, told[-1])


def _new(assignee: int, is_draft: bool, own: Mapping[str, Any], by: Actor) -> Task:
    now, status = timezone.now(), Status.DRAFT if is_draft else Status.NEW
    return Task(
        kind=Task.KIND,
        author_id=by.principal_id,
        responsible_id=assignee,
        status=status,
        state=STATES[status],
        is_draft=is_draft,
        created_at=now,
        changed_at=now,
        **own,
    )


def _press(task: Task, code: str, text: str, by: Actor, moved: Change) -> None:
    target = BY_CODE[code].target
    touched, more = ["status", "own_status", "state", "done_at"], {}
    if code == "release":
        task.is_draft, task.release_at = False, None
        touched += ["is_draft", "release_at"]
        left = settle_request(task)
        helpers = tuple(part_holders(task, Part.CO_WORKER))
        more = {"assignee": task.responsible_id, "helpers": helpers, "mentioned": mentioned_in(task), "left": left}
    _move(task, target)
    task.save_change(*touched)
    emit(MOVES[code](task.ref, text=text, changes=(moved,), **more), by=by)
    if code == "release" and task.parent is not None:
        emit(SubtaskAdded(task.parent.ref, subtask=str(task.ref)), by=by)


def _must_be_draft(is_draft: bool, fields: Mapping[str, Any]) -> None:
    if fields.get("release_at") and not is_draft:
        raise Invalid({"release_at": "Задача уже поставлена. По дате ставится только черновик"})


def _must_be_ready(draft: Task) -> None:
    must_be_approved(draft)
    if not Principal.objects.filter(pk__in=[draft.responsible_id], is_active=True).exists():
        raise AssigneeIsGone()


def _must_be_free(task: Task, anyway: bool) -> None:
    rule = option(STARTING)
    if rule == Starting.ALLOW or not (count := blockers_of(task.pk)):
        return
    may_go_on = rule == Starting.WARN
    if not (may_go_on and anyway):
        raise DependsOnOthers(count, way="Начать всё равно" if may_go_on else "")


def _end_below(task: Task, code: str, by: Actor, anyway: bool) -> None:
    """Close or cancel what hangs below as the company's rule says.

    Whoever ends a task ends the work it was divided into: no right over each of the subtasks is asked, but what the end
    of each asks for stands there.
    """
    below = open_below(task)
    if not below:
        return
    rule = option(CLOSING)
    if rule == Closing.REFUSE or len(below) > MOST_TOGETHER:
        raise HasOpenSubtasks(len(below), way="")
    if rule == Closing.ASK and not anyway:
        together = "Закрыть вместе с подзадачами" if code == "close" else "Отменить вместе с подзадачами"
        raise HasOpenSubtasks(len(below), way=together)
    for subtask in Task.objects.filter(pk__in=below).order_by("pk"):
        subtask = lock(subtask)
        if subtask.status in OPEN:
            moved = end_along(subtask, BY_CODE[code].target, by)
            drop_request(subtask)
            _press(subtask, code, f"Вместе с задачей {task.number}", by, moved)


@verb
def set_co_assignees(task: Task, principals: Iterable[int], *, by: Actor, version: int | None = None) -> Task:
    """Make exactly these people help the assignee. Errors: Forbidden, Stale, TaskIsOver."""
    if task.status in OVER:
        raise TaskIsOver()
    must_gather(task, by)
    task = lock(task, version=version)
    must_gather(task, by)
    before = part_holders(task, Part.CO_WORKER)
    came, left = replace(task, Part.CO_WORKER, principals)
    if not came and not left:
        return task
    after = part_holders(task, Part.CO_WORKER)
    names = _names({*before, *after})
    old, new = (", ".join(names[who] for who in held) for held in (before, after))
    change = Change("co_assignees", old, new, back=(before,))
    told = CoAssigneesChanged(task.ref, changes=(change,), came=tuple(sorted(came)), left=tuple(sorted(left)))
    facts = [told, *(recall(task, CHANGED) if task.is_draft else ())]
    task.save_change(*(["release_at"] if len(facts) > 1 else []))
    for fact in facts:
        emit(fact, by=by)
    return task


def _hand_over(task: Task, assignee: int) -> TaskAssigned:
    former = task.responsible_id
    if former is None:
        raise LookupError(f"{task.ref} has no assignee")
    names = _names({former, assignee})
    changes = [Change("assignee", names[former], names[assignee], back=(former,))]
    replace(task, Part.RESPONSIBLE, [assignee])
    drop_request(task)
    if not task.is_draft:
        join(task, {Part.WATCHER: [former]})
    # Work that has been handed in waits for its initiator, whoever answers for it now; his own he begins anew.
    is_handed_in = task.status == Status.IN_REVIEW and assignee != task.author_id
    if task.status not in (Status.NEW, Status.DRAFT) and not is_handed_in:
        changes.append(land(task, registry.kind_of(Task.KIND), Status.NEW))
        task.status = Status.NEW
    task.responsible_id = assignee
    return TaskAssigned(task.ref, assignee=assignee, former=former, changes=tuple(changes))


def _move(task: Task, target: Status) -> None:
    task.status, task.state = target, STATES[target]
    task.done_at = None if target in OPEN else timezone.now()


def _names(principals: set[int]) -> dict[int, str]:
    return {who: person["name"] for who, person in people(principals).items()}


def kept_text(text: str) -> str:
    """A description as it is kept; who is mentioned in it is called by his real name."""
    working = people(working_principals(ids)) if (ids := richtext.mentioned_ids(text)) else {}
    return richtext.kept(text, {person["id"]: person["name"] for person in working.values()})


def mentioned_in(task: Task) -> tuple[int, ...]:
    """Working people whom the description names."""
    return tuple(working_principals(ids)) if (ids := richtext.mentioned_ids(task.description)) else ()


def _told(field: str, before: Any, after: Any) -> Change:
    """What the history says of a field: of a formatted text its words."""
    return Change(field, *_in_words(field, before, after), back=(before,))


def _in_words(field: str, before: Any, after: Any) -> tuple[Any, Any]:
    if field == "priority":
        return Task.Priority(before).label, Task.Priority(after).label
    if field == "estimate":
        return _hours(before), _hours(after)
    if field != "description":
        return _plain(before), _plain(after)
    old, new = richtext.plain_of(before), richtext.plain_of(after)
    return (old, new) if old != new else (None, "другое оформление")


def _plain(value: Any) -> Any:
    return value.isoformat() if isinstance(value, datetime) else value


def _hours(minutes: int | None) -> str | None:
    return None if minutes is None else span(minutes)
