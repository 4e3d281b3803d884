"""Shapes of employees' cards. They stand apart from how people are named everywhere: cards of all kinds name people."""

from rest_framework import serializers

from core.access.rest.serializers import RoleBrief
from core.entities.rest.serializers import OwnStatusOut
from core.rest.fields import ID
from core.statuses.rest.serializers import StatusMoveOut

from .serializers import PersonOut, TitledOut


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
    status = serializers.CharField()
    status_title = serializers.CharField(help_text="the company's own word where it has one")
    own_status = OwnStatusOut(allow_null=True, help_text="the company's own status; null without one")
    hired_on = serializers.DateField(allow_null=True)
    photo_url = serializers.CharField(allow_null=True)
    version = serializers.IntegerField()
    cells = serializers.DictField(required=False, help_text="further columns, where the list was asked `with` them")


class EmployeeCan(serializers.Serializer):
    """What the caller may do with this card."""

    edit = serializers.ListField(child=serializers.CharField(), help_text="names of fields")
    block = serializers.BooleanField(help_text="decide who comes in: shut the person out, dismiss him")
    unblock = serializers.BooleanField(
        help_text="let him in again without a word; a move that asks for one is not this"
    )
    roles = serializers.BooleanField()
    login = serializers.BooleanField(help_text="ask for another address by which the person signs in")
    files = serializers.BooleanField(help_text="see and add files of the card")


class EmployeeCardOut(EmployeeOut):
    status_moves = StatusMoveOut(many=True, help_text="where among the company's statuses the reader may move him")
    can = EmployeeCan()
    phone_is_proved = serializers.BooleanField(
        allow_null=True,
        help_text="whether its owner has shown by a code that the number is his: messages go to no other; null for "
        "whoever may not change it",
    )
    login = serializers.CharField(
        help_text="by which e-mail he signs in and where his letters go, whatever the card says; empty when he has no "
        "account, and for whoever may not change the card's e-mail"
    )
    login_wanted = serializers.CharField(
        help_text="the address that is to take its place once its owner proves it; empty without one"
    )


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
    position = serializers.IntegerField(required=False, allow_null=True, **ID)
    department = serializers.IntegerField(required=False, allow_null=True, **ID)
    manager = serializers.IntegerField(required=False, allow_null=True, help_text="employee card", **ID)
    hired_on = serializers.DateField(required=False, allow_null=True)
    photo_id = serializers.IntegerField(required=False, allow_null=True, help_text="a ready image of this card", **ID)


class LoginForm(serializers.Serializer):
    email = serializers.CharField(max_length=254)


class RoleCodes(serializers.Serializer):
    roles = serializers.ListField(child=serializers.CharField(max_length=50), max_length=50)
