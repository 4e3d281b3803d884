"""How documents go from state to state, and how they get their numbers."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime, time
from typing import Any
from zoneinfo import ZoneInfo

from django.utils import timezone
from django.utils.dateparse import parse_datetime

from core.access.actor import Actor
from core.access.loading import system_actor
from core.acknowledgements.actions import ask_to_read
from core.acknowledgements.queries import readers_meant
from core.context import current_company
from core.entities.kinds import Lifecycle, Passage
from core.entities.locks import lock
from core.errors import Invalid
from core.events.bus import Change, emit
from core.numbering.actions import company_day, next_number, use_reserved
from core.numbering.queries import mask_of, reserved_numbers
from core.numbering.rules import NO_SIGN
from core.registry import registry
from core.statuses.actions.moving import stand_again
from core.verb import verb

from ..errors import DocumentOnRoute, NoCaseFile, RouteIsNeeded, WrongMoment
from ..events import MOVES, DocumentChanged
from ..models import Document, Status
from ..queries import content_hash, parts_of_each, routed_types, rules_of, type_of
from ..rules import AUTHOR, OVER, leads, offered
from .guards import must_keep
from .minutes import must_be_ready, start_lines
from .routing import send_document
from .standing import COLUMNS, begin, lead_to, say, stand

_NOON = time(12)
# How a counter is called that counts one type alone (core/numbering/rules.py, Mask.place).
_OF_TYPE = "t="
_MOVED = ("status", "own_status_id", "state", "done_at", "is_draft", "is_private")


@verb
def do_deed(
    document: Document,
    code: str,
    *,
    by: Actor,
    text: str = "",
    anyway: bool = False,
    version: int | None = None,
    own_status: int | None = None,
) -> Document:
    """Press a button: send, submit, back, register, enact, archive, reopen, cancel.

    `own_status` is where among the company's statuses it is to end; nothing here asks to go on `anyway`. Errors:
    NotFound for an unknown code, NotYourDocument, NotRegistrar, WrongMoment, Stale, NoRoute, RouteIsNeeded, NoCaseFile,
    Invalid for a missing text, those of `core.statuses.actions.moving.lead`.
    """
    if code == "register":
        return register_document(document, by=by, text=text, version=version, own_status=own_status)
    if code == "send":
        return send_document(document, by=by, text=text, version=version, own_status=own_status)
    document, deed = begin(document, code, by=by, version=version)
    if deed.needs_text and not text.strip():
        raise Invalid({"text": "Напишите причину"})
    if code == "archive" and document.case_file_id is None:
        raise NoCaseFile()
    if code == "submit":
        must_be_ready(document, by)
    moved = lead_to(document, deed.target, by=by, own_status=own_status, text=text)
    stand(document, deed.target)
    document.save_change(*COLUMNS)
    emit(MOVES[code](document.ref, text=text.strip(), changes=(moved,)), by=by)
    say(document, text, by=by)
    return document


@verb
def register_document(
    document: Document,
    *,
    by: Actor,
    reserved_number: int | None = None,
    registered_on: date | None = None,
    text: str = "",
    version: int | None = None,
    own_status: int | None = None,
) -> Document:
    """Give a document its number and the day that stands beside it, and keep what it says as it stands.

    `reserved_number` is one that the doer has kept for later; a day gone by needs one that was kept under that day.
    What had a number once keeps it. Errors as of `do_deed`, NotReserved.
    """
    document, deed = begin(document, "register", by=by, version=version)
    rules = rules_of(type_of(document))
    if rules.needs_route and document.status == Status.DRAFT:
        raise RouteIsNeeded()
    day = _day(registered_on, reserved_number)
    must_be_ready(document, by)
    moved = lead_to(document, deed.target, by=by, own_status=own_status, text=text)
    document.sealed = content_hash(document)
    document.registered_on, document.registered_by_id = day, by.principal_id
    document.starts_at = _moment(day)
    stand(document, deed.target)
    say(document, text, by=by)
    _ask_readers(document, rules.reader_roles)
    # Whoever takes a number makes the others wait for the end of his transaction: it is taken last.
    document.number = document.number or _number(document, reserved_number, by)
    columns = ("number", "sealed", "registered_on", "registered_by", "starts_at")
    document.save_change(*COLUMNS, *columns)
    changes = (moved, Change("number", None, f"{document.number} от {day:%d.%m.%Y}"))
    emit(MOVES["register"](document.ref, text=text.strip(), changes=changes), by=by)
    # Minutes that went along no route are agreed upon now; what a route has started is not started again.
    start_lines(document, by=by)
    return document


def _number(document: Document, reserved: int | None, by: Actor) -> str:
    card_type = type_of(document)
    if reserved is not None:
        _must_suit(reserved, card_type, by)
        return use_reserved(Document.KIND, reserved, by=by)
    whose = document.responsible_id or document.author_id
    return next_number(Document.KIND, Document.NUMBER_PREFIX, whose=whose, card_type=card_type)


def _must_suit(reserved: int, card_type: str, by: Actor) -> None:
    """A number that was kept for one type is no number of another, where numbers tell the type. Errors: Invalid."""
    row, mask = reserved_numbers(kind=Document.KIND, of=by).filter(pk=reserved).first(), mask_of(Document.KIND)
    if row is None or mask is None or not mask.per_type:
        return
    counted = [part.partition("/")[0] for part in row.counted_by.split("|") if part.startswith(_OF_TYPE)]
    if counted and counted != [f"{_OF_TYPE}{mask.types.get(card_type) or NO_SIGN}"]:
        raise Invalid({"reserved_number": "Этот номер забронирован для другого вида документов. Выберите другой"})


def _day(wanted: date | None, reserved: int | None) -> date:
    today = company_day()
    if wanted is None or wanted == today:
        return today
    if wanted > today:
        raise Invalid({"registered_on": "Этот день ещё не наступил. Выберите сегодняшний или прошедший"})
    if reserved is None:
        raise Invalid(
            {"registered_on": "Задним числом регистрируют под номером, забронированным за тот день. Забронируйте его"}
        )
    return wanted


def _moment(day: date) -> datetime:
    """When a document counts as registered: now, or about the middle of a day gone by."""
    if day == company_day():
        return timezone.now()
    return datetime.combine(day, _NOON, ZoneInfo(current_company().time_zone))


def _ask_readers(document: Document, roles: Sequence[str]) -> None:
    """The company has said once for all who reads such documents, so nobody's own right is asked."""
    readers = readers_meant([], [], roles) if roles else set()
    if readers:
        ask_to_read(document, registry.kind_of(Document.KIND), readers=readers, by=system_actor())


