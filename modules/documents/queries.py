"""Reading documents: every question knows who asks."""

import hashlib
import json
from collections.abc import Callable, Iterable, Mapping, Sequence, Set
from datetime import date, timedelta
from functools import partial
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db import connection
from django.db.models import Exists, F, OuterRef, Q, QuerySet, Subquery

from core.access.actor import Actor
from core.access.models import RoleAssignment
from core.access.queries import AskedOfEach, own_rows, rows_with_part, visible_rows, within
from core.attachments.models import Attachment
from core.attachments.queries import State, living
from core.custom_fields.models import CardFields, CardType
from core.custom_fields.queries import held_by_card, today
from core.entities.kinds import EntityKind
from core.entities.models import Entity, Participant
from core.entities.rest.rows import CardReader
from core.errors import Invalid
from core.rest.filters import among_few
from core.rest.queries import counted
from core.richtext import plain_of
from core.routes.queries import types_with_route
from core.statuses.queries import shown_scheme

from .models import CaseFile, Document, MinutesLine, Status, TypeRules
from .permissions import EDIT, REGISTER, VIEW
from .rules import AUTHOR, CHANGED_FREELY, NUMBERED, OWNER, REGISTRAR, destroyed_from

TABS = ("mine", "addressed", "watching", "to_register", "drafts", "all")
_MOST_EARLIER = 50
_EARLIER = """
WITH RECURSIVE chain (id, depth) AS (
    SELECT former_id, 1 FROM documents_sequel WHERE document_id = %s
    UNION ALL
    SELECT one.former_id, depth + 1 FROM documents_sequel one JOIN chain ON one.document_id = chain.id WHERE depth < %s
)
SELECT id FROM chain ORDER BY depth
"""
_HASHED = (
    "title", "content", "correspondent", "addressee_id", "signatory_id", "outer_number", "outer_date", "amount",
    "valid_from",
)  # fmt: skip
OWN_COLUMNS = (
    "content", "correspondent", "addressee_id", "signatory_id", "outer_number", "outer_date", "amount", "valid_from",
    "valid_until", "secrecy", "registered_on", "registered_by_id", "sealed", "case_file_id", "text_family",
    "paper_place", "done_at",
)  # fmt: skip
_ROW_COLUMNS = (
    "pk", "correspondent", "addressee_id", "outer_number", "outer_date", "amount", "valid_until", "secrecy",
    "registered_on", "case_file_id",
)  # fmt: skip


# -- types and their rules -----------------------------------------------------------------------------------------


def rules_of(code: str) -> TypeRules:
    """What documents of a type ask for; a type of which nobody has said anything asks for nothing."""
    return TypeRules.objects.filter(code=code).first() or TypeRules(code=code)


def rules_of_each(codes: Iterable[str]) -> dict[str, TypeRules]:
    wanted = set(codes)
    known = {row.code: row for row in TypeRules.objects.filter(code__in=wanted)} if wanted else {}
    return {code: known.get(code) or TypeRules(code=code) for code in wanted}


def routed_types() -> set[str]:
    """Codes of the types whose documents the company has drawn a route for; empty for one that any type may take."""
    return types_with_route(Document.KIND)


def types_of_cards(ids: Sequence[int]) -> dict[int, CardType]:
    """Card → its type; those of the kind's own are absent."""
    rows = CardFields.objects.filter(pk__in=list(ids), type__isnull=False).select_related("type")
    return {row.pk: row.type for row in rows if row.type}


def type_of(document: Entity) -> str:
    """The code of a document's type."""
    found = types_of_cards([document.pk]).get(document.pk)
    return found.code if found else ""


def role_codes(actor: Actor) -> set[str]:
    return set(RoleAssignment.objects.filter(principal=actor.principal_id).values_list("role__code", flat=True))


def holds_one(actor: Actor, roles: Sequence[str], held: Set[str] | None = None) -> bool:
    """Whether an actor holds one of the roles; nobody named means that no role is asked for. `held` are his own where
    they have been read."""
    if not roles or actor.is_almighty:
        return True
    return not (role_codes(actor) if held is None else held).isdisjoint(roles)


# -- who may what --------------------------------------------------------------------------------------------------


