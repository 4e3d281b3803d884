"""A kind that goes along routes, for tests: the engine knows no document, so here it is a task."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from decimal import Decimal
from typing import Any

from core.entities.kinds import Routes
from core.formulas.values import Kind
from modules.tasks.manifest import TASK


@contextmanager
def tasks_go_along_routes(tell: Callable[[tuple[str, ...]], Any] = lambda told: None) -> Iterator[None]:
    """Tasks go along routes inside; `tell` hears what the kind has been told."""
    routes = Routes(
        initiator=lambda task: task.author_id,
        content=lambda task: {"title": task.title, "estimate": task.estimate, "description": task.description},
        values={"Оценка": (Kind.NUMBER, lambda task: Decimal(task.estimate) if task.estimate else None)},
        people={"assignee": ("Исполнитель", lambda task: [task.responsible_id])},
        signals={"paid": "Оплачено"},
        told={"Оценка": "estimate"},
        began=lambda task, by: tell(("began",)),
        ended=lambda task, outcome, by: tell(("ended", outcome)),
    )
    # The kind is frozen for everybody else.
    object.__setattr__(TASK, "routes", routes)
    try:
        yield
    finally:
        object.__setattr__(TASK, "routes", None)
