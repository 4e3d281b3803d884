"""Moments in what people are told: left open while a text is written for many, told by the clock of each reader.

No database. His clock is that of the browser he last worked in; where it shows another hour than the company's, the
text names the place.
"""

import re
from datetime import UTC, datetime
from zoneinfo import ZoneInfo, available_timezones

# Nobody sees it and no keyboard has it. Around a moment that is still open.
_MARK = "\u2063"
_OPEN = re.compile(rf"{_MARK}(\d{{4}}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?\+00:00){_MARK}")
_CITIES = {
    "Europe/Kaliningrad": "Калининград", "Europe/Chisinau": "Кишинёв", "Europe/Minsk": "Минск",
    "Europe/Moscow": "Москва", "Europe/Kirov": "Киров", "Europe/Volgograd": "Волгоград", "Europe/Samara": "Самара",
    "Europe/Astrakhan": "Астрахань", "Europe/Saratov": "Саратов", "Europe/Ulyanovsk": "Ульяновск",
    "Asia/Baku": "Баку", "Asia/Yerevan": "Ереван", "Asia/Tbilisi": "Тбилиси",
    "Asia/Yekaterinburg": "Екатеринбург", "Asia/Almaty": "Алматы", "Asia/Ashgabat": "Ашхабад",
    "Asia/Dushanbe": "Душанбе", "Asia/Tashkent": "Ташкент", "Asia/Bishkek": "Бишкек", "Asia/Omsk": "Омск",
    "Asia/Barnaul": "Барнаул", "Asia/Krasnoyarsk": "Красноярск", "Asia/Novokuznetsk": "Новокузнецк",
    "Asia/Novosibirsk": "Новосибирск", "Asia/Tomsk": "Томск", "Asia/Irkutsk": "Иркутск", "Asia/Shanghai": "Пекин",
    "Asia/Ulaanbaatar": "Улан-Батор", "Asia/Chita": "Чита", "Asia/Yakutsk": "Якутск",
    "Asia/Vladivostok": "Владивосток", "Asia/Magadan": "Магадан", "Asia/Sakhalin": "Южно-Сахалинск",
    "Asia/Srednekolymsk": "Среднеколымск", "Asia/Anadyr": "Анадырь", "Asia/Kamchatka": "Камчатка",
}  # fmt: skip


def is_zone(name: str) -> bool:
    """Whether there is such a zone."""
    return name in available_timezones()


def open_moment(moment: datetime) -> str:
    """A moment in a paragraph for `notify`, which tells it to each reader."""
    return f"{_MARK}{moment.astimezone(UTC).isoformat()}{_MARK}"


def told_to(text: str, own: str, companys: str) -> str:
    """A text with its open moments told by one reader's clock; `own` is his zone, empty where it is unknown."""

    def close(found: re.Match[str]) -> str:
        try:
            return moment_in(datetime.fromisoformat(found[1]), own, companys)
        except (ValueError, OverflowError):
            # Somebody has written it into a text by hand: no such moment, and the notice goes all the same.
            return found[0]

    return _OPEN.sub(close, text)


def moment_in(moment: datetime, own: str, companys: str) -> str:
    """«21.11.2026 в 18:00», with the place where the company's clock shows another hour: «… (Екатеринбург, UTC+5)»."""
    here = moment.astimezone(ZoneInfo(own if own and is_zone(own) else companys))
    said = here.strftime("%d.%m.%Y в %H:%M")
    if here.utcoffset() == moment.astimezone(ZoneInfo(companys)).utcoffset():
        return said
    place = f"{_CITIES[own]}, " if own in _CITIES else ""
    return f"{said} ({place}{_ahead(here)})"


def _ahead(here: datetime) -> str:
    """«UTC+5», «UTC−3:30»."""
    text = here.strftime("%z")
    hours, minutes = text[1:3].lstrip("0") or "0", text[3:5]
    return f"UTC{'−' if text[0] == '-' else '+'}{hours}{'' if minutes == '00' else f':{minutes}'}"
