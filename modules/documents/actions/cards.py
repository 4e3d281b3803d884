"""Making documents and changing what stands in them."""

from collections.abc import Collection, Iterable, Mapping
from datetime import date, datetime
from decimal import Decimal
from types import MappingProxyType
from typing import Any, NamedTuple
from uuid import UUID
from zoneinfo import ZoneInfo

from django.utils import timezone

from core import richtext
from core.access.actor import Actor
from core.access.limits import must_write, unwritable
from core.attachments.actions import copy_files
from core.attachments.models import Attachment
from core.attachments.queries import State, living
from core.comments.queries import working_principals
from core.context import current_company
from core.custom_fields.actions.filling import start_fields
from core.entities import trash
from core.entities.locks import lock
from core.entities.models import Entity, Participant
from core.entities.participants import join, leave
from core.entities.queries import insert_card
from core.errors import Invalid
from core.events.bus import Change, emit
from core.identity.models import Principal
from core.language.sums import digits
from core.links.actions import tie_to_origin
from core.numbering.actions import company_day
from core.organization.people import people
from core.organization.workdays import is_workday
from core.outbox.queries import wake
from core.registry import registry
from core.routes.actions.running import content_changed
from core.verb import verb

from ..errors import ForeignFile, NotYourType, RegisteredIsKept
from ..events import DocumentChanged, DocumentCreated, TextNamed
from ..models import Document, Secrecy, Status, TypeRules
from ..permissions import CREATE
from ..queries import holds_one, rules_of, text_of, type_of
from ..rules import EXPIRY, REGISTERED, why_kept, why_over
from .guards import must_keep, must_own

Part = Participant.Part
WORDS = ("title", "content", "correspondent", "outer_number", "paper_place", "priority")
DAYS = ("outer_date", "valid_from", "valid_until")
PEOPLE = {"addressee": "addressee_id", "signatory": "signatory_id", "responsible": "responsible_id"}
PLAIN = (*WORDS, *DAYS, "due_at", "amount")
_EVENING = 18


class Moved(NamedTuple):
    """One field of a document before and after, as its column holds it."""

    name: str
    before: Any
    after: Any


@verb
def create_document(
    *,
    title: str,
    by: Actor,
    card_type: str = "",
    fields: Mapping[str, Any] = MappingProxyType({}),
    watchers: Iterable[int] = (),
    responsible: int | None = None,
    source: Document | None = None,
    secrecy: str = Secrecy.OPEN,
    as_written: Collection[str] = (),
    **more: Any,
) -> Document:
    """Write a draft; people are principals' ids. `fields` are the company's own by their codes, `more` the columns of a
    document by their names. From `source`, another document that the doer sees, come its words and files where nothing
    is given. What is `as_written` a template has written, and the doer's limits are no matter.
    Errors: Forbidden, NotYourType, Invalid.
    """
    by.must(CREATE)
    rules = rules_of(card_type)
    if not holds_one(by, rules.create_roles):
        raise NotYourType()
    _must_write_new({name: value for name, value in more.items() if name not in as_written}, by)
    told = {**_of_source(source, by), **more, "title": title}
    if source is not None:
        # What is copied from closed words stays as closed.
        secrecy = secrecy or source.secrecy
    told["content"] = kept_text(told.get("content", ""))
    _must_fit(told.get("valid_from"), told.get("valid_until"))
    told.setdefault("due_at", due_of(rules))
    now = timezone.now()
    document = Document(
        kind=Document.KIND,
        author_id=by.principal_id,
        responsible_id=responsible or by.principal_id,
        status=Status.DRAFT,
        state=Entity.State.OPEN,
        is_draft=True,
        is_private=is_closed(secrecy, rules),
        secrecy=secrecy,
        created_at=now,
        changed_at=now,
        **{PEOPLE.get(name, name): value for name, value in told.items()},
    )
    document = insert_card(document, _first_parts(document, watchers), card_type=card_type)
    start_fields(document, registry.kind_of(Document.KIND), given=fields, type_code=card_type, by=by)
    if source is not None:
        _take_files(source, document, by)
    emit(DocumentCreated(document.ref), by=by)
    return document


