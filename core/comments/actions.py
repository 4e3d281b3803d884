"""Verbs about comments.

Whoever may see a card may comment it; a comment is edited and taken back by its author only. Mentioning somebody who
does not see the card lets him in: he joins it as «mentioned», which the participant scope of access shows him. Whoever
sees the card already is not joined, so a mention never widens or prolongs anybody's rights otherwise.
"""

from django.utils import timezone

from core.access.actor import Actor
from core.entities.kinds import EntityKind
from core.entities.models import Entity, Participant
from core.entities.participants import join
from core.errors import Forbidden, NotFound
from core.events.bus import emit
from core.verb import verb

from .events import Commented, CommentEdited, CommentRemoved
from .models import Comment
from .queries import living, split_by_sight, working_principals
from .rules import clean_text, excerpt_of, mentioned_ids


@verb
def comment(card: Entity, kind: EntityKind, *, text: str, by: Actor, announced: bool = False) -> Comment:
    """Say something about a visible card of a kind; Invalid for an empty or too long text.

    `announced` when another fact of the same verb tells people of these words: only the mentioned hear of them twice.
    """
    words = clean_text(text)
    mentions = working_principals(mentioned_ids(words))
    said = Comment.objects.create(entity_id=card.pk, author_id=by.principal_id, text=words, mentions=mentions)
    _let_in(card, kind, mentions)
    emit(Commented(card.ref, said.pk, excerpt_of(words), mentioned=tuple(mentions), announced=announced), by=by)
    return said


@verb
def edit_comment(said: Comment, card: Entity, kind: EntityKind, *, text: str, by: Actor) -> Comment:
    """Put other words into one's own comment; people mentioned anew hear of it. Forbidden, Invalid."""
    said = _lock_own(said, by)
    words = clean_text(text)
    if words == said.text:
        return said
    mentions = working_principals(mentioned_ids(words))
    fresh = [who for who in mentions if who not in said.mentions]
    said.text, said.mentions, said.edited_at = words, mentions, timezone.now()
    said.save(update_fields=["text", "mentions", "edited_at"])
    _let_in(card, kind, fresh)
    emit(CommentEdited(card.ref, said.pk, excerpt_of(words), mentioned=tuple(fresh)), by=by)
    return said


@verb
def remove_comment(said: Comment, card: Entity, *, by: Actor) -> None:
    """Take one's own words back; people let in by them keep their part. Forbidden."""
    said = _lock_own(said, by)
    said.text, said.mentions, said.deleted_at = "", [], timezone.now()
    said.save(update_fields=["text", "mentions", "deleted_at"])
    emit(CommentRemoved(card.ref, said.pk), by=by)


def _lock_own(said: Comment, by: Actor) -> Comment:
    found = living().select_for_update().filter(pk=said.pk).first()
    if found is None:
        raise NotFound()
    if found.author_id != by.principal_id:
        raise Forbidden("Изменить или удалить комментарий может только его автор")
    return found


def _let_in(card: Entity, kind: EntityKind, mentions: list[int]) -> None:
    _, blind = split_by_sight(mentions, kind, card.pk)
    if blind:
        join(card, {Participant.Part.MENTIONED: blind})
