"""What the mailbox shows over HTTP: JSON for scripts, a page for people on the same addresses."""

import asyncio
import re
from pathlib import Path

from infra.sandbox.exchange import Request, Response, as_json, problem
from infra.sandbox.mail.mailbox import MOST_LETTERS, Mailbox

MOUNT = "/mail"
ASSETS = Path(__file__).parent / "assets"
PAGE_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; frame-src 'self'; img-src 'self';"
    " base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
)
# A letter is somebody else's page: no scripts, no forms, its links open beside.
LETTER_POLICY = (
    "sandbox allow-popups allow-popups-to-escape-sandbox; default-src 'none'; style-src 'unsafe-inline';"
    " img-src data: http: https:"
)
HTML = "text/html; charset=utf-8"
TYPES = {".html": HTML, ".css": "text/css; charset=utf-8", ".js": "text/javascript; charset=utf-8"}
ONE = re.compile(r"/mail/messages/(\d{1,15})(/html|/raw)?")


class MailPages:
    """GET only: `/mail/`, `/mail/messages?to=&since_id=&limit=`, `/mail/messages/<id>`, `…/html`, `…/raw`."""

    def __init__(self, mailbox: Mailbox) -> None:
        self._mailbox = mailbox

    async def __call__(self, request: Request) -> Response:
        """Answer one request. Raises Undecodable."""
        path = request.path
        if request.method not in ("GET", "HEAD"):
            return problem(405, "method-not-allowed", "Почтовый ящик только показывает письма")
        if path in ("/mail", "/mail/") or (path == "/mail/messages" and _is_browser(request)):
            return asset(ASSETS / "mailbox.html")
        if path in ("/mail/mailbox.js", "/mail/mailbox.css"):
            return asset(ASSETS / path.removeprefix("/mail/"))
        if path.rstrip("/") == "/mail/messages":
            return await self._letters(request)
        match = ONE.fullmatch(path)
        if match is None:
            return problem(404, "not-found", "Такой страницы нет")
        return await self._letter(int(match[1]), match[2] or "")

    async def _letters(self, request: Request) -> Response:
        numbers = {name: request.asked(name) or "0" for name in ("since_id", "limit")}
        wrong = [name for name, text in numbers.items() if not re.fullmatch(r"[0-9]{1,15}", text)]
        if wrong:
            return problem(400, "malformed", f"{wrong[0]}: целое число не меньше нуля")
        limit = min(int(numbers["limit"]) or MOST_LETTERS, MOST_LETTERS)
        letters = await asyncio.to_thread(self._mailbox.letters, request.asked("to"), int(numbers["since_id"]), limit)
        response = as_json(letters)
        response.headers["vary"] = "Accept"
        return response

    async def _letter(self, number: int, form: str) -> Response:
        raw, letter = await asyncio.to_thread(lambda: (self._mailbox.raw(number), self._mailbox.letter(number)))
        if raw is None or letter is None:
            return problem(404, "not-found", "Такого письма нет")
        if form == "/raw":
            headers = {"content-type": "text/plain; charset=utf-8", "x-content-type-options": "nosniff"}
            return Response(headers=headers | {"content-security-policy": LETTER_POLICY}, body=raw)
        if form == "/html":
            headers = {"content-type": HTML, "content-security-policy": LETTER_POLICY, "referrer-policy": "no-referrer"}
            return Response(headers=headers, body=f'<base target="_blank">{letter["html"]}'.encode())
        return as_json(letter)


def asset(path: Path) -> Response:
    """A file of the sandbox's own pages."""
    headers = {"content-type": TYPES[path.suffix], "cache-control": "no-cache", "x-content-type-options": "nosniff"}
    if path.suffix == ".html":
        headers |= {"content-security-policy": PAGE_POLICY, "vary": "Accept"}
    return Response(headers=headers, body=path.read_bytes())


def _is_browser(request: Request) -> bool:
    """Whether a person opened the address: only browsers ask for HTML before anything else."""
    return request.headers.get("accept", "").startswith("text/html")
