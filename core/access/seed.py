"""System roles of a new company and the default grants that modules ask for."""

from collections.abc import Mapping

from core.registry import registry

from .models import Grant, Role
from .permissions import EVERYTHING, Permission

SYSTEM_ROLES = {"owner": "Владелец", "admin": "Администратор", "head": "Руководитель", "employee": "Сотрудник"}
# These hold everything and can neither be narrowed nor left without a holder.
ALMIGHTY = ("owner", "admin")


def seed_roles() -> None:
    """Make the system roles with core's default grants; rows that exist stay as the company has set them."""
    for code, title in SYSTEM_ROLES.items():
        role, made = Role.objects.get_or_create(code=code, defaults={"title": title, "is_system": True})
        if made and code in ALMIGHTY:
            Grant.objects.create(role=role, permission=EVERYTHING, scope="all")
    for trait in registry.traits.values():
        grant_defaults(trait.default_roles)


def grant_defaults(defaults: Mapping[str, Mapping[Permission, str]]) -> None:
    """Add {role code: {permission: scope}} where the role says nothing of the permission yet."""
    roles = {role.code: role for role in Role.objects.filter(code__in=defaults)}
    rows = [
        Grant(role=roles[code], permission=permission.code, scope=scope)
        for code, grants in defaults.items()
        for permission, scope in grants.items()
        if code in roles and code not in ALMIGHTY
    ]
    Grant.objects.bulk_create(rows, ignore_conflicts=True)
