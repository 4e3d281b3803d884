"""Roles: which permission, how far, held by whom."""

from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower

from core.identity.models import Principal


class Scope(models.TextChoices):
    """How far a permission reaches, from the narrowest to the widest."""

    OWN = "own", "Свои"
    PARTICIPANT = "participant", "Где участвует"
    DEPARTMENT = "department", "Свой отдел"
    DEPARTMENT_TREE = "department_tree", "Отдел с подчинёнными"
    ALL = "all", "Все"


class Role(models.Model):
    """A named set of grants. System roles cannot be deleted; `owner` and `admin` cannot lose their grants."""

    code = models.CharField(max_length=50, unique=True)
    title = models.CharField(max_length=100)
    is_system = models.BooleanField(default=False)
    version = models.IntegerField(default=1)

    class Meta:
        constraints = [models.UniqueConstraint(Lower("title"), name="role_title_once")]

    def __str__(self) -> str:
        return self.title


class Grant(models.Model):
    role = models.ForeignKey(Role, models.CASCADE, related_name="grants")
    permission = models.CharField(max_length=80)
    scope = models.CharField(max_length=16, choices=Scope)

    class Meta:
        constraints = [
            models.UniqueConstraint(name="grant_once", fields=["role", "permission"]),
            models.CheckConstraint(
                name="grant_scope_known",
                condition=Q(scope__in=["own", "participant", "department", "department_tree", "all"]),
            ),
        ]


class FieldLimit(models.Model):
    """What a role may do with a field of every card of a kind, where that is less than everything."""

    class Level(models.TextChoices):
        HIDDEN = "hidden", "Не видит"
        READ = "read", "Видит"

    role = models.ForeignKey(Role, models.CASCADE, related_name="limits")
    kind = models.CharField(max_length=60)
    field = models.CharField(max_length=40)
    level = models.CharField(max_length=6, choices=Level)

    class Meta:
        constraints = [
            models.UniqueConstraint(name="field_limit_once", fields=["role", "kind", "field"]),
            models.CheckConstraint(name="field_limit_narrows", condition=Q(level__in=["hidden", "read"])),
        ]


class RoleAssignment(models.Model):
    role = models.ForeignKey(Role, models.PROTECT, related_name="assignments")
    principal = models.ForeignKey(Principal, models.CASCADE, related_name="role_assignments")

    class Meta:
        constraints = [models.UniqueConstraint(name="role_assigned_once", fields=["principal", "role"])]
