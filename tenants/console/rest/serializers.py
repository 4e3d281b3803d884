"""Shapes of the console's API, and of what the console tells a company on its own host."""

from rest_framework import serializers

from core.rest.fields import MomentField
from tenants.console.actions.support import HOURS
from tenants.console.models import Announcement, Operator
from tenants.models import Company


class StateOfConsole(serializers.Serializer):
    signed_in = serializers.BooleanField()
    totp_needed = serializers.BooleanField(help_text="signed in, and must set up the second factor first")
    csrf_token = serializers.CharField(allow_null=True)


class OperatorMe(serializers.Serializer):
    id = serializers.IntegerField()
    email = serializers.CharField()
    full_name = serializers.CharField()
    role = serializers.ChoiceField(Operator.Role.choices)
    role_title = serializers.CharField()
    may = serializers.ListField(child=serializers.CharField(), help_text="codes of what the role gives")
    recovery_left = serializers.IntegerField()


class OperatorSessionLine(serializers.Serializer):
    id = serializers.IntegerField()
    kind = serializers.ChoiceField(choices=["browser", "token"])
    name = serializers.CharField()
    ip = serializers.CharField(allow_null=True)
    reads_only = serializers.BooleanField()
    created_at = serializers.DateTimeField()
    last_seen_at = serializers.DateTimeField()
    expires_at = serializers.DateTimeField()
    current = serializers.BooleanField()


class OperatorSessions(serializers.Serializer):
    results = OperatorSessionLine(many=True)


class KeyForm(serializers.Serializer):
    name = serializers.CharField(max_length=100)
    days = serializers.IntegerField(min_value=1, max_value=365)
    reads_only = serializers.BooleanField(default=True)
    password = serializers.CharField(max_length=1000, trim_whitespace=False, help_text="one's own, once more")


class NewKey(serializers.Serializer):
    id = serializers.IntegerField()
    token = serializers.CharField()
    expires_at = serializers.DateTimeField()


class PlanOfCompany(serializers.Serializer):
    code = serializers.CharField()
    title = serializers.CharField()
    stage = serializers.CharField()
    stage_title = serializers.CharField()
    trial_until = serializers.DateField()
    paid_until = serializers.DateField(allow_null=True)


class UseOfCompany(serializers.Serializer):
    day = serializers.DateField(help_text="on which it was counted")
    people = serializers.IntegerField()
    people_limit = serializers.IntegerField(allow_null=True)
    storage_bytes = serializers.IntegerField()
    storage_limit = serializers.IntegerField(allow_null=True)


class CompanyLine(serializers.Serializer):
    id = serializers.IntegerField()
    slug = serializers.CharField()
    name = serializers.CharField()
    inn = serializers.CharField()
    host = serializers.CharField()
    status = serializers.ChoiceField(Company.Status.choices)
    status_title = serializers.CharField()
    created_at = serializers.DateTimeField()
    seen_at = serializers.DateTimeField(allow_null=True, help_text="when somebody there was last at work")
    migration = serializers.ChoiceField(["ready", "behind", "failed"])
    migration_error = serializers.CharField()
    faults = serializers.IntegerField(help_text="requests that met a fault of ours today (UTC)")
    parked = serializers.IntegerField(help_text="work that was given up")
    failing = serializers.IntegerField(help_text="work that fails and is tried again")
    consent_until = serializers.DateTimeField(allow_null=True, help_text="until when the support may come in")
    plan = PlanOfCompany(allow_null=True)
    use = UseOfCompany(allow_null=True)


class CompanyLines(serializers.Serializer):
    results = CompanyLine(many=True)
    next = serializers.CharField(allow_null=True)


class SupportConsentOut(serializers.Serializer):
    given_by = serializers.CharField()
    given_at = serializers.DateTimeField()
    until = serializers.DateTimeField()
    may_change = serializers.BooleanField()


class ModuleOfCompany(serializers.Serializer):
    code = serializers.CharField()
    title = serializers.CharField()
    enabled = serializers.BooleanField()


class FormerNameOut(serializers.Serializer):
    slug = serializers.CharField()
    until = serializers.DateTimeField()


class CompanyCard(CompanyLine):
    time_zone = serializers.CharField()
    modules = ModuleOfCompany(many=True)
    former_names = FormerNameOut(many=True)
    consent = SupportConsentOut(allow_null=True)


class ReasonForm(serializers.Serializer):
    reason = serializers.CharField(max_length=500, allow_blank=True)


class RenameForm(ReasonForm):
    slug = serializers.CharField(max_length=40)


class SwitchModuleForm(ReasonForm):
    code = serializers.CharField(max_length=50)
    enabled = serializers.BooleanField()
    with_needed = serializers.BooleanField(default=False)


class SupportDoor(serializers.Serializer):
    url = serializers.CharField()
    ticket = serializers.CharField(help_text="one use, thirty seconds")


class HealthKind(serializers.Serializer):
    kind = serializers.CharField()
    count = serializers.IntegerField()
    attempts = serializers.IntegerField()
    error = serializers.CharField()


