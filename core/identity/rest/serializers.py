"""Shapes of the doors of identity."""

from rest_framework import serializers


class CompanyFace(serializers.Serializer):
    slug = serializers.CharField()
    name = serializers.CharField()
    accent = serializers.CharField(allow_blank=True)
    logo_url = serializers.CharField(allow_null=True)


class StateOut(serializers.Serializer):
    company = CompanyFace()
    signed_in = serializers.BooleanField()
    csrf_token = serializers.CharField(allow_null=True)


class SignInForm(serializers.Serializer):
    email = serializers.CharField(max_length=254)
    password = serializers.CharField(max_length=1000, trim_whitespace=False)
    code = serializers.CharField(max_length=20, required=False, allow_blank=True, default="")


class CsrfOut(serializers.Serializer):
    csrf_token = serializers.CharField()


class TokenOut(serializers.Serializer):
    token = serializers.CharField()
    expires_at = serializers.DateTimeField()


class MyCompany(CompanyFace):
    time_zone = serializers.CharField()


class ModuleOfMine(serializers.Serializer):
    code = serializers.CharField()
    title = serializers.CharField()
    icon = serializers.CharField()
    group = serializers.CharField()
    enabled = serializers.BooleanField()


class MenuLine(serializers.Serializer):
    code = serializers.CharField()
    title = serializers.CharField()
    icon = serializers.CharField()
    group = serializers.CharField()
    route = serializers.CharField()
    count = serializers.IntegerField(allow_null=True)


class MeOut(serializers.Serializer):
    id = serializers.IntegerField(allow_null=True, help_text="employee")
    full_name = serializers.CharField()
    name = serializers.CharField()
    initials = serializers.CharField()
    photo_url = serializers.CharField(allow_null=True)
    email = serializers.CharField()
    email_verified = serializers.BooleanField()
    company = MyCompany()
    permissions = serializers.DictField(child=serializers.CharField(), help_text="code → widest scope")
    is_admin = serializers.BooleanField()
    modules = ModuleOfMine(many=True)
    menu = MenuLine(many=True)
    csrf_token = serializers.CharField(allow_null=True)
