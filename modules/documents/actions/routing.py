"""The one place where a document is given to the route engine, and where the end of its route comes back."""

import logging
from functools import partial
from typing import Any

from django.db import transaction

from core.access.actor import Actor
from core.entities.kinds import Routes
from core.entities.locks import lock
from core.errors import Refused
from core.events.bus import emit
from core.formulas.values import Kind
from core.identity.models import Principal
from core.organization.models import Employee
from core.organization.people import people
from core.registry import registry
from core.richtext import plain_of
from core.routes import errors as engine
from core.routes.actions.running import recall_route, signal, start_route
from core.routes.models import Route
from core.routes.queries import chosen_route, decided_upon
from core.routes.rules import Outcome
from core.statuses.actions.moving import land
from core.verb import verb

from ..errors import DecidedMeanwhile, NoRoute, WrongMoment
from ..events import DocumentApproved, DocumentReturned, DocumentSent
from ..models import Document, Secrecy, Status
from ..queries import lines_decided_upon, text_name, types_of_cards
from ..rules import BY_CODE, RESOLVED_SIGNAL, STATES
from .cards import PEOPLE, told_sum
from .guards import must_own, must_press
from .minutes import lines_told, must_be_ready, start_lines
from .standing import COLUMNS, begin, lead_to, say, stand

log = logging.getLogger(__name__)


@verb
def send_document(
    document: Document,
    *,
    by: Actor,
    text: str = "",
    version: int | None = None,
    own_status: int | None = None,
) -> Document:
    """Send a document along the route of its type, the first whose condition holds.

    Errors: as of `do_deed`, NoRoute where the type has none, those of `core.routes.actions.running.start_route`.
    """
    document, _ = begin(document, "send", by=by, version=version)
    route = _route_of(document)
    _set_out(document, by, text=text, own_status=own_status)
    start_route(document, registry.kind_of(Document.KIND), route=route, by=by)
    say(document, text, by=by)
    return Document.objects.get(pk=document.pk)


@verb
def take_back(document: Document, *, by: Actor) -> None:
    """Undo a sending while nobody has decided. Errors: DecidedMeanwhile, those of `recall_route`."""
    document = lock(document)
    if decided_upon(document.pk):
        raise DecidedMeanwhile()
    recall_route(document, registry.kind_of(Document.KIND), by=by)


@verb
def route_began(document: Document, *, by: Actor) -> None:
    """The engine sends it, by whichever door: whoever pressed the card's own button has set it out already.

    Errors: NotYourDocument, WrongMoment, those of `lead`, Invalid for a field that has to be filled in.
    """
    if document.status == Status.ON_ROUTE:
        return
    deed = BY_CODE["send"]
    must_press(document, deed, by)
    if document.status not in deed.sources:
        raise WrongMoment()
    _set_out(document, by)


@verb
def route_ended(document: Document, outcome: str, *, by: Actor, text: str = "") -> Document:
    """The route of a document has come to its end: it waits for its number, or is a draft again, open to those who have
    seen it. For the engine, which has asked who may. Errors: WrongMoment."""
    document = lock(document)
    if document.status != Status.ON_ROUTE:
        raise WrongMoment()
    approved = outcome == Outcome.APPROVED
    target = Status.APPROVED if approved else Status.DRAFT
    moved = land(document, registry.kind_of(Document.KIND), target)
    document.status, document.state = target, STATES[target]
    document.save_change("status", "own_status", "state")
    told: dict[str, Any] = {"text": text.strip(), "changes": (moved,)}
    returned = partial(DocumentReturned, outcome=outcome)
    emit((DocumentApproved if approved else returned)(document.ref, **told), by=by)
    if approved:
        _start(document, by)
    return document


def _start(document: Document, by: Actor) -> None:
    """Give the tasks of minutes. A person who ends the route hears why that cannot be done now; where hours have ended
    it nobody is there to hear, and the engine has others to attend to: registration gives them, or says why not."""
    if by.kind != Principal.Kind.SYSTEM:
        start_lines(document, by=by)
        return
    try:
        with transaction.atomic():
            start_lines(document, by=by)
    except Refused as refusal:
        log.warning("assignments of %s wait for its registration: %s", document.ref, refusal)


