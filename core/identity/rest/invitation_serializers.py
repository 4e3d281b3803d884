"""Shapes of inviting and accepting."""

from rest_framework import serializers

MOST_EMAILS = 50
LONGEST_LINK_DAYS = 30


class MailForm(serializers.Serializer):
    emails = serializers.ListField(child=serializers.CharField(max_length=254), min_length=1, max_length=MOST_EMAILS)
    role = serializers.CharField(max_length=50, required=False, default="employee")
    department = serializers.IntegerField(min_value=1, required=False, allow_null=True, default=None)


class InvitationLinkForm(serializers.Serializer):
    role = serializers.CharField(max_length=50, required=False, default="employee")
    department = serializers.IntegerField(min_value=1, required=False, allow_null=True, default=None)
    expires_days = serializers.IntegerField(min_value=1, max_value=LONGEST_LINK_DAYS)


class RoleName(serializers.Serializer):
    code = serializers.CharField()
    title = serializers.CharField()


class DepartmentName(serializers.Serializer):
    id = serializers.IntegerField()
    title = serializers.CharField()


class Inviter(serializers.Serializer):
    id = serializers.IntegerField(allow_null=True)
    name = serializers.CharField()
    full_name = serializers.CharField()
    initials = serializers.CharField()
    photo_url = serializers.CharField(allow_null=True)
    is_active = serializers.BooleanField()


class InvitationLine(serializers.Serializer):
    id = serializers.IntegerField()
    kind = serializers.ChoiceField(choices=["mail", "link"])
    email = serializers.CharField(allow_null=True)
    url = serializers.CharField(allow_null=True, help_text="of a link that still works")
    role = RoleName(allow_null=True)
    department = DepartmentName(allow_null=True)
    invited_by = Inviter()
    created_at = serializers.DateTimeField()
    expires_at = serializers.DateTimeField()
    is_expired = serializers.BooleanField()


class InvitationPage(serializers.Serializer):
    results = InvitationLine(many=True)
    next = serializers.CharField(allow_null=True)


class InvitedLine(serializers.Serializer):
    email = serializers.CharField()
    outcome = serializers.ChoiceField(choices=["sent", "again", "already", "member"])
    invitation = InvitationLine(allow_null=True)


class InvitedOut(serializers.Serializer):
    results = InvitedLine(many=True)


class UrlOut(serializers.Serializer):
    url = serializers.CharField()
    id = serializers.IntegerField()
    expires_at = serializers.DateTimeField()


class InvitationFace(serializers.Serializer):
    company = serializers.CharField()
    email = serializers.CharField(allow_null=True)
    full_name = serializers.CharField(allow_null=True)


class AcceptForm(serializers.Serializer):
    token = serializers.CharField(max_length=300)
    full_name = serializers.CharField(max_length=200)
    email = serializers.CharField(max_length=254, required=False, allow_blank=True, default="")
    password = serializers.CharField(max_length=1000, trim_whitespace=False)
