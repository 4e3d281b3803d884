"""The Bot API: `/telegram/bot<token>/<method>`, as far as the product uses it, with the refusals of the real one."""

import asyncio
import json
import re
import time
from collections import defaultdict, deque
from email.parser import BytesParser
from email.policy import HTTP
from typing import Any
from urllib.parse import parse_qsl

from infra.sandbox.exchange import BodyTooLarge, ClientGone, Request, Response, as_json
from infra.sandbox.faults import Faults
from infra.sandbox.telegram.chats import Chats
from infra.sandbox.telegram.refusals import (
    LONGEST_TOAST,
    BotRefused,
    bad,
    buttons_of,
    markup_of,
    number_of,
    replied_to,
    text_of,
    webhook_of,
)

CALL = re.compile(r"/telegram/bot([^/]+)/([A-Za-z]+)")
LONGEST_BODY = 20 * 1024 * 1024
# What came with a form: the part's name → (name of the file, bytes).
Files = dict[str, tuple[str, bytes]]
QUERY_LIFE = 15.0
# The real limits are not promised; these are what it bears in practice.
OF_BOT, OF_CHAT, BURST_SECONDS = 30, 3, 1.0


class TelegramServer:
    """Answers bots; what they say is kept in `chats`."""

    def __init__(self, chats: Chats, faults: Faults, base_domain: str) -> None:
        self.chats, self._faults, self._base_domain = chats, faults, base_domain
        self._said: dict[tuple[int, int], deque[float]] = defaultdict(deque)
        self._methods = {
            "getMe": self._get_me,
            "sendMessage": self._send,
            "editMessageReplyMarkup": self._edit,
            "editMessageText": self._edit,
            "answerCallbackQuery": self._answer,
            "setWebhook": self._set_webhook,
            "deleteWebhook": self._delete_webhook,
            "getWebhookInfo": self._webhook_info,
        }

    async def __call__(self, request: Request) -> Response:
        """One call of a bot. Raises ClientGone, Undecodable."""
        match = CALL.fullmatch(request.path)
        if match is None:
            return as_json(BotRefused(404, "Not Found").body(), 404)
        form, files = await _form(request)
        trouble = await self._faults.strike("telegram")
        try:
            if trouble == "cut":
                raise ClientGone
            _be_in_trouble(trouble)
            result = await asyncio.to_thread(self.perform, match[1], match[2], form, files)
        except BotRefused as refusal:
            return as_json(refusal.body(), refusal.status)
        if trouble == "lost":
            raise ClientGone
        return as_json({"ok": True, "result": result})

    def perform(self, token: str, method: str, form: dict[str, str], files: Files | None = None) -> Any:
        """The result of a method; `files` are those that came with the form. Raises BotRefused."""
        bot = self.chats.bot(token=token)
        if bot is None or bot["token"] != token:
            raise BotRefused(401, "Unauthorized")
        if method == "sendDocument":
            return self._send_document(bot, form, files or {})
        deed = self._methods.get(method)
        if deed is None:
            raise BotRefused(404, "Not Found: method not found")
        return deed(bot, form)

    def _get_me(self, bot: dict[str, Any], form: dict[str, str]) -> Any:
        return {"id": bot["id"], "is_bot": True, "first_name": "Пульт", "username": bot["name"]}

    def _send(self, bot: dict[str, Any], form: dict[str, str]) -> Any:
        chat = number_of(form, "chat_id", "chat_id is empty")
        text, (buttons, asks), (answers, may_miss) = text_of(form), markup_of(form), replied_to(form)
        self._must_reach(bot, chat)
        if answers and not self._stands(bot, chat, answers):
            if not may_miss:
                raise bad("message to be replied not found")
            answers = 0
        self._must_not_hurry(bot["id"], chat)
        number = self.chats.keep(bot["id"], chat, text, from_bot=True, buttons=buttons, asks=asks, answers=answers)
        return self._message(number)

    def _send_document(self, bot: dict[str, Any], form: dict[str, str], files: Files) -> Any:
        """A file, as a client uploads it: `document` names the part, or is it."""
        chat = number_of(form, "chat_id", "chat_id is empty")
        part = form.get("document", "").removeprefix("attach://") or "document"
        if part not in files:
            raise bad("there is no document in the request")
        name, content = files[part]
        if not content:
            raise bad("file must be non-empty")
        answers, may_miss = replied_to(form)
        self._must_reach(bot, chat)
        if answers and not self._stands(bot, chat, answers):
            if not may_miss:
                raise bad("message to be replied not found")
            answers = 0
        self._must_not_hurry(bot["id"], chat)
        number = self.chats.keep(bot["id"], chat, form.get("caption", ""), from_bot=True, answers=answers)
        self.chats.keep_file(number, name, content)
        told = self._message(number)
        return told | {"document": {"file_id": str(number), "file_unique_id": str(number), "file_name": name}}

    def _stands(self, bot: dict[str, Any], chat: int, number: int) -> bool:
        found = self.chats.message(number)
        return found is not None and (found["chat"], found["bot_id"]) == (chat, bot["id"])

    def _edit(self, bot: dict[str, Any], form: dict[str, str]) -> Any:
        chat = number_of(form, "chat_id", "chat_id is empty")
        found = self.chats.message(number_of(form, "message_id", "message identifier is not specified"))
        if found is None or found["chat"] != chat or found["bot_id"] != bot["id"] or not found["from_bot"]:
            raise bad("message to edit not found")
        buttons = buttons_of(form)
        text = text_of(form) if "text" in form else None
        if buttons == found["buttons"] and text in (None, found["text"]):
            raise bad(
                "message is not modified: specified new message content and reply markup are exactly the same as a"
                " current content and reply markup of the message"
            )
        self.chats.edit(found["id"], text=text, buttons=buttons)
        return self._message(found["id"])

    def _answer(self, bot: dict[str, Any], form: dict[str, str]) -> Any:
        text = form.get("text", "")
        if len(text) > LONGEST_TOAST:
            raise bad("MESSAGE_TOO_LONG")
        if not self.chats.answer(form.get("callback_query_id", ""), bot["id"], text, life=QUERY_LIFE):
            raise bad("query is too old and response timeout expired or query ID is invalid")
        return True

    def _set_webhook(self, bot: dict[str, Any], form: dict[str, str]) -> Any:
        url, secret = webhook_of(form, self._base_domain)
        self.chats.set_webhook(bot["id"], url, secret)
        return True

    def _delete_webhook(self, bot: dict[str, Any], form: dict[str, str]) -> Any:
        self.chats.set_webhook(bot["id"], "", "")
        return True

    def _webhook_info(self, bot: dict[str, Any], form: dict[str, str]) -> Any:
        return {"url": bot["webhook"], "has_custom_certificate": False, "pending_update_count": 0}

    def _must_reach(self, bot: dict[str, Any], chat: int) -> None:
        standing = self.chats.standing(bot["id"], chat)
        if standing == "unknown":
            raise bad("chat not found")
        if standing == "unstarted":
            raise BotRefused(403, "Forbidden: bot can't initiate conversation with a user")
        if standing == "blocked":
            raise BotRefused(403, "Forbidden: bot was blocked by the user")

    def _must_not_hurry(self, bot_id: int, chat: int) -> None:
        now = time.monotonic()
        for key, most in (((bot_id, 0), OF_BOT), ((bot_id, chat), OF_CHAT)):
            said = self._said[key]
            while said and now - said[0] > BURST_SECONDS:
                said.popleft()
            if len(said) >= most:
                raise BotRefused(429, "Too Many Requests: retry after 1", retry_after=1)
        for key in ((bot_id, 0), (bot_id, chat)):
            self._said[key].append(now)

    def _message(self, number: int) -> dict[str, Any]:
        return shown_message(self.chats, self.chats.message(number) or {})


