"""Verbs about comments.

Whoever may see a card may comment it; a comment is edited and taken back by its author only. A mention lets somebody
who does not see the card in, when the one who writes decides who sees it: its author, its responsible unless it is a
draft, whoever may change it. The mentioned joins the card as «mentioned», which the participant scope of access shows
him, until the last living comment that mentions him is gone. Whoever sees the card already is not joined, so a mention
never widens or prolongs anybody's rights otherwise; who is not let in hears of nothing. Cards of employees are seen by
a right that is held or not, so there a mention opens nothing: whom his role shows no colleagues' cards is not let in.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from django.utils import timezone

from core.access.actor import Actor
from core.entities.kinds import EntityKind
from core.entities.locks import lock
from core.entities.models import Entity, Participant
from core.entities.participants import join, leave
from core.errors import Forbidden, NotFound
from core.events.bus import Change, emit
from core.organization.people import people
from core.verb import verb

from .events import Commented, CommentEdited, CommentRemoved, MentionedLetIn, MentionedLetOut
from .models import Comment
from .queries import held_by_mention, living, mentioned_elsewhere, split_by_sight, working_principals
from .rules import clean_text, excerpt_of, mentioned_ids


@dataclass(frozen=True)
class Said:
    """A comment as it is kept, and the mentioned principals who do not see the card and were not let in."""

    comment: Comment
    not_notified: tuple[int, ...] = ()


@verb
def comment(card: Entity, kind: EntityKind, *, text: str, by: Actor, announced: bool = False) -> Said:
    """Say something about a visible card of a kind; Invalid for an empty or too long text.

    `announced` when another fact of the same verb tells people of these words: only the mentioned hear of them twice.
    """
    words = clean_text(text)
    mentions = working_principals(mentioned_ids(words))
    if mentions:
        card = lock(card)
    said = Comment.objects.create(entity_id=card.pk, author_id=by.principal_id, text=words, mentions=mentions)
    _, left_out = _let_in(card, kind, mentions, by)
    heard = tuple(who for who in mentions if who not in left_out)
    emit(Commented(card.ref, said.pk, excerpt_of(words), mentioned=heard, announced=announced), by=by)
    return Said(said, left_out)


@verb
def edit_comment(said: Comment, card: Entity, kind: EntityKind, *, text: str, by: Actor) -> Said:
    """Put other words into one's own comment; people mentioned anew hear of it, those mentioned no more leave the
    card as `remove_comment` says. Forbidden, Invalid."""
    card, said = _lock_own(card, said, by)
    words = clean_text(text)
    if words == said.text:
        return Said(said)
    before, mentions = said.mentions, working_principals(mentioned_ids(words))
    said.text, said.mentions, said.edited_at = words, mentions, timezone.now()
    said.save(update_fields=["text", "mentions", "edited_at"])
    _let_out(card, [who for who in before if who not in mentions], by)
    let_in, left_out = _let_in(card, kind, mentions, by)
    fresh = tuple(who for who in mentions if who in let_in or who not in (*before, *left_out))
    emit(CommentEdited(card.ref, said.pk, excerpt_of(words), mentioned=fresh), by=by)
    return Said(said, left_out)


@verb
def remove_comment(said: Comment, card: Entity, *, by: Actor) -> None:
    """Take one's own words back. Whoever was let in by a mention leaves the card, unless another living comment
    mentions him. Forbidden."""
    card, said = _lock_own(card, said, by)
    before = said.mentions
    said.text, said.mentions, said.deleted_at = "", [], timezone.now()
    said.save(update_fields=["text", "mentions", "deleted_at"])
    _let_out(card, before, by)
    emit(CommentRemoved(card.ref, said.pk), by=by)


def _lock_own(card: Entity, said: Comment, by: Actor) -> tuple[Entity, Comment]:
    # The card first: who is mentioned elsewhere must not change between the question and the answer.
    card = lock(card)
    found = living().select_for_update().filter(pk=said.pk).first()
    if found is None:
        raise NotFound()
    if found.author_id != by.principal_id:
        raise Forbidden("Изменить или удалить комментарий может только его автор")
    return card, found


def _let_in(card: Entity, kind: EntityKind, mentions: Iterable[int], by: Actor) -> tuple[set[int], tuple[int, ...]]:
    """(who was let in, who was not); those who see the card anyway are in neither."""
    _, blind = split_by_sight(mentions, kind, card.pk)
    if not blind:
        return set(), ()
    # A draft is its author's: whoever approves it, be it he who is to do it, brings nobody in.
    own = (card.author_id,) if card.is_draft else (card.author_id, card.responsible_id)
    if by.principal_id not in own and not by.may(kind.edit, card):
        return set(), tuple(sorted(blind))
    held = held_by_mention(card.pk, blind)
    join(card, {Participant.Part.MENTIONED: blind})
    # Roles of some show them no such cards at all, whatever part they have.
    seeing, still = split_by_sight(blind, kind, card.pk)
    leave(card, Participant.Part.MENTIONED, still - held)
    if seeing:
        told = (Change("mentioned", None, _names(seeing)),)
        emit(MentionedLetIn(card.ref, people=tuple(sorted(seeing)), changes=told), by=by)
    return seeing, tuple(sorted(still))


def _let_out(card: Entity, mentions: Iterable[int], by: Actor) -> None:
    former = held_by_mention(card.pk, mentions)
    if former:
        former -= mentioned_elsewhere(card.pk, former)
    if not former:
        return
    leave(card, Participant.Part.MENTIONED, former)
    told = (Change("mentioned", _names(former), None),)
    emit(MentionedLetOut(card.ref, left=tuple(sorted(former)), changes=told), by=by)


def _names(principals: Iterable[int]) -> str:
    return ", ".join(sorted(person["name"] for person in people(principals).values()))
