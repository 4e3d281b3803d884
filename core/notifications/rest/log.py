"""The exchange with the outside services: what was sent, what it cost, how long it took, how it ended."""

from typing import ClassVar

from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import serializers
from rest_framework.response import Response

from core.gateways.mail.masking import masked, without_addresses
from core.gateways.permissions import MANAGE
from core.rest.access import Access, needs
from core.rest.filters import Filter, Grammar, word
from core.rest.pages import page_of
from core.rest.request import Request
from core.rest.views import CompanyView

from ..channels.claiming import DEMO, MS
from ..channels.gathering import CARRIED
from ..kinds import MAIL, PUSH, SMS, TELEGRAM
from ..models import Delivery
from .cards import SendingOut, sendings_out

_LOGGED = (MAIL, TELEGRAM, SMS, PUSH)
_STATUSES = tuple(Delivery.Status.values)
_GRAMMAR = Grammar(
    filters={
        "channel": Filter("channel", word(*_LOGGED)),
        "status": Filter("status", word(*_STATUSES)),
    },
    orderings={"created_at": "created_at"},
    default_ordering="-created_at",
)
_HIDDEN = 4


class ExchangeOut(SendingOut):
    """`segments` and `price` are an SMS's, as `text` is; of other messages only the kind is told, never a word.

    Of a number only the end is shown, of a letter's address the server, of a push its browsers. `duration_ms` is of the
    last attempt, null when there was none. `is_demo`: it has gone into the sandbox.
    """

    address = serializers.CharField()
    text = serializers.CharField()
    segments = serializers.IntegerField(allow_null=True)
    price = serializers.CharField()
    attempts = serializers.IntegerField()
    duration_ms = serializers.IntegerField(allow_null=True)
    is_demo = serializers.BooleanField()


class ExchangesOut(serializers.Serializer):
    results = ExchangeOut(many=True)
    next = serializers.CharField(allow_null=True)


class LogView(CompanyView):
    """The log of letters, Telegram, SMS and pushes, newest first."""

    access: ClassVar[dict[str, Access]] = {"get": needs(MANAGE)}

    @extend_schema(
        parameters=[
            OpenApiParameter("cursor", str),
            OpenApiParameter("limit", int),
            OpenApiParameter("channel", str, enum=[*_LOGGED]),
            OpenApiParameter("status", str, description="waiting, sent, delivered, unknown, failed"),
        ],
        responses=ExchangesOut,
    )
    def get(self, request: Request) -> Response:
        # What has gone within another message is no exchange of its own.
        alone = Delivery.objects.exclude(trace__has_key=CARRIED).exclude(trace__contains={"digest": True})
        rows = alone.filter(channel__in=_LOGGED)
        page = page_of(_GRAMMAR.narrow(rows, request.query_params), request.query_params, _GRAMMAR)
        shown = [
            out
            | {
                "address": _address(row),
                "text": row.trace.get("text", ""),
                "segments": row.trace.get("segments"),
                "price": row.trace.get("price", ""),
                "attempts": row.attempts,
                "duration_ms": row.trace.get(MS),
                "is_demo": bool(row.trace.get(DEMO, False)),
                "error": without_addresses(out["error"]),
            }
            for row, out in zip(page.rows, sendings_out(page.rows), strict=True)
        ]
        return Response({"results": shown, "next": page.next})


def _address(row: Delivery) -> str:
    if row.channel == PUSH or not row.address:
        return row.address
    if row.channel == MAIL:
        return masked(row.address)
    return f"…{row.address[-_HIDDEN:]}"
