"""How people go from status to status, for statuses that the company makes of them (core/statuses, decision 0026)."""

from collections.abc import Mapping, Sequence
from typing import Any

from core.access.actions import lock_owners
from core.access.actor import Actor
from core.access.queries import within
from core.access.reach import above
from core.entities.kinds import Lifecycle, Passage
from core.entities.locks import lock
from core.entities.models import Entity
from core.errors import NotFound
from core.events.bus import emit
from core.registry import registry
from core.statuses.actions.moving import stand_again
from core.statuses.errors import NotYourCard
from core.statuses.events import StatusMoved
from core.statuses.rules import OWN_STATUS
from core.verb import verb

from ..actions import block_employee, let_work, must_block, must_unblock, shut_out, unblock_employee
from ..models import Employee
from ..permissions import BLOCK, EDIT_PEOPLE
from ..rules import moves_people

Status = Employee.Status
# What may be done with a person who stands in a base; these doors are the kind's own.
DEEDS = {
    Status.WORKS.value: Passage("block", "Заблокировать", Status.BLOCKED.value, path="block/"),
    Status.BLOCKED.value: Passage("unblock", "Вернуть", Status.WORKS.value, path="unblock/"),
}
_VERBS = {"block": block_employee, "unblock": unblock_employee}


def passages(actor: Actor, cards: Sequence[Any]) -> dict[int, Sequence[Passage]]:
    """Whom the actor may shut out or let in again: nobody above him and not himself; one statement at most."""
    if not actor.may(BLOCK):
        return {}
    shut = above([card.principal_id for card in cards], actor) | {actor.principal_id}
    return {card.pk: (DEEDS[card.status],) for card in cards if card.principal_id not in shut}


def working(actor: Actor, cards: Sequence[Any]) -> set[int]:
    """Ids of those whom the actor may move within a base: of whom he may change what they are in the company."""
    scope, ids = actor.scope_of(EDIT_PEOPLE), [card.pk for card in cards]
    if scope is None or not ids:
        return set()
    reached = within(actor, EDIT_PEOPLE, Employee.objects.filter(pk__in=ids))
    mine = {
        pk: principal
        for pk, principal in reached.values_list("pk", "principal_id")
        if moves_people(scope, is_own=principal == actor.principal_id)
    }
    shut = above(mine.values(), actor)
    return {pk for pk, principal in mine.items() if principal not in shut}


def go(employee: Employee, code: str, *, anyway: bool = False, **asked: Any) -> Entity:
    """Errors as of `block_employee` and `unblock_employee`; NotFound for another deed."""
    if code not in _VERBS:
        raise NotFound()
    return _VERBS[code](employee, **asked)


def noted(employee: Any) -> dict[str, Any]:
    """What moves change of a card, as JSON."""
    return {"status": employee.status, "own_status_id": employee.own_status_id}


@verb
def stand_back(employee: Employee, before: Mapping[str, Any], *, by: Actor) -> Employee:
    """Put a person back where `noted` says that he stood, when somebody undoes his own change of many.

    Whoever could move him so may, and no move is asked for. Errors of `must_block`, `must_unblock`, NotYourCard.
    """
    target, own = before.get("status", employee.status), before.get("own_status_id")
    kind = registry.kind_of(Employee.KIND)
    if target == employee.status:
        return _within(employee, target, own, by)
    (must_block if target == Status.BLOCKED else must_unblock)(employee, by=by)
    employee = lock(employee)
    if employee.status == target:
        return employee
    turn = shut_out if target == Status.BLOCKED else let_work
    return turn(employee, stand_again(employee, kind, target, own), by=by)


def _within(employee: Employee, base: str, own: int | None, by: Actor) -> Employee:
    employee = lock(employee)
    if employee.pk not in working(by, [employee]):
        raise NotYourCard()
    held = employee.own_status_id
    moved = stand_again(employee, registry.kind_of(Employee.KIND), base, own)
    if employee.status == base and employee.own_status_id != held:
        employee.save_change(OWN_STATUS)
        emit(StatusMoved(employee.ref, (moved,)), by=by)
    return employee


LIFECYCLE = Lifecycle(
    leads=frozenset((base, deed.to) for base, deed in DEEDS.items()),
    passages=passages,
    working=working,
    go=go,
    noted=noted,
    put_back=stand_back,
    usual=Status.WORKS.value,
    hold=lock_owners,
    alone=True,
)
