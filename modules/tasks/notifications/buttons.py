"""What can be done with a task right under a message: deeds of its card that would not be refused there."""

from core.access.actor import Actor
from core.comments.rules import said_elsewhere
from core.custom_fields.actions.filling import must_be_filled
from core.entities.models import Participant
from core.errors import Invalid, NotFound
from core.notifications.kinds import Button, Buttons
from core.options.queries import option
from core.registry import registry
from core.statuses.queries import Reach

from ..actions import do_deed
from ..actions.approvals import Outcome, standing_request
from ..actions.drafts import approve_unseen, return_unseen
from ..actions.dues import decide_move
from ..models import DueRequest, Status, Task
from ..options import CLOSING, STARTING, Closing, Starting, wanted_of
from ..queries import blockers_of, deeds_of, is_initiator, open_below, part_holders, parts_of
from ..rules import MOST_TOGETHER

# What is done with a thumb, by short names.
_ON_PHONE = {"accept": "Принять", "start": "Начать", "submit": "Сдать", "close": "Закрыть", "return": "Вернуть"}


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


def _offered_approver(task: Task, by: Actor) -> list[Button]:
    """A decision about a draft to whoever is asked for it."""
    asked = standing_request(task)
    waits = asked is not None and asked.outcome == Outcome.WAITING and asked.approver_id == by.principal_id
    return [Button("approve", "Утвердить"), Button("back", "Вернуть", asks="Напишите, что исправить")] if waits else []


def _press_approval(task: Task, by: Actor, code: str, text: str) -> str:
    if code == "back":
        returned = return_unseen(task, reason=text, by=by)
        return f"{task.number}: возвращён" if len(returned) == 1 else f"Возвращено: {len(returned)}"
    if code != "approve":
        raise NotFound()
    approved = approve_unseen(task, by=by)
    return f"{task.number}: утверждена" if len(approved) == 1 else f"Утверждено: {len(approved)}"


APPROVING = Buttons(_offered_approver, _press_approval)
DOING = Buttons(_offered, _press)
DECIDING = Buttons(_offered_about_due, _press_about_due)
