"""The board of the company's statuses: each is a column, and a card goes where its reader may move it."""

from collections.abc import Sequence
from typing import Any

from django.db.models import Q

from core.access.actor import Actor
from core.custom_fields.queries import types_of
from core.entities.kinds import EntityKind
from core.rest.boards import Asked, Board, Column, Columns, Move
from core.rest.queries import counted

from ..queries import Reach
from ..rules import Step
from .groups import bare, titled

# The door below a card by which it is moved (rest/views.py).
_DOOR = "status/"


def _columns(asked: Asked) -> Columns:
    """Living statuses in the order of their bases and their own, and beside them whatever else holds a card here.

    Two statements more than a board of bases: bases and archived statuses without cards take no room.
    """
    bases, types = _chosen(asked, "status"), _chosen(asked, "card_type")
    # Where nothing leads, nothing is moved to: drafts.
    leads = {to for _, to in asked.kind.lifecycle.leads}
    found: list[tuple[Column, bool]] = []
    own = titled(asked.kind.code)
    # Cards of types without statuses of their own stand in bases and are moved between them.
    plain_types = {"own", *(one.code for one in types_of(asked.kind.code))} - {row.card_type or "own" for row, _ in own}
    has_bare = bool(plain_types & types if types else plain_types)
    for code, title in asked.kind.statuses.items():
        holds = not bases or code in bases
        found.append((Column(code, str(title), bare(code), holds=holds), has_bare and code in leads))
        for row, name in own:
            if row.base == code:
                is_wanted = row.archived_at is None and (not types or (row.card_type or "own") in types)
                found.append(
                    (Column(str(row.pk), name, Q(own_status=row.pk), holds=holds), is_wanted and code in leads)
                )
    if asked.only is not None:
        return Columns([column for column, _ in found])
    doubtful = [column for column, is_wanted in found if not is_wanted and column.holds]
    held = counted([asked.rows.filter(column.condition) for column in doubtful], 1) if doubtful else []
    filled = {column.value for column, count in zip(doubtful, held, strict=True) if count}
    return Columns([column for column, is_wanted in found if is_wanted or column.value in filled])


def _moves(actor: Actor, kind: EntityKind, rows: Sequence[Any]) -> dict[int, Sequence[Move]]:
    cycle = kind.lifecycle
    if cycle is None or not rows:
        return {}
    offered, reach = cycle.passages(actor, rows), Reach(actor, kind, [row.pk for row in rows])
    working = cycle.working(actor, rows)
    found: dict[int, Sequence[Move]] = {}
    for row in rows:
        ways = offered.get(row.pk, ())
        if reach.scheme(row.pk):
            found[row.pk] = [_of_step(step) for step in reach.steps(row, ways, works=row.pk in working)]
        else:
            found[row.pk] = [Move(way.to, way.code, way.title, way.needs_text) for way in ways]
    return found


def _of_step(step: Step) -> Move:
    to = step.node.id
    return Move(str(to), step.do, step.title, step.needs_text, path=_DOOR, sends={"to": to})


def _chosen(asked: Asked, name: str) -> set[str]:
    return {one for one in asked.params.get(name, "").split(",") if one}


BY_OWN_STATUS = Board(_columns, _moves)
