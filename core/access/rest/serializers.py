"""Shapes of roles and permissions."""

from rest_framework import serializers

from core.access.models import FieldLimit, Scope


class GrantLine(serializers.Serializer):
    permission = serializers.CharField(max_length=80)
    scope = serializers.ChoiceField(choices=Scope.choices)


class LimitLine(serializers.Serializer):
    """A field of every card of a kind that the role only sees, or does not see at all."""

    kind = serializers.CharField(max_length=60)
    field = serializers.CharField(max_length=40)
    level = serializers.ChoiceField(FieldLimit.Level.choices)


class LimitLines(serializers.Serializer):
    limits = LimitLine(many=True, help_text="replaces all limits of the role")


class RoleNew(serializers.Serializer):
    title = serializers.CharField(max_length=100)
    code = serializers.RegexField(r"^[a-z][a-z0-9_-]{1,49}$", required=False, help_text="made when absent")
    grants = GrantLine(many=True, required=False)


class RoleChanges(serializers.Serializer):
    title = serializers.CharField(max_length=100, required=False)
    grants = GrantLine(many=True, required=False, help_text="replaces all grants of the role")


class RoleBrief(serializers.Serializer):
    code = serializers.CharField()
    title = serializers.CharField()


class RoleOut(RoleBrief):
    is_system = serializers.BooleanField()
    can_change = serializers.BooleanField(help_text="owner and admin always hold everything")
    grants = GrantLine(many=True)
    limits = LimitLine(many=True)
    employees_count = serializers.IntegerField()
    version = serializers.IntegerField()


class RoleList(serializers.Serializer):
    results = RoleOut(many=True)


class PermissionOut(serializers.Serializer):
    code = serializers.CharField()
    title = serializers.CharField()
    group = serializers.CharField(help_text="title of the module")
    scopes = serializers.ListField(child=serializers.CharField(), help_text="from the narrowest to the widest")


class PermissionList(serializers.Serializer):
    results = PermissionOut(many=True)


class LimitableOut(serializers.Serializer):
    code = serializers.CharField()
    title = serializers.CharField()


class LimitableKindOut(serializers.Serializer):
    """A kind of card with the fields that a role may be kept from."""

    kind = serializers.CharField()
    title = serializers.CharField()
    # It hides nothing: the library takes declared fields off the class, which its stub does not know.
    fields = LimitableOut(many=True)  # type: ignore[assignment]


class LimitableList(serializers.Serializer):
    results = LimitableKindOut(many=True)
