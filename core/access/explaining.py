"""Why somebody sees a card or does not, and who does: told from the very ways by which rows are read (`ways.py`)."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import (
    BigIntegerField,
    Case,
    CharField,
    Exists,
    IntegerField,
    Max,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    Value,
    When,
)

from core.compiled import Written
from core.entities.kinds import EntityKind
from core.entities.models import Entity, Participant
from core.identity.models import Principal
from core.organization.models import Employee

from .actor import Actor
from .catalog import MANAGE_ROLES
from .loading import actor_of_principal
from .models import Grant, Role, RoleAssignment, Scope
from .permissions import EVERYTHING, WIDTH, Permission
from .ways import Way, any_of, bars, ways

# A few colleagues are enough to say by whom a department sees a card.
MOST_COLLEAGUES = 5


@dataclass(frozen=True)
class Held:
    """A role that a person has: how far it lets him see, and whether it alone would show him the card."""

    role: Role
    scope: str | None
    opens: bool


@dataclass(frozen=True)
class Explanation:
    """What a person sees a card by, or what is missing.

    `open_ways` are codes of the ways that show him the card, when nothing bars it. `obstacles` are what he does not see
    it for: `blocked`, `draft`, `private`, `no-right`, `scope`. `opening` are the scopes of the right to see that reach
    the card, the narrowest first; `part` is what part in it would help him: `any`, `responsible`, or none.
    """

    scope: str | None
    roles: tuple[Held, ...]
    parts: tuple[str, ...]
    colleagues: tuple[tuple[int, str], ...]
    open_ways: tuple[str, ...]
    obstacles: tuple[str, ...]
    opening: tuple[str, ...]
    part: str

    @property
    def sees(self) -> bool:
        return not self.obstacles


@dataclass(frozen=True)
class Rights:
    """What a person's roles give him: `given` is permission code → [(title of a role, scope)]."""

    is_almighty: bool
    roles: list[str]
    given: dict[str, list[tuple[str, str]]]

    def of(self, permission: Permission) -> dict[str, Any]:
        """{scope: the widest or None, roles: titles of those that give it}."""
        held = [*self.given.get(permission.code, ()), *self.given.get(EVERYTHING, ())]
        widest = max((scope for _, scope in held), key=WIDTH.__getitem__, default=None)
        return {"scope": widest, "roles": [title for title, _ in held]}


def may_explain(actor: Actor, card: Entity) -> bool:
    """Whether the actor may know who sees a card: he manages access, or the card is his own."""
    return actor.may(MANAGE_ROLES) or card.author_id == actor.principal_id


def explain(card: Entity, kind: EntityKind, principal: Principal) -> Explanation:
    """Why a person sees a living card of a kind or does not; a fixed number of small queries."""
    who = actor_of_principal(principal, door="screen")
    scope = who.scope_of(kind.view)
    shut = [way.code for way in bars(who, kind.view) if not _holds(way, card)]
    reached = {one: _open_ways(who, kind, card, one) for one in Scope.values}
    own = reached.get(scope, []) if scope else []
    lacking = [] if own else ["scope" if scope else "no-right"]
    blocked = [] if principal.is_active else ["blocked"]
    return Explanation(
        scope=scope,
        roles=tuple(_roles_of(principal, kind, reached)),
        parts=tuple(_parts_of(card, Q(principal=principal)).values_list("part", flat=True)),
        colleagues=tuple(_colleagues(who, kind, card, scope)),
        open_ways=tuple(way.code for way in own),
        obstacles=(*blocked, *shut, *lacking),
        opening=tuple(one for one in kind.view.scopes if reached[one]),
        part=_needed_part(scope, shut),
    )


def rights_of(principal: Principal) -> Rights:
    """Every right of a person with the roles it comes from."""
    roles = Role.objects.filter(assignments__principal=principal).order_by("pk").prefetch_related("grants")
    given: dict[str, list[tuple[str, str]]] = {}
    for role in roles:
        for grant in role.grants.all():
            given.setdefault(grant.permission, []).append((role.title, grant.scope))
    return Rights(EVERYTHING in given, [role.title for role in roles], given)


