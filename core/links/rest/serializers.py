"""Shapes of links."""

from rest_framework import serializers

from core.entities.rest.briefs import BriefOut
from core.organization.rest.serializers import PersonOut

from ..rules import CHOICES


class LinkIn(serializers.Serializer):
    ref = serializers.CharField(max_length=100, help_text="address of the other card: `tasks.task/123`")
    relation = serializers.ChoiceField(CHOICES, default="related")


class LinkOut(serializers.Serializer):
    """One link as this card reads it; `can_remove` for the button."""

    id = serializers.IntegerField()
    relation = serializers.ChoiceField(CHOICES)
    title = serializers.CharField(help_text="how this card reads it: «На основании»")
    card = BriefOut()
    author = PersonOut()
    created_at = serializers.DateTimeField()
    can_remove = serializers.BooleanField()


class RelationOut(serializers.Serializer):
    code = serializers.CharField()
    title = serializers.CharField()


class LinksOut(serializers.Serializer):
    """A page of links, newest first; links to cards that the reader may not see are left out."""

    results = LinkOut(many=True)
    next = serializers.CharField(allow_null=True)
    relations = RelationOut(many=True, help_text="what a new link may be")
    can_add = serializers.BooleanField()
