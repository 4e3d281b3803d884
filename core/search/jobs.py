"""Keeping documents true: each fact has its card read anew; many cards at once are read in parcels.

A document is always made whole from what stands now, so a fact told twice or late does no harm.
"""

from collections.abc import Sequence

from core.access.events import FieldLimitsChanged
from core.context import Company, company_scope
from core.entities.events import CardsAdded
from core.entities.models import Entity
from core.events.bus import Reader, Told
from core.events.models import Fact
from core.outbox.queries import promise
from core.registry import registry

from .indexing import index
from .queries import hold_all, hold_cards

MANY, ALL = "search.many", "search.all"
SWITCHED = "tenants.modules_changed"
PARCEL, PARCELS = 1_000, 100
_LONG_MS = 60_000


def learn(company: Company, facts: Sequence[Told]) -> None:
    """Read the cards of facts anew; of a fact about many cards, have them read by a job."""
    cards = sorted({told.ref.id for told in facts if told.ref is not None})
    wide = [told.id for told in facts if told.ref is None and _is_wide(told.kind)]
    if not cards and not wide:
        return
    with company_scope(company):
        for fact_id in wide:
            promise(f"job:{MANY}", fact_id)
        if cards:
            hold_cards(cards)
            index(cards)


def _is_wide(kind: str) -> bool:
    return kind in (CardsAdded.kind, FieldLimitsChanged.kind, SWITCHED) or bool(_renewed(kind))


def index_many(company: Company, fact_id: int) -> None:
    """Read all cards that a fact is about: of one loading, of modules that are on again, of a renamed department."""
    with company_scope(company):
        fact = Fact.objects.filter(pk=fact_id).first()
    if fact is None:
        return
    kinds, last = _kinds_of(fact), fact.payload.get("last") or None
    after: int | None = (fact.payload.get("first") or 1) - 1
    while kinds and after is not None:
        after = _index_parcel(company, after, last, kinds)


def index_all(company: Company, after: int) -> None:
    """Read all cards of a company whose ids come after one; after many parcels asks to be called again."""
    for _ in range(PARCELS):
        last = _index_parcel(company, after, None, None)
        if last is None:
            return
        after = last
    with company_scope(company):
        promise(f"job:{ALL}", after)


def _index_parcel(company: Company, after: int, last: int | None, kinds: Sequence[str] | None) -> int | None:
    """Read the next cards by id; the last of them, None when there are no more."""
    with company_scope(company, statement_timeout_ms=_LONG_MS):
        hold_all()
        cards = Entity.objects.filter(pk__gt=after, trashed_at__isnull=True)
        if last is not None:
            cards = cards.filter(pk__lte=last)
        if kinds is not None:
            cards = cards.filter(kind__in=kinds)
        ids = list(cards.order_by("pk").values_list("pk", flat=True)[:PARCEL])
        index(ids)
    return ids[-1] if len(ids) == PARCEL else None


def _kinds_of(fact: Fact) -> list[str]:
    if fact.kind == CardsAdded.kind:
        return [fact.payload["card_kind"]]
    if fact.kind == FieldLimitsChanged.kind:
        return fact.payload["card_kinds"]
    if fact.kind == SWITCHED:
        return [kind.code for kind in registry.kinds() if kind.module in fact.payload["on"]]
    return list(_renewed(fact.kind))


def _renewed(fact_kind: str) -> Sequence[str]:
    return tuple(kind.code for kind in registry.kinds() if kind.search and fact_kind in kind.search.renewed_by)


reader = Reader("search.learn", push=learn)