@verb
def change_document(
    document: Document, *, fields: Mapping[str, Any], by: Actor, version: int | None = None
) -> Document:
    """Change what stands in a document, as far as its state lets anybody; people are principals' ids.

    Nothing happens when nothing differs. Errors: NotYourDocument, Stale, those of `rules.why_kept`, Invalid.
    """
    must_own(document, by)
    document = lock(document, version=version)
    must_own(document, by)
    if "content" in fields:
        fields = {**fields, "content": kept_text(fields["content"])}
    moves = _moves(document, fields)
    must_write(by, registry.kind_of(Document.KIND), fields, same=[one.name for one in moves if one.before == one.after])
    moved = [one for one in moves if one.before != one.after]
    if not moved:
        return document
    if (refusal := why_kept(document, [one.name for one in moved])) is not None:
        raise refusal
    for one in moved:
        setattr(document, PEOPLE.get(one.name, one.name), one.after)
    _must_fit(document.valid_from, document.valid_until)
    touched = [one.name for one in moved]
    if "valid_until" in touched:
        document.warned = 0
        touched.append("warned")
        watch_term(document)
    left = _regroup(document, moved)
    document.save_change(*touched)
    emit(DocumentChanged(document.ref, _told(moved), left=left), by=by)
    content_changed(document, registry.kind_of(Document.KIND), by=by)
    return document


@verb
def set_secrecy(document: Document, *, secrecy: str, by: Actor, version: int | None = None) -> Document:
    """Put a mark on a document or take it off: what is confidential is seen by its participants alone.

    Errors: NotYourDocument, Stale, DocumentIsOver.
    """
    must_keep(document, by)
    document = lock(document, version=version)
    must_keep(document, by)
    if (refusal := why_over(document)) is not None:
        raise refusal
    if secrecy == document.secrecy:
        return document
    told = (Change("secrecy", Secrecy(document.secrecy).label, Secrecy(secrecy).label),)
    document.secrecy = secrecy
    document.is_private = is_closed(secrecy, rules_of(type_of(document)))
    document.save_change("secrecy", "is_private")
    emit(DocumentChanged(document.ref, told), by=by)
    return document


@verb
def name_text(document: Document, *, file: int | None, by: Actor, version: int | None = None) -> Document:
    """Say which of its files is the document's text; further versions of that file are versions of the text.

    Errors: NotYourDocument, Stale, ForeignFile, those of `rules.why_settled`.
    """
    must_own(document, by)
    document = lock(document, version=version)
    must_own(document, by)
    registry.kind_of(Document.KIND).must_be_open(document)
    found = _file_of(document, file) if file is not None else None
    if file is not None and found is None:
        raise ForeignFile()
    family: UUID | None = found.family if found else None
    if family == document.text_family:
        return document
    before = _named(document)
    document.text_family = family
    document.save_change("text_family")
    emit(TextNamed(document.ref, (Change("text", before, found.name if found else None),)), by=by)
    content_changed(document, registry.kind_of(Document.KIND), by=by)
    return document


@verb
def throw_away(document: Document, *, by: Actor, version: int | None = None) -> Document:
    """Put a document into the trash; one that has a number is cancelled instead. RegisteredIsKept, Forbidden, Stale."""
    document = lock(document, version=version)
    if document.number:
        raise RegisteredIsKept()
    return trash.trash(document, by=by, version=version)


@verb
def put_back(document: Document, fields: Mapping[str, Any], *, by: Actor) -> None:
    """Give a document the values that facts keep. Errors as of `change_document`; Invalid for whoever has left."""
    given = {name: _read_back(name, value) for name, value in fields.items()}
    for name in PEOPLE.keys() & given.keys():
        if given[name] is not None and not _works(given[name]):
            raise Invalid({name: "Этот человек больше не работает в системе. Выберите другого"})
    change_document(document, fields=given, by=by)


def _works(principal: int) -> bool:
    return Principal.objects.filter(pk=principal, is_active=True).exists()


def is_closed(secrecy: str, rules: TypeRules) -> bool:
    """Whether a document is seen by its participants alone."""
    return secrecy == Secrecy.CONFIDENTIAL or rules.is_closed


def watch_term(document: Document) -> None:
    """Look at terms soon: this one may end before all that are waited for."""
    if document.valid_until is not None and document.status in REGISTERED:
        wake(EXPIRY, timezone.now())


def due_of(rules: TypeRules) -> datetime | None:
    """The end of work on the day that is so many working days ahead; None where the type gives no due moment."""
    if not rules.answer_days:
        return None
    day, left = company_day(), rules.answer_days
    while left:
        day = date.fromordinal(day.toordinal() + 1)
        left -= is_workday(day)
    return datetime(day.year, day.month, day.day, _EVENING, tzinfo=ZoneInfo(current_company().time_zone))


def kept_text(text: str) -> str:
    """Words as they are kept; who is mentioned in them is called by his real name."""
    working = people(working_principals(ids)) if (ids := richtext.mentioned_ids(text)) else {}
    return richtext.kept(text, {person["id"]: person["name"] for person in working.values()})


