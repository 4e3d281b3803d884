"""SMSC.ru over HTTP: send.php, status.php, balance.php with fmt=3 (JSON). Never called inside a scope.

The codes below 10 are seen in its own library; those of status are unverified, see docs/decisions/0009.
"""

from typing import Any

import httpx

from core.context import current_schema

from ..errors import GatewayBusy, GatewayRefused, GatewaySilent, GatewayUnsure
from .interface import SmsAccount, SmsProvider, SmsSent, SmsState

_TIMEOUT = 5.0
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
    """The provider's client; it keeps nothing."""

    def send(self, account: SmsAccount, *, to: str, text: str, client_id: int) -> SmsSent:
        form = {"phones": to, "mes": text, "id": client_id, "cost": 3, "charset": "utf-8"}
        if account.sender:
            form["sender"] = account.sender
        try:
            told = _ask(account, "send.php", form)
        except httpx.ConnectError as silence:
            raise GatewaySilent("provider cannot be reached") from silence
        except (httpx.HTTPError, _Unreadable) as lost:
            raise GatewayUnsure(type(lost).__name__) from lost
        _refuse_errors(told)
        return SmsSent(segments=int(told.get("cnt", 1)), price=str(told.get("cost", "")))

    def state(self, account: SmsAccount, *, to: str, client_id: int) -> SmsState | None:
        told = _ask_calmly(account, "status.php", {"phone": to, "id": client_id})
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
        told = _ask_calmly(account, "balance.php", {})
        _refuse_errors(told)
        return str(told.get("balance", ""))


class _Unreadable(Exception):
    """The answer is not what the provider promises."""


def _ask_calmly(account: SmsAccount, page: str, form: dict[str, Any]) -> dict[str, Any]:
    try:
        return _ask(account, page, form)
    except (httpx.HTTPError, _Unreadable) as silence:
        raise GatewaySilent(type(silence).__name__) from silence


def _ask(account: SmsAccount, page: str, form: dict[str, Any]) -> dict[str, Any]:
    if current_schema() is not None:
        raise RuntimeError("Nobody is called from inside a scope.")
    body = {"login": account.login, "psw": account.password, "fmt": 3, **form}
    answer = httpx.post(f"{account.api_url}/{page}", data=body, timeout=_TIMEOUT)
    if answer.status_code >= 400:
        raise _Unreadable(f"status {answer.status_code}")
    try:
        told = answer.json()
    except ValueError as wrong:
        raise _Unreadable("not JSON") from wrong
    if not isinstance(told, dict):
        raise _Unreadable("not an object")
    return told


def _refuse_errors(told: dict[str, Any]) -> None:
    code = told.get("error_code")
    if code is None:
        return
    if code == _TOO_OFTEN:
        raise GatewayBusy(_WAIT_SECONDS)
    raise GatewayRefused(_REFUSALS.get(code, f"Провайдер SMS ответил: {told.get('error', code)}"))
