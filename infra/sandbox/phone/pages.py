"""What the telephone shows over HTTP: JSON for scripts, a page for people on the same addresses."""

import asyncio
import json
import re
import secrets
from pathlib import Path
from typing import Any
from urllib.parse import quote

from infra.sandbox.exchange import BodyTooLarge, Request, Response, as_json, problem
from infra.sandbox.mail.pages import asset
from infra.sandbox.sms.log import SmsLog
from infra.sandbox.telegram.chats import MOST, Chats
from infra.sandbox.telegram.people import TelegramPeople, Unheard

ASSETS = Path(__file__).parent / "assets"
PAGES = ("/phone", "/phone/", "/sms", "/sms/", "/telegram", "/telegram/", "/telegram/open", "/webpush", "/webpush/")
LONGEST_BODY = 20_000
LONGEST_TEXT, LONGEST_NAME = 4096, 60
_FILE = re.compile(r"/telegram/files/([0-9]{1,15})")


class Malformed(Exception):
    """What was sent does not read; the text is a Russian sentence."""


class PhonePages:
    """`/phone/`, `/sms/…`, `/telegram/…` for people and scripts; bots have a door of their own."""

    def __init__(self, chats: Chats, people: TelegramPeople, sms: SmsLog) -> None:
        self._chats, self._people, self._sms = chats, people, sms
        self._deeds = {
            "/telegram/people": self._new_person,
            "/telegram/bots": self._new_bot,
            "/telegram/say": self._say,
            "/telegram/press": self._press,
            "/telegram/block": self._block,
            "/telegram/push": self._push,
        }

    async def __call__(self, request: Request) -> Response:
        """Answer one request. Raises Undecodable."""
        path = request.path
        if request.method == "POST" and path in self._deeds:
            return await self._deed(request, path)
        if request.method not in ("GET", "HEAD"):
            return problem(405, "method-not-allowed", "Так телефоном не пользуются")
        lists = path in ("/sms/messages", "/telegram/messages")
        if path in PAGES or (lists and request.headers.get("accept", "").startswith("text/html")):
            return asset(ASSETS / "phone.html")
        if path in ("/phone/phone.js", "/phone/phone.css"):
            return asset(ASSETS / path.removeprefix("/phone/"))
        if path == "/telegram/chats":
            return as_json(await asyncio.to_thread(self._chats.chats))
        if lists:
            return await self._list(request, path)
        if (found := _FILE.fullmatch(path)) is not None:
            return await self._file(int(found[1]))
        return problem(404, "not-found", "Такой страницы нет")

    async def _file(self, message: int) -> Response:
        kept = await asyncio.to_thread(self._chats.file_of, message)
        if kept is None:
            return problem(404, "not-found", "Такого файла нет")
        # What somebody has sent is looked at by the person's own program, and never run as a page of this host.
        shown_as = f"attachment; filename*=UTF-8''{quote(kept[0])}"
        how = {"content-type": "application/octet-stream", "content-disposition": shown_as}
        return Response(200, how, kept[1])

    async def _list(self, request: Request, path: str) -> Response:
        numbers = {name: request.asked(name) or "0" for name in ("since_id", "limit", "chat")}
        wrong = [name for name, text in numbers.items() if not re.fullmatch(r"[0-9]{1,15}", text)]
        if wrong:
            return problem(400, "malformed", f"{wrong[0]}: целое число не меньше нуля")
        since, limit = int(numbers["since_id"]), min(int(numbers["limit"]) or MOST, MOST)
        if path == "/sms/messages":
            found = await asyncio.to_thread(self._sms.messages, request.asked("to"), since, limit)
        else:
            found = await asyncio.to_thread(self._chats.messages, int(numbers["chat"]) or None, since, limit)
        response = as_json(found)
        response.headers["vary"] = "Accept"
        return response

    async def _deed(self, request: Request, path: str) -> Response:
        try:
            told = json.loads(await request.read(LONGEST_BODY))
            if not isinstance(told, dict):
                raise Malformed("Нужен объект JSON")
            return as_json(await self._deeds[path](told))
        except (ValueError, BodyTooLarge):
            return problem(400, "malformed", "Нужен короткий документ JSON")
        except Malformed as wrong:
            return problem(422, "invalid", str(wrong))
        except Unheard as silence:
            return problem(502, "unheard", str(silence))

    async def _new_person(self, told: dict[str, Any]) -> dict[str, Any]:
        name = _text(told, "name", LONGEST_NAME)
        return {"chat": await asyncio.to_thread(self._chats.new_person, name), "person": name}

    async def _new_bot(self, told: dict[str, Any]) -> dict[str, Any]:
        """What @BotFather does: a name in, a token out."""
        name = _text(told, "name", 32)
        if not re.fullmatch(r"[A-Za-z][A-Za-z0-9_]{2,28}bot", name) or self._chats.bot(name=name):
            raise Malformed("Имя бота кончается на bot и ещё не занято")
        token = f"{secrets.randbelow(9 * 10**9) + 10**9}:{secrets.token_urlsafe(26)}"
        await asyncio.to_thread(self._chats.add_bot, token, name)
        return {"name": name, "token": token}

    async def _say(self, told: dict[str, Any]) -> dict[str, Any]:
        answers = _number(told, "answers") if told.get("answers") else 0
        text = _text(told, "text", LONGEST_TEXT)
        await self._people.say(_text(told, "bot", 40), self._person(told), text, answers)
        return {}

    async def _press(self, told: dict[str, Any]) -> dict[str, Any]:
        answer = await self._people.press(_number(told, "message"), _text(told, "data", 64))
        return {"answer": answer}

    async def _block(self, told: dict[str, Any]) -> dict[str, Any]:
        bot = self._chats.bot(name=_text(told, "bot", 40))
        if bot is None:
            raise Malformed("Такого бота нет")
        blocked = told.get("blocked") is True
        await asyncio.to_thread(lambda: self._chats.block(bot["id"], self._person(told), blocked=blocked))
        return {"blocked": blocked}

    async def _push(self, told: dict[str, Any]) -> dict[str, Any]:
        update = told.get("update")
        if not isinstance(update, dict):
            raise Malformed("update: объект")
        await self._people.push(_text(told, "bot", 40), update)
        return {}

    def _person(self, told: dict[str, Any]) -> int:
        number = _number(told, "chat")
        if self._chats.person(number) is None:
            raise Malformed("Такого телефона нет")
        return number


def _text(told: dict[str, Any], name: str, longest: int) -> str:
    value = told.get(name)
    if not isinstance(value, str) or not value.strip() or len(value) > longest:
        raise Malformed(f"{name}: строка до {longest} знаков")
    return value.strip()


def _number(told: dict[str, Any], name: str) -> int:
    value = told.get(name)
    if isinstance(value, bool) or not isinstance(value, int) or not 0 < value < 10**15:
        raise Malformed(f"{name}: целое число больше нуля")
    return value
