"""Notices about documents. Nobody gets one about what he has done himself, nor about what he does not see."""

from collections.abc import Callable, Iterable

from core.access.limits import kept_from
from core.comments.queries import split_by_sight
from core.entities.models import Participant
from core.entities.participants import people_of
from core.events.bus import Reader, Told
from core.notifications.actions import notify
from core.notifications.kinds import Notification
from core.notifications.reminders import plan_reminders
from core.organization.people import people
from core.registry import registry

from ..events import (
    DocumentCancelled,
    DocumentChanged,
    DocumentRegistered,
    DocumentReturned,
    TermEnds,
)
from ..models import Document
from .kinds import ADDRESSED, ANSWERS, CANCELLED, REGISTERED, RETURNED, TERM, WATCHED

_AUTHOR, _RESPONSIBLE, _ADDRESSEE = "вы автор", "вы отвечаете за документ", "документ направлен вам"
_WATCHES = "вы наблюдаете"


def tell_people(told: Told) -> None:
    """Write the notices that a fact asks for; exactly once, in the transaction of its reading."""
    document = Document.objects.filter(pk=told.ref.id, trashed_at__isnull=True).first() if told.ref else None
    if document is None or document.is_draft:
        return
    plan_reminders(document)
    known = people([told.actor_id])
    doer = known[told.actor_id]["name"] if told.actor_id in known else "Пульт"
    _TELLS[told.kind](told, document, doer)


def _registered(told: Told, document: Document, doer: str) -> None:
    said = [f"{doer} регистрирует «{document.title}»: № {document.number}."]
    # One fact writes nobody two notices, so the first of these is the one a person gets.
    _write(told, document, [document.addressee_id], ADDRESSED, _ADDRESSEE, "Вам направлен документ", said)
    _write(told, document, [document.author_id], REGISTERED, _AUTHOR, "Документ зарегистрирован", said)
    _write(told, document, [document.responsible_id], ANSWERS, _RESPONSIBLE, "Вы отвечаете за документ", said)
    _write(told, document, _watchers(document), WATCHED, _WATCHES, "Документ зарегистрирован", said)


def _returned(told: Told, document: Document, doer: str) -> None:
    said = [f"{doer} возвращает «{document.title}» в черновик. Исправьте документ и отправьте его ещё раз."]
    # How a route has ended is told to whoever has sent the document by the route itself.
    is_told = {document.author_id} if told.payload.get("outcome") else set()
    _write(told, document, {document.author_id} - is_told, RETURNED, _AUTHOR, "Документ вернули", said)
    _write(told, document, {document.responsible_id} - is_told, RETURNED, _RESPONSIBLE, "Документ вернули", said)


def _cancelled(told: Told, document: Document, doer: str) -> None:
    said = [f"{doer} аннулирует «{document.title}». Руководствоваться им больше нельзя."]
    around = [document.author_id, document.responsible_id, document.addressee_id]
    _write(told, document, around, CANCELLED, "документ касается вас", "Документ аннулирован", said)
    _write(told, document, _watchers(document), CANCELLED, _WATCHES, "Документ аннулирован", said)


def _changed(told: Told, document: Document, doer: str) -> None:
    changed = {change["field"] for change in told.payload["changes"]}
    if "responsible" in changed:
        said = [f"{doer} передаёт вам документ «{document.title}»: теперь за него отвечаете вы."]
        _write(told, document, [document.responsible_id], ANSWERS, _RESPONSIBLE, "Вы отвечаете за документ", said)


def _term(told: Told, document: Document, doer: str) -> None:
    days, until = told.payload["days"], document.valid_until
    if until is None:
        return
    subject = "Срок документа закончился" if days < 0 else "Срок документа заканчивается"
    said = [f"«{document.title}» действует до {until:%d.%m.%Y}. Продлите срок или передайте документ в архив."]
    answering = [document.responsible_id, document.author_id]
    # Whoever may not see the day gets no letter about nothing else.
    kept = kept_from({who for who in (*answering, *_watchers(document)) if who is not None}, Document.KIND)
    shut = {who for who, fields in kept.items() if "valid_until" in fields}
    _write(told, document, {*answering} - shut, TERM, _RESPONSIBLE, subject, said)
    _write(told, document, {*_watchers(document)} - shut, TERM, _WATCHES, subject, said)


def _watchers(document: Document) -> list[int]:
    part = Participant.Part.WATCHER
    return people_of([document.pk], part).get(document.pk, {}).get(part, [])


def _write(
    told: Told,
    document: Document,
    receivers: Iterable[int | None],
    what: Notification,
    reason: str,
    subject: str,
    said: list[str],
) -> None:
    to = {who for who in receivers if who is not None} - {told.actor_id}
    seeing, _ = split_by_sight(to, registry.kind_of(Document.KIND), document.pk) if to else ([], [])
    if not seeing:
        return
    number = f" ({document.number})" if document.number else ""
    notify(
        seeing,
        kind=what,
        subject=f"{subject}: {document.title}{number}",
        paragraphs=[*said, *([f"«{told.payload['text']}»"] if told.payload.get("text") else [])],
        link_path=f"/documents/{document.pk}",
        fact_id=told.id,
        card=document,
        reason=reason,
    )


_TELLS: dict[str, Callable[[Told, Document, str], None]] = {
    DocumentRegistered.kind: _registered,
    DocumentReturned.kind: _returned,
    DocumentCancelled.kind: _cancelled,
    DocumentChanged.kind: _changed,
    TermEnds.kind: _term,
}
letters = Reader("documents.letters", (*_TELLS,), effect=tell_people)
