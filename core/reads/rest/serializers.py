"""Shapes of the log of reads."""

from rest_framework import serializers

from core.entities.rest.briefs import BriefOut
from core.organization.rest.serializers import PersonOut


class ReadKindOut(serializers.Serializer):
    code = serializers.CharField()
    title = serializers.CharField(help_text="goes on from the reader's name")


class ReadOut(serializers.Serializer):
    """Who was shown what, and of whom; never a value that was shown."""

    id = serializers.IntegerField()
    at = serializers.DateTimeField()
    kind = serializers.CharField()
    title = serializers.CharField()
    reader = PersonOut(allow_null=True)
    door = serializers.CharField(help_text="screen, token, support, job…")
    whose = PersonOut(allow_null=True, help_text="the person whose data they are, where they are one person's")
    card = BriefOut(allow_null=True, help_text="null where the caller does not see it, or there is none")
    detail = serializers.CharField(allow_blank=True)
    count = serializers.IntegerField(help_text="values or rows")


class ReadsOut(serializers.Serializer):
    results = ReadOut(many=True)
    next = serializers.CharField(allow_null=True)
    kinds = ReadKindOut(many=True, help_text="all that the log can hold")
    kept_days = serializers.IntegerField()