def shown_message(chats: Chats, kept: dict[str, Any]) -> dict[str, Any]:
    """A message as the Bot API shows it, without what it answers."""
    person = {"id": kept["chat"], "first_name": chats.person(kept["chat"]) or "Кто-то"}
    robot = {"id": kept["bot_id"], "is_bot": True, "first_name": "Пульт", "username": kept["bot"]}
    return {
        "message_id": kept["id"],
        "date": int(time.time()),
        "chat": {**person, "type": "private"},
        "from": robot if kept["from_bot"] else {**person, "is_bot": False},
        "text": kept["text"],
        **({"reply_markup": {"inline_keyboard": kept["buttons"]}} if kept["buttons"] else {}),
    }


async def _form(request: Request) -> tuple[dict[str, str], Files]:
    try:
        body = await request.read(LONGEST_BODY)
    except BodyTooLarge:
        return {}, {}
    kind = request.headers.get("content-type", "")
    if kind.startswith("application/json"):
        try:
            told = json.loads(body or b"{}")
        except ValueError:
            return {}, {}
        return {name: value if isinstance(value, str) else json.dumps(value) for name, value in told.items()}, {}
    if kind.startswith("multipart/form-data"):
        return _parts(kind, body)
    return dict(parse_qsl(body.decode("utf-8", "replace"), keep_blank_values=True)), {}


def _parts(kind: str, body: bytes) -> tuple[dict[str, str], Files]:
    """Fields and files of a form with several parts."""
    parsed = BytesParser(policy=HTTP).parsebytes(f"Content-Type: {kind}\r\n\r\n".encode() + body)
    form: dict[str, str] = {}
    files: Files = {}
    for part in parsed.iter_parts():
        name = str(part.get_param("name", "", header="content-disposition"))
        content = part.get_payload(decode=True)
        held = content if isinstance(content, bytes) else b""
        if (file := part.get_filename()) is not None:
            files[name] = (file, held)
        else:
            form[name] = held.decode("utf-8", "replace")
    return form, files


def _be_in_trouble(mode: str | None) -> None:
    if mode == "fail":
        raise BotRefused(502, "Bad Gateway")
    if mode == "throttle":
        raise BotRefused(429, "Too Many Requests: retry after 2", retry_after=2)
    if mode == "refuse":
        raise BotRefused(403, "Forbidden: bot was blocked by the user")
