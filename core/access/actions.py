"""Changes of roles and of who holds them. Whatever changes rights moves the epoch of everybody it touches."""

import secrets
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager

from django.db import IntegrityError, transaction
from django.utils import timezone

from core.entities.locks import lock
from core.errors import Forbidden, Invalid, NotFound, Stale
from core.events.bus import Change, emit
from core.identity.actions import move_epochs
from core.identity.models import Invitation, Principal
from core.organization.models import Employee
from core.registry import registry
from core.texts import clean_line
from core.verb import verb

from .actor import Actor
from .catalog import MANAGE_ROLES
from .errors import AlmightyRole, LastOwner, OwnersOnly, RoleInUse, RoleTaken, SystemRole
from .events import FieldLimitsChanged, RoleChanged, RoleCreated, RoleRemoved, RolesGiven
from .limits import role_limits
from .models import FieldLimit, Grant, Role, RoleAssignment
from .permissions import EVERYTHING
from .reach import must_reach_place
from .rules import covers, keeps_within
from .seed import ALMIGHTY

OWNER = "owner"


@verb
def create_role(*, title: str, grants: Iterable[Mapping[str, str]], by: Actor, code: str = "") -> Role:
    """Make a role with its grants ([{permission, scope}]); without a code one is made."""
    by.must(MANAGE_ROLES)
    wanted = read_grants(grants)
    name = read_title(title)
    with _unique():
        role = Role.objects.create(code=code or f"role-{secrets.token_hex(4)}", title=name)
    _write_grants(role, wanted)
    emit(RoleCreated(None, code=role.code, changes=(Change("title", None, name), Change("grants", {}, wanted))), by=by)
    return role


@verb
def change_role(
    role: Role,
    *,
    by: Actor,
    title: str | None = None,
    grants: Iterable[Mapping[str, str]] | None = None,
    version: int | None = None,
) -> Role:
    """Rename a role or give it exactly these grants; everybody who holds it feels it at once."""
    by.must(MANAGE_ROLES)
    role = _locked(role, version)
    if role.code in ALMIGHTY:
        raise AlmightyRole()
    changes = [change for change in (_rename(role, title), _regrant(role, grants)) if change]
    if not changes:
        return role
    role.version += 1
    with _unique():
        role.save(update_fields=["title", "version"])
    emit(RoleChanged(None, code=role.code, changes=tuple(changes)), by=by)
    if any(change.field == "grants" for change in changes):
        holders = RoleAssignment.objects.filter(role=role).values_list("principal_id", flat=True)
        move_epochs(holders, reason="roles", by=by)
    return role


@verb
def limit_fields(role: Role, *, limits: Iterable[Mapping[str, str]], by: Actor, version: int | None = None) -> Role:
    """Keep whoever has a role from exactly these fields of cards ([{kind, field, level}]).

    Errors: AlmightyRole, Stale, Invalid at each line that makes no sense.
    """
    by.must(MANAGE_ROLES)
    role = _locked(role, version)
    if role.code in ALMIGHTY:
        raise AlmightyRole()
    if _relimit(role, limits, by):
        role.version += 1
        role.save(update_fields=["version"])
        holders = RoleAssignment.objects.filter(role=role).values_list("principal_id", flat=True)
        move_epochs(holders, reason="roles", by=by)
    return role


@verb
def remove_role(role: Role, *, by: Actor) -> None:
    """Delete a role that nobody holds and no open invitation promises."""
    by.must(MANAGE_ROLES)
    role = _locked(role)
    if role.is_system:
        raise SystemRole()
    if held := RoleAssignment.objects.filter(role=role).count():
        raise RoleInUse(f"Роль есть у сотрудников ({held}). Выдайте им другую, затем удалите эту")
    promised = Invitation.objects.filter(role_code=role.code, accepted_at__isnull=True, revoked_at__isnull=True)
    if promised.filter(expires_at__gt=timezone.now()).exists():
        raise RoleInUse("Роль обещана в приглашениях. Отзовите их, затем удалите её")
    _relimit(role, (), by)
    emit(RoleRemoved(None, code=role.code, role_title=role.title), by=by)
    role.delete()


