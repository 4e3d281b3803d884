"""Any provider that takes a message by one HTTP request: the company writes the request down.

Nothing is known of such a provider but its answer: it cannot be asked how a message fares or what the account holds, so
a message whose answer was lost is sent anew by a person only.
"""

import httpx

from core.egress import Answer, EgressRefused, call, checked

from ..errors import GatewayBusy, GatewayRefused, GatewaySilent, GatewayUnsure
from .asking import TIMEOUT
from .interface import SmsAccount, SmsProvider, SmsSent, SmsState
from .segments import segments
from .template import PLACES, address_of, body_of

_TOO_MANY = 429
_WAIT_SECONDS = 60
_SHOWN = 120


class AnyHttp(SmsProvider):
    """Knows accounts by a key; `api_url`, `body` and `accepted` of the account are what the company has written."""

    title = "Другой, по HTTP"
    keys = ("password",)

    def send(self, account: SmsAccount, *, to: str, text: str, client_id: int) -> SmsSent:
        phone = to.removeprefix("+")
        values = dict(zip(PLACES, (phone, text, account.sender, account.password, str(client_id)), strict=True))
        body, content_type = body_of(account.body, values)
        headers = {"Content-Type": content_type} if body else {}
        method = "POST" if body else "GET"
        try:
            answer = call(method, address_of(account.api_url, values), body=body, headers=headers, seconds=TIMEOUT)
        except EgressRefused as refusal:
            raise GatewayRefused(refusal.reason) from refusal
        except httpx.ConnectError as silence:
            raise GatewaySilent("Провайдер SMS недоступен") from silence
        except httpx.HTTPError as lost:
            raise GatewayUnsure(type(lost).__name__) from lost
        _must_be_taken(answer, account)
        return SmsSent(segments=segments(text), price="")

    def state(self, account: SmsAccount, *, to: str, client_id: int, provider_id: str) -> SmsState | None:
        return SmsState("silent")

    def balance(self, account: SmsAccount) -> str:
        """Whether the address may be called; its balance nobody can tell."""
        try:
            checked(address_of(account.api_url, dict.fromkeys(PLACES, "0")))
        except EgressRefused as refusal:
            raise GatewayRefused(refusal.reason) from refusal
        return ""


def _must_be_taken(answer: Answer, account: SmsAccount) -> None:
    if answer.status == _TOO_MANY:
        raise GatewayBusy(_WAIT_SECONDS)
    if answer.status >= 500:
        raise GatewayUnsure(f"status {answer.status}")
    if answer.status >= 300:
        raise GatewayRefused(f"Провайдер SMS ответил кодом {answer.status}: {_shown(answer, account)}")
    if account.accepted and account.accepted.casefold() not in answer.text.casefold():
        raise GatewayRefused(f"В ответе провайдера SMS нет «{account.accepted}»: {_shown(answer, account)}")


def _shown(answer: Answer, account: SmsAccount) -> str:
    """The beginning of an answer, in one line; some repeat the key that they were given."""
    return " ".join(answer.text.replace(account.password, "…").split())[:_SHOWN] or "пустой ответ"