def owns(actor: Actor, document: Any) -> bool:
    """Whether the actor answers for a document: wrote it, executes it or decides over those who do. What has never been
    shown to anybody is its author's, whatever else he may change."""
    if document.is_draft:
        return actor.principal_id == document.author_id
    return actor.may(EDIT, document)


def may_register(actor: Actor, rules: TypeRules, *, is_owner: bool, held: Set[str] | None = None) -> bool:
    """Whether the actor gives documents of a type, which he sees, their numbers; `held` as of `holds_one`."""
    if rules.register_roles:
        return holds_one(actor, rules.register_roles, held)
    return actor.may(REGISTER) or (rules.author_registers and is_owner)


def parts_of(actor: Actor, document: Any) -> frozenset[str]:
    """What the actor is to one document: owner, registrar, author, several of them or nothing."""
    return parts_by(actor, document, rules_of(type_of(document)))


def parts_by(actor: Actor, document: Any, rules: TypeRules) -> frozenset[str]:
    """The same where the rules of its type have been read."""
    return _parts(actor, rules, owns(actor, document), document)


def parts_of_each(actor: Actor, documents: Sequence[Any]) -> dict[int, tuple[frozenset[str], TypeRules]]:
    """The same of many documents or rows of them, with the rules of their types; few statements for all of them."""
    ids = [one.pk for one in documents]
    if not ids:
        return {}
    reached = set(within(actor, EDIT, Entity.objects.filter(pk__in=ids)).values_list("pk", flat=True))
    types = types_of_cards(ids)
    rules = rules_of_each({types[pk].code if pk in types else "" for pk in ids})
    held = role_codes(actor) if any(own.register_roles for own in rules.values()) else set()
    found = {}
    for one in documents:
        own = rules[types[one.pk].code if one.pk in types else ""]
        is_owner = one.author_id == actor.principal_id if one.is_draft else one.pk in reached
        found[one.pk] = (_parts(actor, own, is_owner, one, held), own)
    return found


def _parts(
    actor: Actor, rules: TypeRules, is_owner: bool, document: Any, held: Set[str] | None = None
) -> frozenset[str]:
    parts = {OWNER} if is_owner else set()
    if actor.principal_id == document.author_id:
        parts.add(AUTHOR)
    if (is_owner or not document.is_draft) and may_register(actor, rules, is_owner=is_owner, held=held):
        parts.add(REGISTRAR)
    return frozenset(parts)


# -- lists ---------------------------------------------------------------------------------------------------------


def rows_asked(
    actor: Actor, kind: EntityKind, params: Mapping[str, str], asked: type[Exists] = AskedOfEach
) -> QuerySet[Entity]:
    """Common rows of the tab that the parameters of a list name. Invalid on `tab`."""
    tab = params.get("tab", "all")
    must_know_tab(tab)
    if tab == "watching":
        return rows_with_part(actor, kind, [Participant.Part.WATCHER], asked).filter(is_draft=False)
    rows = own_rows(actor, kind) if tab in ("mine", "drafts") else visible_rows(actor, kind, asked)
    return rows.filter(of_tab(actor, tab))


def of_tab(actor: Actor, tab: str, *, each: bool = False) -> Q:
    """What one tab asks of a document that the actor sees; `each` as for a filter of the list."""
    me = actor.principal_id
    if tab == "drafts":
        return Q(author=me, status=Status.DRAFT)
    if tab == "watching":
        held = Participant.objects.filter(principal=me, part=Participant.Part.WATCHER)
        return among_few(held, "entity", each=each) & Q(is_draft=False)
    if tab == "addressed":
        return among_few(Document.objects.filter(addressee=me), "pk", each=each) & Q(is_draft=False)
    narrowed = {"mine": Q(responsible=me) | Q(author=me), "to_register": Q(status=Status.APPROVED)}
    return Q(is_draft=False) & narrowed.get(tab, Q())


def must_know_tab(tab: str) -> None:
    if tab not in TABS:
        raise Invalid({"tab": f"Ожидается одно из: {', '.join(TABS)}"})


def counts(actor: Actor, kind: EntityKind) -> dict[str, int]:
    """Open documents behind each tab, each up to 10,000, in one statement."""
    tabs = [rows_asked(actor, kind, {"tab": tab}, Exists).filter(state="open") for tab in TABS]
    return dict(zip(TABS, counted(tabs), strict=True))