@verb
def give_roles(employee: Employee, *, codes: Iterable[str], by: Actor) -> Employee:
    """Let a person hold exactly these roles; the owner's role is given and taken by owners only."""
    by.must(MANAGE_ROLES)
    owners = lock_owners()
    employee = lock(employee)
    wanted = _roles(codes)
    rows = RoleAssignment.objects.filter(principal_id=employee.principal_id).select_related("role")
    held = {row.role.code: row.role for row in rows}
    if set(held) == set(wanted):
        return employee
    if OWNER in set(held) ^ set(wanted):
        must_be_owner(by)
        if OWNER in held:
            keep_an_owner(owners, besides=employee.principal_id)
    RoleAssignment.objects.filter(principal_id=employee.principal_id).exclude(role__code__in=wanted).delete()
    come = [role for code, role in wanted.items() if code not in held]
    RoleAssignment.objects.bulk_create(RoleAssignment(role=role, principal_id=employee.principal_id) for role in come)
    employee.save_change()
    emit(RolesGiven(employee.ref, changes=(Change("roles", _titles(held), _titles(wanted)),)), by=by)
    move_epochs([employee.principal_id], reason="roles", by=by)
    return employee


def lock_owners() -> Role:
    """The owner's role, locked: nobody else joins or leaves the owners until this transaction ends."""
    return Role.objects.select_for_update().get(code=OWNER)


def must_be_owner(by: Actor) -> None:
    """Refuse whoever is not an owner himself; the product itself may."""
    if by.kind == Principal.Kind.SYSTEM:
        return
    if not RoleAssignment.objects.filter(role__code=OWNER, principal_id=by.principal_id).exists():
        raise OwnersOnly()


def keep_an_owner(owners: Role, *, besides: int) -> None:
    """Refuse to lose the last owner who can sign in; `owners` is locked by `lock_owners`."""
    others = RoleAssignment.objects.filter(role=owners, principal__is_active=True).exclude(principal_id=besides)
    if not others.exists():
        raise LastOwner()


def givable_role(code: str, *, by: Actor, department_id: int | None = None, field: str = "role") -> Role:
    """The role that somebody promises to a newcomer: nobody gives more than he holds, unless he manages roles.

    `department_id` is where the newcomer will sit, because a role that reaches a department reaches that one.
    Invalid on `field` for an unknown code, Forbidden for a wider role or place, OwnersOnly for the owner's.
    """
    role = Role.objects.filter(code=code).first()
    if role is None:
        raise Invalid({field: "Такой роли нет"})
    if code == OWNER:
        must_be_owner(by)
    grants = dict(Grant.objects.filter(role=role).values_list("permission", "scope"))
    if not by.may(MANAGE_ROLES) and not (covers(by.grants, grants) and _shows_no_more(role, by)):
        raise Forbidden("Эта роль даёт больше прав, чем есть у вас. Её выдаёт администратор")
    if department_id is not None and not by.may(MANAGE_ROLES):
        must_reach_place(
            grants, department_id, by,
            sentence="С этой ролью можно пригласить только в свой отдел. В другие приглашает администратор",
        )  # fmt: skip
    return role


def _shows_no_more(role: Role, by: Actor) -> bool:
    """Whether somebody with this role reads and writes no field of a card that `by` may not."""
    if by.limits and not keeps_within(by.limits, role_limits(role.pk)):
        return False
    return not any(trait.outdoes(by, role.pk) for trait in registry.traits.values() if trait.outdoes)


def read_title(title: str) -> str:
    """One line of 1 to 100 characters; Invalid otherwise."""
    name = clean_line(title)
    if not 1 <= len(name) <= 100:
        raise Invalid({"title": "От 1 до 100 знаков"})
    return name


def read_grants(grants: Iterable[Mapping[str, str]]) -> dict[str, str]:
    """[{permission, scope}] → {permission: scope}; Invalid points to each line that makes no sense."""
    known = registry.permissions()
    found: dict[str, str] = {}
    errors: dict[str, str] = {}
    for number, line in enumerate(grants):
        permission = known.get(line["permission"])
        if permission is None or line["permission"] == EVERYTHING:
            errors[f"grants.{number}.permission"] = "Такого права нет"
        elif line["permission"] in found:
            errors[f"grants.{number}.permission"] = "Право названо дважды"
        elif line["scope"] not in permission.scopes:
            errors[f"grants.{number}.scope"] = "Так далеко это право не действует"
        else:
            found[line["permission"]] = line["scope"]
    if errors:
        raise Invalid(errors)
    return found


