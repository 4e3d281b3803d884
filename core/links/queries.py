"""Reading links."""

from django.db.models import Q, QuerySet

from core.access.actor import Actor
from core.access.queries import within
from core.context import enabled_modules
from core.entities.models import Entity
from core.registry import registry

from .models import EntityLink
from .rules import Tie, as_read_by


def links_of(card_id: int) -> QuerySet[EntityLink]:
    """Links of a card from both sides."""
    return EntityLink.objects.filter(Q(source=card_id) | Q(target=card_id))


def related_to(card: Entity, actor: Actor) -> list[int]:
    """Ids of the living cards of other kinds that a card is related to and that the actor may see."""
    ties = links_of(card.pk).filter(relation="related")
    others = [as_read_by(card.pk, Tie(row.source_id, row.target_id, row.relation))[1] for row in ties]
    cards = Entity.objects.filter(pk__in=others, trashed_at__isnull=True).exclude(kind=card.kind)
    codes = set(cards.values_list("kind", flat=True))
    kinds = [kind for kind in registry.live_kinds(enabled_modules()) if kind.code in codes]
    seen = [within(actor, kind.view, cards.filter(kind=kind.code)) for kind in kinds]
    return [pk for rows in seen for pk in rows.values_list("pk", flat=True)]
