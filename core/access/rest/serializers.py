"""Shapes of roles and permissions."""

from rest_framework import serializers

from core.access.models import Scope


class GrantLine(serializers.Serializer):
    permission = serializers.CharField(max_length=80)
    scope = serializers.ChoiceField(choices=Scope.choices)


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
