"""Writing down what the store refuses in ordinary work: the first of a minute, because a store that is away fails all.

Whoever has called the store hears of the failure itself, so nothing of what happens here may take its place.
"""

import logging

from django.db import DatabaseError

from core import throttle
from core.companies import find_company
from core.context import company_scope
from core.errors import Unavailable
from core.storage import Trouble

from ..actions import note_trouble
from ..rules import STORE
from .client import ending_of

log = logging.getLogger(__name__)
_WINDOW_SECONDS = 60


def hear(trouble: Trouble) -> None:
    """Write a line of the exchange with the store; outside of any scope, as the call was."""
    try:
        if throttle.count("store-trouble", trouble.schema, seconds=_WINDOW_SECONDS) > 1:
            return
        company = find_company(trouble.schema)
        if company is None:
            return
        with company_scope(company):
            error, ms = str(ending_of(trouble.failure)), round(trouble.seconds * 1000)
            note_trouble(STORE, what=trouble.operation, error=error, ms=ms)
    except (DatabaseError, Unavailable):
        log.warning("a trouble of the store could not be written down", exc_info=True)
