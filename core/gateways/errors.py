"""How a conversation with an outside service may end, and why a setting of one is refused."""

from collections.abc import Mapping

from core.errors import Invalid, OutsideSilent, Refused


class GatewaySilent(OutsideSilent):
    """Nothing came back, or the service has trouble of its own: try again later.

    `may_have_gone`: the message had been handed over whole, so it may have been taken all the same.
    """

    def __init__(self, reason: str, *, may_have_gone: bool = False) -> None:
        super().__init__(reason)
        self.may_have_gone = may_have_gone


class GatewayUnsure(Exception):
    """The message was handed over and no answer came: it may have been sent."""


class GatewayBusy(Exception):
    """The service asks to wait `seconds`."""

    def __init__(self, seconds: float) -> None:
        super().__init__(f"wait {seconds} s")
        self.seconds = seconds


class GatewayRefused(Exception):
    """The service has said no for good; `reason` is a Russian sentence. `gone`: the receiver has left."""

    def __init__(self, reason: str, *, gone: bool = False) -> None:
        super().__init__(reason)
        self.reason, self.gone = reason, gone


class GatewayIsOff(Refused):
    code, status = "gateway-off", 409
    title = "Канал не подключён. Его подключает администратор в настройках, раздел «Интеграции»"


class StoreIsShared(Refused):
    code, status = "store-is-shared", 409
    title = (
        "Хранилище одно на всю установку, для одной компании его не переключают: файлы разошлись бы по двум местам. "
        "Его выбирает тот, кто ведёт установку"
    )


class NoSuchMode(Invalid):
    def __init__(self) -> None:
        super().__init__({"mode": "Этот способ здесь недоступен. Выберите другой"})


class KeysMissing(Invalid):
    def __init__(self, *names: str) -> None:
        super().__init__(dict.fromkeys(names, "Заполните, чтобы подключить свою учётную запись"))


class RequestUnlikely(Invalid):
    """`faults`: field → what is wrong with the request that the company has written down."""

    def __init__(self, faults: Mapping[str, str]) -> None:
        super().__init__(dict(faults))


class TokenUnlikely(Invalid):
    def __init__(self) -> None:
        super().__init__({"token": "Ключ бота выглядит так: 123456789:AA…, его даёт @BotFather"})
