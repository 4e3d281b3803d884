"""The board of the company's statuses: each is a column, and a card goes where its reader may move it."""

from collections.abc import Sequence
from typing import Any

from django.db.models import Q

from core.access.actor import Actor
from core.entities.kinds import EntityKind
from core.rest.boards import Asked, Board, Column, Columns, Move
from core.rest.queries import counted

from ..queries import Reach
from ..rules import Step
from .groups import bare, bare_titles, titled

# The door below a card by which it is moved (rest/views.py).
_DOOR = "status/"


def _columns(asked: Asked) -> Columns:
    """Living statuses in the order of their bases and their own, and beside them whatever else holds a card here.

    Bases stand there where the company has made nothing of them, and where cards of such types are in the list: then
    all of them, for these cards are moved between them. One statement counts what is doubtful.
    """
    bases, types = _chosen(asked, "status"), _chosen(asked, "card_type")
    own = titled(asked.kind.code)
    found: list[tuple[Column, bool]] = []
    bare_columns: set[str] = set()
    # Where nothing leads, nothing is moved to: drafts.
    leads = {to for _, to in asked.kind.lifecycle.leads}
    for code, title in bare_titles(asked.kind.code, own).items():
        holds = not bases or code in bases
        found.append((Column(code, title, bare(code), holds=holds), not own and code in leads))
        bare_columns |= {code} & leads
        for row, name in own:
            if row.base == code:
                is_asked = not types or (row.card_type or "own") in types
                is_wanted = row.archived_at is None and is_asked and code in leads
                found.append((Column(str(row.pk), name, Q(own_status=row.pk), holds=holds), is_wanted))
    if asked.only is not None:
        return Columns([column for column, _ in found])
    filled = _filled(asked, [column for column, is_wanted in found if not is_wanted and column.holds])
    beside = filled | (bare_columns if filled & bare_columns else set())
    return Columns([column for column, is_wanted in found if is_wanted or column.value in beside])


def _filled(asked: Asked, doubtful: Sequence[Column]) -> set[str]:
    held = counted([asked.rows.filter(column.condition) for column in doubtful], 1)
    return {column.value for column, count in zip(doubtful, held, strict=True) if count}


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
            found[row.pk] = [Move(way.to, way.code, way.title, way.needs_text, path=way.path) for way in ways]
    return found


def _of_step(step: Step) -> Move:
    to = step.node.id
    return Move(str(to), step.do, step.title, step.needs_text, path=_DOOR, sends={"to": to})


def _chosen(asked: Asked, name: str) -> set[str]:
    return {one for one in asked.params.get(name, "").split(",") if one}


BY_OWN_STATUS = Board(_columns, _moves)
