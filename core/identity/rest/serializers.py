"""Shapes of the doors of identity."""

from rest_framework import serializers

from core.access.models import FieldLimit


class CompanyFace(serializers.Serializer):
    slug = serializers.CharField()
    name = serializers.CharField()
    accent = serializers.CharField(allow_blank=True)
    logo_url = serializers.CharField(allow_null=True)


class StateOut(serializers.Serializer):
    company = CompanyFace()
    signed_in = serializers.BooleanField()
    closed = serializers.CharField(
        allow_blank=True,
        help_text="why nobody is let in by this browser's session: his access has been closed; or empty",
    )
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


class MyAllowance(serializers.Serializer):
    """What a banner tells of what the company has paid for; `stage` is empty while nobody has said anything."""

    mode = serializers.ChoiceField(["full", "read_only", "suspended"])
    stage = serializers.CharField()
    until = serializers.DateField(allow_null=True, help_text="the first day of the next stage")
    paid_ahead = serializers.BooleanField(help_text="of a trial: what follows it is paid for")


class MySupport(serializers.Serializer):
    until = serializers.DateTimeField()
    reads_only = serializers.BooleanField(help_text="nothing can be changed until changes are begun")


class MeOut(serializers.Serializer):
    id = serializers.IntegerField(allow_null=True, help_text="employee")
    full_name = serializers.CharField()
    name = serializers.CharField()
    initials = serializers.CharField()
    photo_url = serializers.CharField(allow_null=True)
    email = serializers.CharField()
    email_verified = serializers.BooleanField()
    company = MyCompany()
    allowance = MyAllowance()
    permissions = serializers.DictField(child=serializers.CharField(), help_text="code → widest scope")
    field_limits = serializers.DictField(
        child=serializers.DictField(child=serializers.ChoiceField(FieldLimit.Level.choices)),
        help_text="kind of card → field → what little one may do with it",
    )
    is_admin = serializers.BooleanField()
    has_options = serializers.BooleanField(help_text="whether there are options of the company to change")
    modules = ModuleOfMine(many=True)
    menu = MenuLine(many=True)
    csrf_token = serializers.CharField(allow_null=True)
    support = MySupport(allow_null=True, help_text="of the service's people, who look in by the company's consent")


class ResetForm(serializers.Serializer):
    email = serializers.CharField(max_length=254)


class ResetConfirmForm(serializers.Serializer):
    token = serializers.CharField(max_length=300)
    password = serializers.CharField(max_length=1000, trim_whitespace=False)


class PasswordForm(serializers.Serializer):
    current = serializers.CharField(max_length=1000, trim_whitespace=False)
    new = serializers.CharField(max_length=1000, trim_whitespace=False)


class LinkForm(serializers.Serializer):
    token = serializers.CharField(max_length=300)


class SessionLine(serializers.Serializer):
    id = serializers.IntegerField()
    kind = serializers.ChoiceField(choices=["browser", "token"])
    name = serializers.CharField()
    user_agent = serializers.CharField(allow_blank=True)
    ip = serializers.CharField(allow_null=True)
    created_at = serializers.DateTimeField()
    last_seen_at = serializers.DateTimeField(help_text="of a key that has not been used: before `created_at`")
    expires_at = serializers.DateTimeField()
    reads_only = serializers.BooleanField(help_text="a key by which nothing can be changed")
    current = serializers.BooleanField()


class SessionPage(serializers.Serializer):
    results = SessionLine(many=True)
    next = serializers.CharField(allow_null=True)


class Revoked(serializers.Serializer):
    revoked = serializers.IntegerField()


class TokenForm(serializers.Serializer):
    name = serializers.CharField(max_length=100)
    days = serializers.IntegerField(min_value=1, max_value=365)
    reads_only = serializers.BooleanField(default=False, help_text="nothing can be changed by it")
    password = serializers.CharField(max_length=1000, trim_whitespace=False, help_text="one's own, once more")


class NewToken(TokenOut):
    id = serializers.IntegerField()


class TotpOut(serializers.Serializer):
    enabled = serializers.BooleanField()
    recovery_left = serializers.IntegerField()


class TotpSetupOut(serializers.Serializer):
    secret = serializers.CharField()
    otpauth_url = serializers.CharField()
    qr_svg = serializers.CharField()


class TotpCodeForm(serializers.Serializer):
    code = serializers.CharField(max_length=20)


class RecoveryOut(serializers.Serializer):
    recovery_codes = serializers.ListField(child=serializers.CharField())


class OwnPasswordForm(serializers.Serializer):
    password = serializers.CharField(max_length=1000, trim_whitespace=False)
