"""A change is a verb: one named function inside the transaction of an open scope."""

from collections.abc import Callable
from functools import wraps
from typing import ParamSpec, TypeVar

from django.db import connection

from core.context import current_schema

P = ParamSpec("P")
R = TypeVar("R")


def verb(change: Callable[P, R]) -> Callable[P, R]:
    """Mark a function as a change; it joins the open scope's transaction and refuses to run outside one."""

    @wraps(change)
    def run(*args: P.args, **kwargs: P.kwargs) -> R:
        if current_schema() is None or not connection.in_atomic_block:
            raise RuntimeError(f"{change.__qualname__} must run inside a scope.")
        return change(*args, **kwargs)

    run.is_verb = True  # type: ignore[attr-defined]
    return run
