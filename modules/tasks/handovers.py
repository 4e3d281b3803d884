"""What of tasks a person holds: work that he does, gives, helps with and watches, his templates and his timer."""

from collections.abc import Callable
from typing import Any

from django.db.models import QuerySet

from core.access.actor import Actor
from core.entities.models import Entity, Participant
from core.handover.queries import card_to_give
from core.handover.registry import Fate, Handover, Held, Stays

from .actions import change_task, set_co_assignees
from .actions.drafts import pass_approval
from .actions.initiative import change_initiator
from .actions.templates import change_template
from .actions.timing import end_timer
from .models import DraftRequest, DueRequest, Task, TaskTemplate, TimeEntry
from .queries import part_holders

Part = Participant.Part
Rows = Callable[[Held], QuerySet[Any]]


def _open(kind: str) -> QuerySet[Entity]:
    return Entity.objects.filter(kind=kind, state="open", trashed_at__isnull=True)


def _todo(leaver: Held) -> QuerySet[Any]:
    return _open(Task.KIND).filter(responsible=leaver.principal_id).exclude(is_draft=True, author=leaver.principal_id)


def _given(leaver: Held) -> QuerySet[Any]:
    return _open(Task.KIND).filter(author=leaver.principal_id, is_draft=False)


def _drafts(leaver: Held) -> QuerySet[Any]:
    return _open(Task.KIND).filter(author=leaver.principal_id, is_draft=True)


def _speaking(leaver: Held) -> QuerySet[Any]:
    return _open(TaskTemplate.KIND).filter(responsible=leaver.principal_id)


def _with_part(kind: str, part: str) -> Rows:
    """Rows of the person's part in open cards of a kind, each with its card."""

    def rows(leaver: Held) -> QuerySet[Any]:
        held = Participant.objects.filter(principal=leaver.principal_id, part=part).select_related("entity")
        return held.filter(entity__kind=kind, entity__state="open", entity__trashed_at__isnull=True)

    return rows


def _approving(leaver: Held) -> QuerySet[Any]:
    waiting = DraftRequest.objects.filter(approver=leaver.principal_id, outcome="").select_related("task")
    return waiting.filter(task__trashed_at__isnull=True)


def _timers(leaver: Held) -> QuerySet[Any]:
    return TimeEntry.objects.filter(person=leaver.principal_id, ended_at__isnull=True).select_related("task")


def _assign(card: Entity, leaver: Held, heir: Held | None, by: Actor) -> None:
    if heir is not None:
        change_task(card_to_give(card, heir, by), fields={"assignee": heir.principal_id}, by=by)


def _speak(card: Entity, leaver: Held, heir: Held | None, by: Actor) -> None:
    if heir is not None:
        change_initiator(card_to_give(card, heir, by), to=heir.principal_id, by=by)


def _speak_by_template(card: Entity, leaver: Held, heir: Held | None, by: Actor) -> None:
    if heir is not None:
        change_template(card_to_give(card, heir, by), fields={"initiator": heir.principal_id}, by=by)


def _help(row: Participant, leaver: Held, heir: Held | None, by: Actor) -> None:
    task = card_to_give(row.entity, heir, by)
    set_co_assignees(task, _instead(task, Part.CO_WORKER, leaver, heir), by=by)


def _get_from_template(row: Participant, leaver: Held, heir: Held | None, by: Actor) -> None:
    template = card_to_give(row.entity, heir, by)
    change_template(template, fields={"assignees": _instead(template, Part.CO_WORKER, leaver, heir)}, by=by)


def _decide(request: DraftRequest, leaver: Held, heir: Held | None, by: Actor) -> None:
    if heir is not None:
        pass_approval(request, to=heir.principal_id, by=by)


def _stop(entry: TimeEntry, leaver: Held, heir: Held | None, by: Actor) -> None:
    end_timer(entry, entry.task, by=by)


def _instead(card: Entity, part: str, leaver: Held, heir: Held | None) -> list[int]:
    """Those who hold a part, with the heir in the leaver's place."""
    held = [who for who in part_holders(card, part) if who != leaver.principal_id]
    return list(dict.fromkeys([*held, heir.principal_id] if heir else held))


_PART = ((Participant, "principal"),)
HANDOVERS = (
    Handover(
        "tasks.todo", "Задачи, которые он исполняет",
        "Исполнителем станет преемник. Задачи «На проверке» ждут инициатора, остальные будут для преемника новыми",
        10, Fate.GIVEN, ((Entity, "responsible"),), _todo, _assign, (Task.KIND,),
    ),
    Handover(
        "tasks.given", "Задачи, которые он поставил", "Принимать работу и переносить сроки будет преемник",
        15, Fate.GIVEN, ((Entity, "author"), (DueRequest, "decider")), _given, _speak, (Task.KIND,),
    ),
    Handover(
        "tasks.approvals", "Черновики, которые он утверждает", "Утверждать их будет преемник",
        17, Fate.GIVEN, ((DraftRequest, "approver"), *_PART), _approving, _decide, (Task.KIND,),
    ),
    Handover(
        "tasks.helped", "Задачи, где он соисполнитель", "Соисполнителем станет преемник",
        20, Fate.GIVEN, _PART, _with_part(Task.KIND, Part.CO_WORKER), _help, (Task.KIND,),
    ),
    Handover(
        "tasks.templates", "Шаблоны и периодические задачи от его имени", "Задачи по ним будет ставить преемник",
        30, Fate.GIVEN, ((Entity, "responsible"),), _speaking, _speak_by_template, (TaskTemplate.KIND,),
    ),
    Handover(
        "tasks.planned", "Шаблоны, по которым задачи получает он", "Задачи по ним будет получать преемник",
        35, Fate.GIVEN, _PART, _with_part(TaskTemplate.KIND, Part.CO_WORKER), _get_from_template, (TaskTemplate.KIND,),
    ),
    Handover(
        "tasks.timers", "Запущенный таймер", "Таймер остановится, время сохранится",
        5, Fate.DROPPED, ((TimeEntry, "person"),), _timers, _stop,
    ),
    Handover(
        "tasks.drafts", "Черновики задач", "Их видит только он: останутся у него", 110, Fate.STAYS,
        ((Entity, "author"),), _drafts, None, (Task.KIND,),
    ),
)  # fmt: skip
STAYS = (
    Stays("what he asked is dropped with the task that goes to another", ((DueRequest, "asker"),)),
    Stays("what he sent to be approved is his own drafts, which stay", ((DraftRequest, "asker"),)),
)  # fmt: skip
