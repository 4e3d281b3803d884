"""Shapes of comments."""

from collections.abc import Sequence
from typing import Any

from rest_framework import serializers

from core.access.actor import Actor
from core.organization.people import people
from core.organization.rest.serializers import PersonOut

from ..actions import Said
from ..models import Comment
from ..rules import html_of


class CommentIn(serializers.Serializer):
    text = serializers.CharField(
        trim_whitespace=False, allow_blank=True, help_text="up to 10,000 characters; `@[<employee id>]` mentions"
    )


class CommentOut(serializers.Serializer):
    """One comment; `text` as typed, `html` safe to show."""

    id = serializers.IntegerField()
    author = PersonOut()
    text = serializers.CharField()
    html = serializers.CharField()
    mentions = PersonOut(many=True)
    created_at = serializers.DateTimeField()
    edited_at = serializers.DateTimeField(allow_null=True)
    is_mine = serializers.BooleanField()


class SaidOut(CommentOut):
    """A comment just written or changed; `not_notified` are mentioned people who do not see the card: only its author,
    its responsible and whoever may change it let people in by a mention."""

    not_notified = PersonOut(many=True)


class CommentsOut(serializers.Serializer):
    """A page of comments, oldest first; the first page holds the newest, `next` leads to older ones."""

    results = CommentOut(many=True)
    next = serializers.CharField(allow_null=True)


def comments_out(rows: Sequence[Comment], actor: Actor) -> list[dict[str, Any]]:
    """Comments with their people, in one query for all of them."""
    known = people({who for row in rows for who in (row.author_id, *row.mentions)})
    return [_out(row, actor, known) for row in rows]


def said_out(said: Said, actor: Actor) -> dict[str, Any]:
    """One comment with those of the mentioned who did not hear of it."""
    row = said.comment
    known = people({row.author_id, *row.mentions, *said.not_notified})
    return {**_out(row, actor, known), "not_notified": [known[who] for who in said.not_notified if who in known]}


def _out(row: Comment, actor: Actor, known: dict[int, dict[str, Any]]) -> dict[str, Any]:
    mentions = [known[who] for who in row.mentions if who in known]
    return {
        "id": row.pk,
        "author": known[row.author_id],
        "text": row.text,
        "html": html_of(row.text, {person["id"]: person["name"] for person in mentions}),
        "mentions": mentions,
        "created_at": row.created_at,
        "edited_at": row.edited_at,
        "is_mine": row.author_id == actor.principal_id,
    }
