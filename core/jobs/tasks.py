"""The one Celery task: transport of a parcel."""

import logging

from celery import shared_task

from .delivery import keep
from .envelope import Late, check
from .parcel import Parcel

log = logging.getLogger(__name__)


@shared_task(bind=True, name="pult.keep", time_limit=600, soft_time_limit=540)
def keep_parcel(self, **message: object) -> None:
    """Keep promises whose headers are signed for them; a forged message is refused before any query.

    A late one is let go: its promises stand in the outbox, and are sent anew.
    """
    try:
        check(message, dict(self.request.get("headers") or {}) | _own_headers(self.request))
    except Late:
        log.info("a message of a former time is let go")
        return
    keep(Parcel.of(message))


def _own_headers(request) -> dict[str, object]:
    return {name: getattr(request, name) for name in ("pult_expires", "pult_signature") if hasattr(request, name)}
