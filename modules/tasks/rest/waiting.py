"""What tasks put into «Ждёт меня»: each sort is one indexed question about the person's own tasks."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.db.models import Exists, F, OuterRef, Q, QuerySet
from django.utils import timezone

from core.access.actor import Actor
from core.access.limits import hidden
from core.access.queries import own_rows
from core.entities.rest.briefs import brief, briefs
from core.entities.rest.rows import instant, is_overdue
from core.options.queries import option
from core.organization.people import people
from core.registry import registry
from core.statuses.queries import Reach
from core.waiting.lines import action, line
from core.waiting.registry import Source
from modules.tasks.models import DraftRequest, DueRequest, Status, Task
from modules.tasks.options import OWN_WITHOUT_REVIEW, wanted_of
from modules.tasks.permissions import VIEW
from modules.tasks.queries import deeds_of, end_of_today, parts_of

from .serializers import sent_drafts

# Deed → its key on the keyboard, and what is said when it is done.
_DEEDS = {
    "accept": ("A", "Задача {} принята"),
    "start": ("S", "Задача {} в работе"),
    "submit": ("D", "Задача {} сдана на проверку"),
    "close": ("F", "Задача {} закрыта"),
    "return": ("R", "Задача {} возвращена"),
}
_MOST_BUTTONS = 2
_MOST_TITLES = 5
# What a line and its buttons ask of a task.
_COLUMNS = (
    "pk", "number", "title", "status", "state", "due_at", "author_id", "responsible_id", "is_private", "is_draft",
    "own_status_id", "own_title",
)  # fmt: skip
_TO_DO = (Status.NEW, Status.ACCEPTED, Status.IN_WORK, Status.RETURNED)


def _mine(actor: Actor, *conditions: Q, **more: Any) -> QuerySet:
    rows = own_rows(actor, registry.kind_of(Task.KIND)).filter(*conditions, state="open", is_draft=False, **more)
    return rows.annotate(own_title=F("own_status__title")).values_list(*_COLUMNS, named=True)


def _late(now: datetime) -> Q:
    return Q(due_at__lt=now)


def _is_shut(actor: Actor) -> bool:
    """Whether the sources themselves would tell the actor when a task is due, which his roles hide from him."""
    return "due_at" in hidden(actor.limits, Task.KIND)


def _soonest(actor: Actor) -> str:
    return "pk" if _is_shut(actor) else "due_at"


def _apart_from_late(actor: Actor) -> Q:
    """What does not stand among the late ones already."""
    return Q() if _is_shut(actor) else Q(due_at__isnull=True) | Q(due_at__gte=timezone.now())


def _overdue(actor: Actor) -> QuerySet:
    if _is_shut(actor):
        return Task.objects.none()
    return _mine(actor, _late(timezone.now()), responsible=actor.principal_id, status__in=_TO_DO)


def _returned(actor: Actor) -> QuerySet:
    return _mine(actor, _apart_from_late(actor), responsible=actor.principal_id, status=Status.RETURNED)


def _new(actor: Actor) -> QuerySet:
    return _mine(actor, _apart_from_late(actor), responsible=actor.principal_id, status=Status.NEW)


def _today(actor: Actor) -> QuerySet:
    if _is_shut(actor):
        return Task.objects.none()
    working = (Status.ACCEPTED, Status.IN_WORK)
    soon = Q(due_at__gte=timezone.now(), due_at__lt=end_of_today())
    return _mine(actor, soon, responsible=actor.principal_id, status__in=working)


def _to_review(actor: Actor) -> QuerySet:
    # Nobody hands in to himself, unless the company has him check his own work.
    others = ~Q(responsible=actor.principal_id) if option(OWN_WITHOUT_REVIEW) else Q()
    return _mine(actor, others, author=actor.principal_id, status=Status.IN_REVIEW)


def _asked_to_move(actor: Actor) -> QuerySet[DueRequest]:
    # Whoever may not set a due moment cannot decide about another one.
    if not actor.may(VIEW) or "due_at" in actor.limits.get(Task.KIND, {}):
        return DueRequest.objects.none()
    asked = DueRequest.objects.filter(decider=actor.principal_id, outcome="")
    return asked.filter(task__trashed_at__isnull=True)


def _to_approve(actor: Actor) -> QuerySet[DraftRequest]:
    """One request of each sending: the first of those that still wait by it."""
    if not actor.may(VIEW):
        return DraftRequest.objects.none()
    mine = DraftRequest.objects.filter(approver=actor.principal_id, outcome="", task__trashed_at__isnull=True)
    return mine.filter(~Exists(mine.filter(bundle=OuterRef("bundle"), pk__lt=OuterRef("pk"))))


def _tasks(actor: Actor, rows: Sequence[Any], *, from_assignee: bool = False) -> list[dict[str, Any]]:
    kind, now = registry.kind_of(Task.KIND), timezone.now()
    known = people({row.responsible_id if from_assignee else row.author_id for row in rows})
    reach = Reach(actor, kind, [row.pk for row in rows])
    return [
        line(
            f"{kind.code}/{row.pk}",
            brief(row, kind),
            who=known.get(row.responsible_id if from_assignee else row.author_id),
            due_at=instant(row.due_at),
            is_overdue=is_overdue(row, now),
            actions=_deeds(row, actor, reach),
        )
        for row in rows
    ]


def _deeds(row: Any, actor: Actor, reach: Reach) -> list[dict[str, Any]]:
    buttons: list[dict[str, Any]] = []
    for deed in deeds_of(row, parts_of(actor, row, [])):
        if deed.code not in _DEEDS or (way := reach.way(row, deed.target)) is None:
            continue
        key, said = _DEEDS[deed.code]
        kind = "default" if buttons else "primary"
        path, done = f"tasks/{row.pk}/do/{deed.code}/", said.format(row.number)
        text: dict[str, Any] = {"asks": wanted_of(deed)} if deed.needs_text else {}
        title, needs_text = way.title or deed.title, deed.needs_text or way.needs_comment
        buttons.append(action(deed.code, title, path, key=key, done=done, kind=kind, needs_text=needs_text, **text))
    return buttons[:_MOST_BUTTONS]


def _handed_in(actor: Actor, rows: Sequence[Any]) -> list[dict[str, Any]]:
    return _tasks(actor, rows, from_assignee=True)


def _moves(actor: Actor, rows: Sequence[DueRequest]) -> list[dict[str, Any]]:
    cards, known = briefs(actor, [row.task_id for row in rows]), people({row.asker_id for row in rows})
    return [
        line(
            f"due-request/{row.pk}",
            cards[row.task_id],
            text=row.reason,
            who=known.get(row.asker_id),
            due_at=instant(row.due_at),
            actions=[
                _decision(row, "consent", "Согласовать", "F", done="Срок перенесён"),
                _decision(row, "refuse", "Отказать", "R", done="В переносе отказано"),
            ],
        )
        for row in rows
        if row.task_id in cards
    ]


def _drafts(actor: Actor, rows: Sequence[DraftRequest]) -> list[dict[str, Any]]:
    together = sent_drafts(rows)
    cards = briefs(actor, [pk for sent in together.values() for pk, _ in sent])
    known = people({row.asker_id for row in rows})
    found = []
    for row in rows:
        sent = together.get(row.bundle, [])
        shown = [cards[pk] for pk, _ in sent if pk in cards]
        if not shown or len(shown) < len(sent):
            # Whoever does not see all that he is to approve decides over none of it.
            continue
        asked = [told for _, told in sent]
        found.append(
            line(
                f"draft-request/{row.bundle}",
                shown[0],
                text=_titles([card["title"] for card in shown]),
                who=known.get(row.asker_id),
                due_at=shown[0]["due_at"],
                actions=[
                    _draft_decision(asked, "approve", "Утвердить", "F", done="Утверждено"),
                    _draft_decision(asked, "return", "Вернуть", "R", done="Возвращено автору"),
                ],
            )
        )
    return found


def _titles(titles: Sequence[str]) -> str:
    """What a line says of several drafts; a single one says it itself."""
    return f"{len(titles)} шт.: {'; '.join(titles[:_MOST_TITLES])}" if len(titles) > 1 else ""


def _draft_decision(asked: list[dict[str, int]], code: str, title: str, key: str, *, done: str) -> dict[str, Any]:
    is_return = code == "return"
    text: dict[str, Any] = {"needs_text": True, "asks": "Напишите, что исправить"} if is_return else {}
    body = {"drafts": asked, "approves": not is_return}
    kind = "default" if is_return else "primary"
    return action(code, title, "tasks/approval/decision/", key=key, body=body, kind=kind, done=done, **text)


def _decision(row: DueRequest, code: str, title: str, key: str, *, done: str) -> dict[str, Any]:
    body = {"request": row.pk, "consents": code == "consent"}
    kind = "primary" if body["consents"] else "default"
    return action(code, title, f"tasks/{row.task_id}/due-request/decision/", key=key, body=body, kind=kind, done=done)


SOURCES = (
    Source("overdue", "Просрочено", 10, _overdue, _tasks, column=_soonest),
    Source("returned", "Вернули на доработку", 20, _returned, _tasks, column=_soonest),
    Source("due-requests", "Просят перенести срок", 30, _asked_to_move, _moves),
    Source("drafts", "Черновики на утверждение", 35, _to_approve, _drafts),
    Source("to-review", "Сдали на проверку", 40, _to_review, _handed_in, column=_soonest),
    Source("today", "На сегодня", 50, _today, _tasks, column=_soonest),
    Source("new", "Новые для меня", 55, _new, _tasks, column=_soonest),
)
