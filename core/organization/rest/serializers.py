"""Shapes of people, departments and positions."""

from typing import Any

from rest_framework import serializers

from core.access.rest.serializers import RoleBrief

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


class EmployeeOut(serializers.Serializer):
    """A card in a list."""

    id = serializers.IntegerField()
    ref = serializers.CharField()
    number = serializers.CharField(help_text="«табельный номер»; empty where none was given")
    name = serializers.CharField(help_text="«Иванов И. И.»")
    full_name = serializers.CharField()
    initials = serializers.CharField()
    last_name = serializers.CharField()
    first_name = serializers.CharField()
    middle_name = serializers.CharField()
    email = serializers.CharField(help_text="address at work; not the one by which the person signs in")
    phone = serializers.CharField()
    position = TitledOut(allow_null=True)
    department = TitledOut(allow_null=True)
    manager = PersonOut(allow_null=True)
    roles = RoleBrief(many=True)
    is_active = serializers.BooleanField()
    hired_on = serializers.DateField(allow_null=True)
    photo_url = serializers.CharField(allow_null=True)
    version = serializers.IntegerField()
    cells = serializers.DictField(required=False, help_text="further columns, where the list was asked `with` them")


class EmployeeCan(serializers.Serializer):
    """What the caller may do with this card."""

    edit = serializers.ListField(child=serializers.CharField(), help_text="names of fields")
    block = serializers.BooleanField()
    roles = serializers.BooleanField()
    files = serializers.BooleanField(help_text="see and add files of the card")


class EmployeeCardOut(EmployeeOut):
    can = EmployeeCan()


class EmployeePage(serializers.Serializer):
    results = EmployeeOut(many=True)
    next = serializers.CharField(allow_null=True)


class EmployeeChanges(serializers.Serializer):
    """Any of the fields; `full_name` is split into the three names."""

    full_name = serializers.CharField(max_length=200, required=False)
    last_name = serializers.CharField(max_length=100, required=False)
    first_name = serializers.CharField(max_length=100, required=False, allow_blank=True)
    middle_name = serializers.CharField(max_length=100, required=False, allow_blank=True)
    email = serializers.CharField(max_length=254, required=False, allow_blank=True)
    phone = serializers.CharField(max_length=40, required=False, allow_blank=True)
    position = serializers.IntegerField(required=False, allow_null=True, **_ID)
    department = serializers.IntegerField(required=False, allow_null=True, **_ID)
    manager = serializers.IntegerField(required=False, allow_null=True, help_text="employee card", **_ID)
    hired_on = serializers.DateField(required=False, allow_null=True)
    photo_id = serializers.IntegerField(required=False, allow_null=True, help_text="a ready image of this card", **_ID)


class RoleCodes(serializers.Serializer):
    roles = serializers.ListField(child=serializers.CharField(max_length=50), max_length=50)


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
