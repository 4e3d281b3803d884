"""What people and scripts do with the browsers behind the service: subscribe one, forbid, look what has come."""

import asyncio
import json
import re
from typing import Any

from infra.sandbox.exchange import BodyTooLarge, Request, Response, as_json, problem
from infra.sandbox.webpush.browsers import MOST, Browsers, shown

LONGEST_BODY = 2000
LONGEST_NAME = 60
_KEY = re.compile(r"[A-Za-z0-9_-]{87}")


class PushPages:
    """`/webpush/subscribe`, `/webpush/unsubscribe`, `/webpush/browsers`, `/webpush/messages`."""

    def __init__(self, browsers: Browsers) -> None:
        self._browsers = browsers

    async def __call__(self, request: Request) -> Response:
        """Answer one request. Raises Undecodable."""
        path = request.path
        if request.method == "POST" and path in ("/webpush/subscribe", "/webpush/unsubscribe"):
            return await self._deed(request, path)
        if request.method not in ("GET", "HEAD"):
            return problem(405, "method-not-allowed", "Так браузером не пользуются")
        if path == "/webpush/browsers":
            return as_json(await asyncio.to_thread(self._browsers.browsers))
        if path == "/webpush/messages":
            return await self._messages(request)
        return problem(404, "not-found", "Такой страницы нет")

    async def _messages(self, request: Request) -> Response:
        numbers = {name: request.asked(name) or "0" for name in ("since_id", "limit")}
        wrong = [name for name, text in numbers.items() if not re.fullmatch(r"[0-9]{1,15}", text)]
        if wrong:
            return problem(400, "malformed", f"{wrong[0]}: целое число не меньше нуля")
        since, limit = int(numbers["since_id"]), min(int(numbers["limit"]) or MOST, MOST)
        found = await asyncio.to_thread(self._browsers.messages, request.asked("browser"), since, limit)
        response = as_json(found)
        response.headers["vary"] = "Accept"
        return response

    async def _deed(self, request: Request, path: str) -> Response:
        try:
            told = json.loads(await request.read(LONGEST_BODY))
        except (ValueError, BodyTooLarge):
            return problem(400, "malformed", "Нужен короткий документ JSON")
        if not isinstance(told, dict):
            return problem(422, "invalid", "Нужен объект JSON")
        if path == "/webpush/subscribe":
            return await self._subscribe(told, request.headers.get("host", ""))
        browser_id = told.get("id")
        if not isinstance(browser_id, str) or not await asyncio.to_thread(self._browsers.unsubscribe, browser_id):
            return problem(422, "invalid", "Такого браузера нет")
        return as_json({"gone": True})

    async def _subscribe(self, told: dict[str, Any], host: str) -> Response:
        name, sender = told.get("name", ""), told.get("key", "")
        if not isinstance(name, str) or not 0 < len(name.strip()) <= LONGEST_NAME:
            return problem(422, "invalid", f"name: строка до {LONGEST_NAME} знаков")
        if not isinstance(sender, str) or (sender and not _KEY.fullmatch(sender)):
            return problem(422, "invalid", "key: открытый ключ отправителя, base64url")
        made = await asyncio.to_thread(self._browsers.subscribe, name.strip(), sender)
        return as_json(shown(made, f"http://{host}/webpush/{made.id}"))
