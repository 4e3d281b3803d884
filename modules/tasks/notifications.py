"""Notices about tasks. Nobody gets one about what he has done himself."""

from collections.abc import Callable, Iterable
from datetime import datetime
from typing import NamedTuple

from core.access.actor import Actor
from core.access.limits import kept_from
from core.comments.queries import split_by_sight
from core.context import current_company
from core.events.bus import Reader, Told
from core.notifications.actions import notify
from core.notifications.kinds import Button, Notification
from core.notifications.reminders import plan_reminders
from core.notifications.rules import moment_text
from core.organization.people import people
from core.recurrence.events import OccurrenceFailed
from core.recurrence.queries import is_told_already
from core.registry import registry
from core.richtext import plain_of

from .actions import do_deed
from .actions.approvals import Outcome, standing_request
from .actions.drafts import approve_unseen
from .events import (
    ApproverChanged,
    CoAssigneesChanged,
    DraftApproved,
    DraftRecalled,
    DraftReturned,
    DraftSent,
    DueMoveAsked,
    DueMoved,
    DueMoveRefused,
    NamedIsGone,
    ReleaseMissed,
    TaskChanged,
    TaskReopened,
)
from .models import Status, Task, TaskTemplate
from .rules import BY_CODE

_LONGEST = 2000
_GROUP = "Задачи"


class About(NamedTuple):
    """A line that tells a field of the task: whoever may not see the field gets the letter without it."""

    field: str
    text: str


Line = str | About


def _deed(code: str) -> Button:
    """A button of the card under the message; its refusals are the card's own."""

    def press(task: Task, by: Actor) -> str:
        return f"{task.number}: {Status(do_deed(task, code, by=by).status).label.lower()}"

    return Button(code, BY_CODE[code].title, press)


def _approve(task: Task, by: Actor) -> str:
    approved = approve_unseen(task, by=by)
    return f"{task.number}: утверждена" if len(approved) == 1 else f"Утверждено: {len(approved)}"


GIVEN = Notification("tasks.given", "Новая задача", _GROUP, button=_deed("accept"))
HELPING = Notification("tasks.helping", "Вы соисполнитель", _GROUP)
NAMED = Notification("tasks.mentioned", "Вас упомянули в задаче", _GROUP, is_mention=True)
SUBMITTED = Notification("tasks.submitted", "Задача ждёт проверки", _GROUP, button=_deed("close"))
RETURNED = Notification("tasks.returned", "Задача возвращена", _GROUP)
CLOSED = Notification("tasks.closed", "Задача закрыта", _GROUP)
MOVED = Notification("tasks.due", "Перенос срока", _GROUP)
INHERITED = Notification("tasks.inherited", "Вы стали инициатором задачи", _GROUP)
UNBLOCKED = Notification("tasks.unblocked", "Можно начинать", _GROUP)
TO_APPROVE = Notification(
    "tasks.to_approve", "Просят утвердить черновик", _GROUP, button=Button("approve", "Утвердить", _approve)
)
APPROVED = Notification("tasks.approved", "Черновик утверждён", _GROUP)
DRAFT_BACK = Notification("tasks.draft_back", "Черновик возвращён", _GROUP)
NOT_GIVEN = Notification("tasks.not_given", "Повторяющаяся задача не поставлена", _GROUP)
KINDS = (
    GIVEN, HELPING, NAMED, SUBMITTED, RETURNED, CLOSED, MOVED, INHERITED, UNBLOCKED, TO_APPROVE, APPROVED, DRAFT_BACK,
    NOT_GIVEN,
)  # fmt: skip
_AUTHOR = "вы автор черновика"
_MOST_NAMED = 10
_ASSIGNEE, _INITIATOR = "вы исполнитель", "вы инициатор"


