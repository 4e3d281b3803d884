"""Who may come in: principals, users, sessions and tokens, invitations. All of it inside one company's schema."""

import uuid

from django.db import models
from django.db.models import Q


class Principal(models.Model):
    """Whoever acts or is named: an employee, a guest, a service or the system itself.

    Every author, participant and actor column of the house points here. `access_epoch` grows whenever what the
    principal may do changes; open sockets and cached grants compare it.
    """

    class Kind(models.TextChoices):
        EMPLOYEE = "employee", "Сотрудник"
        GUEST = "guest", "Гость"
        SERVICE = "service", "Служба"
        SYSTEM = "system", "Система"

    kind = models.CharField(max_length=10, choices=Kind)
    name = models.CharField(max_length=200)
    is_active = models.BooleanField(default=True)
    access_epoch = models.BigIntegerField(default=1)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="principal_kind_known", condition=Q(kind__in=["employee", "guest", "service", "system"])
            ),
            models.UniqueConstraint(name="principal_one_system", fields=["kind"], condition=Q(kind="system")),
        ]

    def __str__(self) -> str:
        return self.name


class User(models.Model):
    """A way to sign in: e-mail and password, optionally a second factor. Not a person's card."""

    principal = models.OneToOneField(Principal, models.CASCADE, related_name="user")
    email = models.CharField(max_length=254)
    # Only an address proved by a letter gives the switch to another company.
    email_verified_at = models.DateTimeField(null=True)
    # The address that is to take the place of `email` once whoever has it proves that: since when it waits.
    wanted_email = models.CharField(max_length=254, blank=True, default="", db_default="")
    wanted_at = models.DateTimeField(null=True)
    password = models.CharField(max_length=200)
    password_changed_at = models.DateTimeField(null=True)
    totp_secret = models.BinaryField(null=True)
    totp_confirmed_at = models.DateTimeField(null=True)
    totp_last_step = models.BigIntegerField(default=0)
    recovery_hashes = models.JSONField(default=list)
    created_at = models.DateTimeField(auto_now_add=True)
    last_sign_in_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(name="user_email_once", fields=["email"]),
            models.CheckConstraint(name="user_email_normalised", condition=Q(email=models.functions.Lower("email"))),
        ]

    @property
    def has_totp(self) -> bool:
        return self.totp_confirmed_at is not None


class Session(models.Model):
    """One signed-in browser or one API token; only the hash of its secret is kept."""

    class Kind(models.TextChoices):
        BROWSER = "browser", "Браузер"
        TOKEN = "token", "Ключ API"

    user = models.ForeignKey(User, models.CASCADE, related_name="sessions")
    kind = models.CharField(max_length=8, choices=Kind)
    secret_hash = models.CharField(max_length=64, unique=True)
    name = models.CharField(max_length=100, blank=True)
    user_agent = models.CharField(max_length=300, blank=True)
    ip = models.GenericIPAddressField(null=True)
    created_at = models.DateTimeField(auto_now_add=True)
    last_seen_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    revoked_at = models.DateTimeField(null=True)
    # A key for reports and exports: whoever steals it changes nothing.
    reads_only = models.BooleanField(default=False, db_default=False)

    class Meta:
        indexes = [
            models.Index(name="session_of_user", fields=["user", "-last_seen_at"]),
            models.Index(name="session_age", fields=["expires_at"]),
        ]
        constraints = [
            models.CheckConstraint(name="session_kind_known", condition=Q(kind__in=["browser", "token"])),
        ]


class Invitation(models.Model):
    """A place kept for a colleague, sent by mail or shared as a link; only the hash of its secret is kept."""

    class Kind(models.TextChoices):
        MAIL = "mail", "Письмом"
        LINK = "link", "Ссылкой"

    kind = models.CharField(max_length=4, choices=Kind)
    email = models.CharField(max_length=254, blank=True)
    # The secret is derived from the nonce by a key outside the database: it can be shown again, yet is not stored.
    nonce = models.UUIDField(default=uuid.uuid4)
    secret_hash = models.CharField(max_length=64, unique=True)
    role_code = models.CharField(max_length=50)
    department_id = models.BigIntegerField(null=True)
    invited_by = models.ForeignKey(Principal, models.PROTECT, related_name="+")
    created_at = models.DateTimeField(auto_now_add=True)
    expires_at = models.DateTimeField()
    accepted_at = models.DateTimeField(null=True)
    revoked_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [models.Index(name="invitation_recent", fields=["-created_at", "id"])]
        constraints = [
            models.UniqueConstraint(
                name="invitation_one_open",
                fields=["email"],
                condition=Q(kind="mail", accepted_at__isnull=True, revoked_at__isnull=True),
            ),
            models.CheckConstraint(name="invitation_kind_known", condition=Q(kind__in=["mail", "link"])),
        ]
