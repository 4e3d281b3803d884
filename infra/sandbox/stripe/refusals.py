"""What Stripe refuses, in the shape in which it does."""

from typing import Any

_DECLINED = {
    "insufficient_funds": ("card_declined", "Your card has insufficient funds."),
    "expired_card": ("expired_card", "Your card has expired."),
    "incorrect_cvc": ("incorrect_cvc", "Your card's security code is incorrect."),
    "authentication_required": ("authentication_required", "Your card was declined. It requires authentication."),
}


class Refusal(Exception):
    """An answer that is no success: nothing of what was begun stays."""

    def __init__(self, status: int, message: str, *, kind: str = "invalid_request_error", **more: Any) -> None:
        super().__init__(message)
        self.status = status
        self.error = {"type": kind, "message": message, **{name: value for name, value in more.items() if value}}


def wrong(message: str, param: str = "", code: str = "") -> Refusal:
    """A request that makes no sense."""
    return Refusal(400, message, param=param, code=code)


def missing(kind: str, found: str, param: str = "id") -> Refusal:
    return Refusal(404, f"No such {kind}: '{found}'", code="resource_missing", param=param)


def declined(reason: str, **more: Any) -> Refusal:
    """A bank's no; `reason` is its own word."""
    code, message = _DECLINED.get(reason, ("card_declined", "Your card was declined."))
    return Refusal(402, message, kind="card_error", code=code, decline_code=reason, **more)


def reused() -> Refusal:
    return Refusal(
        400,
        "Keys for idempotent requests can only be used with the same parameters they were first used with.",
        kind="idempotency_error",
    )
