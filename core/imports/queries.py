"""Reads about imports: what may be imported, how rows are read now, which cards people have worked on since."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any
from zoneinfo import ZoneInfo

from django.db.models import Q, QuerySet

from core.access.actor import Actor
from core.access.queries import visible
from core.context import current_company, enabled_modules
from core.entities.kinds import EntityKind
from core.entities.models import Entity
from core.entities.sheets import Column, Sheet
from core.errors import NotFound
from core.organization.models import Employee
from core.registry import registry
from core.rest.cards import module_of
from core.sheets.queries import layout_of
from core.sheets.rules.cells import first_titles

from .models import Import
from .rules.reading import PeopleBook, Reader, choices_by_key

State = Import.State
AT_WORK = (State.READING, State.CHECKING, State.RUNNING, State.UNDOING)
# What an import brings with its cards, or the product by itself: nobody's work.
_BROUGHT = frozenset((
    "entities.Participant.entity",
    "search.Document.entity",
    "tags.Tagging.entity",
    "custom_fields.CardFields.entity",
    "custom_fields.FieldKey.entity",
    "notifications.Delivery.entity",
))  # fmt: skip
_AT_ONCE = 5_000
_KEPT = "Ваша роль не позволяет заполнять это поле"
_BY_ITSELF = "Это поле Пульт заполняет сам"


def importable_kinds(actor: Actor) -> list[EntityKind]:
    """Kinds whose cards the actor may make from a file."""
    kinds = registry.live_kinds(enabled_modules())
    found = [kind for kind in kinds if kind.sheet and kind.sheet.make and actor.may(kind.sheet.create)]
    # What a company works on comes before its people, who are imported once.
    return sorted(found, key=lambda kind: module_of(kind) is None)


def kind_to_import(actor: Actor, code: str) -> tuple[EntityKind, Sheet]:
    """A kind that the actor may import; NotFound for any other."""
    for kind in importable_kinds(actor):
        if kind.code == code and kind.sheet is not None:
            return kind, kind.sheet
    raise NotFound()


def columns_to_read(actor: Actor, kind: EntityKind) -> tuple[Column, ...]:
    """Columns of a kind that a column of a file may be: those that the actor's roles let him write."""
    kept = actor.limits.get(kind.code, {})
    return tuple(one for one in layout_of(actor, kind).columns if one.is_mapped and one.code not in kept)


def columns_unread(actor: Actor, kind: EntityKind) -> list[tuple[str, str]]:
    """(title, why) of columns that stand in our own files and make nothing of a card."""
    kept = actor.limits.get(kind.code, {})
    told = [
        (one, _KEPT if one.is_mapped and one.code in kept else one.unread) for one in layout_of(actor, kind).columns
    ]
    return [(one.title, why or _BY_ITSELF) for one, why in told if one.code in kept or not one.is_read]


def imports_of(actor: Actor) -> QuerySet[Import]:
    """The actor's own imports; owners and administrators answer for all of them."""
    rows = Import.objects.defer("cards")
    return rows if actor.is_almighty else rows.filter(author=actor.principal_id)


def mapping_before(kind: str, headers: str) -> dict[str, str] | None:
    """How the last file with the same headers was mapped, None when there was none."""
    rows = Import.objects.filter(kind=kind, headers=headers, state__in=(State.DONE, State.UNDONE, State.CHECKED))
    return rows.order_by("-created_at", "-pk").values_list("mapping", flat=True).first()


def reader_of(actor: Actor, kind: EntityKind, sheet: Sheet) -> Reader:
    """What reads rows of a kind, with all directories as they stand now: it asks the database no more."""
    columns = columns_to_read(actor, kind)
    pairs = {column.code: list(column.choices()) for column in columns if column.choices is not None}
    return Reader(
        columns=columns,
        people=people_book(),
        choices=choices_by_key(pairs),
        offers={code: list(first_titles(known).values()) for code, known in pairs.items()},
        zone=ZoneInfo(current_company().time_zone),
        status=sheet.status,
        refusals=sheet.refusals,
    )


def people_book() -> PeopleBook:
    """Everybody of the company by what he may be called."""
    book = PeopleBook()
    names = ("last_name", "first_name", "middle_name")
    rows = Employee.objects.filter(trashed_at__isnull=True)
    for who, active, email, *called in rows.values_list("principal_id", "principal__is_active", "work_email", *names):
        book.add(who, called, email, is_active=active)
    return book


def standing(actor: Actor, kind: EntityKind, column: Column, values: Iterable[str]) -> set[str]:
    """Those of the values that a card which the actor sees has in a column already."""
    wanted = list(set(values))
    if not wanted:
        return set()
    rows = visible(actor, kind).filter(**{f"{column.source}__in": wanted})
    return set(rows.order_by().values_list(column.source, flat=True))


def in_work(kind: EntityKind, card_ids: Sequence[int], *, using: str = "default") -> set[int]:
    """Cards of an import that people have worked on since: changed, thrown away, spoken about, referred to."""
    found: set[int] = set()
    for start in range(0, len(card_ids), _AT_ONCE):
        ids = list(card_ids[start : start + _AT_ONCE])
        touched = Entity.objects.using(using).filter(Q(version__gt=1) | Q(trashed_at__isnull=False), pk__in=ids)
        found |= set(touched.values_list("pk", flat=True))
        found |= set().union(*(_holding(relation, ids, using, own=[]) for relation in _relations(kind.model)))
        found |= _in_work_by_owned(kind, ids, using)
    return found


def owned_by(kind: EntityKind, card_ids: Sequence[int], *, using: str = "default") -> Mapping[int, int]:
    """{id of the row that was made with a card and is its alone: the card's id}."""
    name = kind.sheet.owned if kind.sheet else ""
    if not name:
        return {}
    rows = kind.model._default_manager.using(using).filter(pk__in=card_ids)
    return dict(rows.values_list(f"{name}_id", "pk"))


def _in_work_by_owned(kind: EntityKind, ids: list[int], using: str) -> set[int]:
    """An employee's principal may be named anywhere: then the employee cannot go."""
    owned = owned_by(kind, ids, using=using)
    if not owned or kind.sheet is None:
        return set()
    target: Any = kind.model._meta.get_field(kind.sheet.owned).related_model
    named = set().union(*(_holding(one, list(owned), using, own=ids) for one in _relations(target)))
    return {owned[pk] for pk in named}


def _relations(model: Any) -> list[Any]:
    """All foreign keys of the house that point to a model or to what it is made of, those that are no work aside."""
    found = (one for one in model._meta.get_fields(include_hidden=True) if one.auto_created and not one.concrete)
    return [one for one in found if not one.parent_link and _label(one) not in _BROUGHT]


def _label(relation: Any) -> str:
    return f"{relation.related_model._meta.label}.{relation.field.name}"


def _holding(relation: Any, ids: list[int], using: str, *, own: list[int]) -> set[int]:
    """Which of the ids rows of a relation point to; rows that are cards of `own`, or parts in them, do not count."""
    model, field = relation.related_model, relation.field
    rows = model._base_manager.using(using).filter(**{f"{field.name}__in": ids})
    if own and issubclass(model, Entity):
        rows = rows.exclude(pk__in=own)
    elif own and f"{model._meta.label}.entity" in _BROUGHT:
        rows = rows.exclude(entity__in=own)
    return set(rows.values_list(field.attname, flat=True))
