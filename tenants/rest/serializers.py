"""Shapes of the public site's API."""

from rest_framework import serializers


class SignUpForm(serializers.Serializer):
    """Blank fields pass here, so that `request_sign_up` can name all wrong ones at once."""

    email = serializers.CharField(max_length=254, allow_blank=True)
    company = serializers.CharField(max_length=200, allow_blank=True)
    slug = serializers.CharField(max_length=40, allow_blank=True)
    full_name = serializers.CharField(max_length=200, allow_blank=True)
    password = serializers.CharField(max_length=128, trim_whitespace=False, allow_blank=True)
    inn = serializers.CharField(max_length=12, required=False, allow_blank=True)
    terms = serializers.DateField(
        required=False, allow_null=True, help_text="day of the texts at /terms and /privacy that the person agrees to"
    )


class SignUpSent(serializers.Serializer):
    email = serializers.CharField()
    expires_in = serializers.IntegerField(help_text="seconds")
    sign_up = serializers.CharField(help_text="name of this form; sent with the code, it lets no other be confirmed")


class Confirmation(serializers.Serializer):
    email = serializers.CharField(max_length=254)
    code = serializers.CharField(max_length=12)
    sign_up = serializers.CharField(max_length=32, required=False, allow_blank=True)
    slug = serializers.CharField(max_length=40, required=False, allow_blank=True)


class Founded(serializers.Serializer):
    host = serializers.CharField()
    url = serializers.CharField()
    token = serializers.CharField()
    ticket = serializers.CharField()


class EmailOnly(serializers.Serializer):
    email = serializers.CharField(max_length=254)


class ResendForm(EmailOnly):
    sign_up = serializers.CharField(max_length=32, required=False, allow_blank=True)


class SlugAnswer(serializers.Serializer):
    slug = serializers.CharField()
    free = serializers.BooleanField()
    reason = serializers.CharField(allow_null=True)


class CompanyOut(serializers.Serializer):
    name = serializers.CharField()
    slug = serializers.CharField()
    accent = serializers.CharField(help_text="#rrggbb, empty for the product's own")
    time_zone = serializers.CharField(help_text="name of the IANA database")
    inn = serializers.CharField()
    logo_url = serializers.CharField(allow_null=True)
    version = serializers.IntegerField()


class CompanyForm(serializers.Serializer):
    """Fields that are left out stay as they are."""

    name = serializers.CharField(max_length=200, required=False, allow_blank=True)
    accent = serializers.CharField(max_length=7, required=False, allow_blank=True)
    time_zone = serializers.CharField(max_length=50, required=False, allow_blank=True)
    inn = serializers.CharField(max_length=12, required=False, allow_blank=True)


class CopyOut(serializers.Serializer):
    id = serializers.IntegerField()
    day = serializers.DateField(help_text="by the company's clock: the day a restore is asked for by")
    made_at = serializers.DateTimeField()
    checked_at = serializers.DateTimeField(help_text="until then nothing had happened that the copy does not hold")
    kept_until = serializers.DateTimeField(allow_null=True, help_text="null of the last one: it stays till the next")
    rows = serializers.IntegerField()
    size = serializers.IntegerField(help_text="bytes of what is downloaded")


class CopyPage(serializers.Serializer):
    results = CopyOut(many=True)
    next = serializers.CharField(allow_null=True)
    kept_days = serializers.IntegerField()
    restored_by = serializers.ChoiceField(["service", "administrator"], help_text="whom to ask for a restore")
    is_owner = serializers.BooleanField(help_text="whether the caller may download them")
    asks_code = serializers.BooleanField(help_text="whether the caller's second factor will be asked for")


class CopyAddress(serializers.Serializer):
    url = serializers.CharField()
    expires_in = serializers.IntegerField(help_text="seconds")


class LogoForm(serializers.Serializer):
    """A picture comes as text, so that it passes the same door as every other change."""

    image = serializers.CharField(help_text="PNG, JPEG or WebP of up to 512 KB, in base64")


class ModuleOut(serializers.Serializer):
    code = serializers.CharField()
    title = serializers.CharField()
    description = serializers.CharField()
    icon = serializers.CharField()
    group = serializers.CharField()
    depends = serializers.ListField(child=serializers.CharField())
    required_by = serializers.ListField(child=serializers.CharField())
    enabled = serializers.BooleanField()
    can_switch = serializers.BooleanField()


class ModulesOut(serializers.Serializer):
    results = ModuleOut(many=True)
    people = serializers.IntegerField(
        allow_null=True, help_text="who works here, whom a switch concerns; for those who may press it"
    )


class ModuleSwitch(serializers.Serializer):
    enabled = serializers.BooleanField()
    with_needed = serializers.BooleanField(default=False, help_text="switch on what this module needs, too")
