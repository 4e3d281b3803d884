"""The registry of companies, in the public schema. Nothing here points into a company's tables but by id."""

import uuid

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower
from django.utils import timezone
from django_tenants.models import DomainMixin, TenantMixin


class Company(TenantMixin):
    """One customer. The schema name is opaque and never changes; the slug may."""

    auto_create_schema = False
    auto_drop_schema = False

    class Status(models.TextChoices):
        PROVISIONING = "provisioning", "Создаётся"
        ACTIVE = "active", "Работает"
        MAINTENANCE = "maintenance", "На обслуживании"
        SUSPENDED = "suspended", "Приостановлена"
        DELETING = "deleting", "Удаляется"
        GONE = "gone", "Удалена"

    slug = models.CharField(max_length=40, unique=True)
    name = models.CharField(max_length=200)
    inn = models.CharField(max_length=12, blank=True)
    status = models.CharField(max_length=12, choices=Status, default=Status.ACTIVE)
    modules = ArrayField(models.CharField(max_length=50), default=list)
    # Modules whose tables the schema has: whatever was ever switched on.
    modules_installed = ArrayField(models.CharField(max_length=50), default=list)
    time_zone = models.CharField(max_length=50, default="Europe/Moscow")
    accent = models.CharField(max_length=7, blank=True)
    logo = models.CharField(max_length=200, blank=True)
    # What the company has paid for, as `core.entitlements` reads it; everything is allowed while nobody has said.
    allowance = models.JSONField(null=True)
    # Of an own server: the text of the licence that somebody has put in its settings.
    licence = models.TextField(blank=True, default="", db_default="")
    version = models.BigIntegerField(default=1)
    fingerprint = models.CharField(max_length=64, blank=True)
    migration_error = models.TextField(blank=True)
    created_at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [
            models.CheckConstraint(name="company_schema_opaque", condition=Q(schema_name__regex=r"^t_[a-z2-7]{16}$")),
            models.CheckConstraint(
                name="company_slug_shape", condition=Q(slug__regex=r"^[a-z0-9]([a-z0-9-]*[a-z0-9])?$")
            ),
        ]

    def __str__(self) -> str:
        return self.slug


class Domain(DomainMixin):
    """A host of a company, without port."""

    tenant = models.ForeignKey(Company, models.CASCADE, related_name="domains")

    class Meta:
        constraints = [models.UniqueConstraint(Lower("domain"), name="domain_once")]


class PoolSchema(models.Model):
    """An empty schema with its role, being made or ready; sign-up claims one with SKIP LOCKED and deletes the row."""

    schema_name = models.CharField(max_length=63, primary_key=True)
    fingerprint = models.CharField(max_length=64)
    modules = ArrayField(models.CharField(max_length=50), default=list)
    is_ready = models.BooleanField(default=False)
    made_at = models.DateTimeField(default=timezone.now)


class SignUp(models.Model):
    """A sign-up between the form and the confirmation; the password is hashed already."""

    id = models.BigAutoField(primary_key=True)
    email = models.CharField(max_length=254)
    company_name = models.CharField(max_length=200)
    inn = models.CharField(max_length=12, blank=True)
    slug = models.CharField(max_length=40)
    full_name = models.CharField(max_length=200)
    password = models.CharField(max_length=200)
    code_salt = models.UUIDField(default=uuid.uuid4)
    letters = models.IntegerField(default=1)
    # Of which day the texts were that whoever filled the form agreed to by sending it; None when it was a script.
    terms = models.DateField(null=True)
    # From where it was sent: it goes into the register of consents.
    address = models.CharField(max_length=45, blank=True, db_default="")
    created_at = models.DateTimeField(default=timezone.now)
    expires_at = models.DateTimeField()
    company = models.OneToOneField(Company, models.SET_NULL, null=True, related_name="sign_up")

    class Meta:
        indexes = [
            models.Index(name="signup_open", fields=["email", "-id"]),
            models.Index(name="signup_slug", fields=["slug", "expires_at"]),
            models.Index(name="signup_age", fields=["created_at"]),
        ]


