"""One message on its way: everything that is needed outside of the scope."""

from dataclasses import dataclass, field
from typing import Any

from core.gateways.mail.client import MailAccount
from core.gateways.sms.interface import SmsAccount
from core.gateways.telegram.client import TelegramAccount
from core.gateways.webpush.client import PushAccount, PushMessage, PushTarget
from core.mail import Letter


@dataclass(frozen=True)
class Outgoing:
    """`client_id` is our own number for the provider; `letter` is None for all but letters.

    `asks`: the message in a chat is a question to be answered in words. `schema` is the company that speaks there.
    `has_paper`: its card follows on paper.
    `targets` are the browsers that `push` goes to, by the ids of their subscriptions. Of a text that `is_secret`
    nothing is kept once it has gone.
    """

    channel: str
    address: str
    attempt: int
    letter: Letter | None = None
    text: str = ""
    is_secret: bool = False
    buttons: tuple[tuple[str, str], ...] = ()
    asks: bool = False
    has_paper: bool = False
    schema: str = ""
    account: MailAccount | TelegramAccount | SmsAccount | PushAccount | None = None
    client_id: int = 0
    push: PushMessage | None = None
    targets: tuple[tuple[int, PushTarget], ...] = ()
    trace: dict[str, Any] = field(default_factory=dict)
