"""The Bot API as the house needs it: say, ask, change what was said, name the bot, set the webhook. Never inside a
scope.

Facts: https://core.telegram.org/bots/api — text up to 4096 signs, callback data up to 64 bytes, 429 with
`retry_after`, 403 when the person has blocked the bot.
"""

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from typing import Any

import httpx
from telegram import (
    Bot,
    ForceReply,
    InlineKeyboardButton,
    InlineKeyboardMarkup,
    LinkPreviewOptions,
    ReplyParameters,
)
from telegram.error import BadRequest, Forbidden, InvalidToken, NetworkError, RetryAfter, TelegramError
from telegram.request import HTTPXRequest

from core.context import current_schema

from ..errors import GatewayBusy, GatewayRefused, GatewaySilent

LONGEST_TEXT = 4096
# (title, callback data) of each button.
Keys = Sequence[tuple[str, str]]
_SHORT = 16
_PLACEHOLDER = "Ваш ответ"
_TIMEOUT = 5.0
# Nothing has been sent when a call ends so.
_BEFORE = (httpx.ConnectError, httpx.ConnectTimeout, httpx.PoolTimeout)
# What the Bot API says of a person who cannot be written to any more.
_GONE = ("chat not found", "user is deactivated", "peer_id_invalid", "bot can't initiate conversation")


@dataclass(frozen=True)
class TelegramAccount:
    """A bot: its token, where its API answers, its name for links. `scope` tells bots apart in keys."""

    token: str
    api_url: str
    name: str
    scope: str
    is_demo: bool = False
    page_url: str = ""

    @property
    def bot_id(self) -> str:
        return self.token.partition(":")[0]


def send_text(account: TelegramAccount, chat_id: int, text: str, buttons: Keys = (), *, asks: bool = False) -> int:
    """Say something to a chat, with buttons (title, callback data) below it, or as a question whose answer the
    person's program opens at once; the message's number.

    Errors: GatewayBusy, GatewaySilent, GatewayRefused.
    """

    async def say(bot: Bot) -> int:
        message = await bot.send_message(
            chat_id,
            text[:LONGEST_TEXT],
            reply_markup=ForceReply(input_field_placeholder=_PLACEHOLDER) if asks else _markup(buttons),
            link_preview_options=LinkPreviewOptions(is_disabled=True),
        )
        return message.message_id

    return _talk(account, say)


def send_file(account: TelegramAccount, chat_id: int, name: str, content: bytes, *, answers: int) -> int:
    """Send a file under a message that has been sent; its own number. Errors as of `send_text`."""

    async def send(bot: Bot) -> int:
        under = ReplyParameters(answers, allow_sending_without_reply=True)
        message = await bot.send_document(chat_id, content, filename=name, reply_parameters=under)
        return message.message_id

    return _talk(account, send)


def set_buttons(account: TelegramAccount, chat_id: int, message_id: int, buttons: Keys) -> None:
    """Put other buttons below a message, or none; one that has just these already is well."""

    async def edit(bot: Bot) -> None:
        await bot.edit_message_reply_markup(chat_id, message_id, reply_markup=_markup(buttons))

    _talk(account, _well_when_same(edit))


def set_text(account: TelegramAccount, chat_id: int, message_id: int, text: str, buttons: Keys) -> None:
    """Say something else in a message that has been sent, with other buttons; the same again is well."""

    async def edit(bot: Bot) -> None:
        await bot.edit_message_text(
            text[:LONGEST_TEXT],
            chat_id,
            message_id,
            reply_markup=_markup(buttons),
            link_preview_options=LinkPreviewOptions(is_disabled=True),
        )

    _talk(account, _well_when_same(edit))


def rows_of(buttons: Keys) -> list[list[tuple[str, str]]]:
    """Buttons as they stand below a message: two in a line while all their titles are short."""
    wide = any(len(title) > _SHORT for title, _ in buttons)
    step = 1 if wide else 2
    return [list(buttons[at : at + step]) for at in range(0, len(buttons), step)]


def _markup(buttons: Keys) -> InlineKeyboardMarkup | None:
    rows = rows_of(buttons)
    keys = [[InlineKeyboardButton(title, callback_data=data) for title, data in row] for row in rows]
    return InlineKeyboardMarkup(keys) if keys else None


def _well_when_same(edit: Callable[[Bot], Awaitable[None]]) -> Callable[[Bot], Awaitable[None]]:
    async def run(bot: Bot) -> None:
        try:
            await edit(bot)
        except BadRequest as refusal:
            if "not modified" not in refusal.message.lower():
                raise

    return run


def bot_name(account: TelegramAccount) -> str:
    """The bot's name for links, by its token: also the check that the token is right."""

    async def ask(bot: Bot) -> str:
        return (await bot.get_me()).username or ""

    return _talk(account, ask)


def set_webhook(account: TelegramAccount, url: str, secret: str) -> None:
    """Have what people write and press sent to an address, with our secret in its header."""

    async def set_it(bot: Bot) -> None:
        await bot.set_webhook(url, secret_token=secret, allowed_updates=["message", "callback_query"])

    _talk(account, set_it)


def _talk(account: TelegramAccount, deed: Callable[[Bot], Awaitable[Any]]) -> Any:
    if current_schema() is not None:
        raise RuntimeError("Nobody is called from inside a scope.")
    try:
        return asyncio.run(_with_bot(account, deed))
    except RetryAfter as busy:
        seconds = busy.retry_after
        raise GatewayBusy(seconds if isinstance(seconds, int | float) else seconds.total_seconds()) from busy
    except Forbidden as refusal:
        raise GatewayRefused("Бот заблокирован получателем", gone=True) from refusal
    except InvalidToken as refusal:
        raise GatewayRefused("Ключ бота не подходит: проверьте его в настройках") from refusal
    except BadRequest as refusal:
        gone = any(words in refusal.message.lower() for words in _GONE)
        raise GatewayRefused(f"Telegram не принял сообщение: {refusal.message}", gone=gone) from refusal
    except NetworkError as silence:
        reason = f"Telegram не ответил ({silence.message})"
        raise GatewaySilent(reason, may_have_gone=_may_have_gone(silence)) from silence
    except TelegramError as refusal:
        raise GatewayRefused(f"Telegram ответил: {refusal.message}") from refusal


def _may_have_gone(silence: NetworkError) -> bool:
    """Whether the connection broke when the words were on their way: the answer may have been lost, and not they."""
    return isinstance(silence.__cause__, httpx.HTTPError) and not isinstance(silence.__cause__, _BEFORE)


async def _with_bot(account: TelegramAccount, deed: Callable[[Bot], Awaitable[Any]]) -> Any:
    request = HTTPXRequest(
        connection_pool_size=1, connect_timeout=_TIMEOUT, read_timeout=_TIMEOUT, write_timeout=_TIMEOUT
    )
    # Without Bot.initialize, which would ask getMe before every word.
    bot = Bot(account.token, base_url=f"{account.api_url}/bot", request=request, get_updates_request=request)
    try:
        return await deed(bot)
    finally:
        await request.shutdown()
