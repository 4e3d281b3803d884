"""Handing one letter over, and what each ending of it means. Never inside a scope."""

import smtplib
from dataclasses import dataclass, field

from core.mail import AnswerLost, Letter, send

from ..errors import GatewayRefused, GatewaySilent
from .masking import without_addresses

LOST = "Почтовый сервер не ответил, когда письмо было уже передано: оно могло дойти"
_SHOWN = 120
# What a server may refuse for good: the receiver, the letter, the sender. A refused sign-in is the installation's
# fault, and waits until it is put right.
_JUDGEMENTS = (smtplib.SMTPRecipientsRefused, smtplib.SMTPDataError, smtplib.SMTPSenderRefused)


@dataclass(frozen=True)
class MailAccount:
    """A mail server: smtp://user:password@host:port or smtps://. `is_demo`: the sandbox's mailbox."""

    url: str = field(repr=False)
    is_demo: bool = False


def send_letter(account: MailAccount, letter: Letter) -> None:
    """Hand a letter over. Errors: GatewaySilent, GatewayRefused (RFC 5321: 5xx, repeating it is no use)."""
    try:
        send(letter, url=account.url)
    except (smtplib.SMTPException, OSError) as failure:
        raise ending_of(failure) from failure


def ending_of(failure: Exception) -> GatewaySilent | GatewayRefused:
    """What a failure means, in words without an address or a secret."""
    if isinstance(failure, AnswerLost):
        return GatewaySilent(LOST, may_have_gone=True)
    if isinstance(failure, smtplib.SMTPAuthenticationError):
        return GatewaySilent(f"Почтовый сервер не принял учётную запись установки (код {failure.smtp_code})")
    code, words = _answer_in(failure)
    if not code:
        return GatewaySilent(f"Почтовый сервер не ответил ({type(failure).__name__})")
    said = f"(код {code}): {words or 'без объяснений'}"
    if code >= 500 and isinstance(failure, _JUDGEMENTS):
        return GatewayRefused(f"Почтовый сервер не принял письмо {said}")
    return GatewaySilent(f"Почтовый сервер просит повторить позже {said}")


def _answer_in(failure: Exception) -> tuple[int, str]:
    if isinstance(failure, smtplib.SMTPRecipientsRefused):
        # A letter has one receiver.
        return next(((code, _shown(words)) for code, words in failure.recipients.values()), (0, ""))
    if isinstance(failure, smtplib.SMTPResponseException):
        return failure.smtp_code, _shown(failure.smtp_error)
    return 0, ""


def _shown(words: bytes | str) -> str:
    told = words.decode("utf-8", "replace") if isinstance(words, bytes) else words
    return without_addresses(" ".join(told.split()))[:_SHOWN]
