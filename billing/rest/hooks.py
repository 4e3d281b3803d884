"""The door by which the provider of cards tells that something has happened. It is written down and answered at once.

Whoever knocks is known by the signature over the very bytes; whose company it is, by the customer that we have
remembered, never by what the message says of itself. What has become of it is read there by a job.
"""

import json
import logging
from typing import Any, ClassVar

from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.response import Response

from billing.actions.cards import note_event
from billing.card.client import is_signed
from core.context import control_scope
from core.errors import Forbidden, Invalid, TooLarge
from core.rest.access import ANYBODY, Access
from core.rest.request import Request
from core.rest.views import ScopedView

log = logging.getLogger(__name__)
LONGEST = 512 * 1024


class EventIn(serializers.Serializer):
    """An event of Stripe: of its object only the customer is looked at."""

    id = serializers.CharField(max_length=100)
    type = serializers.CharField(max_length=100)
    # Of the framework's own `data` nothing is asked here.
    data = serializers.DictField()  # type: ignore[assignment]


class StripeHookView(ScopedView):
    """Stripe knocks; the signature is in the header `Stripe-Signature`."""

    access: ClassVar[dict[str, Access]] = {"post": ANYBODY}
    of_company = False
    takes_tokens = False

    def initial(self, request: Any, *args: Any, **kwargs: Any) -> None:
        self.request.actor = None
        super().initial(request, *args, **kwargs)

    @extend_schema(request=EventIn, responses={200: None})
    def post(self, request: Request) -> Response:
        body = request.body
        if len(body) > LONGEST:
            raise TooLarge()
        if not is_signed(body, request.META.get("HTTP_STRIPE_SIGNATURE", "")):
            raise Forbidden("Неизвестный отправитель")
        told = _read(body)
        with control_scope():
            event = note_event(told["id"], told["type"], _customer_of(told["data"].get("object")))
        if event is None:
            log.info("told again: %s", told["type"])
        return Response({})


def _read(body: bytes) -> dict[str, Any]:
    try:
        told = json.loads(body)
    except ValueError as wrong:
        raise Invalid({"body": "Сообщение не читается"}) from wrong
    form = EventIn(data=told)
    form.is_valid(raise_exception=True)
    return form.validated_data


def _customer_of(found: Any) -> str:
    """Whom an event is about: the customer, or the one its object belongs to."""
    if not isinstance(found, dict):
        return ""
    customer = found.get("id") if found.get("object") == "customer" else found.get("customer")
    if isinstance(customer, dict):
        customer = customer.get("id")
    return customer[:64] if isinstance(customer, str) else ""
