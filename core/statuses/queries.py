"""Reading the company's statuses: of a type, of a card, of all cards of a page."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import BooleanField, Func, JSONField, OuterRef, QuerySet, Subquery, Value
from django.db.models.functions import Coalesce

from core.access.actor import Actor
from core.access.models import RoleAssignment
from core.compiled import Written, written
from core.custom_fields.models import CardFields
from core.entities.kinds import EntityKind, Passage
from core.entities.models import Entity, OwnStatus

from .rules import Node, Scheme, Step, Way, steps, verb_way

# So many cards are counted in a status; nobody reads a larger figure.
COUNTED_UP_TO = 10_000
_NODE = ("pk", "base", "title", "color", "is_plain", "is_default")


def rows_of(kind: Any, card_type: Any = None) -> QuerySet[OwnStatus]:
    """Statuses of a kind in their order, archived ones too; of one type when it is named."""
    rows = OwnStatus.objects.filter(kind=kind).order_by("place", "pk")
    return rows if card_type is None else rows.filter(card_type=card_type)


def scheme_of(kind: str, card_type: Any) -> Scheme:
    """Statuses of a type, none where the company has not set them up; one query."""
    return _scheme(rows_of(kind, card_type))


def scheme_of_card(card: Entity) -> Scheme:
    """Statuses of the type that a card is of; one query."""
    return scheme_of(card.kind, _type_of(Value(card.pk)))


def schemes_of(kind: str) -> dict[str, Scheme]:
    """Statuses of all types of a kind by code; one query."""
    by_type: dict[str, list[OwnStatus]] = defaultdict(list)
    for row in rows_of(kind):
        by_type[row.card_type].append(row)
    return {code: _scheme(rows) for code, rows in by_type.items()}


def _scheme(rows: Iterable[OwnStatus]) -> Scheme:
    return Scheme(tuple(node_of(row) for row in rows))


def node_of(row: OwnStatus) -> Node:
    return Node.read([*(getattr(row, name) for name in _NODE), row.archived_at is None, row.ways])


def _type_of(card_id: Any) -> Coalesce:
    """The code of a card's type, empty for the kind's own."""
    typed = CardFields.objects.filter(pk=card_id).order_by().values("type__code")
    return Coalesce(Subquery(typed[:1]), Value(""))


def roles_of(actor: Actor, schemes: Iterable[Scheme]) -> Collection[str] | None:
    """Codes of the actor's roles, looked up only where moves ask for them; None when everything is open to him."""
    if actor.is_almighty:
        return None
    if not any(scheme.names_roles for scheme in schemes):
        return ()
    return set(RoleAssignment.objects.filter(principal=actor.principal_id).values_list("role__code", flat=True))


def shown_scheme() -> Written:
    """What `scheme_in` reads, to be read around a card: the statuses of its type, an empty list without them."""
    living = Func("archived_at", template="(%(expressions)s IS NULL)", output_field=BooleanField())
    node = Func(*_NODE, living, "ways", function="json_build_array", output_field=JSONField())
    rows = rows_of(OuterRef("kind"), _type_of(OuterRef(OuterRef("pk"))))
    # As SQL, because the driver reads the JSON already.
    return written(Entity.objects.annotate(scheme=ArraySubquery(rows.annotate(node=node).values("node"))), "scheme")


def scheme_in(told: Sequence[Sequence[Any]]) -> Scheme:
    """The statuses that `shown_scheme` has told of."""
    return Scheme(tuple(Node.read(one) for one in told))


class Reach:
    """Where one actor may move each card of a page; one query while the company has no statuses of its own."""

    def __init__(self, actor: Actor, kind: EntityKind, ids: Sequence[int]) -> None:
        self._schemes = schemes_of(kind.code) if ids else {}
        self._types: dict[int, str] = {}
        if set(self._schemes) - {""}:
            typed = CardFields.objects.filter(pk__in=ids, type__isnull=False)
            self._types = dict(typed.values_list("pk", "type__code"))
        self._roles = roles_of(actor, self._schemes.values())

    def scheme(self, card_id: int) -> Scheme:
        return self._schemes.get(self._types.get(card_id, ""), Scheme())

    def way(self, card: Any, base: str) -> Way | None:
        """The move that a verb makes which leads the card into a base; None when it would be refused."""
        scheme = self.scheme(card.pk)
        return verb_way(scheme, standing(scheme, card), base, self._roles)

    def steps(self, card: Any, passages: Sequence[Any], *, works: bool) -> list[Step]:
        scheme = self.scheme(card.pk)
        return steps(scheme, standing(scheme, card), passages, self._roles, works=works, status=card.status)


class CardReach:
    """The same of one card that was read with `shown_scheme` as its `scheme`: no query unless moves name roles."""

    def __init__(self, actor: Actor, card: Any) -> None:
        self._scheme = scheme_in(card.scheme)
        self._source, self._status = standing(self._scheme, card), card.status
        self._roles = roles_of(actor, [self._scheme])

    def way(self, base: str) -> Way | None:
        """The move that a verb makes which leads into a base; None when it would be refused."""
        return verb_way(self._scheme, self._source, base, self._roles)

    def steps(self, passages: Sequence[Passage], *, works: bool) -> list[Step]:
        return steps(self._scheme, self._source, passages, self._roles, works=works, status=self._status)


def standing(scheme: Scheme, card: Any) -> Node | None:
    """The status in which a card, or a row of one, stands."""
    if hasattr(card, "own_status_id"):
        return scheme.stands(card.own_status_id, card.status)
    return scheme.stands((card.stands or {}).get("id"), card.status)


def cards_in(status: OwnStatus) -> QuerySet[Entity]:
    """Cards that stand in a status, those in the trash too."""
    return Entity.objects.filter(own_status=status.pk).order_by("pk")


def count_in(status: OwnStatus) -> int:
    """How many, up to 10,000."""
    return cards_in(status).order_by()[:COUNTED_UP_TO].count()


def bare_cards(plain: OwnStatus) -> QuerySet[Entity]:
    """Cards of a type that stand in a base without a status of the company's own."""
    rows = Entity.objects.filter(kind=plain.kind, status=plain.base, own_status__isnull=True).order_by("pk")
    typed = CardFields.objects.filter(type__kind=plain.kind)
    if plain.card_type:
        return rows.filter(pk__in=typed.filter(type__code=plain.card_type).values("pk"))
    return rows.exclude(pk__in=typed.values("pk"))