def tell_people(told: Told) -> None:
    """Write the letters that a fact asks for; exactly once, in the transaction of its reading."""
    task = Task.objects.filter(pk=told.ref.id, trashed_at__isnull=True).first() if told.ref else None
    if task is None or task.is_draft:
        return
    if told.kind in _MOVING:
        plan_reminders(task)
    known = people([told.actor_id])
    doer = known[told.actor_id]["name"] if told.actor_id in known else "Пульт"
    # One fact writes nobody two letters, so the first of these is the one a person gets.
    if told.kind in _LETTERS:
        what, to, reason, say = _LETTERS[told.kind]
        # Handed over twice before anybody read: each letter goes to whom its own fact names.
        receiver = told.payload.get("assignee", getattr(task, to))
        _write(told, task, {receiver}, what, reason, say(task, doer), asked=told.payload.get("channels", ()))
    if told.kind in _ABOUT_DUE:
        to, reason, say_of = _ABOUT_DUE[told.kind]
        _write(told, task, {told.payload.get(to) or task.responsible_id}, MOVED, reason, say_of(task, doer, told))
    helpers = {*told.payload.get("helpers", ()), *_came(told)}
    _write(told, task, helpers, HELPING, "вы соисполнитель", _helping(task, doer))
    # A mention lets nobody in: whoever does not see the task hears nothing of it.
    if mentioned := told.payload.get("mentioned"):
        seeing, _ = split_by_sight(mentioned, registry.kind_of(Task.KIND), task.pk)
        _write(told, task, seeing, NAMED, "вас упомянули", _named(task, doer))


def tell_of_drafts(told: Told) -> None:
    """Tell whoever is asked to approve drafts, and their author what has become of them; those that were sent together
    make one letter."""
    draft = Task.objects.filter(pk=told.ref.id, trashed_at__isnull=True).first() if told.ref else None
    to = _CONCERNED[told.kind](told)
    if draft is None or to is None or (told.kind in _ASKING and not _is_asked(draft, to)):
        return
    names = people([told.actor_id])
    doer = names[told.actor_id]["name"] if told.actor_id in names else "Пульт"
    others = Task.objects.filter(pk__in=told.payload.get("together", ())).exclude(pk=draft.pk).order_by("pk")
    listed = [f"{row.title} ({row.number})" for row in others[: _MOST_NAMED + 1]]
    what, reason, said = _said_of_draft(told, draft, doer)
    if listed:
        more = ["и другие"] if len(listed) > _MOST_NAMED else []
        said.append(f"Вместе с ним: {', '.join(listed[:_MOST_NAMED] + more)}.")
    _write(told, draft, {to}, what, reason, said)


def _is_asked(draft: Task, approver: int) -> bool:
    """Whether he still has to decide: the draft may have been taken back before anybody read of it."""
    asked = standing_request(draft)
    return asked is not None and asked.outcome == Outcome.WAITING and asked.approver_id == approver


def _said_of_draft(told: Told, draft: Task, doer: str) -> tuple[Notification, str, list[Line]]:
    title = f"черновик «{draft.title}»"
    if told.kind in _ASKING:
        to = people([draft.responsible_id]).get(draft.responsible_id or 0)
        whom = f"Исполнитель: {to['name']}." if to else ""
        asked = f"{doer} просит вас утвердить {title}. Утвердите или верните его в «Ждёт меня»."
        return TO_APPROVE, "вы утверждаете", ["На утверждение", asked, whom, _due(draft), *_words(draft)]
    if told.kind == DraftApproved.kind:
        given = "Задача поставлена." if not draft.is_draft else _goes_on(draft)
        return APPROVED, _AUTHOR, ["Черновик утверждён", f"{doer} утверждает {title}.", given]
    if told.kind == DraftReturned.kind:
        said = f"{doer} возвращает {title}. Исправьте и отправьте ещё раз."
        return DRAFT_BACK, _AUTHOR, ["Черновик возвращён", said]
    if told.kind == ReleaseMissed.kind:
        return DRAFT_BACK, _AUTHOR, ["Черновик не поставлен", f"Наступила дата, но {title} не поставлен."]
    said = f"Тот, кто должен был утвердить {title}, больше не работает. Отправьте другому."
    return DRAFT_BACK, _AUTHOR, ["Черновик некому утвердить", said]


def _goes_on(draft: Task) -> str:
    moment = moment_text(current_company(), draft.release_at) if draft.release_at else ""
    return f"Задача будет поставлена {moment}." if moment else ""


