"""The whole outside world behind one port, as one ASGI application."""

import asyncio
import ipaddress
import json
import logging
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from pathlib import Path

from infra.sandbox.exchange import (
    BodyTooLarge,
    ClientGone,
    Receive,
    Request,
    Response,
    Scope,
    Send,
    Undecodable,
    as_json,
    problem,
)
from infra.sandbox.faults import FaultRefused, Faults
from infra.sandbox.index_page import index_page
from infra.sandbox.mail.mailbox import Mailbox
from infra.sandbox.mail.pages import MailPages, asset
from infra.sandbox.morpher.server import MorpherServer
from infra.sandbox.phone.pages import PhonePages
from infra.sandbox.s3.credentials import Keyring
from infra.sandbox.s3.server import S3Server
from infra.sandbox.s3.store import Store
from infra.sandbox.sms.log import SmsLog
from infra.sandbox.sms.others import NamelessServer, SmsAeroServer, SmsRuServer
from infra.sandbox.sms.server import SmsServer
from infra.sandbox.stripe.hooks import Hooks
from infra.sandbox.stripe.pages import StripePages
from infra.sandbox.stripe.server import API as STRIPE_API
from infra.sandbox.stripe.server import StripeServer
from infra.sandbox.stripe.till import Till
from infra.sandbox.telegram.chats import Chats
from infra.sandbox.telegram.people import TelegramPeople
from infra.sandbox.telegram.server import TelegramServer
from infra.sandbox.webpush.browsers import Browsers
from infra.sandbox.webpush.pages import PushPages
from infra.sandbox.webpush.server import PushServer

log = logging.getLogger("sandbox")

STYLE = Path(__file__).parent / "assets" / "sandbox.css"
LONGEST_ORDER = 10_000


@dataclass(frozen=True)
class Places:
    """Where this sandbox is reached: for the first page and for the check of the Host header."""

    endpoint: str
    smtp: str
    base_domain: str


@dataclass(frozen=True)
class Phones:
    """What telephones and browsers hold, and the password of the account at the provider of SMS."""

    chats: Chats
    sms: SmsLog
    sms_password: str
    browsers: Browsers


@dataclass(frozen=True)
class Payments:
    """The stand-in of Stripe, the account's key to it, and how it tells what has happened."""

    till: Till
    hooks: Hooks
    key: str


class Sandbox:
    """Routes a request to the stand-in it is meant for."""

    def __init__(
        self, store: Store, keyring: Keyring, mailbox: Mailbox, phones: Phones, payments: Payments, faults: Faults,
        places: Places,
    ) -> None:  # fmt: skip
        self._store, self._mailbox, self._faults, self._places = store, mailbox, faults, places
        self._s3 = S3Server(store, keyring, faults, places.base_domain)
        self._mail = MailPages(mailbox)
        self._bots = TelegramServer(phones.chats, faults, places.base_domain)
        kept = (phones.sms, faults, phones.sms_password)
        self._sms: dict[str, Callable[[Request], Awaitable[Response]]] = {
            "smsc": SmsServer(*kept),
            "smsru": SmsRuServer(*kept),
            "smsaero": SmsAeroServer(*kept),
            "smshttp": NamelessServer(*kept),
        }
        self._morpher = MorpherServer(faults)
        self._pushes, self._browsers = PushServer(phones.browsers, faults), PushPages(phones.browsers)
        self._stripe = StripeServer(payments.till, faults, payments.key)
        self._cards = StripePages(payments.till, payments.hooks)
        self._sold = payments.till.ledger
        self._phones = phones
        self._phone = PhonePages(phones.chats, TelegramPeople(self._bots), phones.sms)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """One HTTP request; other ASGI conversations are not for us."""
        if scope["type"] != "http":
            raise RuntimeError(f"unexpected ASGI scope {scope['type']}")
        request = Request(scope, receive)
        try:
            response = await self._answer(request)
        except ClientGone:
            return await request.hang_up()
        await response.deliver(request, send)

    async def _answer(self, request: Request) -> Response:
        if request.raw_path == "/s3" or request.raw_path.startswith("/s3/"):
            return await self._s3(request)
        if request.raw_path.startswith("/telegram/bot") and request.raw_path != "/telegram/bots":
            return await self._bots(request)
        if provider := self._sms.get(request.raw_path.split("/")[1]):
            return await provider(request)
        if request.raw_path.startswith("/morpher/"):
            return await self._morpher(request)
        if request.raw_path.startswith(STRIPE_API):
            return await self._stripe(request)
        if PushServer.is_endpoint(request.raw_path):
            return await self._pushes(request)
        if not self._is_addressed(request.headers.get("host", "")) or _is_foreign_script(request):
            return problem(403, "foreign", "Страницы внешнего мира открываются только со своего адреса")
        try:
            return await self._page(request)
        except Undecodable:
            return problem(400, "malformed", "Адрес записан с ошибкой")

    async def _page(self, request: Request) -> Response:
        path = request.path
        if path == "/faults":
            return await self._order(request)
        if path == "/mail" or path.startswith("/mail/"):
            return await self._mail(request)
        if path.split("/")[1] in ("phone", "sms", "telegram") or path in ("/webpush", "/webpush/"):
            return await self._phone(request)
        if path.startswith("/stripe/"):
            return await self._cards(request)
        if path.startswith("/webpush/"):
            return await self._browsers(request)
        if path == "/healthz":
            return as_json({"status": "ok"})
        if path == "/favicon.ico":
            return Response(204)
        if path == "/sandbox.css":
            return asset(STYLE)
        if path == "/":
            places = self._places
            phones = self._phones
            told = (phones.chats.count(), phones.sms.count(), phones.browsers.count(), self._sold.count())
            arguments = (self._store, self._mailbox, told, self._faults, places.endpoint, places.smtp)
            return await asyncio.to_thread(index_page, *arguments)
        return problem(404, "not-found", "Такой страницы нет")

    async def _order(self, request: Request) -> Response:
        """Order trouble (POST), see it (GET) or heal it (DELETE)."""
        if request.method == "DELETE":
            self._faults.forget()
            return Response(204)
        if request.method == "GET":
            return as_json(self._faults.active())
        if request.method != "POST":
            return problem(405, "method-not-allowed", "Неполадки заказывают POST, снимают DELETE")
        try:
            fault = self._faults.order(json.loads(await request.read(LONGEST_ORDER)))
        except FaultRefused as error:
            return problem(422, "invalid", "Такую неполадку заказать нельзя", str(error))
        except (ValueError, BodyTooLarge):
            return problem(400, "malformed", "Нужен короткий документ JSON")
        log.info("ordered trouble: %s %s", fault.service, fault.mode)
        return as_json(fault.shown(), 201)

    def _is_addressed(self, host: str) -> bool:
        """Refuse public names that somebody pointed at this machine to read the letters from a web page."""
        name = host.rpartition(":")[0] if host.rpartition(":")[2].isdigit() else host
        if name == self._places.base_domain or name.endswith(f".{self._places.base_domain}") or "." not in name:
            return True
        try:
            ipaddress.ip_address(name.strip("[]"))
        except ValueError:
            return False
        return True


def _is_foreign_script(request: Request) -> bool:
    return request.headers.get("sec-fetch-site") == "cross-site" and request.headers.get("sec-fetch-mode") != "navigate"