def seers(card: Entity, kind: EntityKind) -> QuerySet[Employee]:
    """Working people who see a living card, each with `width` of his right to see and `way` by which he sees it."""
    one = Entity.objects.filter(pk=card.pk)
    held = RoleAssignment.objects.filter(
        principal=OuterRef("principal_id"), role__grants__permission__in=[EVERYTHING, kind.view.code]
    )
    widths = [When(role__grants__scope=scope, then=Value(width)) for scope, width in WIDTH.items()]
    widest = held.order_by().values("principal").annotate(most=Max(Case(*widths, output_field=IntegerField())))
    shown = [
        When(Q(width=WIDTH[scope]) & Q(Exists(one.filter(any_of([way])))), then=Value(way.code))
        for scope in Scope.values
        for way in ways(_Each(), kind.view, scope)
    ]
    people = Employee.objects.filter(principal__is_active=True, trashed_at__isnull=True)
    for way in bars(_Each(), kind.view):
        people = people.filter(Exists(one.filter(any_of([way]))))
    found = people.annotate(width=Subquery(widest.values("most")), way=Case(*shown, output_field=CharField()))
    return found.filter(way__isnull=False)


def parts_in(card: Entity, principals: Iterable[int]) -> dict[int, list[str]]:
    """Principal → his parts in a card, in one query."""
    found: dict[int, list[str]] = {}
    for who, part in _parts_of(card, Q(principal__in=list(principals))).values_list("principal_id", "part"):
        found.setdefault(who, []).append(part)
    return found


def roles_giving(kind: EntityKind, scope: str) -> list[str]:
    """Titles of the company's roles that let see cards of a kind at least so far, the narrowest first."""
    wide = [one for one, width in WIDTH.items() if width >= WIDTH[scope]]
    rows = Grant.objects.filter(permission=kind.view.code, scope__in=wide).values_list("scope", "role__title")
    return [title for _, title in sorted(rows, key=lambda row: (WIDTH[row[0]], row[1]))]


class _Each:
    """Stands for every employee of a query over people: his ids are columns of the outer table, named outright."""

    kind = "employee"
    principal_id = Written('"organization_employee"."principal_id"', (), BigIntegerField())
    department_id = Written('"organization_employee"."department_id"', (), BigIntegerField())


def _holds(way: Way, card: Entity) -> bool:
    return Entity.objects.filter(any_of([way]), pk=card.pk).exists()


def _open_ways(who: Actor, kind: EntityKind, card: Entity, scope: str) -> list[Way]:
    return [way for way in ways(who, kind.view, scope) if _holds(way, card)]


def _roles_of(principal: Principal, kind: EntityKind, reached: dict[str, list[Way]]) -> Iterable[Held]:
    held = Role.objects.filter(assignments__principal=principal).order_by("pk")
    codes = [EVERYTHING, kind.view.code]
    given = dict(Grant.objects.filter(role__in=held, permission__in=codes).values_list("role_id", "scope"))
    return [Held(role, given.get(role.pk), bool(reached.get(given.get(role.pk, "")))) for role in held]


def _parts_of(card: Entity, condition: Q) -> QuerySet[Participant]:
    return Participant.objects.filter(condition, entity=card.pk).order_by("pk")


def _colleagues(who: Actor, kind: EntityKind, card: Entity, scope: str | None) -> Iterable[tuple[int, str]]:
    """Those of his department by whose parts he sees the card: (principal, part)."""
    if scope not in ("department", "department_tree"):
        return []
    found: dict[int, str] = {}
    for way in ways(who, kind.view, scope):
        if way.code == scope and way.part is not None:
            rows = _parts_of(card, way.part).exclude(principal=who.principal_id)
            found |= dict(rows.values_list("principal_id", "part")[:MOST_COLLEAGUES])
    return found.items()


def _needed_part(scope: str | None, shut: list[str]) -> str:
    """What part in the card lets in a person who sees so far; of whoever has no right yet, what he needs besides it."""
    if "draft" in shut:
        return ""
    if scope == "own":
        return "responsible"
    # A right that reaches everything asks for no part, but a private card does.
    return "any" if scope not in (None, "all") or "private" in shut else ""
