"""Notices of one card: what has gone out about it, and silence for oneself."""

from typing import Any, ClassVar

from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import serializers
from rest_framework.response import Response

from core.entities.rest.rows import instant
from core.organization.people import people
from core.organization.rest.serializers import PersonOut
from core.registry import registry
from core.rest.access import SIGNED_IN, Access
from core.rest.cards import AboutCardView
from core.rest.filters import Grammar
from core.rest.pages import page_of
from core.rest.request import Request

from ..actions import mute
from ..chats.actions import TITLES
from ..kinds import CHANNELS, LETTERS
from ..models import Delivery
from ..queries import preference_of, sendings_of

GRAMMAR = Grammar(orderings={"id": "id"}, default_ordering="-id")
_STATUS = dict(Delivery.Status.choices)
_UNDECLARED = {**TITLES, **LETTERS}


class SendingOut(serializers.Serializer):
    """One message that has gone or is going out; never its text."""

    id = serializers.IntegerField()
    person = PersonOut(allow_null=True)
    kind_title = serializers.CharField()
    channel = serializers.CharField()
    channel_title = serializers.CharField()
    status = serializers.CharField()
    status_title = serializers.CharField()
    error = serializers.CharField()
    at = serializers.DateTimeField()


class CardNoticesOut(serializers.Serializer):
    """`results` are for those who answer for the card; others get none."""

    results = SendingOut(many=True)
    next = serializers.CharField(allow_null=True)
    is_muted = serializers.BooleanField()
    can_see_sendings = serializers.BooleanField()


class MuteIn(serializers.Serializer):
    is_muted = serializers.BooleanField()


class MuteOut(serializers.Serializer):
    is_muted = serializers.BooleanField()


class CardNoticesView(AboutCardView):
    """What has gone out about a card."""

    access: ClassVar[dict[str, Access]] = {"get": SIGNED_IN}

    @extend_schema(
        parameters=[OpenApiParameter("cursor", str), OpenApiParameter("limit", int)], responses=CardNoticesOut
    )
    def get(self, request: Request, card_id: int) -> Response:
        can_see = self.actor.may(self.kind.edit, self.card)
        rows = sendings_of(self.card.pk) if can_see else Delivery.objects.none()
        page = page_of(rows, request.query_params, GRAMMAR)
        muted = preference_of(self.actor.principal_id).muted
        shown = {"results": sendings_out(page.rows), "next": page.next}
        return Response(shown | {"is_muted": self.card.pk in muted, "can_see_sendings": can_see})


class MuteView(AboutCardView):
    """Silence about a card, for oneself."""

    access: ClassVar[dict[str, Access]] = {"put": SIGNED_IN}

    @extend_schema(request=MuteIn, responses=MuteOut)
    def put(self, request: Request, card_id: int) -> Response:
        told = MuteIn(data=request.data)
        told.is_valid(raise_exception=True)
        mute(self.card, is_muted=told.validated_data["is_muted"], by=self.actor)
        return Response(told.validated_data)


def sendings_out(rows: list[Delivery]) -> list[dict[str, Any]]:
    """Rows with their people, in one query for all of them."""
    known = people(row.principal_id for row in rows)
    declared = registry.notifications()
    return [
        {
            "id": row.pk,
            "person": known.get(row.principal_id) if row.principal_id else None,
            "kind_title": declared[row.kind].title if row.kind in declared else _UNDECLARED.get(row.kind, ""),
            "channel": row.channel,
            "channel_title": CHANNELS[row.channel],
            "status": row.status,
            "status_title": _STATUS[row.status],
            "error": row.error if row.status in ("failed", "unknown") or row.attempts else "",
            "at": instant(row.sent_at or row.created_at),
        }
        for row in rows
    ]
