"""Notices about tasks. Nobody gets one about what he has done himself."""

from collections.abc import Callable, Iterable
from datetime import datetime
from typing import NamedTuple

from core.access.actor import Actor
from core.access.limits import kept_from
from core.checklists.notifications import tell_of_released
from core.comments.queries import split_by_sight
from core.comments.rules import said_elsewhere
from core.context import current_company
from core.custom_fields.actions.filling import must_be_filled
from core.entities.models import Participant
from core.errors import Invalid, NotFound
from core.events.bus import Reader, Told
from core.notifications.actions import notify
from core.notifications.kinds import Button, Buttons, Notification
from core.notifications.reminders import plan_reminders
from core.notifications.rules import moment_text
from core.options.queries import option
from core.organization.people import people
from core.registry import registry
from core.richtext import plain_of
from core.statuses.queries import Reach

from .actions import do_deed
from .actions.dues import decide_move
from .events import CoAssigneesChanged, DueMoveAsked, DueMoved, DueMoveRefused, TaskChanged, TaskReopened
from .models import DueRequest, Status, Task
from .options import CLOSING, STARTING, Closing, Starting
from .queries import blockers_of, deeds_of, is_initiator, open_below, part_holders, parts_of, wanted_of
from .rules import MOST_TOGETHER

_LONGEST = 2000
_GROUP = "Задачи"


class About(NamedTuple):
    """A line that tells a field of the task: whoever may not see the field gets the letter without it."""

    field: str
    text: str


Line = str | About


def _offered(task: Task, by: Actor) -> list[Button]:
    """Deeds of the card that lead the person on and that neither the company's moves nor its rules would refuse."""
    parts = parts_of(by, task, part_holders(task, Participant.Part.CO_WORKER))
    kind, found = registry.kind_of(Task.KIND), []
    reach = Reach(by, kind, [task.pk])
    for deed in deeds_of(task, parts):
        way = reach.way(task, deed.target) if deed.code in _ON_PHONE else None
        if way is None or _is_barred(task, deed.code) or _has_gaps(task, deed.target, by):
            continue
        asks = wanted_of(deed) if deed.needs_text or way.needs_comment else ""
        found.append(Button(deed.code, way.title or _ON_PHONE[deed.code], asks))
    # Whoever has not accepted is offered that alone.
    return found[:1] if found and found[0].code == "accept" else found


def _is_barred(task: Task, code: str) -> bool:
    """Whether other cards stand in the way, which the person would have to read first."""
    if code == "start":
        return option(STARTING) != Starting.ALLOW and bool(blockers_of(task.pk))
    if code == "close":
        below = open_below(task)
        return bool(below) and (option(CLOSING) != Closing.TOGETHER or len(below) > MOST_TOGETHER)
    return False


def _has_gaps(task: Task, target: Status, by: Actor) -> bool:
    try:
        must_be_filled(task, registry.kind_of(Task.KIND), status=target, by=by)
    except Invalid:
        return True
    return False


def _press(task: Task, by: Actor, code: str, text: str) -> str:
    """A deed under a message; its refusals are the card's own."""
    if code not in _ON_PHONE:
        raise NotFound()
    done = do_deed(task, code, by=by, text=said_elsewhere(text))
    title = done.own_status.title if done.own_status else Status(done.status).label
    return f"{done.number}: {title.lower()}"


def _offered_about_due(task: Task, by: Actor) -> list[Button]:
    """A decision to whoever makes it, and what else can be done."""
    asked = DueRequest.objects.filter(task=task.pk, outcome="").values_list("pk", flat=True).first()
    if asked is None or not is_initiator(by, task) or "due_at" in by.limits.get(Task.KIND, {}):
        return _offered(task, by)
    # The request stands in the code: another one may come instead of it.
    return [Button(f"y{asked}", "Согласовать"), Button(f"n{asked}", "Отказать")]


def _press_about_due(task: Task, by: Actor, code: str, text: str) -> str:
    if code in _ON_PHONE:
        return _press(task, by, code, text)
    asked = DueRequest.objects.filter(task=task.pk, pk=int(code[1:])).first()
    if asked is None:
        raise NotFound()
    decide_move(asked, task, consents=code.startswith("y"), by=by)
    return f"{task.number}: срок перенесён" if code.startswith("y") else f"{task.number}: в переносе отказано"


# What is done with a thumb, by short names.
_ON_PHONE = {"accept": "Принять", "start": "Начать", "submit": "Сдать", "close": "Закрыть", "return": "Вернуть"}
DOING = Buttons(_offered, _press)
DECIDING = Buttons(_offered_about_due, _press_about_due)
GIVEN = Notification("tasks.given", "Новая задача", _GROUP, buttons=DOING)
HELPING = Notification("tasks.helping", "Вы соисполнитель", _GROUP, buttons=DOING)
NAMED = Notification("tasks.mentioned", "Вас упомянули в задаче", _GROUP, is_mention=True)
SUBMITTED = Notification("tasks.submitted", "Задача ждёт проверки", _GROUP, buttons=DOING)
RETURNED = Notification("tasks.returned", "Задача возвращена", _GROUP, buttons=DOING)
CLOSED = Notification("tasks.closed", "Задача закрыта", _GROUP)
MOVED = Notification("tasks.due", "Перенос срока", _GROUP, buttons=DECIDING)
INHERITED = Notification("tasks.inherited", "Вы стали инициатором задачи", _GROUP, buttons=DOING)
UNBLOCKED = Notification("tasks.unblocked", "Можно начинать", _GROUP, buttons=DOING)
KINDS = (GIVEN, HELPING, NAMED, SUBMITTED, RETURNED, CLOSED, MOVED, INHERITED, UNBLOCKED)
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
    if told.kind == _RELEASED:
        tell_of_released(told, registry.kind_of(Task.KIND), task)
    # A mention lets nobody in: whoever does not see the task hears nothing of it.
    if mentioned := told.payload.get("mentioned"):
        seeing, _ = split_by_sight(mentioned, registry.kind_of(Task.KIND), task.pk)
        _write(told, task, seeing, NAMED, "вас упомянули", _named(task, doer))


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
_RELEASED = "tasks.released"
_MOVING = ("tasks.created", _RELEASED, "tasks.changed", "tasks.reopened", DueMoved.kind)
letters = Reader(
    "tasks.letters",
    kinds=(*_LETTERS, *_ABOUT_DUE, TaskReopened.kind, TaskChanged.kind, CoAssigneesChanged.kind),
    effect=tell_people,
)
