"""Shapes about personal data."""

from rest_framework import serializers

from core.organization.rest.serializers import PersonOut

from ..models import PersonFile


class PersonFileOut(serializers.Serializer):
    id = serializers.IntegerField()
    state = serializers.ChoiceField(PersonFile.State.choices)
    size = serializers.IntegerField(help_text="bytes")
    created_at = serializers.DateTimeField()


class PersonDataOut(serializers.Serializer):
    results = PersonFileOut(many=True, help_text="the caller's own, of the last three days")
    next = serializers.CharField(allow_null=True)
    asks_code = serializers.BooleanField(help_text="whether the caller's second factor will be asked for")
    may_anonymise = serializers.BooleanField(help_text="he works here no more, and the caller may")
    anonymised_at = serializers.DateTimeField(allow_null=True)


class PersonFileAddress(serializers.Serializer):
    url = serializers.CharField(help_text="the file itself, for one minute")


class ConsentOut(serializers.Serializer):
    id = serializers.IntegerField()
    person = PersonOut(allow_null=True)
    document = serializers.CharField()
    version = serializers.DateField(help_text="the day of the text")
    given_at = serializers.DateTimeField()
    ip = serializers.CharField(allow_null=True)
    way = serializers.CharField()


class ConsentsOut(serializers.Serializer):
    results = ConsentOut(many=True)
    next = serializers.CharField(allow_null=True)


class ProcessingOut(serializers.Serializer):
    what = serializers.CharField()
    purpose = serializers.CharField()
    kept = serializers.CharField()
    given_to = serializers.CharField()


class ProcessingsOut(serializers.Serializer):
    """The register of processing; all of it is one page."""

    results = ProcessingOut(many=True)
    next = serializers.CharField(allow_null=True)
