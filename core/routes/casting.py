"""Whom a stage asks when it opens: conditions are weighed and performers found as the card stands now."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from django.db.models import QuerySet

from core.access.actions import OWNER
from core.access.models import RoleAssignment
from core.custom_fields.queries import today
from core.entities.kinds import EntityKind
from core.entities.models import Entity
from core.formulas.errors import FormulaError
from core.formulas.evaluation import evaluate
from core.formulas.parsing import parse
from core.formulas.values import Value
from core.organization.models import Department, Employee
from core.organization.people import deputies

from .contents import routes_of, values_of
from .models import ApprovalLine
from .rules import Called
from .schemes import By, Performer, Stage


@dataclass
class Cast:
    """The answers about one card; `keeper` is asked where rules find nobody, None while a route is only tried.

    `values` may be others than the card's own: a question «кто получит, если …». `picked` are principals whom the
    sender has picked.
    """

    card: Entity | None
    kind: EntityKind
    initiator: int
    keeper: int | None
    values: dict[str, Value] = field(default_factory=dict)
    picked: tuple[int, ...] = ()

    @classmethod
    def of(
        cls, card: Entity, kind: EntityKind, initiator: int, keeper: int | None, picked: Sequence[int] = ()
    ) -> "Cast":
        return cls(card, kind, initiator, keeper, values_of(card, kind), tuple(picked))

    def opening(self, stage: Stage) -> tuple[Called, ...] | None:
        """Whom a stage asks; None when it is passed over."""
        # One whose condition cannot be told is gone through: somebody had better look.
        if holds(stage.condition, self.values) is False:
            return None
        if not stage.is_performed:
            return ()
        wanted = list(dict.fromkeys(who for one in stage.performers for who in self._found(one)))
        found = present(wanted)
        return found or (_kept(self.keeper) if self.keeper is not None else ())

    def _found(self, rule: Performer) -> Sequence[int]:
        """Principals by one rule, in an order that does not change."""
        if rule.by == By.PERSON:
            return [rule.value]
        if rule.by == By.PICKED:
            return self.picked
        if rule.by == By.ROLE:
            held = RoleAssignment.objects.filter(role__code=rule.code).values("principal_id")
            return _working(Employee.objects.filter(principal__in=held))
        if rule.by == By.LIST:
            lines = ApprovalLine.objects.filter(list=rule.value, list__archived_at__isnull=True)
            return list(lines.order_by("place", "pk").values_list("principal_id", flat=True))
        if rule.by == By.FIELD:
            people = routes_of(self.kind).people.get(rule.code)
            return sorted(people[1](self.card)) if people and self.card is not None else []
        return self._above(rule)

    def _above(self, rule: Performer) -> list[int]:
        """The head of a department, or the manager of the initiator; nobody stands above himself."""
        own = Employee.objects.filter(principal=self.initiator).select_related("manager", "department").first()
        if rule.by == By.MANAGER:
            return [own.manager.principal_id] if own and own.manager else []
        path = Department.objects.filter(pk=rule.value).values_list("path", flat=True).first()
        if not rule.value:
            path = own.department.path if own and own.department else None
        heads = dict(Department.objects.filter(pk__in=path or []).values_list("pk", "head__principal_id"))
        chain = [who for node in reversed(path or []) if (who := heads.get(node))]
        if rule.value:
            return chain[:1]
        return [who for who in chain if who != self.initiator][:1] or chain[:1]


def holds(condition: str, values: dict[str, Value]) -> bool | None:
    """Whether a condition holds; None where that cannot be told: a division by zero, a number that is too large."""
    if not condition:
        return True
    try:
        return bool(evaluate(parse(condition), values, today=today()))
    except FormulaError:
        return None


def present(principals: Iterable[int]) -> tuple[Called, ...]:
    """Those who are asked in the end: whoever is away is stood in for, whoever nobody stands in for is left out."""
    wanted = list(principals)
    standing_in = deputies(wanted)
    gone = set(
        Employee.objects.filter(principal__in=wanted).exclude(status=Employee.Status.WORKS)
        .values_list("principal_id", flat=True)
    ) - set(standing_in)  # fmt: skip
    called = [
        Called(standing_in[who], instead_of=who) if who in standing_in else Called(who)
        for who in wanted
        if who not in gone
    ]
    # Whoever is asked in his own name is not asked once more in another's.
    own = {one.who for one in called if one.instead_of is None}
    return tuple(one for one in called if one.instead_of is None or one.who not in own)


def _kept(keeper: int) -> tuple[Called, ...]:
    """Who is asked where rules find nobody: the keeper while he works here, else the first of the owners: ready routes
    are published by the product itself."""
    own = _working(Employee.objects.filter(principal=keeper))
    owners = RoleAssignment.objects.filter(role__code=OWNER).values("principal_id")
    return tuple(Called(who) for who in (own or _working(Employee.objects.filter(principal__in=owners)))[:1])


def _working(rows: QuerySet[Employee]) -> list[int]:
    alive = rows.filter(status=Employee.Status.WORKS, trashed_at__isnull=True)
    return list(alive.order_by("pk").values_list("principal_id", flat=True))
