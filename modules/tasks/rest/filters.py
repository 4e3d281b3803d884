"""What the list of tasks understands."""

import re
from collections.abc import Mapping
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from django.db.models import Q
from django.utils import timezone

from core.context import current_company
from core.entities.queries import FEW_MATCHES, matching
from core.rest.filters import Filter, Grammar, PersonFilter, flag, moment, word
from core.search.queries import numbered, numbered_each
from modules.tasks.models import Status, Task
from modules.tasks.queries import TABS

from .serializers import PRIORITIES

_DAY = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)
_DAYS = re.compile(r"\d{4}-\d{2}-\d{2}(\.\.\d{4}-\d{2}-\d{2})?", re.ASCII)
_MOMENT = ("gte", "lte", "gt", "lt")
_NUMBER = re.compile(r"(?:[зz]-?)?(\d{1,12})", re.IGNORECASE)
# Letters and digits of any mask, of which one is a digit: words alone are looked for in titles.
_BEGINNING = re.compile(r"(?=.*\d)\S*[^\W_]{2}\S*")
# A short number is looked for with so many more digits at most: `1` begins a third of all numbers.
_SHORT, _MORE_DIGITS = 2, 2


def search(text: str, each: bool) -> Q:
    """Tasks whose title has every word of the text, or whose number begins with it («З-15», «15», «ПР-2026»), is it,
    goes on with it from its first digit («2026/015») or ends with it («015», «15»).

    One or two letters are looked for where words begin; one or two digits find numbers at most two digits longer.
    """
    return matching(text, Task.KIND, each=each, or_else=_by_number(text, each))


def _by_number(text: str, each: bool) -> Q | None:
    """The condition that a text is a part of the number; None when it cannot be one."""
    found = numbered_each(text) if each else _named(numbered(Task.KIND, text, FEW_MATCHES))
    if number := _NUMBER.fullmatch(text):
        found |= _numbered(number[1])
    elif _BEGINNING.fullmatch(text):
        begins = Q(number__startswith=text) | Q(number__startswith=text.upper())
        found |= begins & ~Q(number="")
    return found or None


def _named(ids: list[int]) -> Q:
    return Q(pk__in=ids) if ids else Q()


def _numbered(digits: str) -> Q:
    beginning = f"{Task.NUMBER_PREFIX}{digits}"
    if len(digits) > _SHORT:
        # The index of numbers leaves out cards without one, so the condition says it too.
        return Q(number__startswith=beginning) & ~Q(number="")
    longer = [f"{rest:0{more}}" for more in range(1, _MORE_DIGITS + 1) for rest in range(10**more)]
    return Q(number__in=[beginning, *(f"{beginning}{rest}" for rest in longer)]) & ~Q(number="")


def priority(text: str) -> int:
    """The column's number of a priority's word."""
    return PRIORITIES[word(*PRIORITIES)(text)]


grammar = Grammar(
    filters={
        "assignee": PersonFilter("responsible"),
        "initiator": PersonFilter("author"),
        "status": Filter("status", word(*Status.values)),
        "state": Filter("state", word("open", "done", "cancelled")),
        "priority": Filter("priority", priority),
        "is_private": Filter("is_private", flag),
        "due_at": Filter("due_at", moment, _MOMENT),
        "created_at": Filter("created_at", moment, _MOMENT),
        "changed_at": Filter("changed_at", moment, _MOMENT),
    },
    orderings={
        "due_at": "due_at",
        # Whoever is the latest comes first: of open tasks that is the one whose moment passed first.
        "late": "due_at",
        "priority": "priority",
        "changed_at": "changed_at",
        "created_at": "created_at",
    },
    default_ordering="-created_at",
    search=search,
)


# What the screen of the list says in words of its own and turns into conditions.
def due_words(text: str) -> str:
    """Some words about due moments, or one day or two: `2026-11-16..2026-11-22`."""
    return text if _DAYS.fullmatch(text) else word("overdue", "today", "week", "month", "none")(text)


def a_day(text: str) -> str:
    """A day by its date."""
    if not _DAY.fullmatch(text):
        raise ValueError("Ожидается день, например 2026-11-21")
    return text


ADDRESS = {
    "due": due_words,
    "by": word("status", "own_status", "assignee", "due", "priority"),
    "scale": word("day", "week", "month"),
    "day": a_day,
    "state": word("open", "done", "cancelled", "all"),
}
# Until when the coming days of the screen's words last: midnights after the last of today.
_COMING = {"today": 1, "week": 7, "month": 30}


def meant(told: dict[str, str], words: Mapping[str, str]) -> dict[str, str]:
    """Words of the screen's address as the list takes them: one's own tasks unless a tab is named, open ones unless a
    state is, due moments of today's calendar. `told` are those that both call the same. ValueError for broken words."""
    tab, state = words.get("tab", ""), words.get("state", "open")
    found = told | {"tab": tab if tab in TABS else "mine", "state": state}
    if state == "all":
        del found["state"]
    return found | (_due(words["due"]) if "due" in words else {})


def _due(word: str) -> dict[str, str]:
    now = timezone.now().astimezone(ZoneInfo(current_company().time_zone))
    if word == "overdue":
        return {"due_at__lte": now.isoformat()}
    if word == "none":
        return {"due_at__isnull": "true"}
    if word in _COMING:
        today = now.date()
        return {"due_at__gte": _midnight(today), "due_at__lte": _midnight(today + timedelta(days=_COMING[word]))}
    first, _, last = word.partition("..")
    after = _day_of(last or first) + timedelta(days=1)
    return {"due_at__gte": _midnight(_day_of(first)), "due_at__lt": _midnight(after)}


def _day_of(text: str) -> date:
    day = date.fromisoformat(text)
    if not 1900 <= day.year < 2200:
        raise ValueError("Проверьте год срока")
    return day


def _midnight(day: date) -> str:
    return datetime.combine(day, time.min, tzinfo=ZoneInfo(current_company().time_zone)).isoformat()
