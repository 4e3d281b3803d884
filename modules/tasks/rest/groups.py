"""Into what groups the list of tasks falls, and what its rows come to."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from django.db.models import F, Q
from django.utils import timezone

from core.context import current_company
from core.entities.models import Entity
from core.rest.groups import NOTHING, ByChoice, ByPerson, Choice, Grouping, Total
from core.statuses.rest.groups import ByOwnStatus
from modules.tasks.models import Status, Task
from modules.tasks.queries import spent_figure
from modules.tasks.rules import STATES

from .serializers import PRIORITIES


def due_choices(now: datetime) -> list[Choice]:
    """Stretches of time by the calendar of the zone in which `now` is given; a week ends on Sunday."""
    today = now.replace(hour=0, minute=0, second=0, microsecond=0)
    tomorrow, after = today + timedelta(days=1), today + timedelta(days=2)
    monday = today + timedelta(days=7 - today.weekday())
    next_week = max(after, monday)
    late = Q(state="open", due_at__lt=now)

    def between(start: datetime, end: datetime) -> Q:
        return Q(due_at__gte=start, due_at__lt=end)

    return [
        Choice("overdue", "Просрочено", late),
        Choice("past", "Раньше", Q(due_at__lt=today) & ~Q(state="open")),
        Choice("today", "Сегодня", between(today, tomorrow) & (~Q(state="open") | Q(due_at__gte=now))),
        Choice("tomorrow", "Завтра", between(tomorrow, after)),
        Choice("week", "На этой неделе", between(after, max(after, monday))),
        Choice("next_week", "На следующей неделе", between(next_week, monday + timedelta(days=7))),
        Choice("later", "Позже", Q(due_at__gte=monday + timedelta(days=7))),
        Choice(NOTHING, "Без срока", Q(due_at__isnull=True)),
    ]


def _dues() -> list[Choice]:
    return due_choices(timezone.now().astimezone(ZoneInfo(current_company().time_zone)))


def _statuses() -> list[Choice]:
    # The state says nothing more, but there is an index by it.
    return [Choice(status.value, str(status.label), Q(status=status, state=STATES[status])) for status in Status]


def _priorities() -> list[Choice]:
    titles = {value: str(Entity.Priority(value).label) for value in PRIORITIES.values()}
    words = sorted(PRIORITIES.items(), key=lambda pair: -pair[1])
    return [Choice(word, titles[value], Q(priority=value)) for word, value in words]


GROUPINGS: dict[str, Grouping] = {
    "status": ByChoice(_statuses),
    "own_status": ByOwnStatus(Task.KIND),
    "assignee": ByPerson("responsible", "Без исполнителя"),
    "initiator": ByPerson("author", "Без инициатора"),
    "priority": ByChoice(_priorities),
    "due": ByChoice(_dues),
}
# Minutes.
TOTALS = {"estimate": Total(lambda: F("estimate")), "spent": Total(spent_figure)}
