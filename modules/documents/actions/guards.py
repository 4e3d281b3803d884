"""Who may change a document. Asked twice, before the lock and on the locked row."""

from core.access.actor import Actor

from ..errors import NotRegistrar, NotYourDocument
from ..models import Document
from ..queries import owns, parts_of
from ..rules import AUTHOR, OWNER, REGISTRAR, Deed


def must_own(document: Document, by: Actor) -> None:
    if not owns(by, document):
        raise NotYourDocument()


def must_register(document: Document, by: Actor) -> None:
    if REGISTRAR not in parts_of(by, document):
        raise NotRegistrar()


def must_keep(document: Document, by: Actor) -> None:
    """Whoever answers for the document, or registers such ones."""
    if not parts_of(by, document) - {AUTHOR}:
        raise NotYourDocument()


def must_press(document: Document, deed: Deed, by: Actor) -> None:
    if deed.by & parts_of(by, document):
        return
    raise NotYourDocument() if OWNER in deed.by else NotRegistrar()
