"""The service itself: `POST /webpush/<id>` as RFC 8030 has it, with the refusals of the real ones."""

import asyncio
import json
import re
import time
from collections import deque

from infra.sandbox.exchange import BodyTooLarge, ClientGone, Request, Response
from infra.sandbox.faults import Faults
from infra.sandbox.webpush.browsers import Browser, Browsers
from infra.sandbox.webpush.sealed import Unproved, Unreadable, opened, proved

LONGEST_BODY = 4096
LONGEST_TOPIC = 32
# To one browser, in a second; the real ones bear more and say it in the same way.
MOST_A_SECOND = 10
WAIT_SECONDS = 2
_URGENCIES = ("very-low", "low", "normal", "high")
_TOPIC = re.compile(rf"[A-Za-z0-9_-]{{1,{LONGEST_TOPIC}}}")
_TROUBLE = {
    "fail": (500, "The service has trouble of its own"),
    "throttle": (429, "Too many requests"),
    "refuse": (410, "The person has forbidden notices"),
}
_PATH = re.compile(r"/webpush/([A-Za-z0-9_-]{43})")


class PushServer:
    """Answers programs that send; what they send is opened and kept for the browser it is for."""

    def __init__(self, browsers: Browsers, faults: Faults) -> None:
        self._browsers, self._faults = browsers, faults
        self._lately: dict[str, deque[float]] = {}

    @staticmethod
    def is_endpoint(path: str) -> bool:
        """Whether an address is one that a browser has been given."""
        return _PATH.fullmatch(path) is not None

    async def __call__(self, request: Request) -> Response:
        """One message. Raises ClientGone."""
        if request.method != "POST":
            return _refusal(405, "Messages are posted")
        try:
            body = await request.read(LONGEST_BODY)
        except BodyTooLarge:
            return _refusal(413, "Payload is larger than 4096 bytes")
        trouble = await self._faults.strike("webpush")
        if trouble == "cut":
            raise ClientGone
        if trouble in _TROUBLE:
            return _refusal(*_TROUBLE[trouble])
        response = await asyncio.to_thread(self._answer, request, body)
        if trouble == "lost":
            raise ClientGone
        return response

    def _answer(self, request: Request, body: bytes) -> Response:
        found = _PATH.fullmatch(request.path)
        browser = self._browsers.find(found[1]) if found else None
        if browser is None:
            return _refusal(404, "No such subscription")
        if browser.gone:
            return _refusal(410, "The person has forbidden notices")
        if wrong := _wrong(request, body):
            return _refusal(400, wrong)
        try:
            sender = proved(request.headers.get("authorization", ""), origins=_origins(request), now=time.time())
            if browser.sender and sender != browser.sender:
                return _refusal(403, "The key is not that of the subscription")
            text = opened(body, browser.keys).decode()
        except Unproved as unproved:
            return _refusal(unproved.status, str(unproved))
        except (Unreadable, UnicodeDecodeError) as unreadable:
            return _refusal(400, f"A browser could not read it: {unreadable}")
        if self._is_hurried(browser.id):
            return _refusal(429, "Too many requests")
        return self._kept(request, browser, text, len(body))

    def _kept(self, request: Request, browser: Browser, text: str, length: int) -> Response:
        headers = request.headers
        number = self._browsers.keep(
            browser.id,
            text=text,
            topic=headers.get("topic", ""),
            ttl=int(headers["ttl"]),
            urgency=headers.get("urgency", "normal"),
            length=length,
        )
        return Response(201, {"location": f"/webpush/messages?since_id={number - 1}"})

    def _is_hurried(self, browser_id: str) -> bool:
        now, lately = time.monotonic(), self._lately.setdefault(browser_id, deque(maxlen=MOST_A_SECOND))
        if len(lately) == MOST_A_SECOND and now - lately[0] < 1:
            return True
        lately.append(now)
        return False


def _wrong(request: Request, body: bytes) -> str:
    """What of the headers does not fit; empty when all do."""
    headers = request.headers
    if not re.fullmatch(r"[0-9]{1,9}", headers.get("ttl", "")):
        return "TTL is missing or no number"
    if headers.get("content-encoding") != "aes128gcm":
        return "Content-Encoding must be aes128gcm"
    if headers.get("urgency", "normal") not in _URGENCIES:
        return "Urgency is none of RFC 8030"
    if "topic" in headers and not _TOPIC.fullmatch(headers["topic"]):
        return "Topic is longer than 32 signs of base64url"
    return "" if body else "There is no message"


def _origins(request: Request) -> tuple[str, ...]:
    """This machine is reached under several names."""
    host = request.headers.get("host", "")
    return (f"http://{host}", f"https://{host}")


def _refusal(status: int, reason: str) -> Response:
    headers = {"content-type": "application/json"} | ({"retry-after": str(WAIT_SECONDS)} if status == 429 else {})
    return Response(status, headers, json.dumps({"code": status, "message": reason}).encode())
