"""Operators of the service and what they do, in the public schema. They are no people of any company."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Lower
from django.utils import timezone

from tenants.models import Company


class Operator(models.Model):
    """Somebody who works at the service itself. The second factor is no choice of his: without it he sees nothing."""

    class Role(models.TextChoices):
        SUPPORT = "support", "Поддержка"
        OPERATOR = "operator", "Оператор"
        CHIEF = "chief", "Главный оператор"

    email = models.CharField(max_length=254, unique=True)
    full_name = models.CharField(max_length=200)
    role = models.CharField(max_length=8, choices=Role)
    is_active = models.BooleanField(default=True)
    password = models.CharField(max_length=200)
    password_changed_at = models.DateTimeField(null=True)
    totp_secret = models.BinaryField(null=True)
    totp_confirmed_at = models.DateTimeField(null=True)
    totp_last_step = models.BigIntegerField(default=0)
    recovery_hashes = models.JSONField(default=list)
    created_at = models.DateTimeField(default=timezone.now)
    last_sign_in_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(name="operator_email_normalised", condition=Q(email=Lower("email"))),
            models.CheckConstraint(name="operator_role_known", condition=Q(role__in=["support", "operator", "chief"])),
        ]

    def __str__(self) -> str:
        return self.full_name

    @property
    def has_totp(self) -> bool:
        return self.totp_confirmed_at is not None


class OperatorSession(models.Model):
    """One signed-in browser or one key of an operator; only the hash of its secret is kept."""

    class Kind(models.TextChoices):
        BROWSER = "browser", "Браузер"
        TOKEN = "token", "Ключ API"

    operator = models.ForeignKey(Operator, models.CASCADE, related_name="sessions")
    kind = models.CharField(max_length=8, choices=Kind)
    secret_hash = models.CharField(max_length=64, unique=True)
    name = models.CharField(max_length=100, blank=True)
    user_agent = models.CharField(max_length=300, blank=True)
    ip = models.GenericIPAddressField(null=True)
    reads_only = models.BooleanField(default=False)
    created_at = models.DateTimeField(default=timezone.now)
    last_seen_at = models.DateTimeField(default=timezone.now)
    expires_at = models.DateTimeField()
    revoked_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [
            models.Index(name="operator_session_of", fields=["operator", "-last_seen_at"]),
            models.Index(name="operator_session_age", fields=["expires_at"]),
        ]
        constraints = [
            models.CheckConstraint(name="operator_session_kind", condition=Q(kind__in=["browser", "token"])),
        ]


class Deed(models.Model):
    """One act of an operator, said in the transaction of the act. The control role may add and read, never change.

    The company is named by number and by the address it had then, so that the line outlives it. `before` and `after`
    hold the values that were changed, never a secret.
    """

    at = models.DateTimeField(default=timezone.now)
    operator = models.ForeignKey(Operator, models.PROTECT, null=True, related_name="deeds")
    who = models.CharField(max_length=200)
    kind = models.CharField(max_length=40)
    company_id = models.BigIntegerField(null=True)
    company_slug = models.CharField(max_length=40, blank=True)
    ip = models.GenericIPAddressField(null=True)
    user_agent = models.CharField(max_length=300, blank=True)
    door = models.CharField(max_length=8)
    before = models.JSONField(default=dict)
    after = models.JSONField(default=dict)
    reason = models.CharField(max_length=500, blank=True)

    class Meta:
        indexes = [
            models.Index(name="deed_of_company", fields=["company_id", "-id"]),
            models.Index(name="deed_of_kind", fields=["kind", "-id"]),
        ]


class Figures(models.Model):
    """When a company was last at work and how often our own faults met it, brought here from Redis by a job."""

    company = models.OneToOneField(Company, models.CASCADE, primary_key=True, related_name="figures")
    last_seen_at = models.DateTimeField(null=True)
    faults_day = models.DateField(null=True)
    faults = models.IntegerField(default=0)

    class Meta:
        indexes = [models.Index(name="figures_seen", fields=["-last_seen_at"])]


class FormerName(models.Model):
    """A subdomain that a company has left: it leads to the new one until a moment, then it rests."""

    slug = models.CharField(max_length=40, primary_key=True)
    company = models.ForeignKey(Company, models.CASCADE, related_name="former_names")
    until = models.DateTimeField()

    class Meta:
        indexes = [models.Index(name="former_name_ends", fields=["until"])]


class Consent(models.Model):
    """A company lets the support in until a moment; whoever gave it is named by principal and by name."""

    company = models.ForeignKey(Company, models.CASCADE, related_name="consents")
    principal_id = models.BigIntegerField()
    given_by = models.CharField(max_length=200)
    may_change = models.BooleanField(default=False)
    given_at = models.DateTimeField(default=timezone.now)
    until = models.DateTimeField()
    revoked_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [models.Index(name="consent_of_company", fields=["company", "-id"])]
        constraints = [
            models.UniqueConstraint(name="consent_one_open", fields=["company"], condition=Q(revoked_at__isnull=True)),
            models.CheckConstraint(name="consent_lasts", condition=Q(until__gt=F("given_at"))),
        ]


class Visit(models.Model):
    """An operator was let into a company by a consent; `session_id` is the session in the company's own schema."""

    consent = models.ForeignKey(Consent, models.CASCADE, related_name="visits")
    operator = models.ForeignKey(Operator, models.PROTECT, related_name="visits")
    session_id = models.BigIntegerField()
    began_at = models.DateTimeField(default=timezone.now)
    until = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [models.Index(name="visit_of_consent", fields=["consent", "-id"])]


class Announcement(models.Model):
    """What all companies, or those of some plans, are told over every page from one moment to another."""

    class Tone(models.TextChoices):
        NOTE = "note", "Сообщение"
        WARNING = "warning", "Предупреждение"

    text = models.CharField(max_length=500)
    tone = models.CharField(max_length=8, choices=Tone, default=Tone.NOTE)
    begins_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    # Codes of plans; empty: everybody.
    plans = ArrayField(models.CharField(max_length=30), default=list)
    withdrawn_at = models.DateTimeField(null=True)
    created_at = models.DateTimeField(default=timezone.now)

    class Meta:
        indexes = [models.Index(name="announcement_ends", fields=["ends_at"])]
        constraints = [
            models.CheckConstraint(name="announcement_lasts", condition=Q(ends_at__gt=F("begins_at"))),
            models.CheckConstraint(name="announcement_tone_known", condition=Q(tone__in=["note", "warning"])),
        ]
