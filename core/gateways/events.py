"""Facts about outside services."""

from dataclasses import dataclass
from typing import ClassVar

from core.events.bus import Event


@dataclass(frozen=True)
class GatewayChanged(Event):
    """`mode` is what was chosen; keys are never told."""

    kind: ClassVar[str] = "gateways.changed"
    title: ClassVar[str] = "изменил(а) подключение внешней службы"
    private: ClassVar[bool] = True
    code: str
    mode: str