def figures(ids: Sequence[int]) -> dict[int, Any]:
    """What a row tells of a document besides the common columns, by id."""
    rows = Document.objects.filter(pk__in=list(ids)).annotate(file_index=F("case_file__index"))
    return {row.pk: row for row in rows.values_list(*_ROW_COLUMNS, "file_index", named=True)}


def _watchers() -> ArraySubquery:
    held = Participant.objects.filter(entity=OuterRef("pk"), part=Participant.Part.WATCHER).order_by("pk")
    return ArraySubquery(held.values("principal_id"))


whole_card = CardReader(*OWN_COLUMNS, watcher_ids=partial(_watchers), scheme=shown_scheme)


def searched(column: str, read: Callable[[str], str] = str) -> Callable[[Sequence[int]], dict[int, list[str]]]:
    """By what documents can be found beside number and title: the texts of one column, as `read` gives them."""

    def texts(card_ids: Sequence[int]) -> dict[int, list[str]]:
        rows = Document.objects.filter(pk__in=card_ids).exclude(**{column: ""}).values_list("pk", column)
        return {pk: [text] for pk, kept in rows if (text := read(kept))}

    return texts


def searched_words(card_ids: Sequence[int]) -> dict[int, list[str]]:
    """By what documents are found of what they say: their text and the lines of minutes."""
    found = searched("content", plain_of)(card_ids)
    rows = MinutesLine.objects.filter(document__in=card_ids, removed_at__isnull=True).order_by("place", "pk")
    for pk, text in rows.values_list("document_id", "text"):
        found.setdefault(pk, []).append(text)
    return found


# -- the content of one document -----------------------------------------------------------------------------------


def text_of(document: Document) -> Attachment | None:
    """The newest checked version of the file that is the document's text."""
    if document.text_family is None:
        return None
    rows = living().filter(entity_id=document.pk, family=document.text_family, state=State.READY)
    return rows.order_by("-version").first()


def text_name(family: str) -> str:
    """What the file of a family is called, one that is gone by now, too."""
    found = Attachment.objects.filter(family=family).order_by("-version").values_list("name", flat=True).first()
    return found or ""


def content_hash(document: Document) -> str:
    """One word for all that a document says: words, terms, own fields, and the file that is its text byte for byte."""
    held, file = held_by_card(document), text_of(document)
    told = {name: _plain(getattr(document, name)) for name in _HASHED} | {
        "type": held.type_code,
        "fields": {str(pk): value for pk, value in sorted({**held.values, **held.references}.items())},
        "text": file.checksum if file else "",
    }
    if lines := lines_decided_upon(document):
        told["lines"] = lines
    return hashlib.sha256(json.dumps(told, ensure_ascii=False, sort_keys=True).encode()).hexdigest()


def settled_files(document: Document) -> set[Any]:
    """Families of files of which nothing is changed any more: the text of what has been agreed upon or registered."""
    if document.text_family is None or document.status in CHANGED_FREELY:
        return set()
    return {document.text_family}


def _plain(value: Any) -> Any:
    return value if value is None or isinstance(value, int) else str(value)


# -- lines of minutes ---------------------------------------------------------------------------------------------


def has_lines(document: Document) -> bool:
    """Whether documents of its type have lines of minutes; what has been written stays where it was switched off."""
    return rules_of(type_of(document)).has_lines or MinutesLine.objects.filter(document=document).exists()


def living_lines(document: Document) -> QuerySet[MinutesLine]:
    """Lines of minutes in their order, without those that were removed."""
    return MinutesLine.objects.filter(document=document, removed_at__isnull=True).order_by("place", "pk")


def lines_decided_upon(document: Document) -> list[list[Any]]:
    """What an approver reads of lines, as JSON; those that were given since have started from what he has read."""
    rows = living_lines(document).values_list("sort", "text", "assignee_id", "due_at")
    return [[sort, text, who, due.isoformat() if due else None] for sort, text, who, due in rows]


def earlier_minutes(document: Document) -> list[int]:
    """Ids of the minutes from which these go on, the nearest first; at most 50."""
    with connection.cursor() as cursor:
        cursor.execute(_EARLIER, [document.pk, _MOST_EARLIER])
        return list(dict.fromkeys(pk for (pk,) in cursor.fetchall()))