def must_send(document: Any, actor: Actor) -> None:
    """Refuse whoever may neither send a document nor take it back. Errors: NotYourDocument, WrongMoment."""
    must_own(document, actor)
    if document.status not in (Status.DRAFT, Status.ON_ROUTE):
        raise WrongMoment()


def resolved(document: Document, *, by: Actor) -> None:
    """Stages that wait for a resolution have it."""
    signal(document, registry.kind_of(Document.KIND), RESOLVED_SIGNAL, by=by)


def _route_of(document: Document) -> Route:
    try:
        return chosen_route(document, registry.kind_of(Document.KIND))
    except engine.NoRoute as refusal:
        raise NoRoute() from refusal


def _set_out(document: Document, by: Actor, *, text: str = "", own_status: int | None = None) -> None:
    must_be_ready(document, by)
    moved = lead_to(document, Status.ON_ROUTE, by=by, own_status=own_status, text=text)
    stand(document, Status.ON_ROUTE)
    document.save_change(*COLUMNS)
    emit(DocumentSent(document.ref, text=text.strip(), changes=(moved,)), by=by)


_DECIDED_UPON = (
    "title", "content", "correspondent", "addressee", "signatory", "outer_number", "outer_date", "amount", "valid_from",
    "valid_until",
)  # fmt: skip


def _content(document: Document) -> dict[str, Any]:
    """What an approver puts his name to; files and the company's own fields are added by the engine."""
    told = {name: getattr(document, PEOPLE.get(name, name)) for name in _DECIDED_UPON}
    told |= {"text": str(document.text_family) if document.text_family else None}
    lines = lines_decided_upon(document)
    return told | {"lines": lines} if lines else told


def _department(document: Document) -> str:
    """The department of whoever has drawn it up: his card may have another one by tomorrow."""
    rows = Employee.objects.filter(principal=document.author_id, department__isnull=False)
    return rows.values_list("department__title", flat=True).first() or ""


def _type_title(document: Document) -> str:
    found = types_of_cards([document.pk]).get(document.pk)
    return found.title if found else str(registry.kind_of(Document.KIND).title)


def _name(who: Any) -> str:
    return people([who]).get(who, {}).get("name", "")


def _one(who: int | None) -> list[int]:
    return [who] if who is not None else []


ROUTES = Routes(
    initiator=lambda document: document.author_id,
    content=_content,
    values={
        "Вид": (Kind.TEXT, _type_title),
        "Сумма": (Kind.NUMBER, lambda document: document.amount),
        "Отдел": (Kind.TEXT, _department),
        "Корреспондент": (Kind.TEXT, lambda document: document.correspondent),
        "Пометка": (Kind.TEXT, lambda document: str(Secrecy(document.secrecy).label)),
        "Действует с": (Kind.DAY, lambda document: document.valid_from),
        "Действует до": (Kind.DAY, lambda document: document.valid_until),
    },
    people={
        "addressee": ("Адресат", lambda document: _one(document.addressee_id)),
        "signatory": ("Подписант", lambda document: _one(document.signatory_id)),
        "responsible": ("Ответственный", lambda document: _one(document.responsible_id)),
        "author": ("Автор", lambda document: [document.author_id]),
    },
    signals={RESOLVED_SIGNAL: "Наложена резолюция"},
    told={
        "Сумма": "amount",
        "Корреспондент": "correspondent",
        "Действует с": "valid_from",
        "Действует до": "valid_until",
    },
    words={
        "content": plain_of,
        "addressee": _name,
        "signatory": _name,
        "amount": told_sum,
        "text": text_name,
        "lines": lines_told,
    },  # fmt: skip
    must_start=must_send,
    began=route_began,
    ended=route_ended,
)
