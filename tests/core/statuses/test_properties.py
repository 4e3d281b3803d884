"""Any statuses, any moves drawn between them, anything people try: base and status agree, what is refused changes
nothing, and the history tells of the whole way.
"""

from typing import Any

from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from core.context import company_scope
from core.entities.models import Entity, OwnStatus
from core.errors import Refused
from core.events.models import Fact
from core.registry import registry
from core.statuses.actions.defining import alter_status, begin_scheme, define_status, draw_moves
from core.statuses.actions.moving import move_status
from modules.tasks.actions import create_task, do_deed
from modules.tasks.models import Status, Task
from modules.tasks.rules import STATES

BASES = [status.value for status in Status if status != Status.DRAFT]
MORE = st.lists(st.sampled_from(BASES), max_size=6)
DEEDS = ["accept", "start", "submit", "close", "return", "reopen", "cancel"]
# Of whatever statuses there are, the ones at these places.
PLACE = st.integers(0, 13)
DRAWN = st.lists(st.tuples(PLACE, PLACE, st.booleans()), max_size=40)
TRIED = st.lists(
    st.one_of(
        st.tuples(st.just("deed"), st.sampled_from(DEEDS)),
        st.tuples(st.just("move"), PLACE),
        st.tuples(st.just("away"), PLACE),
    ),
    max_size=14,
)


@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
@given(more=MORE, drawn=DRAWN, tried=TRIED, says=st.booleans())
def test_whatever_is_drawn_and_tried(company, owner, more, drawn, tried, says):
    with company_scope(company), transaction.atomic():
        _live(owner.actor(), more, drawn, tried, "Слова" if says else "")
        transaction.set_rollback(True)


def _live(by: Any, more: list[str], drawn: list[Any], tried: list[Any], text: str) -> None:
    kind = registry.kind_of(Task.KIND)
    rows = begin_scheme(kind, by=by)
    rows = [
        *rows,
        *(define_status(kind, card_type="", base=one, title=f"Свой {n}", by=by) for n, one in enumerate(more)),
    ]
    ids = [row.pk for row in rows]
    _draw(kind, rows, drawn, by)
    task = create_task(title="Любая", assignee=by.principal_id, by=by)
    told = [_title(task.pk)]
    for sort, what in tried:
        before = _stands(task.pk)
        try:
            with transaction.atomic():
                _try(sort, what, Task.objects.get(pk=task.pk), kind, ids, by, text)
        except Refused:
            assert _stands(task.pk) == before
        card = Entity.objects.select_related("own_status").get(pk=task.pk)
        assert card.own_status is not None and card.own_status.base == card.status
        assert (card.state, card.done_at is None) == (STATES[Status(card.status)], card.state == "open")
        if _title(task.pk) != told[-1]:
            told.append(_title(task.pk))
    facts = Fact.objects.filter(entity_id=task.pk, kind__regex=r"^(tasks|statuses)\.").order_by("pk")
    changes = [one for fact in facts for one in fact.payload.get("changes", ()) if one["field"] == "status"]
    assert [one["new"] for one in changes if one["old"] != one["new"]] == told[1:]
    assert [one["old"] for one in changes if one["old"] != one["new"]] == told[:-1]


def _draw(kind: Any, rows: list[OwnStatus], drawn: list[Any], by: Any) -> None:
    leads = kind.lifecycle.leads
    moves = {}
    for first, second, speaks in drawn:
        source, to = rows[first % len(rows)], rows[second % len(rows)]
        if source.pk != to.pk and (source.base == to.base or (source.base, to.base) in leads):
            one = {"source": source.pk, "to": to.pk, "title": "", "needs_comment": speaks, "roles": []}
            moves[source.pk, to.pk] = one
    draw_moves(kind, card_type="", moves=list(moves.values()), by=by)


def _try(sort: str, what: Any, task: Task, kind: Any, ids: list[int], by: Any, text: str) -> None:
    if sort == "deed":
        do_deed(task, what, by=by, text=text)
    elif sort == "move":
        move_status(task, kind, to=ids[what % len(ids)], by=by, text=text)
    else:
        row = OwnStatus.objects.get(pk=ids[what % len(ids)])
        alter_status(row, kind, is_archived=row.archived_at is None, by=by)


def _stands(pk: int) -> tuple[Any, ...]:
    card = Entity.objects.get(pk=pk)
    return card.status, card.own_status_id, card.state, card.version, Fact.objects.filter(entity_id=pk).count()


def _title(pk: int) -> str:
    return str(Entity.objects.select_related("own_status").get(pk=pk).own_status)