def passages(actor: Actor, documents: Sequence[Any]) -> dict[int, Sequence[Passage]]:
    """Buttons of each document as this actor has them; documents or rows of them, few statements for all."""
    found, routed = parts_of_each(actor, documents), routed_types()
    return {
        one.pk: [
            Passage(deed.code, deed.title, deed.target.value, deed.needs_text)
            for deed in offered(one.status, found[one.pk][0], found[one.pk][1], routed)
        ]
        for one in documents
    }


def working(actor: Actor, documents: Sequence[Any]) -> set[int]:
    """Ids of those that the actor owns or registers while they are not over."""
    found = parts_of_each(actor, documents)
    return {one.pk for one in documents if found[one.pk][0] - {AUTHOR} and one.status not in OVER}


def remembered(document: Document) -> dict[str, Any]:
    """What moves of many change of a document, as JSON."""
    return {name: _plain(getattr(document, name)) for name in _MOVED}


@verb
def go_back(document: Document, before: Mapping[str, Any], *, by: Actor) -> Document:
    """Put a document back where it stood before a move of many; a number that was given stays with it, so what was
    registered is not made a draft again. Errors: NotYourDocument, WrongMoment, DocumentOnRoute."""
    must_keep(document, by)
    document = lock(document)
    must_keep(document, by)
    base = before.get("status", document.status)
    if Status.ON_ROUTE in (document.status, base) and base != document.status:
        # What goes along a route has asked people: it is taken back from there, and nothing stands there without it.
        raise DocumentOnRoute()
    if document.number and base in (Status.DRAFT, Status.APPROVED):
        raise WrongMoment()
    if base == Status.APPROVED and document.status == Status.DRAFT and rules_of(type_of(document)).needs_route:
        # What was changed as a draft meanwhile nobody has approved.
        raise RouteIsNeeded()
    own = before.get("own_status_id")
    moved = stand_again(document, registry.kind_of(Document.KIND), base, own)
    for name in _MOVED:
        if name in before and name != "own_status_id":
            is_moment = name == "done_at" and before[name]
            setattr(document, name, parse_datetime(before[name]) if is_moment else before[name])
    document.save_change(*COLUMNS)
    emit(DocumentChanged(document.ref, (moved,)), by=by)
    return document


def _put_back(document: Document, before: Mapping[str, Any], *, by: Actor) -> Document:
    return go_back(document, before, by=by)


def _plain(value: Any) -> Any:
    return value.isoformat() if isinstance(value, datetime) else value


LIFECYCLE = Lifecycle(
    leads=leads(),
    passages=passages,
    working=working,
    go=do_deed,
    noted=remembered,
    put_back=_put_back,
    usual=Status.REGISTERED.value,
)