class Membership(models.Model):
    """Which companies an e-mail belongs to, by keyed hash: the registry cannot be read as a list of addresses."""

    id = models.BigAutoField(primary_key=True)
    email_hash = models.CharField(max_length=64)
    company = models.ForeignKey(Company, models.CASCADE, related_name="memberships")

    class Meta:
        constraints = [models.UniqueConstraint(name="membership_once", fields=["email_hash", "company"])]
        indexes = [models.Index(name="membership_of_company", fields=["company"])]


class ReleasedSlug(models.Model):
    """A subdomain that was in use and rests for 180 days."""

    slug = models.CharField(max_length=40, primary_key=True)
    until = models.DateTimeField()


class ControlLetter(models.Model):
    """A letter of the control plane (sign-up code, list of companies), sent by a job; the body is made when sent."""

    class Kind(models.TextChoices):
        CODE = "code", "Код подтверждения"
        COMPANIES = "companies", "Мои компании"

    id = models.BigAutoField(primary_key=True)
    kind = models.CharField(max_length=10, choices=Kind)
    email = models.CharField(max_length=254)
    sign_up = models.ForeignKey(SignUp, models.CASCADE, null=True)
    created_at = models.DateTimeField(default=timezone.now)
    sent_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [models.Index(name="control_letter_age", fields=["created_at"])]


class CompanyCopy(models.Model):
    """A nightly copy of a company's rows; both objects stand in the store under its own prefix.

    `copy_key` is whole and for a restore here, `export_key` is without secrets and for its owner. `checked_at` is the
    last night at which nothing had happened since: `last_fact` and `version` of the company's row were the same.
    """

    id = models.BigAutoField(primary_key=True)
    company = models.ForeignKey(Company, models.CASCADE, related_name="copies")
    made_at = models.DateTimeField()
    checked_at = models.DateTimeField()
    rows = models.BigIntegerField()
    size = models.BigIntegerField()
    export_size = models.BigIntegerField()
    copy_key = models.CharField(max_length=200)
    export_key = models.CharField(max_length=200)
    last_fact = models.BigIntegerField()
    version = models.BigIntegerField()

    class Meta:
        indexes = [models.Index(name="copy_of_company", fields=["company", "-made_at"])]


class Segment(models.Model):
    """Compact DDL of core or of one module, replayed to make its tables in a company's schema.

    `script` holds `{role}` where the company's role belongs; `fingerprint` is its SHA-256; `migrations` are those it
    stands for, as `app.name`.
    """

    code = models.CharField(max_length=50, primary_key=True)
    script = models.TextField()
    fingerprint = models.CharField(max_length=64)
    migrations = ArrayField(models.CharField(max_length=200), default=list)


class Erasure(models.Model):
    """A company that is to be erased, or has been: asked for, waited for, done step by step, proved by a certificate.

    `step` is the last that is done, `told` what the certificate says. `owners` are addresses that it is sent to; each
    goes when it has been written to. The row itself is kept for three years: it is the proof.
    """

    class Why(models.TextChoices):
        OWNER = "owner", "По решению владельца"
        UNPAID = "unpaid", "Подписка не оплачена"

    id = models.BigAutoField(primary_key=True)
    company = models.ForeignKey(Company, models.PROTECT, related_name="erasures")
    why = models.CharField(max_length=6, choices=Why)
    asked_by = models.CharField(max_length=200, blank=True)
    asked_at = models.DateTimeField(default=timezone.now)
    due_at = models.DateTimeField()
    cancelled_at = models.DateTimeField(null=True)
    cancelled_by = models.CharField(max_length=200, blank=True)
    step = models.CharField(max_length=12, blank=True)
    told = models.JSONField(default=dict)
    owners = ArrayField(models.CharField(max_length=254), default=list)
    done_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(name="erasure_why_known", condition=Q(why__in=["owner", "unpaid"])),
            models.UniqueConstraint(
                name="erasure_one_open",
                fields=["company"],
                condition=Q(cancelled_at__isnull=True, done_at__isnull=True),
            ),
        ]
