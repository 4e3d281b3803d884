"""Verbs about links.

Whoever sees both cards may tie them, unless one of them is another's draft; a link gives nobody any right. It is taken
back by whoever made it or answers for one of its cards (his right to change reaches it).
"""

from dataclasses import asdict

from core.access.actor import Actor
from core.entities.kinds import EntityKind
from core.entities.models import Entity
from core.events.bus import emit
from core.verb import verb

from .errors import LinkedToItself, LinkIsOfOthers
from .events import CardLinked, CardUnlinked
from .models import EntityLink
from .queries import related_to
from .rules import RELATIONS, Tie, as_read_by, tie


@verb
def link(card: Entity, other: Entity, *, relation: str, by: Actor) -> EntityLink:
    """Tie two visible cards: «`card` `relation` `other`». The same link said again, from either side, stays one.

    Errors: LinkedToItself, DraftOfAnother.
    """
    if card.pk == other.pk:
        raise LinkedToItself()
    by.must_add_to(card)
    by.must_add_to(other)
    wanted = tie(card.pk, relation, other.pk)
    made, is_new = EntityLink.objects.get_or_create(
        source_id=wanted.source_id,
        target_id=wanted.target_id,
        relation=wanted.relation,
        defaults={"author_id": by.principal_id},
    )
    if is_new:
        emit(CardLinked(card.ref, str(other.ref), relation), by=by)
        emit(CardLinked(other.ref, str(card.ref), RELATIONS[relation].inverse), by=by)
    return made


@verb
def tie_to_origin(card: Entity, origin: Entity, *, by: Actor) -> None:
    """Tie a new card to what it was made from.

    Nothing is said of it: the card's own first fact tells the story, and the history of a template would be nothing but
    these lines.
    """
    wanted = tie(card.pk, "based_on", origin.pk)
    EntityLink.objects.create(
        source_id=wanted.source_id,
        target_id=wanted.target_id,
        relation=wanted.relation,
        author_id=by.principal_id,
    )


@verb
def copy_links(source: Entity, target: Entity, *, by: Actor) -> None:
    """Relate a new card to what another one is related to, the same object or order, as far as the doer sees them.

    Cards of the new card's own kind are left out: work that went beside the former one does not go beside this. Nothing
    is said of it, as of the tie to the origin.
    """
    others = Entity.objects.filter(pk__in=related_to(source, by)).exclude(kind=target.kind).values_list("pk", flat=True)
    EntityLink.objects.bulk_create(
        EntityLink(**asdict(tie(target.pk, "related", other)), author_id=by.principal_id) for other in others
    )


@verb
def unlink(found: EntityLink, sides: tuple[tuple[EntityKind, Entity], tuple[EntityKind, Entity]], *, by: Actor) -> None:
    """Take a link away; `sides` are its two cards, both visible to the doer. LinkIsOfOthers, DraftOfAnother."""
    for _, card in sides:
        by.must_add_to(card)
    if found.author_id != by.principal_id and not any(by.may(kind.edit, card) for kind, card in sides):
        raise LinkIsOfOthers()
    gone, _ = EntityLink.objects.filter(pk=found.pk).delete()
    if not gone:
        return
    stored = Tie(found.source_id, found.target_id, found.relation)
    (_, first), (_, second) = sides
    for card, other in ((first, second), (second, first)):
        emit(CardUnlinked(card.ref, str(other.ref), as_read_by(card.pk, stored)[0]), by=by)
