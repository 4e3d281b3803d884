"""Reading links."""

from django.db.models import Q, QuerySet

from .models import EntityLink


def links_of(card_id: int) -> QuerySet[EntityLink]:
    """Links of a card from both sides."""
    return EntityLink.objects.filter(Q(source=card_id) | Q(target=card_id))
