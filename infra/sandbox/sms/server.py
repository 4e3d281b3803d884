"""SMSC's HTTP API: `/smsc/sys/{send,status,balance}.php`, with its codes of refusal."""

import asyncio
import hmac
from typing import Any
from urllib.parse import parse_qsl

from core.gateways.sms.segments import segments
from infra.sandbox.exchange import BodyTooLarge, ClientGone, Request, Response, as_json, problem
from infra.sandbox.faults import Faults
from infra.sandbox.sms.log import SmsLog, digits, status_of

LONGEST_BODY = 100_000
LOGIN = "pult"
PRICE = 3.2
BALANCE = "1000.00"
MOST_SEGMENTS = 10
_MINUTE = 60.0
_LARGEST_ID = 2**31 - 1
_ERRORS = {
    1: "parameters error",
    2: "authorise error",
    3: "no money",
    6: "message is denied",
    7: "invalid number",
    9: "duplicate request, wait a minute",
}


class SmsServer:
    """Answers programs; what they send is kept in `log`."""

    def __init__(self, log: SmsLog, faults: Faults, password: str) -> None:
        self.log, self._faults, self._password = log, faults, password
        self._pages = {"send.php": self._send, "status.php": self._status, "balance.php": self._balance}

    async def __call__(self, request: Request) -> Response:
        """One call. Raises ClientGone, Undecodable."""
        page = self._pages.get(request.path.removeprefix("/smsc/sys/"))
        if page is None:
            return problem(404, "not-found", "Такой страницы у провайдера нет")
        try:
            body = (await request.read(LONGEST_BODY)).decode("utf-8", "replace")
        except BodyTooLarge:
            return as_json(_error(1))
        form = dict(request.query) | dict(parse_qsl(body, keep_blank_values=True))
        trouble = await self._faults.strike("sms")
        if trouble == "fail":
            return problem(500, "fault", "У провайдера неполадки")
        if trouble == "cut":
            raise ClientGone
        told = _error({"throttle": 9, "refuse": 3}[trouble]) if trouble in ("throttle", "refuse") else None
        if told is None:
            told = await asyncio.to_thread(self._answer, page, form)
        if trouble == "lost":
            raise ClientGone
        return as_json(told)

    def _answer(self, page: Any, form: dict[str, str]) -> dict[str, Any]:
        told = f"{form.get('login', '')}\0{form.get('psw', '')}"
        if not hmac.compare_digest(told.encode(), f"{LOGIN}\0{self._password}".encode()):
            return _error(2)
        return page(form)

    def _send(self, form: dict[str, str]) -> dict[str, Any]:
        phone, text, number = digits(form.get("phones", "")), form.get("mes", ""), form.get("id", "0")
        if not phone or not text or not number.isdigit() or int(number) > _LARGEST_ID:
            return _error(1)
        if not 10 <= len(phone) <= 15:
            return _error(7)
        parts = segments(text)
        if parts > MOST_SEGMENTS:
            return _error(1)
        if len(form.get("sender", "")) > 15:
            return _error(6)
        if self.log.is_repeated(phone, text, within=_MINUTE):
            return _error(9)
        price = f"{parts * PRICE:.2f}"
        kept = self.log.keep(
            client_id=int(number), phone=phone, sender=form.get("sender", "") or "SMSC.RU", text=text,
            segments=parts, price=price,
        )  # fmt: skip
        return {"id": int(number) or kept, "cnt": parts, "cost": price, "balance": BALANCE}

    def _status(self, form: dict[str, str]) -> dict[str, Any]:
        number = form.get("id", "")
        if not form.get("phone") or not number.isdigit():
            return _error(1)
        found = self.log.find(form["phone"], int(number))
        return {"status": -3} if found is None else {"status": status_of(found), "last_date": found["at"]}

    def _balance(self, form: dict[str, str]) -> dict[str, Any]:
        return {"balance": BALANCE}


def _error(code: int) -> dict[str, Any]:
    return {"error": _ERRORS[code], "error_code": code}
