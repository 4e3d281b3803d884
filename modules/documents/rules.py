"""Who may take a document from which state into which, and what may be changed in each; no database."""

from collections.abc import Iterable, Set
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from core.errors import Refused

from .errors import DocumentIsOver, DocumentIsSettled, DocumentWaits
from .models import Status

OWNER, REGISTRAR, AUTHOR = "owner", "registrar", "author"
# The coarse state that all kinds of cards share: what is in force asks for no more work.
STATES = dict.fromkeys(Status, "open") | {
    Status.IN_FORCE: "done", Status.ARCHIVED: "done", Status.CANCELLED: "cancelled",
}  # fmt: skip
OVER = frozenset({Status.ARCHIVED, Status.CANCELLED})
REGISTERED = frozenset({Status.REGISTERED, Status.IN_FORCE})
NUMBERED = REGISTERED | OVER
CHANGED_FREELY = frozenset({Status.DRAFT, Status.ON_ROUTE})
# Where a head writes his resolution: on what has its number, and on what is shown to him on its route.
RESOLVED = REGISTERED | {Status.ON_ROUTE}
# Minutes that are agreed upon: what stands in them as an idea may become work, and the next ones go on from them.
AGREED = REGISTERED | {Status.APPROVED, Status.ARCHIVED}
# What of a registered document may still be changed: none of it is what was registered.
CHANGED_LATER = frozenset({"responsible", "due_at", "priority", "valid_until", "paper_place"})
# Whoever leaves the company hands over what is on its way, too.
PASSED_ON = frozenset({"responsible"})
EXPIRY = "documents.expiry"
# What a stage of a route may wait for.
RESOLVED_SIGNAL = "resolved"
MOST_LINES, MOST_MINUTES_LINES, MOST_JOURNAL = 50, 200, 1000


@dataclass(frozen=True)
class Deed:
    """One button: who presses it, where it is offered and where it leads."""

    code: str
    title: str
    by: frozenset[str]
    sources: frozenset[Status]
    target: Status
    is_danger: bool = False
    needs_text: bool = False


def _deed(code: str, title: str, by: Iterable[str], sources: Iterable[Status], target: Status, **more: bool) -> Deed:
    return Deed(code, title, frozenset(by), frozenset(sources), target, **more)


_EITHER = (OWNER, REGISTRAR)
# In the order of the buttons; the first that is not dangerous is the main one.
DEEDS = (
    _deed("send", "На согласование", [OWNER], [Status.DRAFT], Status.ON_ROUTE),
    _deed("register", "Зарегистрировать", [REGISTRAR], [Status.DRAFT, Status.APPROVED], Status.REGISTERED),
    _deed("submit", "Передать на регистрацию", [OWNER], [Status.DRAFT], Status.APPROVED),
    _deed("back", "Вернуть в черновик", [*_EITHER, AUTHOR], [Status.APPROVED], Status.DRAFT, needs_text=True),
    _deed("enact", "Ввести в действие", _EITHER, [Status.REGISTERED], Status.IN_FORCE),
    _deed("archive", "В архив", _EITHER, REGISTERED, Status.ARCHIVED),
    _deed("reopen", "Вернуть из архива", [REGISTRAR], [Status.ARCHIVED], Status.REGISTERED, needs_text=True),
    _deed(
        "cancel", "Аннулировать", _EITHER, [Status.APPROVED, *REGISTERED], Status.CANCELLED,
        is_danger=True, needs_text=True,
    ),
)  # fmt: skip
BY_CODE = {deed.code: deed for deed in DEEDS}
# Where the end of a route leads.
_ENDS = ((Status.ON_ROUTE, Status.APPROVED), (Status.ON_ROUTE, Status.DRAFT))


def offered(status: str, parts: Set[str], rules: Any, routed: Set[str]) -> list[Deed]:
    """Buttons of a person with these parts, in their order. What is to go on a route is not registered past it; what
    nobody has drawn a route for, of its type or of any (`routed`), is not sent."""
    past = {"submit", "register"} if rules.needs_route and status == Status.DRAFT else set()
    if not rules.needs_route and routed.isdisjoint({"", rules.code}):
        past |= {"send"}
    return [deed for deed in DEEDS if status in deed.sources and deed.by & parts and deed.code not in past]


def leads() -> frozenset[tuple[str, str]]:
    """Pairs of states between which some deed, or the end of a route, leads."""
    pairs = {(source.value, deed.target.value) for deed in DEEDS for source in deed.sources}
    return frozenset(pairs | {(source.value, target.value) for source, target in _ENDS})


def why_settled(document: Any) -> Refused | None:
    """Why what the document says does not change now; None for a draft, and on a route, where the engine asks anew
    whoever minds what has changed."""
    if document.status in CHANGED_FREELY:
        return None
    if document.status == Status.APPROVED:
        return DocumentWaits()
    return DocumentIsOver() if document.status in OVER else DocumentIsSettled()


def why_kept(document: Any, names: Iterable[str]) -> Refused | None:
    """Why these fields may not be changed now; None when they may."""
    if document.status in REGISTERED and set(names) <= CHANGED_LATER:
        return None
    if document.status == Status.APPROVED and set(names) <= PASSED_ON:
        return None
    return why_settled(document)


def why_over(document: Any) -> Refused | None:
    """Why nothing is done on a document any more; None while it goes on."""
    return DocumentIsOver() if document.status in OVER else None


def destroyed_from(closed_on: date | None, years: int | None) -> date | None:
    """The first day on which a file may be destroyed: terms run from the first of January after its closing; None while
    it is open or when it is kept for ever."""
    if closed_on is None or years is None:
        return None
    return date(closed_on.year + 1 + years, 1, 1)


def warned_next(valid_until: date, warned: int, ahead: int) -> date | None:
    """The day on which people are to hear of the end of a term; None when they know all."""
    if warned >= 2:
        return None
    return valid_until + timedelta(days=1) if warned else valid_until - timedelta(days=ahead)
