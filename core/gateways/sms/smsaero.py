"""SMS Aero, version 2 of its HTTP API: sms/send, sms/status, balance; Basic sign-in by e-mail and key.

It takes no number of ours, so a message whose answer was lost cannot be found again: nobody but a person sends it anew.
A sender's name is a must; without one the account's own common name is used.
"""

from functools import partial
from typing import Any

import httpx

from ..errors import GatewayBusy, GatewayRefused
from .asking import TIMEOUT, asking, handing_over, read
from .interface import SmsAccount, SmsProvider, SmsSent, SmsState
from .segments import segments

# By these it refuses in words.
_REFUSALS = (400, 401, 402, 403, 404, 422)
_TOO_MANY = 429
_WAIT_SECONDS = 60
_COMMON_SENDER = "SMS Aero"
_WAITING = (0, 3, 4, 8)
_DELIVERED = 1
_FAILURES = {2: "Сообщение не доставлено", 6: "Провайдер отклонил сообщение"}
_IN_RUSSIAN = {
    "reject": "Провайдер отклонил сообщение",
    "no credits": "На счёте провайдера SMS закончились деньги",
    "unauthorized": "Неверный e-mail или ключ у провайдера SMS",
    "your request was made with invalid credentials.": "Неверный e-mail или ключ у провайдера SMS",
    "validation error.": "Провайдер не принял номер, текст или имя отправителя",
}


class SmsAero(SmsProvider):
    """Knows accounts by an e-mail and a key."""

    title = "SMS Aero"
    keys = ("login", "password")

    def send(self, account: SmsAccount, *, to: str, text: str, client_id: int) -> SmsSent:
        body = {"number": to.removeprefix("+"), "text": text, "sign": account.sender or _COMMON_SENDER}
        told = handing_over(partial(_ask, account, "sms/send", body))
        data = _data_of(told)
        return SmsSent(segments=segments(text), price=str(data.get("cost", "")), provider_id=str(data.get("id", "")))

    def state(self, account: SmsAccount, *, to: str, client_id: int, provider_id: str) -> SmsState | None:
        if not provider_id:
            return SmsState("silent")
        data = _data_of(asking(partial(_ask, account, "sms/status", {"id": int(provider_id)})))
        status = int(data.get("status", 0))
        if status in _WAITING:
            return SmsState("waiting")
        if status == _DELIVERED:
            return SmsState("delivered")
        return SmsState("failed", _FAILURES.get(status, f"Не доставлено, код провайдера {status}"))

    def balance(self, account: SmsAccount) -> str:
        return str(_data_of(asking(partial(_ask, account, "balance", {}))).get("balance", ""))


def _ask(account: SmsAccount, page: str, body: dict[str, Any]) -> dict[str, Any]:
    address = f"{account.api_url}/{page}"
    answer = httpx.post(address, json=body, auth=(account.login, account.password), timeout=TIMEOUT)
    if answer.status_code == _TOO_MANY:
        raise GatewayBusy(_WAIT_SECONDS)
    return read(answer, refusals=_REFUSALS)


def _data_of(told: dict[str, Any]) -> dict[str, Any]:
    """What a call has brought; a refusal is a false `success`, or a `result` in its place."""
    data = told.get("data")
    if told.get("success") is True and isinstance(data, dict):
        return data
    said = str(told.get("message") or told.get("result") or "отказ без объяснения")
    raise GatewayRefused(_IN_RUSSIAN.get(said.lower(), f"Провайдер SMS ответил: {said}"))
