"""How a document comes to stand in another state: what every button does, whoever presses it."""

from django.utils import timezone

from core.access.actor import Actor
from core.comments.actions import comment
from core.custom_fields.actions.filling import must_be_filled
from core.entities.locks import lock
from core.errors import NotFound
from core.events.bus import Change
from core.registry import registry
from core.statuses.actions.moving import lead
from core.verb import verb

from ..errors import RouteIsNeeded, WrongMoment
from ..models import Document, Status
from ..queries import rules_of, type_of
from ..rules import BY_CODE, STATES, Deed
from .cards import is_closed, watch_term
from .guards import must_press

COLUMNS = ("status", "own_status", "state", "done_at", "is_draft", "is_private")


@verb
def begin(document: Document, code: str, *, by: Actor, version: int | None = None) -> tuple[Document, Deed]:
    """The locked document and the deed that may be done with it now. Errors: NotFound, NotYourDocument, NotRegistrar,
    Stale, WrongMoment, RouteIsNeeded."""
    deed = BY_CODE.get(code)
    if deed is None:
        raise NotFound()
    must_press(document, deed, by)
    document = lock(document, version=version)
    must_press(document, deed, by)
    if document.status not in deed.sources:
        raise WrongMoment()
    if code == "submit" and rules_of(type_of(document)).needs_route:
        raise RouteIsNeeded()
    return document, deed


@verb
def lead_to(document: Document, target: Status, *, by: Actor, own_status: int | None = None, text: str = "") -> Change:
    """Let the company's moves and its demanded fields say whether it may go there. Errors: those of `lead`, Invalid."""
    kind = registry.kind_of(Document.KIND)
    must_be_filled(document, kind, status=target, by=by)
    return lead(document, kind, target, by=by, to=own_status, text=text)


@verb
def stand(document: Document, target: Status) -> None:
    """What follows from the state in which a document stands now; whoever calls it saves `COLUMNS`."""
    document.status, document.state = target, STATES[target]
    document.done_at = None if document.state == "open" else document.done_at or timezone.now()
    if target != Status.DRAFT:
        document.is_draft = False
        # A type that has been opened since opens no document that went on while it was closed.
        document.is_private = document.is_private or is_closed(document.secrecy, rules_of(type_of(document)))
    watch_term(document)


@verb
def say(document: Document, text: str, *, by: Actor) -> None:
    """What is said pressing a button is a part of the talk, and people answer it there."""
    if text.strip():
        comment(document, registry.kind_of(Document.KIND), text=text, by=by, announced=True)
