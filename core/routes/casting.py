"""Whom a stage asks when it opens: conditions are weighed and performers found as the card stands now."""

from collections.abc import Iterable, Mapping, Sequence
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
        return self.openings([stage])[stage.code]

    def openings(self, stages: Sequence[Stage]) -> dict[str, tuple[Called, ...] | None]:
        """The same of many stages by their codes: each rule is asked once, and all people together."""
        found: dict[Performer, Sequence[int]] = {}
        wanted: dict[str, list[int] | None] = {}
        for stage in stages:
            # One whose condition cannot be told is gone through: somebody had better look.
            is_open, rules = holds(stage.condition, self.values) is not False, stage.asked_by
            found |= {rule: self._found(rule) for rule in rules if is_open and rule not in found}
            wanted[stage.code] = list(dict.fromkeys(who for rule in rules for who in found[rule])) if is_open else None
        called = present_each(wanted)
        kept: tuple[Called, ...] | None = None
        for stage in stages:
            if stage.is_performed and called[stage.code] == () and self.keeper is not None:
                called[stage.code] = kept = _kept(self.keeper) if kept is None else kept
        return called

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
    return present_each({"": list(principals)})[""] or ()


def present_each(wanted: Mapping[str, Sequence[int] | None]) -> dict[str, tuple[Called, ...] | None]:
    """The same of many stages by their codes, None of one that asks nobody; two statements for all of them."""
    named = {who for people in wanted.values() for who in people or ()}
    standing_in = deputies(named) if named else {}
    away = Employee.objects.filter(principal__in=named).exclude(status=Employee.Status.WORKS)
    gone = set(away.values_list("principal_id", flat=True)) - set(standing_in) if named else set()
    return {
        code: None if people is None else _called([who for who in people if who not in gone], standing_in)
        for code, people in wanted.items()
    }


def _called(people: Sequence[int], standing_in: Mapping[int, int]) -> tuple[Called, ...]:
    called = [Called(standing_in[who], instead_of=who) if who in standing_in else Called(who) for who in people]
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
