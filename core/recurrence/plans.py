"""Plans as they are kept and as people read them. No database."""

from collections.abc import Mapping
from datetime import date, time
from typing import Any

from .rules import DayOff, Every, Plan

_DAYS = ("пн", "вт", "ср", "чт", "пт", "сб", "вс")
_NTH = {1: "первый", 2: "второй", 3: "третий", 4: "четвёртый", -1: "последний"}
_WEEKDAY_NAMES = ("понедельник", "вторник", "среду", "четверг", "пятницу", "субботу", "воскресенье")
_FEMININE = {"первый": "первую", "второй": "вторую", "третий": "третью", "четвёртый": "четвёртую",
             "последний": "последнюю"}  # fmt: skip
_NEUTER = {"первый": "первое", "второй": "второе", "третий": "третье", "четвёртый": "четвёртое",
           "последний": "последнее"}  # fmt: skip
_UNITS = {
    Every.MINUTES: ("минуту", "минуты", "минут"),
    Every.DAYS: ("день", "дня", "дней"),
    Every.WORKDAYS: ("рабочий день", "рабочих дня", "рабочих дней"),
    Every.WEEKS: ("неделю", "недели", "недель"),
    Every.MONTHS: ("месяц", "месяца", "месяцев"),
}
_YEARS = ("год", "года", "лет")
_MONTH_NAMES = ("января", "февраля", "марта", "апреля", "мая", "июня", "июля", "августа", "сентября", "октября",
                "ноября", "декабря")  # fmt: skip
_DAY_OFF = {
    DayOff.KEEP: "",
    DayOff.BEFORE: "выходной — на рабочий день раньше",
    DayOff.AFTER: "выходной — на рабочий день позже",
    DayOff.SKIP: "в выходные пропускать",
}


def stored(plan: Plan) -> dict[str, Any]:
    """The plan as JSON; `plan_of` reads it back the same."""
    return {
        "every": plan.every.value,
        "interval": plan.interval,
        "starts_on": plan.starts_on.isoformat(),
        "ends_on": plan.ends_on.isoformat() if plan.ends_on else None,
        "times": [f"{at:%H:%M}" for at in plan.times],
        "weekdays": list(plan.weekdays),
        "month_day": plan.month_day,
        "nth": plan.nth,
        "opens": f"{plan.opens:%H:%M}",
        "closes": f"{plan.closes:%H:%M}",
        "day_off": plan.day_off.value,
    }


def plan_of(kept: Mapping[str, Any]) -> Plan:
    """The plan that `stored` has kept."""
    return Plan(
        every=Every(kept["every"]),
        interval=kept["interval"],
        starts_on=date.fromisoformat(kept["starts_on"]),
        ends_on=date.fromisoformat(kept["ends_on"]) if kept["ends_on"] else None,
        times=tuple(time.fromisoformat(at) for at in kept["times"]),
        weekdays=tuple(kept["weekdays"]),
        month_day=kept["month_day"],
        nth=kept["nth"],
        opens=time.fromisoformat(kept["opens"]),
        closes=time.fromisoformat(kept["closes"]),
        day_off=DayOff(kept["day_off"]),
    )


def sentence(plan: Plan) -> str:
    """The plan in one Russian line: «Каждые 2 недели, пн и пт, в 09:00»."""
    parts = [_how_often(plan), _on_which(plan), _at_what_time(plan), _DAY_OFF[plan.day_off], _until(plan)]
    return ", ".join(part for part in parts if part)


def _is_yearly(plan: Plan) -> bool:
    return plan.every is Every.MONTHS and plan.interval % 12 == 0


def _how_often(plan: Plan) -> str:
    one, few, many = _YEARS if _is_yearly(plan) else _UNITS[plan.every]
    number = plan.interval // 12 if _is_yearly(plan) else plan.interval
    if number == 1:
        return f"Каждую {one}" if plan.every in (Every.MINUTES, Every.WEEKS) else f"Каждый {one}"
    last, teens = number % 10, number % 100 // 10 == 1
    if last == 1 and not teens:
        return f"Каждую {number} {one}" if plan.every in (Every.MINUTES, Every.WEEKS) else f"Каждый {number} {one}"
    return f"Каждые {number} {few if last in (2, 3, 4) and not teens else many}"


def _on_which(plan: Plan) -> str:
    if plan.every is Every.MONTHS:
        day = plan.month_day or plan.starts_on.day
        if not _is_yearly(plan):
            return _nth_weekday(plan) if plan.nth else _month_day(day)
        # A plan by years comes round in the month in which it began.
        month = _MONTH_NAMES[plan.starts_on.month - 1]
        named = _nth_weekday(plan) if plan.nth else "в последний день" if day == -1 else str(day)
        return f"{named} {month}"
    if plan.every is Every.WEEKS or (plan.every is Every.MINUTES and plan.weekdays):
        return _listed([_DAYS[day] for day in sorted(plan.weekdays or (plan.starts_on.weekday(),))])
    return ""


def _month_day(number: int) -> str:
    return "в последний день" if number == -1 else f"{number}-го числа"


def _nth_weekday(plan: Plan) -> str:
    word, day = _NTH[plan.nth], plan.weekdays[0]
    if day in (2, 4, 5):
        word = _FEMININE[word]
    if day == 6:
        word = _NEUTER[word]
    return f"в{'о' if word.startswith('вт') else ''} {word} {_WEEKDAY_NAMES[day]}"


def _at_what_time(plan: Plan) -> str:
    if plan.every is not Every.MINUTES:
        return "в " + _listed([f"{at:%H:%M}" for at in sorted(set(plan.times))])
    return f"с {plan.opens:%H:%M} до {plan.closes:%H:%M}"


def _until(plan: Plan) -> str:
    return f"до {plan.ends_on:%d.%m.%Y}" if plan.ends_on else ""


def _listed(words: list[str]) -> str:
    return words[0] if len(words) == 1 else f"{', '.join(words[:-1])} и {words[-1]}"
