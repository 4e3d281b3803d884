"""SMS.ru's, SMS Aero's and a nameless provider's HTTP APIs over the same telephones, with their refusals.

`/smsru/…`, `/smsaero/v2/…` and `/smshttp/send`.
"""

import asyncio
import base64
import hmac
import json
from collections.abc import Callable
from typing import Any
from urllib.parse import parse_qsl

from core.gateways.sms.segments import segments
from infra.sandbox.exchange import BodyTooLarge, ClientGone, Request, Response, as_json, problem
from infra.sandbox.faults import Faults
from infra.sandbox.sms.log import SmsLog, digits

from .server import BALANCE, LOGIN, LONGEST_BODY, MOST_SEGMENTS, PRICE

# What SMS.ru says of a message that the operator has: sent, delivered, no way to the number.
_RU_STATUS = {0: 102, 1: 103, 25: 150}
_AERO_STATUS = {0: 3, 1: 1, 25: 2}
_RU_WORDS = {
    100: "OK", 200: "Неправильный api_id", 201: "Не хватает средств на лицевом счету", 202: "Неправильно указан номер",
    203: "Нет текста сообщения", 204: "Имя отправителя не согласовано", 220: "Сервис временно недоступен",
}  # fmt: skip
_Told = tuple[int, dict[str, Any]]


class _Refusal(Exception):
    """What goes back in place of an answer: a status of HTTP and an object."""

    def __init__(self, status: int, told: dict[str, Any]) -> None:
        super().__init__(status)
        self.told = (status, told)


class OtherProvider:
    """What both share: reading a call, trouble that was ordered, refusals."""

    prefix = ""
    # Ordered trouble → the answer.
    troubles: dict[str, _Told] = {}

    def __init__(self, log: SmsLog, faults: Faults, password: str) -> None:
        self.log, self._faults, self._password = log, faults, password

    async def __call__(self, request: Request) -> Response:
        """One call. Raises ClientGone, Undecodable."""
        page = self.pages().get(request.path.removeprefix(self.prefix))
        if page is None:
            return problem(404, "not-found", "Такой страницы у провайдера нет")
        try:
            body = (await request.read(LONGEST_BODY)).decode("utf-8", "replace")
        except BodyTooLarge:
            return problem(413, "too-large", "Слишком большой запрос")
        trouble = await self._faults.strike("sms")
        if trouble == "fail":
            return problem(500, "fault", "У провайдера неполадки")
        if trouble == "cut":
            raise ClientGone
        ordered = self.troubles.get(trouble or "")
        status, told = ordered if ordered else await asyncio.to_thread(self._answer, page, request, body)
        if trouble == "lost":
            raise ClientGone
        return as_json(told, status=status)

    def pages(self) -> dict[str, Callable[[dict[str, Any]], dict[str, Any]]]:
        raise NotImplementedError

    def read(self, request: Request, body: str) -> dict[str, Any]:
        """What was sent, by whom it may be. _Refusal."""
        raise NotImplementedError

    def _answer(self, page: Callable[[dict[str, Any]], dict[str, Any]], request: Request, body: str) -> _Told:
        try:
            return 200, page(self.read(request, body))
        except _Refusal as refusal:
            return refusal.told

    def _is_password(self, text: str) -> bool:
        return hmac.compare_digest(text.encode(), self._password.encode())

    def _keep(self, phone: str, text: str, sender: str) -> tuple[int, str]:
        """(number, price) of a message that was taken."""
        parts = segments(text)
        price = f"{parts * PRICE:.2f}"
        number = self.log.keep(client_id=0, phone=phone, sender=sender, text=text, segments=parts, price=price)
        return number, price


class SmsRuServer(OtherProvider):
    """SMS.ru: forms, a key, a code for the call and another for each number."""

    prefix = "/smsru/"
    troubles = {
        "throttle": (200, {"status": "ERROR", "status_code": 220, "status_text": _RU_WORDS[220]}),
        "refuse": (200, {"status": "ERROR", "status_code": 201, "status_text": _RU_WORDS[201]}),
    }

    def pages(self) -> dict[str, Callable[[dict[str, Any]], dict[str, Any]]]:
        return {"sms/send": self._send, "sms/status": self._status, "my/balance": self._balance}

    def read(self, request: Request, body: str) -> dict[str, Any]:
        form = dict(request.query) | dict(parse_qsl(body, keep_blank_values=True))
        if not self._is_password(form.get("api_id", "")):
            raise _Refusal(200, _ru(200))
        return form

    def _send(self, form: dict[str, Any]) -> dict[str, Any]:
        phone, text = digits(form.get("to", "")), form.get("msg", "")
        code = 100
        if not 10 <= len(phone) <= 15:
            code = 202
        elif not text:
            code = 203
        elif len(form.get("from", "")) > 11:
            code = 204
        if code != 100:
            return {**_ru(100), "sms": {form.get("to", ""): _ru(code)}, "balance": BALANCE}
        number, price = self._keep(phone, text, form.get("from", "") or "SMS.RU")
        told = {**_ru(100), "sms_id": f"000000-{number}", "cost": price}
        return {**_ru(100), "sms": {phone: told}, "balance": BALANCE}

    def _status(self, form: dict[str, Any]) -> dict[str, Any]:
        known = form.get("sms_id", "")
        row = self.log.numbered(known.removeprefix("000000-"))
        told = {**_ru(100), "status_code": _RU_STATUS[row["status"]] if row else 202}
        return {**_ru(100), "sms": {known: told}, "balance": BALANCE}

    def _balance(self, form: dict[str, Any]) -> dict[str, Any]:
        return {**_ru(100), "balance": BALANCE}


