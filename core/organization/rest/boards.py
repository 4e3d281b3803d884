"""What people are laid out by: where they sit, what they are, how they stand. A move is a PATCH of the card, or of its
status."""

from collections.abc import Sequence
from typing import Any

from core.access.actor import Actor
from core.access.queries import within
from core.entities.kinds import EntityKind
from core.organization.models import Department, Employee, Position
from core.organization.permissions import EDIT_PEOPLE
from core.organization.rules import changeable
from core.rest.boards import Board, Move, Moves, by_place
from core.statuses.rest.boards import BY_OWN_STATUS


def _changes_of(field: str) -> Moves:
    def moves(actor: Actor, kind: EntityKind, rows: Sequence[Any]) -> dict[int, Sequence[Move]]:
        scope, ids = actor.scope_of(EDIT_PEOPLE), [row.pk for row in rows]
        if scope is None or not ids:
            return {}
        reached = within(actor, EDIT_PEOPLE, Employee.objects.filter(pk__in=ids))
        pairs = reached.values_list("pk", "principal_id")
        return {
            pk: (Move(),)
            for pk, principal in pairs
            if field in changeable(scope, is_own=principal == actor.principal_id)
        }

    return moves


BOARDS = {
    "department": Board(by_place(Department.objects.all, "department", "Без отдела"), _changes_of("department")),
    "own_status": BY_OWN_STATUS,
    "position": Board(by_place(Position.objects.all, "position", "Без должности"), _changes_of("position")),
}
