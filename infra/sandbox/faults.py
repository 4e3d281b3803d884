"""Trouble on demand: the next calls of a stand-in fail, slow down or break off as told."""

import asyncio
import math
import time
from dataclasses import dataclass

SERVICES = ("mail", "s3", "telegram", "sms", "webpush", "stripe", "morpher")
MODES = {
    "fail": "ошибка сервера",
    "throttle": "слишком часто",
    "refuse": "отказ: ящика нет, бот заблокирован, денег нет, уведомления запрещены",
    "slow": "медленный ответ",
    "cut": "обрыв соединения до ответа, дело не сделано",
    "lost": "обрыв соединения до ответа, дело сделано",
}
# Services that say no for good when told so.
REFUSING = ("mail", "telegram", "sms", "webpush", "morpher")
LONGEST_DELAY = 60.0


class FaultRefused(Exception):
    """The order makes no sense; the text is a Russian sentence."""


@dataclass
class Fault:
    """One ordered trouble: for `left` calls, or until `until` (monotonic seconds); `delay` in seconds."""

    service: str
    mode: str
    left: float
    until: float
    delay: float

    @property
    def is_over(self) -> bool:
        return self.left <= 0 or time.monotonic() >= self.until

    def shown(self) -> dict[str, object]:
        """What is left of it, for people and scripts."""
        seconds = None if math.isinf(self.until) else round(max(0.0, self.until - time.monotonic()), 1)
        count = None if math.isinf(self.left) else int(self.left)
        return {
            "service": self.service,
            "mode": self.mode,
            "title": MODES[self.mode],
            "count": count,
            "seconds": seconds,
            "delay": self.delay if self.mode == "slow" else None,
        }


class Faults:
    """The list of ordered troubles, in memory: a restart of the sandbox heals everything."""

    def __init__(self) -> None:
        self._ordered: list[Fault] = []

    def order(self, wish: object) -> Fault:
        """Order a trouble from {service, mode, count | seconds, delay}. Raises FaultRefused."""
        if not isinstance(wish, dict):
            raise FaultRefused("Нужен объект JSON.")
        if wish.get("service") not in SERVICES:
            raise FaultRefused(f"service: одно из {', '.join(SERVICES)}.")
        if wish.get("mode") not in MODES:
            raise FaultRefused(f"mode: одно из {', '.join(MODES)}.")
        if wish["mode"] == "refuse" and wish["service"] not in REFUSING:
            raise FaultRefused(f"refuse: только для {', '.join(REFUSING)}.")
        if "count" in wish and "seconds" in wish:
            raise FaultRefused("Укажите либо count, либо seconds.")
        seconds = _number(wish, "seconds", math.inf)
        left = math.inf if "seconds" in wish else _number(wish, "count", 1)
        delay = _number(wish, "delay", 2.0)
        if delay > LONGEST_DELAY:
            raise FaultRefused(f"delay: не больше {LONGEST_DELAY:.0f} секунд.")
        fault = Fault(wish["service"], wish["mode"], left, time.monotonic() + seconds, delay)
        self._ordered.append(fault)
        return fault

    def forget(self) -> None:
        """Heal everything at once."""
        self._ordered.clear()

    def active(self) -> list[dict[str, object]]:
        """Troubles still in force, oldest first."""
        self._ordered = [fault for fault in self._ordered if not fault.is_over]
        return [fault.shown() for fault in self._ordered]

    async def strike(self, service: str) -> str | None:
        """Spend one call of a service: waits out a «slow», names any other mode, None when all is well."""
        for fault in self._ordered:
            if fault.service != service or fault.is_over:
                continue
            fault.left -= 1
            if fault.mode != "slow":
                return fault.mode
            await asyncio.sleep(fault.delay)
            return None
        return None


def _number(wish: dict[str, object], name: str, default: float) -> float:
    value = wish.get(name, default)
    if isinstance(value, bool) or not isinstance(value, int | float) or math.isnan(value) or value <= 0:
        raise FaultRefused(f"{name}: положительное число.")
    return float(value)
