"""What hours bring about: timers end, terms are reminded of, what is late goes further up."""

from collections.abc import Iterable
from datetime import datetime

from core.access.actor import Actor
from core.errors import NotFound
from core.events.bus import Change, emit
from core.organization.models import Employee
from core.organization.people import deputies
from core.registry import registry
from core.verb import verb

from ..casting import present
from ..deadlines import Terms
from ..errors import AgainstRules, NotOnRoute
from ..events import StageEscalated, StageReminded
from ..models import Passing, Step
from ..rules import Called, Is, StepIs
from ..schemes import Escalation, Stage, StageKind
from .deciding import hand_on
from .going import Going, going
from .running import happen


@verb
def attend(passing: Passing, *, now: datetime, by: Actor) -> None:
    """Do what a passing is owed by now; what has been done meanwhile is not done again."""
    card = passing.run.entity
    try:
        found = going(card, registry.kind_of(card.kind))
    except (NotFound, NotOnRoute):
        # Thrown away, or decided to its end, between the look and the lock.
        return
    row = next((one for one in found.ledger.rows if one.pk == passing.pk), None)
    if row is None or row.state != Is.OPEN or row.next_at is None or row.next_at > now:
        return
    stage = found.ledger.course.scheme.stage(row.code)
    if stage.kind == StageKind.TIMER:
        return happen(found, row.code, by)
    if row.remind_at is not None and row.remind_at <= now:
        row.remind_at = None
        _remind(found, row, by)
    if row.escalate_at is not None and row.escalate_at <= now:
        row.escalate_at = None
        _escalate(found, row, stage, by)
    row.next_at = Terms(row.due_at, row.remind_at, row.escalate_at).next_at(stage)
    row.save(update_fields=["remind_at", "escalate_at", "next_at"])


@verb
def ask_deputies(principal: int, *, by: Actor) -> int:
    """Somebody is away from now on: whoever acts for him is asked in his place; how many steps have gone over.

    What a deputy is asked himself already stays where it is.
    """
    acting = deputies([principal]).get(principal)
    if acting is None:
        return 0
    rows = Step.objects.filter(principal=principal, state=StepIs.OPEN.value, passing__run__outcome="")
    rows = rows.filter(passing__run__entity__trashed_at__isnull=True).select_related("passing__run__entity")
    # Cards are locked in one order by everybody.
    steps = rows.order_by("passing__run__entity", "pk")
    return sum(_pass_over(step, Called(acting, instead_of=principal), by) for step in steps)


def _pass_over(step: Step, to: Called, by: Actor) -> bool:
    card = step.passing.run.entity
    try:
        hand_on(going(card, registry.kind_of(card.kind)), step, to, "", by)
    except (AgainstRules, NotFound, NotOnRoute):
        # Decided meanwhile, thrown away, or the deputy is asked in his own name.
        return False
    return True


def _open_steps(row: Passing) -> list[Step]:
    return [one for one in row.asked if one.state == StepIs.OPEN]


def _remind(found: Going, row: Passing, by: Actor) -> None:
    steps = tuple(one.pk for one in _open_steps(row))
    emit(StageReminded(found.card.ref, row.pk, steps, (Change("stage", None, row.title),)), by=by)


def _escalate(found: Going, row: Passing, stage: Stage, by: Actor) -> None:
    """Tell those above whoever is late and the initiator; or let those above decide."""
    late = _open_steps(row)
    above = _managers(one.principal_id for one in late)
    if stage.escalation == Escalation.HAND:
        for step in late:
            manager = above.get(step.principal_id)
            taken = {one.principal_id for one in row.asked if one.state != StepIs.DROPPED}
            if manager is not None and manager not in taken:
                hand_on(found, step, Called(manager, instead_of=step.principal_id), "Срок этапа вышел", by)
    told = tuple(sorted({*above.values(), found.run.initiator_id}))
    emit(StageEscalated(found.card.ref, row.pk, told, (Change("stage", None, row.title),)), by=by)


def _managers(principals: Iterable[int]) -> dict[int, int]:
    """Principal → the manager above him, or who stands in for that one."""
    rows = Employee.objects.filter(principal__in=list(principals), manager__isnull=False)
    found = dict(rows.values_list("principal_id", "manager__principal_id"))
    acting = {who: one.who for who in set(found.values()) for one in present([who])}
    return {who: acting[manager] for who, manager in found.items() if manager in acting}
