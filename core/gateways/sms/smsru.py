"""SMS.ru over HTTP: sms/send, sms/status, my/balance with json=1.

It takes no number of ours, so a message whose answer was lost cannot be found again: nobody but a person sends it anew.
Of the codes 100, 103, 104, 200 and 207 are seen, the others are unverified.
"""

from functools import partial
from typing import Any

import httpx

from ..errors import GatewayBusy, GatewayRefused, GatewayUnsure
from .asking import TIMEOUT, asking, handing_over, read
from .interface import SmsAccount, SmsProvider, SmsSent, SmsState
from .segments import segments

_TAKEN = 100
_REFUSALS = {
    200: "Неверный ключ api_id у провайдера SMS",
    201: "На счёте провайдера SMS закончились деньги",
    202: "Неверный номер телефона",
    203: "Провайдер не принял пустой текст",
    204: "Имя отправителя не согласовано с провайдером",
    207: "На этот номер сообщение отправить нельзя",
    230: "Исчерпан дневной лимит сообщений на этот номер",
    231: "Слишком много одинаковых сообщений на этот номер",
    232: "Слишком много одинаковых сообщений на этот номер за день",
}
_UNAVAILABLE = 220
_WAIT_SECONDS = 60
_WAITING = (100, 101, 102)
_DELIVERED = (103, 110)
_FAILURES = {
    104: "Срок жизни сообщения истёк",
    105: "Оператор удалил сообщение",
    106: "Сбой в телефоне получателя",
    107: "Сообщение не доставлено",
    108: "Провайдер отклонил сообщение",
    150: "Нет пути до этого номера",
}


class SmsRu(SmsProvider):
    """Knows accounts by a key alone."""

    title = "SMS.ru"
    keys = ("password",)

    def send(self, account: SmsAccount, *, to: str, text: str, client_id: int) -> SmsSent:
        form = {"to": to.removeprefix("+"), "msg": text}
        if account.sender:
            form["from"] = account.sender
        told = handing_over(partial(_ask, account, "sms/send", form))
        _refuse_errors(told)
        message = _only(told)
        _refuse_errors(message)
        cost = message.get("cost", told.get("total_cost", ""))
        return SmsSent(segments=segments(text), price=str(cost), provider_id=str(message.get("sms_id", "")))

    def state(self, account: SmsAccount, *, to: str, client_id: int, provider_id: str) -> SmsState | None:
        if not provider_id:
            return SmsState("silent")
        told = asking(partial(_ask, account, "sms/status", {"sms_id": provider_id}))
        _refuse_errors(told)
        status = int(_only(told).get("status_code", 0))
        if status in _WAITING:
            return SmsState("waiting")
        if status in _DELIVERED:
            return SmsState("delivered")
        return SmsState("failed", _FAILURES.get(status, f"Не доставлено, код провайдера {status}"))

    def balance(self, account: SmsAccount) -> str:
        told = asking(partial(_ask, account, "my/balance", {}))
        _refuse_errors(told)
        return str(told.get("balance", ""))


def _ask(account: SmsAccount, page: str, form: dict[str, Any]) -> dict[str, Any]:
    body = {"api_id": account.password, "json": 1, **form}
    return read(httpx.post(f"{account.api_url}/{page}", data=body, timeout=TIMEOUT))


def _only(told: dict[str, Any]) -> dict[str, Any]:
    """What is said of the one message asked about."""
    messages = told.get("sms")
    if not isinstance(messages, dict) or len(messages) != 1:
        raise GatewayUnsure("the answer names no message")
    return next(iter(messages.values()))


def _refuse_errors(told: dict[str, Any]) -> None:
    """A refusal may stand for the whole call, or for the one number inside a call that went well."""
    if told.get("status") != "ERROR":
        return
    code = int(told.get("status_code", 0))
    if code == _UNAVAILABLE:
        raise GatewayBusy(_WAIT_SECONDS)
    raise GatewayRefused(_REFUSALS.get(code, f"Провайдер SMS ответил: {told.get('status_text') or code}"))
