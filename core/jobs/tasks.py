"""The one Celery task: transport of a promise."""

from celery import shared_task

from .delivery import keep
from .envelope import check


@shared_task(bind=True, name="pult.keep", time_limit=600, soft_time_limit=540)
def keep_promise(self, **promise: object) -> None:
    """Keep a promise whose headers are signed for it; a forged message is refused before any query."""
    check(promise, dict(self.request.get("headers") or {}) | _own_headers(self.request))
    keep(promise)


def _own_headers(request) -> dict[str, object]:
    return {name: getattr(request, name) for name in ("pult_expires", "pult_signature") if hasattr(request, name)}
