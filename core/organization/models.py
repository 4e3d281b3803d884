"""How the company is built: departments, positions, employees."""

from typing import ClassVar, Self

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Lower

from core.acknowledgements.mixin import Acknowledgeable
from core.attachments.mixin import Attachable
from core.checklists.mixin import Checkable
from core.comments.mixin import Commentable
from core.custom_fields.mixin import Customizable
from core.entities.models import Entity
from core.history.mixin import Tracked
from core.identity.models import Principal
from core.links.mixin import Linkable
from core.notifications.mixin import Announced
from core.recurrence.mixin import Recurring
from core.statuses.mixin import Staged
from core.tags.mixin import Taggable
from core.watchers.mixin import Watched


class Department(models.Model):
    """A node of the tree; `path` lists the ids from the root to itself; `code` is short and stands in numbers: «ПР»."""

    title = models.CharField(max_length=200)
    code = models.CharField(max_length=10, blank=True, db_default="")
    parent = models.ForeignKey("self", models.PROTECT, null=True, related_name="children")
    path = ArrayField(models.BigIntegerField(), default=list)
    head = models.ForeignKey("Employee", models.SET_NULL, null=True, related_name="heads")
    version = models.IntegerField(default=1)

    class Meta:
        indexes = [GinIndex(name="department_path", fields=["path"])]
        constraints = [
            models.UniqueConstraint(Lower("title"), F("parent"), name="department_title_once", nulls_distinct=False),
            models.UniqueConstraint(Lower("code"), name="department_code_once", condition=~Q(code="")),
        ]

    def __str__(self) -> str:
        return self.title


class Position(models.Model):
    title = models.CharField(max_length=200)

    class Meta:
        constraints = [models.UniqueConstraint(Lower("title"), name="position_title_once")]

    def __str__(self) -> str:
        return self.title


class Employee(
    Acknowledgeable,
    Announced,
    Attachable,
    Checkable,
    Commentable,
    Customizable,
    Linkable,
    Recurring,
    Staged,
    Taggable,
    Tracked,
    Watched,
    Entity,
):
    """A person's card. `title` is the full name, `number` the «табельный номер»; blocked is the card's status."""

    KIND: ClassVar[str] = "organization.employee"
    NUMBER_PREFIX: ClassVar[str] = "Т-"
    # Whoever is hired takes the next one: there is no door by which a kept number would come.
    KEEPS_NUMBERS: ClassVar[bool] = False

    class Status(models.TextChoices):
        WORKS = "works", "Работает"
        BLOCKED = "blocked", "Заблокирован"

    principal = models.OneToOneField(Principal, models.PROTECT, related_name="employee")
    last_name = models.CharField(max_length=100)
    first_name = models.CharField(max_length=100, blank=True)
    middle_name = models.CharField(max_length=100, blank=True)
    work_email = models.CharField(max_length=254, blank=True)
    phone = models.CharField(max_length=40, blank=True)
    # The number that its owner has proved by a code sent to it: messages go to no other one.
    phone_proved = models.CharField(max_length=40, blank=True, default="", db_default="")
    department = models.ForeignKey(Department, models.PROTECT, null=True, related_name="employees")
    position = models.ForeignKey(Position, models.PROTECT, null=True, related_name="employees")
    manager = models.ForeignKey("self", models.SET_NULL, null=True, related_name="reports")
    photo = models.ForeignKey("attachments.Attachment", models.SET_NULL, null=True, related_name="+")
    hired_on = models.DateField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(name="employee_not_own_manager", condition=~Q(manager=F("entity_ptr"))),
        ]

    @property
    def full_name(self) -> str:
        return " ".join(part for part in (self.last_name, self.first_name, self.middle_name) if part)

    @property
    def short_name(self) -> str:
        """«Иванов И. И.»"""
        initials = " ".join(f"{part[0]}." for part in (self.first_name, self.middle_name) if part)
        return f"{self.last_name} {initials}".strip()

    @property
    def is_blocked(self) -> bool:
        return self.status == self.Status.BLOCKED

    @property
    def has_proved_phone(self) -> bool:
        return bool(self.phone) and self.phone == self.phone_proved

    def save_change(self, *fields: str) -> Self:
        """As of any card. A number is proved anew whoever writes it and by whatever door, also the one before: it may
        have become somebody else's meanwhile."""
        if "phone" in fields:
            self.phone_proved, fields = "", (*fields, "phone_proved")
        return super().save_change(*fields)
