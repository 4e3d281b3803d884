"""Putting a task back as it was before a change of many."""

from collections.abc import Collection, Mapping
from datetime import datetime
from typing import Any

from django.utils.dateparse import parse_datetime

from core.access.actor import Actor
from core.access.limits import must_write
from core.entities.locks import lock, locked
from core.entities.models import Participant
from core.entities.participants import people_of, replace
from core.events.bus import Change, emit
from core.identity.models import Principal
from core.organization.people import people
from core.registry import registry
from core.statuses.actions.moving import stand_again
from core.verb import verb

from ..errors import AssigneeIsGone, SubtaskTouched
from ..events import TaskChanged
from ..models import DueRequest, Status, Task
from ..queries import open_below
from ..rules import STATES
from .approvals import CHANGED, recall
from .dues import drop_request
from .guards import must_decide, must_work
from .subtasks import number_for

_MOMENTS = ("due_at", "first_due_at", "done_at")
_PLAIN = ("responsible_id", "status", "own_status_id", "state", "due_moves", "priority")
# What a deed or a move changes: its doer takes it back with the right by which he did it.
_OF_MOVES = {"status", "own_status_id", "state", "done_at", "due_request", "below"}
# By which name a person writes what lies in a column.
_WRITTEN = {"due_at": "due_at", "first_due_at": "due_at", "due_moves": "due_at", "priority": "priority"}
_PARTS = {"watchers": Participant.Part.WATCHER, "co_assignees": Participant.Part.CO_WORKER}


def remembered(task: Task) -> dict[str, Any]:
    """What changes of many may change of a task, as JSON; people by principals' ids.

    `below` are its open subtasks, which may end together with it, each as [id, version, status, own status, what is
    asked about its due moment].
    """
    moments = {name: _told(getattr(task, name)) for name in _MOMENTS}
    plain = {name: getattr(task, name) for name in _PLAIN}
    held = people_of([task.pk], *_PARTS.values()).get(task.pk, {})
    around: dict[str, Any] = {name: sorted(held.get(part, [])) for name, part in _PARTS.items()}
    return moments | plain | around | {"due_request": _asked([task.pk]).get(task.pk), "below": _below(task)}


def changed(before: Mapping[str, Any], after: Mapping[str, Any]) -> dict[str, Any] | None:
    """Those of the former values that are others now; None when there are none."""
    return {name: value for name, value in before.items() if after[name] != value} or None


@verb
def put_back(task: Task, *, before: Mapping[str, Any], by: Actor) -> Task:
    """Give a task back the values that `changed` has told of; the history tells of it as of any change.

    Whoever answers for the task may; where it was only moved on, whoever works on it. Subtasks that ended together with
    it come back with it, all or none. Errors: NotInitiator, NotPartOfTask, AssigneeIsGone, SubtaskTouched, Invalid at
    fields that the actor's roles keep him from.
    """
    may_undo = must_work if set(before) <= _OF_MOVES else must_decide
    may_undo(task, by)
    task = lock(task)
    may_undo(task, by)
    must_write(by, registry.kind_of(Task.KIND), {_WRITTEN[name] for name in before if name in _WRITTEN})
    if "responsible_id" in before and not _works(before["responsible_id"]):
        raise AssigneeIsGone()
    now, moved = remembered(task), _stood(task, before)
    columns = [name for name in (*_MOMENTS, *_PLAIN) if name in before and name != "own_status_id"]
    for name in columns:
        setattr(task, name, parse_datetime(before[name]) if name in _MOMENTS and before[name] else before[name])
    for name, part in _PARTS.items():
        if name in before:
            replace(task, part, before[name])
    if "responsible_id" in before:
        replace(task, Participant.Part.RESPONSIBLE, [before["responsible_id"]])
    if {"responsible_id", "due_at"} & set(before):
        # Asked since of a task in other hands, or of another moment.
        drop_request(task)
    _ask_again(task, before.get("due_request"))
    recalled = recall(task, CHANGED) if task.is_draft else []
    task.save_change(*columns, *(["own_status"] if moved else []), *(["release_at"] if recalled else []))
    for fact in (TaskChanged(task.ref, (*_changes(now, before), *moved)), *recalled):
        emit(fact, by=by)
    # What happened below a task that has not ended is no doing of whoever takes his own back.
    for told in before.get("below", ()) if "state" in before else ():
        _open_again(*told, by=by)
    return task


def _open_again(pk: int, version: int, status: str, own_status: int | None, asked: int | None, *, by: Actor) -> None:
    """Put a subtask back where it stood when it ended together with its task: that was one change of it. No right over
    it is asked, as none was then."""
    part = locked(Task.objects.filter(trashed_at__isnull=True), pk)
    if part is None or part.version != version + 1:
        raise SubtaskTouched(number_for(by, pk))
    moved = _stood(part, {"status": status, "own_status_id": own_status})
    part.status, part.state, part.done_at = Status(status), STATES[Status(status)], None
    _ask_again(part, asked)
    part.save_change("status", "own_status", "state", "done_at")
    emit(TaskChanged(part.ref, moved), by=by)


def _stood(task: Task, before: Mapping[str, Any]) -> tuple[Change, ...]:
    """Lead a locked task among the company's statuses to where it stood, as far as that is there still."""
    if not {"status", "own_status_id"} & set(before):
        return ()
    # A status of the company's refines one base alone: where the base has changed and it has not, there was none.
    base, own = before.get("status", task.status), before.get("own_status_id")
    return (stand_again(task, registry.kind_of(Task.KIND), base, own),)


def _below(task: Task) -> list[list[Any]]:
    ids = open_below(task) if task.state == Task.State.OPEN else []
    if not ids:
        return []
    asked, columns = _asked(ids), ("pk", "version", "status", "own_status_id")
    return [[*row, asked.get(row[0])] for row in Task.objects.filter(pk__in=ids).order_by("pk").values_list(*columns)]


def _asked(task_ids: Collection[int]) -> dict[int, int]:
    waiting = DueRequest.objects.filter(task__in=task_ids, outcome=DueRequest.Outcome.WAITING)
    return dict(waiting.values_list("task_id", "pk"))


def _ask_again(task: Task, request_id: int | None) -> None:
    """Let what was asked about the due moment of a locked task wait again: it was dropped by what is being undone."""
    if request_id is None or task.pk in _asked([task.pk]):
        return
    dropped = DueRequest.objects.filter(pk=request_id, task=task, outcome=DueRequest.Outcome.DROPPED)
    dropped.filter(asker__is_active=True).update(outcome=DueRequest.Outcome.WAITING, decided_at=None)


def _works(principal: int) -> bool:
    return Principal.objects.filter(pk=principal, is_active=True).exists()


def _changes(now: Mapping[str, Any], before: Mapping[str, Any]) -> tuple[Change, ...]:
    """What the history says: people by name, states and priorities by their words."""
    who = {pk for name in _PARTS for pk in (*now[name], *before.get(name, []))}
    known = people({*who, now["responsible_id"], before.get("responsible_id")})

    def names(principals: Any) -> str:
        return ", ".join(known[pk]["name"] for pk in principals if pk in known)

    told = {
        "due_at": lambda value: value,
        "priority": lambda value: str(Task.Priority(value).label),
        "watchers": names,
        "co_assignees": names,
    }
    found = [Change(name, say(now[name]), say(before[name])) for name, say in told.items() if name in before]
    if "responsible_id" in before:
        found.append(Change("assignee", names([now["responsible_id"]]), names([before["responsible_id"]])))
    return tuple(found)


def _told(moment: datetime | None) -> str | None:
    return moment.isoformat() if moment else None
