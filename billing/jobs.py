"""The one job that moves subscriptions through their life."""

import logging
from collections.abc import Callable
from datetime import date, datetime, time

from core.context import control_scope
from core.errors import NotFound
from core.outbox.queries import wake

from .actions.subscriptions import live
from .queries import ZONE, due, next_due, today, without_subscription

LIFE = "billing.life"
_BATCH = 100
log = logging.getLogger(__name__)


def move_on(company: None, subject_id: int) -> None:
    """Begin the trial of companies that have no subscription yet, and bring those that are due to the present day.

    Each company in a transaction of its own: one that cannot be brought on does not keep the others; that it could not
    is said in the end, and the next hour tries again.
    """
    day, failed = today(), 0
    for find in (lambda: without_subscription(_BATCH), lambda: due(day, _BATCH)):
        seen: set[str] = set()
        while fresh := [schema for schema in _found(find) if schema not in seen]:
            seen.update(fresh)
            for schema in fresh:
                failed += not _bring(schema, day)
    with control_scope():
        following = next_due()
        if following is not None and following > day:
            wake(LIFE, datetime.combine(following, time.min, ZONE))
    if failed:
        raise RuntimeError(f"{failed} subscriptions were not brought on.")


def _found(find: Callable[[], list[str]]) -> list[str]:
    with control_scope():
        return find()


def _bring(schema: str, day: date) -> bool:
    try:
        with control_scope():
            live(schema, day=day)
    except NotFound:
        log.info("a company has gone before its turn: %s", schema)
    except Exception:
        log.exception("a subscription was not brought on: %s", schema)
        return False
    return True
