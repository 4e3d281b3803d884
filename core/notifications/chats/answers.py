"""How the bot answers an update: one method of the Bot API, carried by the answer to the webhook."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from core.context import Company
from core.errors import Refused
from core.gateways.telegram.client import LONGEST_TEXT, Keys, TelegramAccount, rows_of
from core.rest.bulk import sentence_of

Reply = dict[str, Any]
_LONGEST_TOAST = 200
NOTHING: Reply = {}


@dataclass(frozen=True)
class Knock:
    """By which bot an update came, of which company when the bot is a company's own, and its number."""

    account: TelegramAccount
    company: Company | None
    number: int


def say(chat_id: int, text: str, buttons: Keys = (), *, answers: int | None = None) -> Reply:
    """Say something, below the message that it `answers`."""
    reply: Reply = {
        "method": "sendMessage",
        "chat_id": chat_id,
        "text": text[:LONGEST_TEXT],
        "link_preview_options": {"is_disabled": True},
    }
    if answers is not None:
        reply["reply_parameters"] = {"message_id": answers, "allow_sending_without_reply": True}
    if buttons:
        keys = [[{"text": title, "callback_data": data} for title, data in row] for row in rows_of(buttons)]
        reply["reply_markup"] = {"inline_keyboard": keys}
    return reply


def toast(query_id: str, text: str) -> Reply:
    """What a press is answered with."""
    shown = text if len(text) <= _LONGEST_TOAST else f"{text[: _LONGEST_TOAST - 1]}…"
    return {"method": "answerCallbackQuery", "callback_query_id": query_id, "text": shown}


def why(refusal: Refused) -> str:
    """The sentence that a refusal is told by."""
    return sentence_of(refusal) or refusal.title


def together(lines: Sequence[str]) -> str:
    return "\n".join(line for line in lines if line)
