"""The few queries of a socket, each a short scope of its own, none per message."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from datetime import timedelta

from django.db.models import Case, F, Max, Q, TextField, Value, When
from django.db.models.fields.json import KeyTextTransform
from django.db.models.functions import Coalesce

from core.access.actor import Actor
from core.access.loading import actor_by_secret
from core.context import Company, company_scope
from core.events.models import Fact
from core.events.sight import narrow_kinds
from core.rest.callers import remember_seen

from .topics import OF_LISTS, Topic, allowed

MOST_MISSED = 500
# A fact with a smaller number may be committed later than one already seen; so catch-up looks back a little.
_LOOK_BACK_ROWS = 1000
_LOOK_BACK = timedelta(seconds=30)


@dataclass(frozen=True)
class Standing:
    """Who stands behind a socket now: None when the session is over; topics that are still allowed."""

    actor: Actor | None
    topics: frozenset[Topic] = frozenset()
    cursor: int = 0


@dataclass(frozen=True)
class Missed:
    """What happened since a cursor on some topics; `too_much` when it is better to read everything again."""

    too_much: bool = False
    changes: tuple[tuple[Topic, str, int], ...] = field(default=())


def standing(company: Company, secret: str, topics: Iterable[Topic]) -> Standing:
    """Check session and topics, in one scope."""
    with company_scope(company):
        actor = actor_by_secret(secret, kind="browser", door="screen")
        if actor is None:
            return Standing(None)
        cursor = Fact.objects.aggregate(last=Max("id"))["last"] or 0
        stands = Standing(actor, frozenset(allowed(actor, topics)), cursor)
    remember_seen(company, actor)
    return stands


def missed(company: Company, topics: Collection[Topic], since: int) -> Missed:
    """Facts on the topics after a cursor; a burst elsewhere in the company is none of them."""
    about = Q(entity_id__in=[topic.card_id for topic in topics if topic.card_id is not None])
    if lists := [topic.kind for topic in topics if topic.card_id is None]:
        about |= Q(entity__kind__in=lists)
        about |= Q(entity=None, kind__in=OF_LISTS, payload__card_kind__in=lists)
    with company_scope(company):
        mark = Fact.objects.filter(pk=since).values_list("at", flat=True).first()
        late = Q(pk__gt=since - _LOOK_BACK_ROWS, at__gt=mark - _LOOK_BACK) if mark else Q(pk__gt=since)
        rows = Fact.objects.filter(about, Q(pk__gt=since) | late, is_private=False).order_by("pk")
        # As the socket tells them at once: which fields of a card have changed may be hidden from the listener.
        veiled = Q(payload__has_key="changes") | Q(kind__in=list(narrow_kinds()))
        said = Case(When(veiled, then=Value("changed")), default=F("kind"))
        whose = Coalesce("entity__kind", KeyTextTransform("card_kind", "payload"), output_field=TextField())
        facts = list(rows.values_list("pk", said, "entity_id", whose)[: MOST_MISSED + 1])
    if len(facts) > MOST_MISSED:
        return Missed(too_much=True)
    latest: dict[Topic, tuple[str, int]] = {}
    for topic in topics:
        for fact_id, kind, card_id, card_kind in facts:
            if card_kind == topic.kind and topic.card_id in (None, card_id):
                latest[topic] = (kind if topic.card_id is not None else "changed", fact_id)
    return Missed(changes=tuple((topic, kind, fact_id) for topic, (kind, fact_id) in latest.items()))