def tell_of_plans(told: Told) -> None:
    """Tell whoever answers for a template that its plan could not give its tasks; once, until it gives some again or
    another reason stops it."""
    template = TaskTemplate.objects.filter(pk=told.ref.id, trashed_at__isnull=True).first() if told.ref else None
    if template is None or is_told_already(template.pk, told.id, told.payload["reason"]):
        return
    notify(
        {template.responsible_id or template.author_id},
        kind=NOT_GIVEN,
        subject=f"Повторяющаяся задача не поставлена: {template.title} ({template.number})",
        paragraphs=[told.payload["reason"], "Задачи по расписанию пойдут снова, когда это будет исправлено."],
        link_path=f"/tasks/templates/{template.pk}",
        fact_id=told.id,
        card=template,
        reason="задачи ставятся от вашего имени",
    )


def tell_of_gone(told: Told) -> None:
    """Tell whoever answers for a template that a role or a department of it is no more."""
    template = TaskTemplate.objects.filter(pk=told.ref.id, trashed_at__isnull=True).first() if told.ref else None
    if template is None:
        return
    gone = f"«{told.payload['named']}» больше нет: роль или отдел удалили, и задачи по шаблону их людям не ставятся."
    notify(
        {told.payload["owner"]},
        kind=NOT_GIVEN,
        subject=f"Проверьте исполнителей шаблона: {template.title} ({template.number})",
        paragraphs=[gone, "Откройте шаблон и назначьте других."],
        link_path=f"/tasks/templates/{template.pk}",
        fact_id=told.id,
        card=template,
        reason="задачи ставятся от вашего имени",
    )


def _came(told: Told) -> list[int]:
    return told.payload.get("came", []) if told.kind == CoAssigneesChanged.kind else []


def _write(
    told: Told,
    task: Task,
    receivers: Iterable[int | None],
    what: Notification,
    reason: str,
    said: list[Line],
    asked: Iterable[str] = (),
) -> None:
    to = {who for who in receivers if who is not None} - {told.actor_id}
    if not to:
        return
    subject, *lines = said
    if told.payload.get("text"):
        lines.append(f"«{told.payload['text']}»")
    for shut, people_so in _alike(to, task.KIND).items():
        notify(
            people_so,
            kind=what,
            subject=f"{subject}: {task.title} ({task.number})",
            paragraphs=[text for line in lines if (text := _open_text(line, shut))],
            link_path=f"/tasks/{task.pk}",
            fact_id=told.id,
            card=task,
            reason=reason,
            asked=tuple(asked),
        )


def _alike(people_told: set[int], kind: str) -> dict[frozenset[str], set[int]]:
    """Receivers by the fields that are hidden from them."""
    kept = kept_from(people_told, kind)
    found: dict[frozenset[str], set[int]] = {}
    for who in people_told:
        found.setdefault(kept.get(who, frozenset()), set()).add(who)
    return found


def _open_text(line: Line, shut: frozenset[str]) -> str:
    if isinstance(line, About):
        return "" if line.field in shut else line.text
    return line


def _given(task: Task, doer: str) -> list[Line]:
    return ["Новая задача", f"{doer} поручает вам задачу «{task.title}».", _due(task), *_words(task)]


def _helping(task: Task, doer: str) -> list[Line]:
    said = f"{doer} зовёт вас соисполнителем в задачу «{task.title}»."
    return ["Вы соисполнитель", said, _due(task), *_words(task)]


def _named(task: Task, doer: str) -> list[Line]:
    return ["Вас упомянули", f"{doer} упоминает вас в описании задачи «{task.title}».", *_words(task)]


def _words(task: Task) -> list[Line]:
    """The description without its marks, a paragraph for each line; the whole of a long one is on the card."""
    text = plain_of(task.description)
    shown = text if len(text) <= _LONGEST else f"{text[:_LONGEST]}…"
    return [About("description", line) for line in shown.split("\n")]


def _submitted(task: Task, doer: str) -> list[Line]:
    return ["Задача ждёт проверки", f"{doer} сдаёт на проверку задачу «{task.title}». Закройте её или верните."]


def _returned(task: Task, doer: str) -> list[Line]:
    return ["Задача возвращена", f"{doer} возвращает задачу «{task.title}» на доработку.", _due(task)]


def _closed(task: Task, doer: str) -> list[Line]:
    return ["Задача закрыта", f"{doer} закрывает задачу «{task.title}». Работа принята."]


def _inherited(task: Task, doer: str) -> list[Line]:
    said = f"{doer} передаёт вам задачу «{task.title}»: теперь вы принимаете по ней работу."
    return ["Вы стали инициатором", said, _due(task)]


