"""What people may be told of, as those who tell declare it, and the channels it may come by."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

BELL, MAIL, TELEGRAM, SMS, PUSH = "bell", "mail", "telegram", "sms", "push"
CHANNELS = {BELL: "Колокольчик", MAIL: "Письмо", TELEGRAM: "Telegram", SMS: "SMS", PUSH: "Браузер"}
# What somebody who gives work may ask for besides: the bell rings anyway.
EXTRA = (MAIL, TELEGRAM, SMS)
DEFAULT = (BELL, MAIL, TELEGRAM, PUSH)
# What comes in a flood, or is said about one card, goes together in these.
GATHERED = (MAIL, TELEGRAM, PUSH)

# The job that sends a card on paper after a message about it; templates do it (core/templates/papers.py).
PAPER = "job:templates.paper"
# The message with the code by which a telephone is proved.
PHONE_CODE = "notifications.phone_code"
# Messages that are no notices to choose: of the account, and the letter that many notices go in.
LETTERS = {
    "identity.invitation": "Приглашение",
    "identity.reset": "Новый пароль",
    "identity.proof": "Подтверждение почты",
    "identity.email_change": "Смена адреса входа",
    "identity.email_changed": "Адрес входа изменён",
    "notifications.digest": "Сводка уведомлений",
    PHONE_CODE: "Код для номера",
}


@dataclass(frozen=True)
class Button:
    """Something that can be done right under a message; `asks` is what must be answered in words before it is done."""

    code: str
    title: str
    asks: str = ""


@dataclass(frozen=True)
class Buttons:
    """What can be done under the messages of a kind, as the house does it everywhere else.

    `offered(card, by)` are those that fit the person and the card now and would not be refused to him. `press(card,
    by, code, text)` does one and answers with what to say to the person; it refuses as the card does, also what is not
    offered any more. Up to 10 signs of a code stay within what Telegram bears.
    """

    offered: Callable[[Any, Any], Sequence[Button]]
    press: Callable[[Any, Any, str, str], str]


@dataclass(frozen=True)
class Notification:
    """One kind of notice. `channels` are on unless the company or the person says otherwise.

    `has_paper`: what is to be decided goes with it on paper, where chats may be told such things (`PAPER`).
    `is_mention`: it names the person, so it comes even from a muted card. `is_talk`: others' talk, which «только
    упоминания» keeps away. `fixed` kinds are about the person's own account: nobody can turn them off.
    """

    code: str
    title: str
    group: str
    channels: tuple[str, ...] = DEFAULT
    is_mention: bool = False
    is_talk: bool = False
    fixed: bool = False
    buttons: Buttons | None = None
    has_paper: bool = False

    @property
    def module(self) -> str:
        return self.code.partition(".")[0]
