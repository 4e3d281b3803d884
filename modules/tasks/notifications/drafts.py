"""Notices about drafts that somebody is to approve."""

from collections.abc import Callable

from core.events.bus import Reader, Told
from core.notifications.kinds import Notification
from core.notifications.moments import open_moment
from core.organization.people import people

from ..actions.approvals import Outcome, standing_requests
from ..events import ApproverChanged, DraftApproved, DraftRecalled, DraftReturned, DraftSent, ReleaseMissed
from ..models import Task
from .kinds import APPROVED, DRAFT_BACK, TO_APPROVE
from .writing import Line, due_line, words_of, write

_AUTHOR = "вы автор черновика"
_MOST_NAMED = 10
_ASKING = (DraftSent.kind, ApproverChanged.kind)
# Who is to hear of what happens to a draft. Of a set only its first draft tells, on behalf of all.
_CONCERNED: dict[str, Callable[[Told], int | None]] = {
    DraftSent.kind: lambda told: told.payload["approver"] if told.payload["together"] else None,
    ApproverChanged.kind: lambda told: told.payload["approver"] if told.payload["together"] else None,
    DraftApproved.kind: lambda told: told.payload["asker"] if told.payload["together"] else None,
    DraftReturned.kind: lambda told: told.payload["asker"] if told.payload["together"] else None,
    DraftRecalled.kind: lambda told: told.payload["asker"],
    ReleaseMissed.kind: lambda told: told.payload["author"],
}


def tell_of_drafts(told: Told) -> None:
    """Tell whoever is asked to approve drafts, and their author what has become of them; those that were sent together
    make one letter."""
    to = _CONCERNED[told.kind](told)
    meant = _still_meant(told, to) if to is not None else []
    if not meant:
        return
    draft, *others = meant
    names = people([told.actor_id])
    doer = names[told.actor_id]["name"] if told.actor_id in names else "Пульт"
    listed = [f"{row.title} ({row.number})" for row in others[: _MOST_NAMED + 1]]
    what, reason, said = _said_of_draft(told, draft, doer)
    if listed:
        more = ["и другие"] if len(listed) > _MOST_NAMED else []
        said.append(f"Вместе с ним: {', '.join(listed[:_MOST_NAMED] + more)}.")
    write(told, draft, {to}, what, reason, said)


def _still_meant(told: Told, to: int) -> list[Task]:
    """Drafts that the letter is about: some may have been taken back or thrown away before anybody read of them."""
    ids = {told.ref.id if told.ref else 0, *told.payload.get("together", ())}
    living = Task.objects.filter(pk__in=ids, trashed_at__isnull=True).order_by("pk")
    if told.kind not in _ASKING:
        return list(living)
    asked = standing_requests(ids)
    waiting = {pk for pk, one in asked.items() if one.outcome == Outcome.WAITING and one.approver_id == to}
    return [draft for draft in living if draft.pk in waiting]


def _said_of_draft(told: Told, draft: Task, doer: str) -> tuple[Notification, str, list[Line]]:
    title = f"черновик «{draft.title}»"
    if told.kind in _ASKING:
        to = people([draft.responsible_id]).get(draft.responsible_id or 0)
        whom = f"Исполнитель: {to['name']}." if to else ""
        asked = f"{doer} просит вас утвердить {title}. Утвердите или верните его в «Ждёт меня»."
        return TO_APPROVE, "вы утверждаете", ["На утверждение", asked, whom, due_line(draft), *words_of(draft)]
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
    moment = open_moment(draft.release_at) if draft.release_at else ""
    return f"Задача будет поставлена {moment}." if moment else ""


draft_letters = Reader("tasks.draft_letters", kinds=(*_CONCERNED,), effect=tell_of_drafts)
