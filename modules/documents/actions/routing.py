"""The one place where a document is given to the route engine, and where the end of its route comes back.

The engine (core/routes) is not there yet: no type has a route, so whoever sends a document is told what to do instead.
"""

from core.access.actor import Actor
from core.entities.locks import lock
from core.events.bus import emit
from core.registry import registry
from core.statuses.actions.moving import land
from core.verb import verb

from ..errors import NoRoute, WrongMoment
from ..events import DocumentApproved, DocumentReturned
from ..models import Document, Status
from ..rules import STATES


def must_have_route(document: Document) -> None:
    """Refuse to send what has nowhere to go. Errors: NoRoute."""
    raise NoRoute()


@verb
def route_ended(document: Document, *, approved: bool, by: Actor, text: str = "") -> Document:
    """The route of a document has come to its end: it waits for its number, or is a draft again, open to those who have
    seen it. For the engine, which has asked who may. Errors: WrongMoment."""
    document = lock(document)
    if document.status != Status.ON_ROUTE:
        raise WrongMoment()
    target = Status.APPROVED if approved else Status.DRAFT
    moved = land(document, registry.kind_of(Document.KIND), target)
    document.status, document.state = target, STATES[target]
    document.save_change("status", "own_status", "state")
    fact = DocumentApproved if approved else DocumentReturned
    emit(fact(document.ref, text=text.strip(), changes=(moved,)), by=by)
    return document
