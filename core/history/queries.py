"""Reading what happened to a card: facts as lines, with titles, labels and names in place of numbers."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

from django.core.exceptions import FieldDoesNotExist
from django.db.models import BooleanField, Field, ForeignKey, Func, JSONField, Q, QuerySet, Value
from django.db.models.functions import Cast

from core.access.actor import Actor
from core.access.limits import fixed_for, told_by
from core.entities.kinds import EntityKind
from core.entities.models import Entity
from core.events.models import Fact
from core.events.sight import kinds_kept_from
from core.identity.models import Principal
from core.organization.people import people
from core.registry import registry

from .events import ValuesRestored

_UNKNOWN = "изменил(а) карточку"
STATUS = "status"
_ABOUT_FILES = "attachments."


@dataclass(frozen=True)
class Line:
    """One field before and after, with the label that people know it by; `back` as in `core.events.bus.Change`."""

    field: str
    label: str
    old: Any
    new: Any
    back: tuple[Any, ...] = ()

    @property
    def values(self) -> tuple[Any, Any]:
        return self.old, self.new


def facts_of(card: Entity, actor: Actor) -> QuerySet[Fact]:
    """Facts about a card; those about somebody's account only for himself and for administrators, those about files
    for whoever may see the files: their names tell what they are. A fact of nothing but fields that are hidden from the
    actor is left out whole: that they have moved tells enough. So is, be it about himself, what holders of a permission
    alone may know of and he does not hold."""
    kind, facts = registry.kind_of(card.kind), Fact.objects.filter(entity_id=card.pk)
    if kept := kinds_kept_from(actor):
        facts = facts.exclude(kind__in=kept)
    if not kind.opens_files(actor, card):
        facts = facts.exclude(kind__startswith=_ABOUT_FILES)
    if shut := concealed(actor, kind):
        facts = facts.exclude(_of_these_alone("$.changes[*].field", shut)).exclude(
            Q(kind=ValuesRestored.kind) & _of_these_alone("$.fields[*]", shut)
        )
    return facts if actor.is_almighty or actor.employee_id == card.pk else facts.filter(is_private=False)


def concealed(actor: Actor, kind: EntityKind) -> frozenset[str]:
    """Names of changed fields that are hidden from the actor, the kind's own and those of its mechanisms."""
    hidden = (trait.conceals(actor, kind) for trait in registry.traits_of(kind.model) if trait.conceals)
    return told_by(actor, kind).union(*hidden)


def _of_these_alone(names: str, shut: frozenset[str]) -> Q:
    """That a fact names fields at this place, and none but these. Asked by the database: pages stay whole."""
    return Q(_Meets(names, "@ == $shut[*]", shut)) & ~Q(_Meets(names, "!(@ == $shut[*])", shut))


class _Meets(Func):
    """Whether one of the names at a place of the payload is so."""

    function, output_field = "jsonb_path_exists", BooleanField()

    def __init__(self, names: str, condition: str, shut: frozenset[str]) -> None:
        path = Cast(Value(f"{names} ? ({condition})"), _JsonPath())
        super().__init__("payload", path, Value({"shut": sorted(shut)}, output_field=JSONField()))


class _JsonPath(Field):
    def db_type(self, connection: Any) -> str:
        return "jsonpath"


def lines_of(facts: Sequence[Fact], kind: EntityKind, actor: Actor, card: Entity) -> list[dict[str, Any]]:
    """JSON lines of facts about a card; people in one query, and one per kind of row that changes name.

    A changed field is told only when the kind's `history`, the fact's own `labels` or a mechanism of the kind give it
    a label; the latter do for those fields alone that the actor may see. What his roles hide is left out.
    """
    changes = told_lines(facts, kind, actor)
    titles = _titles([change for told in changes.values() for change in told], kind)
    returns = returning(card, kind, actor)
    known = people({who for fact in facts for who in (fact.actor_id, fact.on_behalf_of_id)})
    return [
        {
            "id": fact.pk,
            "kind": fact.kind,
            "title": _title(fact),
            "actor": known.get(fact.actor_id),
            "on_behalf_of": known.get(fact.on_behalf_of_id) if fact.on_behalf_of_id else None,
            "door": fact.door,
            "at": fact.at,
            "changes": [_change(change, kind, titles, can_restore=returns(change)) for change in changes[fact.pk]],
        }
        for fact in facts
    ]


def told_lines(facts: Sequence[Fact], kind: EntityKind, actor: Actor) -> dict[int, list[Line]]:
    """Id of a fact → its changes, as far as the actor may be told of them."""
    named, shut = _named_by_mechanisms(facts, kind, actor), told_by(actor, kind)
    return {fact.pk: [line for line in _told(fact, kind, named) if line.field not in shut] for fact in facts}


