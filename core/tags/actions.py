"""Verbs about tags.

Whoever answers for a card puts tags on it, new ones too; renaming, merging and deleting tags is a right of its own.
"""

from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from typing import Any

from django.db import IntegrityError, transaction

from core.access.actor import Actor
from core.entities.kinds import EntityKind
from core.entities.locks import lock
from core.entities.models import Entity
from core.errors import NotFound
from core.events.bus import Change, emit
from core.verb import verb

from .errors import MergedIntoItself, NoSuchTag, NotYourTags, TagTaken, TooManyTags
from .events import TagAltered, TagRemoved, TagsChanged, TagsMerged
from .models import Tag, Tagging
from .permissions import MANAGE_TAGS
from .queries import cards_of, held_by_titles, move_all, tags_of
from .rules import MOST_ON_CARD, MOST_TAGS, read_title, read_titles


@verb
def set_tags(card: Entity, kind: EntityKind, *, titles: Iterable[str], by: Actor, version: int | None = None) -> Entity:
    """Make a card carry exactly these tags; those that nobody has used yet are made.

    Errors: NotYourTags, Stale, Invalid and TooManyTags on `tags`.
    """
    _must_answer(card, kind, by)
    wanted = read_titles(titles)
    if len(wanted) > MOST_ON_CARD:
        raise TooManyTags(f"На карточке может быть не больше {MOST_ON_CARD} меток")
    card = lock(card, version=version)
    _must_answer(card, kind, by)
    held = {tag.title.lower(): tag for tag in tags_of(card.pk)}
    if set(held) == set(wanted):
        return card
    known = _known_or_made({key: title for key, title in wanted.items() if key not in held})
    gone = [tag.pk for key, tag in held.items() if key not in wanted]
    Tagging.objects.filter(entity=card.pk, tag__in=gone).delete()
    Tagging.objects.bulk_create(Tagging(tag_id=tag.pk, entity_id=card.pk) for tag in known)
    card.save_change()
    after = [*(tag for key, tag in held.items() if key in wanted), *known]
    told = Change("tags", _titles(held.values()), _titles(after), back=([tag.title for tag in held.values()],))
    emit(TagsChanged(card.ref, (told,)), by=by)
    return card


def put_back(card: Entity, kind: EntityKind, fields: Mapping[str, Any], *, by: Actor) -> None:
    """Give a card the tags that it carried before."""
    set_tags(card, kind, titles=fields["tags"], by=by)


@verb
def copy_tags(source: Entity, target: Entity) -> None:
    """Let a card that was just made from another one carry its tags; the new card's own fact tells of it."""
    held = Tagging.objects.filter(entity=source.pk).order_by("tag").values_list("tag_id", flat=True)
    Tagging.objects.bulk_create(Tagging(tag_id=tag, entity_id=target.pk) for tag in held)


@verb
def tag_cards(titles: Mapping[int, Iterable[str]]) -> list[int]:
    """Put tags on cards just made, {card id: titles}; ids of the tags that there were not before.

    Nothing is said of each card: the fact of their making tells of them. Errors: TooManyTags, Invalid on `tags`.
    """
    wanted = {card_id: read_titles(told) for card_id, told in titles.items()}
    every = {key: title for told in wanted.values() for key, title in told.items()}
    before = {tag.pk for tag in held_by_titles(every)} if every else set()
    known = {tag.title.lower(): tag.pk for tag in _known_or_made(every)}
    Tagging.objects.bulk_create(
        Tagging(tag_id=known[key], entity_id=card_id) for card_id, told in wanted.items() for key in told
    )
    return sorted(set(known.values()) - before)


@verb
def alter_tag(tag: Tag, *, by: Actor, title: str | None = None, color: str | None = None) -> Tag:
    """Rename or paint a tag on all its cards. Errors: TagTaken, Invalid on `title`."""
    by.must(MANAGE_TAGS)
    tag = _locked(tag.pk)
    before = {"title": tag.title, "color": tag.color}
    tag.title = tag.title if title is None else read_title(title)
    tag.color = tag.color if color is None else color
    after = {"title": tag.title, "color": tag.color}
    changes = tuple(Change(name, before[name], after[name]) for name in before if before[name] != after[name])
    if not changes:
        return tag
    with _unique():
        tag.save()
    emit(TagAltered(None, tag.pk, changes), by=by)
    return tag


@verb
def merge_tags(tag: Tag, *, into: int, by: Actor) -> Tag:
    """Give all cards of a tag another one and delete the first. Errors: MergedIntoItself, NoSuchTag."""
    by.must(MANAGE_TAGS)
    if tag.pk == into:
        raise MergedIntoItself()
    # Two merges in a circle wait for each other in one order.
    rows = {row.pk: row for row in Tag.objects.select_for_update().filter(pk__in=[tag.pk, into]).order_by("pk")}
    if into not in rows:
        raise NoSuchTag()
    if tag.pk not in rows:
        raise NotFound()
    count = cards_of(tag.pk)
    move_all(tag.pk, into)
    rows[tag.pk].delete()
    emit(TagsMerged(None, tag.title, into, count), by=by)
    return rows[into]


@verb
def remove_tag(tag: Tag, *, by: Actor) -> None:
    """Take a tag off all its cards and delete it."""
    by.must(MANAGE_TAGS)
    tag = _locked(tag.pk)
    count = cards_of(tag.pk)
    title = tag.title
    tag.delete()
    emit(TagRemoved(None, title, count), by=by)


def _known_or_made(wanted: dict[str, str]) -> list[Tag]:
    """Tags of these titles, those that are not there made; whoever makes the same one meanwhile makes it once."""
    if not wanted:
        return []
    known = held_by_titles(wanted)
    fresh = [title for key, title in wanted.items() if key not in {tag.title.lower() for tag in known}]
    if not fresh:
        return known
    if Tag.objects.count() + len(fresh) > MOST_TAGS:
        raise TooManyTags(f"Меток в компании уже {MOST_TAGS}. Объедините похожие и повторите")
    Tag.objects.bulk_create((Tag(title=title) for title in fresh), ignore_conflicts=True)
    return held_by_titles(wanted)


def _locked(pk: int) -> Tag:
    found = Tag.objects.select_for_update().filter(pk=pk).first()
    if found is None:
        raise NotFound()
    return found


def _titles(tags: Iterable[Tag]) -> list[str]:
    return sorted(tag.title for tag in tags)


def _must_answer(card: Entity, kind: EntityKind, by: Actor) -> None:
    if not by.may(kind.edit, card):
        raise NotYourTags()


@contextmanager
def _unique() -> Iterator[None]:
    try:
        with transaction.atomic():
            yield
    except IntegrityError as clash:
        if "tag_title_once" in str(clash):
            raise TagTaken() from clash
        raise
