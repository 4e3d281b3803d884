"""Changes made at the same moment, each in a thread and a transaction of its own."""

import threading
from collections.abc import Callable
from functools import partial
from typing import Any

from django.db import connections

from core.context import Company, company_scope
from core.errors import Refused


def at_once(company: Company, *changes: Callable[[], Any]) -> list[Exception | None]:
    """Run each change in a scope of its own at the same moment; what each was refused with."""

    def inside(change: Callable[[], Any]) -> None:
        with company_scope(company):
            change()

    return together(*(partial(inside, change) for change in changes))


def together(*changes: Callable[[], Any]) -> list[Exception | None]:
    """The same for what opens its scopes itself."""
    start = threading.Barrier(len(changes))
    outcomes: list[Exception | None] = [None] * len(changes)

    def run(number: int, change: Callable[[], Any]) -> None:
        try:
            start.wait(timeout=20)
            change()
        except Exception as failure:
            outcomes[number] = failure
        finally:
            connections.close_all()

    threads = [threading.Thread(target=run, args=pair) for pair in enumerate(changes)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=60)
    assert not any(thread.is_alive() for thread in threads), "they wait for each other"
    for outcome in outcomes:
        if outcome is not None and not isinstance(outcome, Refused):
            raise outcome
    return outcomes