def read_limits(limits: Iterable[Mapping[str, str]]) -> dict[tuple[str, str], str]:
    """[{kind, field, level}] → {(kind, field): level}; Invalid points to each line that makes no sense."""
    known = {(kind.code, field.code) for kind in registry.kinds() for field in kind.fields}
    found: dict[tuple[str, str], str] = {}
    errors: dict[str, str] = {}
    for number, line in enumerate(limits):
        at = (line["kind"], line["field"])
        if at not in known:
            errors[f"limits.{number}.field"] = "Такого поля нет"
        elif at in found:
            errors[f"limits.{number}.field"] = "Поле названо дважды"
        else:
            found[at] = line["level"]
    if errors:
        raise Invalid(errors)
    return found


def _relimit(role: Role, limits: Iterable[Mapping[str, str]], by: Actor) -> bool:
    """Write a locked role's limits and tell of it; whether anything is different now."""
    wanted = read_limits(limits)
    held = {(row.kind, row.field): row.level for row in FieldLimit.objects.filter(role=role)}
    if held == wanted:
        return False
    FieldLimit.objects.filter(role=role).delete()
    FieldLimit.objects.bulk_create(
        FieldLimit(role=role, kind=kind, field=field, level=level) for (kind, field), level in wanted.items()
    )
    touched = tuple(sorted({kind for (kind, _), _ in set(held.items()) ^ set(wanted.items())}))
    change = Change("limits", _told_limits(held), _told_limits(wanted))
    emit(FieldLimitsChanged(None, code=role.code, card_kinds=touched, changes=(change,)), by=by)
    return True


def _told_limits(limits: Mapping[tuple[str, str], str]) -> dict[str, str]:
    return {f"{kind}:{field}": level for (kind, field), level in sorted(limits.items())}


def _locked(role: Role, version: int | None = None) -> Role:
    # Giving a role takes a share lock through its foreign key, so holders cannot come while their grants change.
    fresh = Role.objects.select_for_update().filter(pk=role.pk).first()
    if fresh is None:
        raise NotFound()
    if version is not None and fresh.version != version:
        raise Stale(version=fresh.version)
    return fresh


def _rename(role: Role, title: str | None) -> Change | None:
    if title is None or role.title == read_title(title):
        return None
    old, role.title = role.title, read_title(title)
    return Change("title", old, role.title)


def _regrant(role: Role, grants: Iterable[Mapping[str, str]] | None) -> Change | None:
    if grants is None:
        return None
    wanted = read_grants(grants)
    held = dict(role.grants.values_list("permission", "scope"))
    if held == wanted:
        return None
    role.grants.all().delete()
    _write_grants(role, wanted)
    return Change("grants", held, wanted)


def _write_grants(role: Role, wanted: Mapping[str, str]) -> None:
    Grant.objects.bulk_create(Grant(role=role, permission=code, scope=scope) for code, scope in wanted.items())


def _roles(codes: Iterable[str]) -> dict[str, Role]:
    asked = set(codes)
    if not asked:
        raise Invalid({"roles": "Оставьте хотя бы одну роль"})
    # The lock waits for whoever is changing or deleting one of them now.
    rows = Role.objects.select_for_update(no_key=True).filter(code__in=asked).order_by("pk")
    found = {role.code: role for role in rows}
    if asked - set(found):
        raise Invalid({"roles": "Такой роли нет. Обновите список ролей и выберите снова"})
    return found


def _titles(roles: Mapping[str, Role]) -> list[str]:
    return sorted(role.title for role in roles.values())


@contextmanager
def _unique() -> Iterator[None]:
    try:
        with transaction.atomic():
            yield
    except IntegrityError as clash:
        if "role_title_once" in str(clash) or "code" in str(clash):
            raise RoleTaken() from clash
        raise
