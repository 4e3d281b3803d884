"""What documents do when something happens elsewhere."""

from django.db.models import Q
from django.utils import timezone

from core.access.events import RoleRemoved
from core.access.loading import system_actor
from core.custom_fields.events import FieldsChanged
from core.entities.events import CardRestored, CardsAdded
from core.entities.locks import locked
from core.events.bus import Change, Reader, Told, emit
from core.options.events import OptionsChanged
from core.outbox.queries import wake

from .actions.cards import is_closed
from .actions.terms import look_again
from .events import DocumentChanged, TypeRulesChanged
from .models import Document, TypeRules
from .queries import rules_of, type_of
from .rules import EXPIRY

_ROLES = ("create_roles", "register_roles", "reader_roles")


def close_as_type(told: Told) -> None:
    """A draft that has become one of another type is as open as that type says."""
    if told.ref is None or told.ref.kind != Document.KIND:
        return
    if not any(change["field"] == "card_type" for change in told.payload["changes"]):
        return
    document = locked(Document.objects.all(), told.ref.id)
    if document is None or document.is_private == (closed := is_closed(document.secrecy, rules_of(type_of(document)))):
        return
    document.is_private = closed
    document.save_change("is_private")
    words = {True: "только участникам", False: "по правам"}
    changes = (Change("is_private", words[not closed], words[closed]),)
    emit(DocumentChanged(document.ref, changes), by=system_actor())


def forget_role(told: Told) -> None:
    """Take a role that is no more out of the rules of types: nobody could do what only its people might."""
    gone = told.payload["code"]
    naming = Q()
    for name in _ROLES:
        naming |= Q(**{f"{name}__contains": [gone]})
    for rules in TypeRules.objects.select_for_update().filter(naming).order_by("pk"):
        for name in _ROLES:
            setattr(rules, name, [code for code in getattr(rules, name) if code != gone])
        rules.version += 1
        rules.save()
        change = Change("roles", told.payload["role_title"], None)
        emit(TypeRulesChanged(None, rules.code, (change,)), by=system_actor())


def watch_new_terms(told: Told) -> None:
    """Cards that came without a verb of ours, from a file or out of the trash, may have terms that end before all that
    are waited for."""
    came = told.payload.get("card_kind") or (told.ref.kind if told.ref else "")
    if came == Document.KIND:
        wake(EXPIRY, timezone.now())


arriving = Reader("documents.arriving", (CardsAdded.kind, CardRestored.kind), effect=watch_new_terms)
closing = Reader("documents.closing", (FieldsChanged.kind,), effect=close_as_type)
forgetting = Reader("documents.forgetting", (RoleRemoved.kind,), effect=forget_role)
terms = Reader("documents.terms", (OptionsChanged.kind,), effect=look_again)