def _unblocked(task: Task, doer: str) -> list[Line]:
    return ["Можно начинать", f"{doer} завершает последнюю задачу, от которой зависит «{task.title}».", _due(task)]


def _move_asked(task: Task, doer: str, told: Told) -> list[Line]:
    wanted = About("due_at", f"{doer} просит перенести срок задачи «{task.title}» на {_wanted(told)}.")
    reason = About("due_at", f"Причина: {told.payload['reason']}")
    return ["Просят перенести срок", wanted, reason, "Согласуйте или откажите на карточке."]


def _moved(task: Task, doer: str, told: Told) -> list[Line]:
    reason = About("due_at", f"Причина: {told.payload['reason']}" if told.payload["reason"] else "")
    return ["Срок перенесён", f"{doer} переносит срок задачи «{task.title}».", _due(task), reason]


def _move_refused(task: Task, doer: str, told: Told) -> list[Line]:
    said = About("due_at", f"{doer} не согласует перенос срока задачи «{task.title}» на {_wanted(told)}.")
    return ["Срок прежний", said, About("due_at", told.payload["reason"]), _due(task)]


def _wanted(told: Told) -> str:
    return moment_text(current_company(), datetime.fromisoformat(told.payload["changes"][0]["new"]))


def _due(task: Task) -> About:
    said = f"Срок: {moment_text(current_company(), task.due_at)}." if task.due_at else "Срок не указан."
    return About("due_at", said)


# Fact → (kind of notice, the task's column with whom it concerns, why he gets it, what to say).
_LETTERS: dict[str, tuple[Notification, str, str, Callable[[Task, str], list[Line]]]] = {
    "tasks.created": (GIVEN, "responsible_id", _ASSIGNEE, _given),
    "tasks.assigned": (GIVEN, "responsible_id", _ASSIGNEE, _given),
    "tasks.released": (GIVEN, "responsible_id", _ASSIGNEE, _given),
    "tasks.submitted": (SUBMITTED, "author_id", _INITIATOR, _submitted),
    "tasks.returned": (RETURNED, "responsible_id", _ASSIGNEE, _returned),
    "tasks.closed": (CLOSED, "responsible_id", _ASSIGNEE, _closed),
    "tasks.initiator_changed": (INHERITED, "author_id", _INITIATOR, _inherited),
    "tasks.unblocked": (UNBLOCKED, "responsible_id", _ASSIGNEE, _unblocked),
}
# Fact → (the payload's field with whom it concerns, else the assignee; why he gets it; what to say).
_ABOUT_DUE: dict[str, tuple[str, str, Callable[[Task, str, Told], list[Line]]]] = {
    DueMoveAsked.kind: ("decider", _INITIATOR, _move_asked),
    DueMoved.kind: ("asker", _ASSIGNEE, _moved),
    DueMoveRefused.kind: ("asker", _ASSIGNEE, _move_refused),
}
# Facts that may bring a due moment nearer.
_MOVING = ("tasks.created", "tasks.released", "tasks.changed", "tasks.reopened", DueMoved.kind)
letters = Reader(
    "tasks.letters",
    kinds=(*_LETTERS, *_ABOUT_DUE, TaskReopened.kind, TaskChanged.kind, CoAssigneesChanged.kind),
    effect=tell_people,
)
_ASKING = (DraftSent.kind, ApproverChanged.kind)
# Who is to hear of what happens to a draft. Of a set only its first draft tells.
_CONCERNED: dict[str, Callable[[Told], int | None]] = {
    DraftSent.kind: lambda told: told.payload["approver"] if told.payload["together"] else None,
    ApproverChanged.kind: lambda told: told.payload["approver"],
    DraftApproved.kind: lambda told: told.payload["asker"] if told.payload["together"] else None,
    DraftReturned.kind: lambda told: told.payload["asker"] if told.payload["together"] else None,
    DraftRecalled.kind: lambda told: told.payload["asker"],
    ReleaseMissed.kind: lambda told: told.payload["author"],
}
gone_letters = Reader("tasks.gone_letters", kinds=(NamedIsGone.kind,), effect=tell_of_gone)
plan_letters = Reader("tasks.plan_letters", kinds=(OccurrenceFailed.kind,), effect=tell_of_plans)
draft_letters = Reader("tasks.draft_letters", kinds=(*_CONCERNED,), effect=tell_of_drafts)
