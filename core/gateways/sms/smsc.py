"""SMSC.ru over HTTP: send.php, status.php, balance.php with fmt=3 (JSON).

The codes below 10 are seen in its own library; those of status are unverified, see docs/decisions/0009.
"""

from functools import partial
from typing import Any

import httpx

from ..errors import GatewayBusy, GatewayRefused
from .asking import TIMEOUT, asking, handing_over, read
from .interface import SmsAccount, SmsProvider, SmsSent, SmsState

_REFUSALS = {
    1: "Провайдер не понял запрос",
    2: "Неверный логин или пароль у провайдера SMS",
    3: "На счёте провайдера SMS закончились деньги",
    4: "Провайдер SMS временно закрыл доступ с этого адреса",
    6: "Текст запрещён или имя отправителя не согласовано",
    7: "Неверный номер телефона",
    8: "На этот номер сообщение доставить нельзя",
}
_TOO_OFTEN = 9
_WAIT_SECONDS = 60
_NOT_FOUND = -3
_WAITING = (-1, 0)
_DELIVERED = (1, 2)
_FAILURES = {
    3: "Срок жизни сообщения истёк",
    20: "Сообщение нельзя доставить",
    22: "Неверный номер телефона",
    23: "Оператор запретил сообщение",
    24: "Не хватило денег у провайдера SMS",
    25: "Номер недоступен",
}


class Smsc(SmsProvider):
    """Knows messages by our own numbers, so that one whose answer was lost is found again."""

    title = "SMSC.ru"
    keys = ("login", "password")

    def send(self, account: SmsAccount, *, to: str, text: str, client_id: int) -> SmsSent:
        form = {"phones": to, "mes": text, "id": client_id, "cost": 3, "charset": "utf-8"}
        if account.sender:
            form["sender"] = account.sender
        told = handing_over(partial(_ask, account, "send.php", form))
        _refuse_errors(told)
        return SmsSent(segments=int(told.get("cnt", 1)), price=str(told.get("cost", "")))

    def state(self, account: SmsAccount, *, to: str, client_id: int, provider_id: str) -> SmsState | None:
        told = asking(partial(_ask, account, "status.php", {"phone": to, "id": client_id}))
        if "error_code" in told or told.get("status") == _NOT_FOUND:
            if told.get("error_code", _TOO_OFTEN) in (2, 4, _TOO_OFTEN) and "status" not in told:
                _refuse_errors(told)
            return None
        status = int(told["status"])
        if status in _WAITING:
            return SmsState("waiting")
        if status in _DELIVERED:
            return SmsState("delivered")
        return SmsState("failed", _FAILURES.get(status, f"Не доставлено, код провайдера {status}"))

    def balance(self, account: SmsAccount) -> str:
        told = asking(partial(_ask, account, "balance.php", {}))
        _refuse_errors(told)
        return str(told.get("balance", ""))


def _ask(account: SmsAccount, page: str, form: dict[str, Any]) -> dict[str, Any]:
    body = {"login": account.login, "psw": account.password, "fmt": 3, **form}
    return read(httpx.post(f"{account.api_url}/{page}", data=body, timeout=TIMEOUT))


def _refuse_errors(told: dict[str, Any]) -> None:
    code = told.get("error_code")
    if code is None:
        return
    if code == _TOO_OFTEN:
        raise GatewayBusy(_WAIT_SECONDS)
    raise GatewayRefused(_REFUSALS.get(code, f"Провайдер SMS ответил: {told.get('error', code)}"))