def former_lines(document: Document) -> QuerySet[MinutesLine]:
    """Assignments of earlier minutes: all of the last ones, of those before what is open or was done since."""
    earlier = earlier_minutes(document)
    if not earlier:
        return MinutesLine.objects.none()
    last = Document.objects.filter(pk=earlier[0]).values_list("created_at", flat=True)[:1]
    still = Q(document=earlier[0]) | Q(task__state="open") | Q(task__done_at__gte=Subquery(last))
    rows = MinutesLine.objects.filter(still, document__in=earlier, started_at__isnull=False)
    return rows.filter(document__trashed_at__isnull=True)


# -- the nomenclature and the journal ------------------------------------------------------------------------------


def case_files(year: int | None = None) -> QuerySet[CaseFile]:
    rows = CaseFile.objects.select_related("department").order_by("-year", "index", "pk")
    return rows if year is None else rows.filter(year=year)


def to_destroy() -> list[tuple[CaseFile, date]]:
    """Closed files whose term has passed, with the day from which they might be destroyed."""
    closed = case_files().filter(closed_on__isnull=False, years__isnull=False, destroyed_on__isnull=True)
    dated = [(row, destroyed_from(row.closed_on, row.years)) for row in closed]
    return [(row, day) for row, day in dated if day is not None and day <= today()]


def unfinished_in(case_file: CaseFile) -> int:
    """How many documents of a file are not over yet."""
    rows = Document.objects.filter(case_file=case_file, trashed_at__isnull=True)
    return rows.exclude(status__in=[Status.ARCHIVED, Status.CANCELLED]).count()


def journal(actor: Actor, kind: EntityKind, *, since: date, until: date, card_type: str | None) -> QuerySet[Any]:
    """Registered documents that the actor sees, in the order of their registration."""
    rows = Document.objects.filter(
        trashed_at__isnull=True, registered_on__gte=since, registered_on__lte=until, status__in=list(NUMBERED)
    )
    if card_type == "":
        rows = rows.filter(Q(custom__isnull=True) | Q(custom__type__isnull=True))
    elif card_type is not None:
        rows = rows.filter(custom__type__code=card_type)
    return within(actor, kind.view, rows).order_by("registered_on", "starts_at", "pk")


def expiring(ahead: int) -> QuerySet[Document]:
    """Documents in force of whose end people are to hear now."""
    day = today()
    near = Q(warned=0, valid_until__lte=day + timedelta(days=ahead)) | Q(warned=1, valid_until__lt=day)
    return _running().filter(near).order_by("valid_until", "pk")


def next_ends() -> QuerySet[Document]:
    """Documents in force whose end people have not heard of to the last, the nearest first."""
    return _running().filter(warned__lt=2).order_by("valid_until", "pk")


def _running() -> QuerySet[Document]:
    standing = Document.objects.filter(valid_until__isnull=False, trashed_at__isnull=True)
    return standing.filter(status__in=[Status.REGISTERED, Status.IN_FORCE])


def addressed_to(actor: Actor) -> QuerySet[Document]:
    """Registered documents that wait for their addressee: he has given no resolution and has not put them in force."""
    if not actor.may(VIEW):
        return Document.objects.none()
    mine = Document.objects.filter(addressee=actor.principal_id, status=Status.REGISTERED, trashed_at__isnull=True)
    return within(actor, VIEW, mine.filter(resolutions__isnull=True))


def to_register(actor: Actor) -> QuerySet[Document]:
    """Documents that wait for their number from the actor."""
    if not actor.may(VIEW) or not actor.may(REGISTER):
        return Document.objects.none()
    waiting = Document.objects.filter(status=Status.APPROVED, trashed_at__isnull=True)
    if shut := _registered_by_others(actor):
        # Of those by whom documents of a type are registered he is none.
        waiting = waiting.exclude(custom__type__code__in=shut)
        waiting = waiting.filter(custom__type__isnull=False) if "" in shut else waiting
    return within(actor, VIEW, waiting)


def _registered_by_others(actor: Actor) -> list[str]:
    """Codes of the types that only roles register which the actor does not hold."""
    kept = TypeRules.objects.exclude(register_roles=[])
    held = role_codes(actor) if not actor.is_almighty else set()
    return [rules.code for rules in kept if not holds_one(actor, rules.register_roles, held)]