class StatusCount(serializers.Serializer):
    status = serializers.CharField()
    title = serializers.CharField()
    count = serializers.IntegerField()


class HealthOut(serializers.Serializer):
    waiting = serializers.IntegerField()
    parked = serializers.IntegerField()
    oldest_seconds = serializers.FloatField()
    oldest_wakeup_seconds = serializers.FloatField()
    workers = serializers.IntegerField()
    pool_ready = serializers.IntegerField()
    migration_errors = serializers.IntegerField()
    companies = StatusCount(many=True)
    failing = HealthKind(many=True)


class ParkedLine(serializers.Serializer):
    id = serializers.UUIDField()
    kind = serializers.CharField()
    attempts = serializers.IntegerField()
    deaths = serializers.IntegerField(help_text="workers that died with it in hand")
    error = serializers.CharField()
    company_id = serializers.IntegerField(allow_null=True)
    slug = serializers.CharField(allow_null=True)
    name = serializers.CharField(allow_null=True)


class ParkedLines(serializers.Serializer):
    results = ParkedLine(many=True)
    next = serializers.CharField(allow_null=True)


class AnnouncementForm(serializers.Serializer):
    text = serializers.CharField(max_length=500, allow_blank=True)
    tone = serializers.ChoiceField(Announcement.Tone.choices, default=Announcement.Tone.NOTE)
    begins_at = MomentField()
    ends_at = MomentField()
    plans = serializers.ListField(
        child=serializers.CharField(max_length=30), max_length=20, default=list, help_text="codes; empty: all"
    )


class AnnouncementOut(serializers.Serializer):
    id = serializers.IntegerField()
    text = serializers.CharField()
    tone = serializers.ChoiceField(Announcement.Tone.choices)
    begins_at = serializers.DateTimeField()
    ends_at = serializers.DateTimeField()
    plans = serializers.ListField(child=serializers.CharField())
    withdrawn_at = serializers.DateTimeField(allow_null=True)


class AnnouncementLines(serializers.Serializer):
    results = AnnouncementOut(many=True)
    next = serializers.CharField(allow_null=True)


class AnnouncedLine(serializers.Serializer):
    id = serializers.IntegerField()
    text = serializers.CharField()
    tone = serializers.ChoiceField(Announcement.Tone.choices)


class AnnouncedLines(serializers.Serializer):
    results = AnnouncedLine(many=True)


class OperatorForm(serializers.Serializer):
    email = serializers.CharField(max_length=254)
    full_name = serializers.CharField(max_length=200)
    role = serializers.ChoiceField(Operator.Role.choices)
    password = serializers.CharField(max_length=128, trim_whitespace=False)


class OperatorChange(serializers.Serializer):
    role = serializers.ChoiceField(Operator.Role.choices, required=False)
    is_active = serializers.BooleanField(required=False)


class OperatorOut(serializers.Serializer):
    id = serializers.IntegerField()
    email = serializers.CharField()
    full_name = serializers.CharField()
    role = serializers.ChoiceField(Operator.Role.choices)
    role_title = serializers.CharField()
    is_active = serializers.BooleanField()
    has_totp = serializers.BooleanField()
    last_sign_in_at = serializers.DateTimeField(allow_null=True)


class OperatorLines(serializers.Serializer):
    results = OperatorOut(many=True)
    next = serializers.CharField(allow_null=True)


class DeedOut(serializers.Serializer):
    id = serializers.IntegerField()
    at = serializers.DateTimeField()
    kind = serializers.CharField()
    title = serializers.CharField()
    who = serializers.CharField()
    company_id = serializers.IntegerField(allow_null=True)
    company_slug = serializers.CharField()
    ip = serializers.CharField(allow_null=True)
    door = serializers.CharField()
    before = serializers.DictField()
    after = serializers.DictField()
    reason = serializers.CharField()


class DeedLines(serializers.Serializer):
    results = DeedOut(many=True)
    next = serializers.CharField(allow_null=True)


class ConsentForm(serializers.Serializer):
    may_change = serializers.BooleanField(default=False)
    hours = serializers.ChoiceField([(hours, hours) for hours in HOURS])


class SupportAccess(serializers.Serializer):
    consent = SupportConsentOut(allow_null=True, help_text="null: the support cannot come in")


class SupportLine(serializers.Serializer):
    id = serializers.IntegerField()
    at = serializers.DateTimeField()
    who = serializers.CharField()
    title = serializers.CharField()
    is_support = serializers.BooleanField()
    card = serializers.CharField(allow_null=True, help_text="what it was about")
    note = serializers.CharField()


class SupportLines(serializers.Serializer):
    results = SupportLine(many=True)
    next = serializers.CharField(allow_null=True)


class PresentAddress(serializers.Serializer):
    url = serializers.CharField(help_text="where the company is now")
    ticket = serializers.CharField(allow_null=True, help_text="null: it is here")
