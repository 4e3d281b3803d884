"""The only place from which Stripe is called. Never inside a scope: it may keep us waiting.

Its refusals become ours here: a bank's no is CardRefused, silence is CardSilent. Whatever else it refuses is a fault of
ours and goes up as it is.
"""

import logging
from collections.abc import Callable
from functools import cache, wraps
from typing import Any, ParamSpec, TypeVar

import stripe
from django.conf import settings

from billing.errors import CardRefused, CardSilent
from core.context import current_schema

log = logging.getLogger(__name__)
P = ParamSpec("P")
R = TypeVar("R")

# People wait for it; what was lost on the way is repeated by the library under the same key.
TIMEOUT, RETRIES = 10, 2
TOLERANCE = 300


def is_offered() -> bool:
    """Whether this installation takes cards at all."""
    return bool(settings.STRIPE_SECRET_KEY and settings.STRIPE_WEBHOOK_SECRETS)


def client() -> stripe.StripeClient:
    """Stripe itself or its stand-in, as the installation says."""
    if current_schema() is not None:
        raise RuntimeError("Stripe is never called inside a scope.")
    return _made(settings.STRIPE_SECRET_KEY, settings.STRIPE_API_URL)


@cache
def _made(key: str, address: str) -> stripe.StripeClient:
    # What our calls cost is nobody's business.
    stripe.enable_telemetry = False
    http = stripe.RequestsClient(timeout=TIMEOUT)
    return stripe.StripeClient(key, base_addresses={"api": address}, http_client=http, max_network_retries=RETRIES)


def calls_stripe(work: Callable[P, R]) -> Callable[P, R]:
    """Turn the library's failures into those of the house."""

    @wraps(work)
    def run(*args: P.args, **kwargs: P.kwargs) -> R:
        try:
            return work(*args, **kwargs)
        except stripe.CardError as refusal:
            raise CardRefused(_code_of(refusal)) from refusal
        except (stripe.APIConnectionError, stripe.RateLimitError, stripe.APIError) as silence:
            log.warning("Stripe does not answer: %s %s", type(silence).__name__, silence.http_status)
            raise CardSilent() from silence

    return run


def is_signed(body: bytes, header: str) -> bool:
    """Whether a message is Stripe's: signed over these very bytes by one of our secrets, and not long ago."""
    for secret in settings.STRIPE_WEBHOOK_SECRETS:
        try:
            stripe.WebhookSignature.verify_header(body, header, secret, TOLERANCE)
        except (stripe.SignatureVerificationError, UnicodeDecodeError):
            continue
        return True
    return False


def keyed(key: str) -> Any:
    """The same deed again is not done again: the key that names it."""
    return {"idempotency_key": key}


def _code_of(refusal: stripe.CardError) -> str:
    told: Any = refusal.error
    return str(getattr(told, "decline_code", None) or refusal.code or "card_declined")
