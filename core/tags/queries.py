"""Reading tags, and moving them between cards in one statement."""

from collections.abc import Iterable

from django.db import connection
from django.db.models import OuterRef, Q, QuerySet

from core.access.actor import Actor
from core.access.ways import AskedOfEach, all_of, bars_to_reading
from core.entities.models import Entity

from .models import Tag, Tagging
from .permissions import MANAGE_TAGS

_MOVE = """
INSERT INTO tags_tagging (tag_id, entity_id) SELECT %s, entity_id FROM tags_tagging WHERE tag_id = %s
ON CONFLICT DO NOTHING
"""
# Nobody deletes or merges them until the transaction ends, and others may put them on their cards meanwhile.
_HOLD = "SELECT id, title, color FROM tags_tag WHERE lower(title) = ANY(%s) ORDER BY id FOR KEY SHARE"
# Nobody reads a larger figure.
COUNTED_UP_TO = 10_000


def tags_of(card_id: int) -> list[Tag]:
    """Tags of a card by title."""
    ids = Tagging.objects.filter(entity=card_id).values("tag")
    return list(Tag.objects.filter(pk__in=ids).order_by("title", "pk"))


def tags_for(actor: Actor) -> QuerySet[Tag]:
    """Tags that an actor may know of: what stands on a private card or on a draft alone is a word of those who see it.

    Each tag is asked for one such card of its own, so a page costs a few look-ups a tag however many cards carry it.
    Words that stand nowhere any more are left to whoever tidies up: on what they stood, nobody knows.
    """
    open_cards = Entity.objects.filter(all_of(bars_to_reading(actor)), pk=OuterRef("entity"))
    carried = Tagging.objects.filter(tag=OuterRef("pk"))
    known = Q(AskedOfEach(carried.filter(AskedOfEach(open_cards))))
    return Tag.objects.filter(known | ~Q(AskedOfEach(carried)) if actor.may(MANAGE_TAGS) else known)


def held_by_titles(titles: Iterable[str]) -> list[Tag]:
    """Tags called so, whatever their case, kept as they are until the transaction ends."""
    return list(Tag.objects.raw(_HOLD, [[title.lower() for title in titles]]))


def cards_of(tag_id: int) -> int:
    """How many cards carry a tag, up to 10,000."""
    return Tagging.objects.filter(tag=tag_id)[:COUNTED_UP_TO].count()


def move_all(source: int, target: int) -> None:
    """Give the cards of one tag another one; those that have it already keep it once."""
    with connection.cursor() as cursor:
        cursor.execute(_MOVE, [target, source])
