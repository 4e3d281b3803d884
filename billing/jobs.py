"""The jobs of billing: one moves subscriptions through their life, one counts what companies use."""

import logging
from collections.abc import Callable
from datetime import datetime, time
from functools import partial

from django.conf import settings

from core.context import control_scope
from core.errors import NotFound
from core.outbox.queries import wake

from .actions.subscriptions import live
from .actions.usage import count_usage
from .queries import ZONE, due, next_due, today, uncounted, without_subscription

LIFE, USAGE = "billing.life", "billing.usage"
_BATCH = 100
log = logging.getLogger(__name__)


def move_on(company: None, subject_id: int) -> None:
    """Begin the trial of companies that have no subscription yet, and bring those that are due to the present day.

    Each company in a transaction of its own: one that cannot be brought on does not keep the others; that it could not
    is said in the end, and the next hour tries again.
    """
    if settings.ONE_COMPANY:
        # An own server is paid for by its licence.
        return
    day = today()
    failed = _each(lambda: without_subscription(_BATCH), partial(live, day=day))
    failed += _each(lambda: due(day, _BATCH), partial(live, day=day))
    with control_scope():
        following = next_due()
        if following is not None and following > day:
            wake(LIFE, datetime.combine(following, time.min, ZONE))
    if failed:
        raise RuntimeError(f"{failed} subscriptions were not brought on.")


def count(company: None, subject_id: int) -> None:
    """Count what companies use today, each once, in a transaction of its own; a failure is said in the end."""
    day = today()
    if failed := _each(lambda: uncounted(day, _BATCH), partial(count_usage, day=day)):
        raise RuntimeError(f"Usage of {failed} companies was not counted.")


def _each(find: Callable[[], list[str]], deed: Callable[[str], object]) -> int:
    """Do a deed to every company that is found until only those are that were found before; how many have failed."""
    seen: set[str] = set()
    failed = 0
    while fresh := [schema for schema in _found(find) if schema not in seen]:
        seen.update(fresh)
        failed += sum(not _done(deed, schema) for schema in fresh)
    return failed


def _found(find: Callable[[], list[str]]) -> list[str]:
    with control_scope():
        return find()


def _done(deed: Callable[[str], object], schema: str) -> bool:
    try:
        with control_scope():
            deed(schema)
    except NotFound:
        log.info("a company has gone before its turn: %s", schema)
    except Exception:
        log.exception("a company's turn has failed: %s", schema)
        return False
    return True