def _first_parts(document: Document, watchers: Iterable[int]) -> dict[str, list[int]]:
    followers = [who for who in (*watchers, document.addressee_id) if who is not None]
    answers = document.responsible_id or document.author_id
    return {Part.AUTHOR: [document.author_id], Part.RESPONSIBLE: [answers], Part.WATCHER: followers}


def _must_write_new(given: Mapping[str, Any], by: Actor) -> None:
    # What nobody names stays as it is made.
    usual = ("priority", Document.Priority.NORMAL)
    told = [name for name, value in given.items() if value not in (None, "") and (name, value) != usual]
    must_write(by, registry.kind_of(Document.KIND), told)


def _of_source(source: Document | None, by: Actor) -> dict[str, Any]:
    """What a copy takes over, without what the doer could not have written himself."""
    if source is None:
        return {}
    names = ("content", "correspondent", "addressee", "signatory")
    shut = unwritable(by, registry.kind_of(Document.KIND), names)
    return {name: getattr(source, PEOPLE.get(name, name)) for name in names if name not in shut}


def _take_files(source: Document, document: Document, by: Actor) -> None:
    copies = copy_files(source, document, by=by)
    tie_to_origin(document, source, by=by)
    if source.text_family is None:
        return
    rows = Attachment.objects.filter(pk__in=copies, family=source.text_family, state=State.READY)
    if (newest := rows.order_by("-version").first()) is not None:
        # The card is just being made in this transaction: nobody else has seen a version of it.
        document.text_family = Attachment.objects.get(pk=copies[newest.pk]).family
        document.save(update_fields=["text_family"])


def _moves(document: Document, fields: Mapping[str, Any]) -> list[Moved]:
    known = {**{name: name for name in PLAIN}, **PEOPLE}
    return [Moved(name, getattr(document, column), fields[name]) for name, column in known.items() if name in fields]


def _regroup(document: Document, moved: list[Moved]) -> tuple[int, ...]:
    """Let people into the parts that a change gives them; whose sight may have ended."""
    left: set[int] = set()
    for one in moved:
        if one.name == "responsible":
            if one.after is None:
                raise Invalid({"responsible": "Назовите ответственного"})
            leave(document, Part.RESPONSIBLE, [one.before])
            join(document, {Part.RESPONSIBLE: [one.after]})
            left.add(one.before)
        if one.name == "addressee" and one.after is not None:
            join(document, {Part.WATCHER: [one.after]})
    return tuple(sorted(left))


def _told(moved: list[Moved]) -> tuple[Change, ...]:
    who = {value for one in moved if one.name in PEOPLE for value in (one.before, one.after)}
    names = {pk: person["name"] for pk, person in people(who).items()} if who else {}
    return tuple(_change(one, names) for one in moved)


def _change(one: Moved, names: Mapping[int, str]) -> Change:
    back = (_plain(one.before),)
    if one.name in PEOPLE:
        return Change(one.name, names.get(one.before), names.get(one.after), back=back)
    if one.name == "priority":
        return Change(one.name, Document.Priority(one.before).label, Document.Priority(one.after).label, back=back)
    if one.name == "content":
        old, new = richtext.plain_of(one.before), richtext.plain_of(one.after)
        return Change("content", old, new, back) if old != new else Change("content", None, "другое оформление", back)
    if one.name == "amount":
        return Change("amount", told_sum(one.before), told_sum(one.after), back=back)
    return Change(one.name, _plain(one.before), _plain(one.after), back=back)


def told_sum(amount: Decimal | str | None) -> str | None:
    """As sums are told everywhere, «300 000,00 ₽»; JSON may have made a text of it."""
    return None if amount is None else f"{digits(Decimal(amount))} ₽"


def _plain(value: Any) -> Any:
    if isinstance(value, (date, datetime)):
        return value.isoformat()
    return str(value) if isinstance(value, Decimal) else value


def _read_back(name: str, value: Any) -> Any:
    if value is None:
        return None
    if name in DAYS:
        return date.fromisoformat(value)
    if name == "due_at":
        return datetime.fromisoformat(value)
    return Decimal(value) if name == "amount" else value


def _must_fit(since: date | None, until: date | None) -> None:
    if since and until and until < since:
        raise Invalid({"valid_until": "Срок заканчивается раньше, чем начинается. Проверьте даты"})


def _file_of(document: Document, file: int) -> Attachment | None:
    return living().filter(pk=file, entity_id=document.pk, state=State.READY).first()


def _named(document: Document) -> str | None:
    newest = text_of(document)
    return newest.name if newest else None
