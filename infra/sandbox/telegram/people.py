"""The people's side of Telegram: what they write and press goes to the bot's webhook, as the real one sends it."""

import asyncio
import json
import logging
from typing import Any

import httpx

from infra.sandbox.telegram.refusals import BotRefused
from infra.sandbox.telegram.server import TelegramServer, shown_message

log = logging.getLogger("sandbox.telegram")
# The real one repeats for hours; here a person is looking on.
ATTEMPTS, PAUSE, TIMEOUT = 4, 0.5, 10.0


class Unheard(Exception):
    """The bot did not take an update; the text is a Russian sentence."""


class TelegramPeople:
    """Says and presses for people, and brings the bot's answer back."""

    def __init__(self, server: TelegramServer) -> None:
        self._server, self._chats = server, server.chats

    async def say(self, bot_name: str, person: int, text: str, answers: int = 0) -> None:
        """A person writes to a bot, below a message that he answers if there is one. Raises Unheard."""
        bot = self._bot(bot_name)
        origin = self._chats.message(answers) if answers else None
        if answers and (origin is None or (origin["chat"], origin["bot_id"]) != (person, bot["id"])):
            raise Unheard("Такого сообщения в чате нет.")
        self._chats.open_chat(bot["id"], person)
        number = self._chats.keep(bot["id"], person, text, from_bot=False, answers=answers)
        message = self._shown(number)
        if origin is not None:
            message["reply_to_message"] = shown_message(self._chats, origin)
        await self._push(bot, {"message": message})

    async def press(self, number: int, data: str) -> str:
        """A person presses a button under a message; what the bot answers. Raises Unheard."""
        kept = self._chats.message(number)
        known = [button for row in (kept or {}).get("buttons", []) for button in row]
        if kept is None or all(button.get("callback_data") != data for button in known):
            raise Unheard("Такой кнопки под сообщением нет.")
        bot = self._bot(kept["bot"])
        query = self._chats.ask(bot["id"])
        shown = self._shown(number)
        await self._push(bot, {
            "callback_query": {
                "id": query, "from": self._person(kept["chat"]), "message": shown, "data": data,
                "chat_instance": str(kept["chat"]),
            }
        })  # fmt: skip
        return self._chats.answer_of(query) or ""

    async def push(self, bot_name: str, update: dict[str, Any]) -> None:
        """Push an update as a script wrote it, for tests. Raises Unheard."""
        await self._push(self._bot(bot_name), update)

    async def _push(self, bot: dict[str, Any], update: dict[str, Any]) -> None:
        if not bot["webhook"]:
            raise Unheard("Бот ещё не сказал, куда слать обновления. Подождите несколько секунд и повторите.")
        body = {"update_id": self._chats.next_number("update"), **update}
        for attempt in range(ATTEMPTS):
            if attempt:
                await asyncio.sleep(PAUSE * attempt)
            if await self._is_taken(bot, body):
                return
        raise Unheard("Программа не приняла обновление. Проверьте, работает ли она.")

    async def _is_taken(self, bot: dict[str, Any], body: dict[str, Any]) -> bool:
        headers = {"X-Telegram-Bot-Api-Secret-Token": bot["secret"]} if bot["secret"] else {}
        try:
            address, named = dialled(bot["webhook"])
            async with httpx.AsyncClient(timeout=TIMEOUT, trust_env=False) as client:
                answer = await client.post(address, json=body, headers=headers | named)
        except httpx.HTTPError as silence:
            log.info("webhook of %s does not answer: %r", bot["name"], silence)
            return False
        if answer.status_code >= 300:
            log.info("webhook of %s answers %s", bot["name"], answer.status_code)
            return False
        self._perform_reply(bot, answer.content)
        return True

    def _perform_reply(self, bot: dict[str, Any], content: bytes) -> None:
        """A webhook may answer with one method; the real one never says how that ended."""
        try:
            told = json.loads(content or b"{}")
            method = told.pop("method", "")
        except (ValueError, AttributeError):
            return
        if not method:
            return
        form = {name: value if isinstance(value, str) else json.dumps(value) for name, value in told.items()}
        try:
            self._server.perform(bot["token"], method, form)
        except BotRefused as refusal:
            log.info("reply %s of %s is refused: %s", method, bot["name"], refusal.description)

    def _bot(self, name: str) -> dict[str, Any]:
        bot = self._chats.bot(name=name)
        if bot is None or bot["name"] != name:
            raise Unheard("Такого бота нет.")
        return bot

    def _shown(self, number: int) -> dict[str, Any]:
        return shown_message(self._chats, self._chats.message(number) or {})

    def _person(self, person: int) -> dict[str, Any]:
        return {"id": person, "is_bot": False, "first_name": self._chats.person(person) or "Кто-то"}


def dialled(webhook: str) -> tuple[str, dict[str, str]]:
    """(the address to call, the Host header that keeps the name): whatever ends in `.localhost` is this machine, as
    RFC 6761 has it, also where the system's resolver does not know that."""
    url = httpx.URL(webhook)
    if not url.host.endswith(".localhost"):
        return webhook, {}
    return str(url.copy_with(host="localhost")), {"Host": url.netloc.decode()}