class SmsAeroServer(OtherProvider):
    """SMS Aero: JSON, Basic sign-in, `success` in each answer."""

    prefix = "/smsaero/v2/"
    troubles = {
        "throttle": (429, {"success": False, "data": None, "message": "Too many requests."}),
        "refuse": (402, {"success": False, "data": None, "message": "no credits"}),
    }

    def pages(self) -> dict[str, Callable[[dict[str, Any]], dict[str, Any]]]:
        return {"sms/send": self._send, "sms/status": self._status, "balance": self._balance}

    def read(self, request: Request, body: str) -> dict[str, Any]:
        told = base64.b64encode(f"{LOGIN}:{self._password}".encode()).decode()
        if not hmac.compare_digest(request.headers.get("authorization", "").encode(), f"Basic {told}".encode()):
            raise _Refusal(401, _aero_refusal("Your request was made with invalid credentials."))
        try:
            given = json.loads(body or "{}")
        except ValueError:
            given = None
        if not isinstance(given, dict):
            raise _Refusal(400, _aero_refusal("Validation error."))
        return given

    def _send(self, given: dict[str, Any]) -> dict[str, Any]:
        phone, text, sign = digits(str(given.get("number", ""))), given.get("text", ""), given.get("sign", "")
        if not 10 <= len(phone) <= 15 or not text or not sign or segments(text) > MOST_SEGMENTS:
            raise _Refusal(400, _aero_refusal("Validation error."))
        number, price = self._keep(phone, text, sign)
        return _aero({"id": number, "number": phone, "text": text, "status": 0, "extendStatus": "queue", "cost": price})

    def _status(self, given: dict[str, Any]) -> dict[str, Any]:
        row = self.log.numbered(str(given.get("id", "")))
        if row is None:
            raise _Refusal(404, _aero_refusal("Not found."))
        return _aero({"id": given["id"], "status": _AERO_STATUS[row["status"]]})

    def _balance(self, given: dict[str, Any]) -> dict[str, Any]:
        return _aero({"balance": BALANCE})


class NamelessServer(OtherProvider):
    """The sort that small providers have: one address, a form or JSON, a word in the answer."""

    prefix = "/smshttp/"
    troubles = {"throttle": (429, {"status": "wait"}), "refuse": (402, {"status": "no money"})}

    def pages(self) -> dict[str, Callable[[dict[str, Any]], dict[str, Any]]]:
        return {"send": self._send}

    def read(self, request: Request, body: str) -> dict[str, Any]:
        given = dict(request.query) | (_object(body) if body.startswith("{") else dict(parse_qsl(body)))
        if not self._is_password(given.get("key", "")):
            raise _Refusal(403, {"status": "wrong key"})
        return given

    def _send(self, given: dict[str, Any]) -> dict[str, Any]:
        phone, text = digits(given.get("phone", "")), given.get("text", "")
        if not 10 <= len(phone) <= 15 or not text:
            return {"status": "bad message"}
        number, _ = self._keep(phone, text, given.get("from", "") or "SMS")
        return {"status": "accepted", "id": number}


def _object(body: str) -> dict[str, str]:
    try:
        return {name: str(value) for name, value in json.loads(body).items()}
    except ValueError:
        raise _Refusal(400, {"status": "bad message"}) from None


def _ru(code: int) -> dict[str, Any]:
    return {"status": "OK" if code == 100 else "ERROR", "status_code": code, "status_text": _RU_WORDS[code]}


def _aero(data: dict[str, Any]) -> dict[str, Any]:
    return {"success": True, "data": data, "message": None}


def _aero_refusal(message: str) -> dict[str, Any]:
    return {"success": False, "data": None, "message": message}