def keeper_of(field: str, kind: EntityKind) -> Callable[[Entity, dict[str, Any], Actor], Any] | None:
    """What puts a value of the past back into a field: a mechanism of the kind, or the kind's own verb."""
    return _mechanism_of(field, kind) or (kind.put_back and partial(_by_kind, kind.put_back))


def _mechanism_of(field: str, kind: EntityKind) -> Callable[[Entity, dict[str, Any], Actor], Any] | None:
    for trait in registry.traits_of(kind.model):
        if trait.keeps and trait.put_back and trait.keeps(field):
            return partial(_by_mechanism, trait.put_back, kind)
    return None


def returning(card: Entity, kind: EntityKind, actor: Actor) -> Callable[[Line], bool]:
    """Which former values the actor may have put back into a card: what he may not change himself is not among them."""
    if not kind.is_owned(actor, card):
        return lambda line: False
    fixed = fixed_for(actor, kind)
    if kind.changes is not None:
        # What a mechanism keeps goes by its own right: a status by the moves, not by the fields of a form.
        own = frozenset(name for name in kind.history if not _mechanism_of(name, kind))
        fixed |= own - frozenset(kind.changes(actor, card))
    return lambda line: bool(line.back) and line.field not in fixed and keeper_of(line.field, kind) is not None


def _by_mechanism(put_back: Any, kind: EntityKind, card: Entity, fields: dict[str, Any], by: Actor) -> None:
    put_back(card, kind, fields, by=by)


def _by_kind(put_back: Any, card: Entity, fields: dict[str, Any], by: Actor) -> None:
    put_back(card, fields, by=by)


def _title(fact: Fact) -> str:
    declared = registry.facts().get(fact.kind)
    return declared.words(fact.payload) if declared else _UNKNOWN


def _named_by_mechanisms(facts: Sequence[Fact], kind: EntityKind, actor: Actor) -> dict[str, str]:
    names = {change["field"] for fact in facts for change in fact.payload.get("changes", ())}
    found: dict[str, str] = {}
    for trait in registry.traits_of(kind.model):
        if trait.labels:
            found |= trait.labels(actor, kind, names)
    return found


def _told(fact: Fact, kind: EntityKind, named: dict[str, str]) -> Iterable[Line]:
    labels = named | kind.history | getattr(registry.facts().get(fact.kind), "labels", {})
    for change in fact.payload.get("changes", ()):
        if label := labels.get(change["field"]):
            back = (change["back"],) if "back" in change else ()
            yield Line(change["field"], label, change["old"], change["new"], back)


def _change(change: Line, kind: EntityKind, titles: dict[tuple[str, int], str], *, can_restore: bool) -> dict[str, Any]:
    old, new = (_readable(value, change.field, kind, titles) for value in change.values)
    return {"field": change.field, "label": change.label, "old": old, "new": new, "can_restore": can_restore}


def _readable(value: Any, field: str, kind: EntityKind, titles: dict[tuple[str, int], str]) -> str | None:
    if value is None or value == "":
        return None
    if isinstance(value, bool):
        return "да" if value else "нет"
    if isinstance(value, list):
        return ", ".join(_readable(one, field, kind, titles) or "" for one in value)
    if field == STATUS:
        return kind.statuses.get(value, str(value))
    if isinstance(value, int):
        return titles.get((field, value), str(value))
    return str(value)


def _titles(changes: Iterable[Line], kind: EntityKind) -> dict[tuple[str, int], str]:
    """(field, id) → what the row is called now, for fields of the card that point to other rows."""
    ids: dict[str, set[int]] = {}
    for change in changes:
        numbers = {value for value in change.values if isinstance(value, int) and not isinstance(value, bool)}
        if numbers:
            ids.setdefault(change.field, set()).update(numbers)
    found: dict[tuple[str, int], str] = {}
    for field, wanted in ids.items():
        found |= {(field, pk): title for pk, title in _named(field, wanted, kind).items()}
    return found


def _named(field: str, ids: set[int], kind: EntityKind) -> dict[int, str]:
    try:
        column = kind.model._meta.get_field(field)
    except FieldDoesNotExist:
        return {}
    if not isinstance(column, ForeignKey):
        return {}
    if column.related_model is Principal:
        return {pk: person["name"] for pk, person in people(ids).items()}
    return {pk: str(row) for pk, row in column.related_model._default_manager.in_bulk(list(ids)).items()}
