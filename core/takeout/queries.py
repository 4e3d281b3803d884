"""Reading archives of the company."""

from contextlib import suppress
from datetime import timedelta
from typing import Any

from django.core.cache import cache
from django.db.models import QuerySet
from django.utils import timezone
from redis import RedisError

from core.access.models import RoleAssignment

from .models import Takeout

KEPT = timedelta(days=3)
MOST_A_DAY = 3
_OWNER = "owner"
_STEPS_KEPT = 3600


def recent() -> QuerySet[Takeout]:
    """Archives of the last month, the newest first."""
    return Takeout.objects.filter(created_at__gt=timezone.now() - timedelta(days=30)).order_by("-created_at")


def left_today() -> int:
    """How many more may be asked for within these 24 hours; what has failed costs nothing."""
    since = timezone.now() - timedelta(days=1)
    spent = Takeout.objects.filter(created_at__gt=since).exclude(state=Takeout.State.FAILED).count()
    return max(MOST_A_DAY - spent, 0)


def owners() -> list[int]:
    """Principals of the company's owners."""
    rows = RoleAssignment.objects.filter(role__code=_OWNER, principal__is_active=True)
    return list(rows.values_list("principal_id", flat=True))


def note_step(takeout_id: int, part: str, done: int, whole: int) -> None:
    """Let whoever waits see how far it is; it is no matter when that is lost. Inside the company's scope."""
    with suppress(RedisError):
        cache.set(_step_key(takeout_id), {"part": part, "done": done, "whole": whole}, _STEPS_KEPT)


def step_of(takeout: Takeout) -> dict[str, Any] | None:
    """{part, done, whole} of an archive that is being written: tables, then books, then files."""
    if takeout.state != Takeout.State.WAITING:
        return None
    with suppress(RedisError):
        return cache.get(_step_key(takeout.pk))
    return None


def _step_key(takeout_id: int) -> str:
    return f"takeout:{takeout_id}"
