"""Shapes of people as they are named, of departments and positions."""

from typing import Any

from rest_framework import serializers

_ID: dict[str, Any] = {"min_value": 1, "max_value": 2**63 - 1}


class PersonOut(serializers.Serializer):
    """How a person is shown wherever he is named."""

    id = serializers.IntegerField(allow_null=True, help_text="employee card; null for guests and services")
    name = serializers.CharField(help_text="«Иванов И. И.»")
    full_name = serializers.CharField()
    initials = serializers.CharField()
    photo_url = serializers.CharField(allow_null=True)
    is_active = serializers.BooleanField()


class TitledOut(serializers.Serializer):
    id = serializers.IntegerField()
    title = serializers.CharField()


# A field named `parent` hides nothing: the library takes declared fields off the class, which its stub does not know.
class DepartmentOut(serializers.Serializer):
    id = serializers.IntegerField()
    title = serializers.CharField()
    code = serializers.CharField(help_text="stands in numbers of cards: «ПР»; empty where there is none")
    parent = serializers.IntegerField(allow_null=True)  # type: ignore[assignment]
    path = serializers.CharField(help_text="titles from the top: «Производство / Цех 1»")
    head = PersonOut(allow_null=True)
    employees_count = serializers.IntegerField(help_text="working people of this very department")
    version = serializers.IntegerField()


class DepartmentList(serializers.Serializer):
    """The whole tree, parents before children."""

    results = DepartmentOut(many=True)


class DepartmentNew(serializers.Serializer):
    title = serializers.CharField(max_length=200)
    code = serializers.CharField(max_length=10, required=False, allow_blank=True)
    parent = serializers.IntegerField(required=False, allow_null=True, **_ID)  # type: ignore[assignment]
    head = serializers.IntegerField(required=False, allow_null=True, help_text="employee card", **_ID)


class DepartmentChanges(DepartmentNew):
    title = serializers.CharField(max_length=200, required=False)


class PositionTitle(serializers.Serializer):
    title = serializers.CharField(max_length=200)


class PositionOut(TitledOut):
    employees_count = serializers.IntegerField()


class PositionList(serializers.Serializer):
    results = PositionOut(many=True)
