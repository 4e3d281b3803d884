"""Browsers in which notices come to the one who asks: turned on, tried out, turned off."""

from typing import Any, ClassVar

from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.response import Response

from core.access.actor import Actor
from core.entities.rest.rows import instant
from core.gateways.queries import push_account
from core.identity.agents import browser_name
from core.rest.access import SIGNED_IN, Access
from core.rest.request import Request
from core.rest.views import CompanyView

from ..models import PushSubscription
from ..pushes.actions import subscribe, try_out, unsubscribe
from ..pushes.queries import living_of

_LONGEST_ENDPOINT, _LONGEST_KEY = 1000, 100


class BrowserOut(serializers.Serializer):
    """`is_current`: turned on in the session of the one who asks; `error` is what its service has last refused."""

    id = serializers.IntegerField()
    name = serializers.CharField()
    created_at = serializers.DateTimeField()
    used_at = serializers.DateTimeField(allow_null=True)
    error = serializers.CharField()
    is_current = serializers.BooleanField()


class BrowsersOut(serializers.Serializer):
    """`public_key` is what a browser subscribes with, base64url; empty when the installation has none."""

    public_key = serializers.CharField()
    results = BrowserOut(many=True)


class PushKeysIn(serializers.Serializer):
    """Keys of a browser's subscription, base64url."""

    p256dh = serializers.CharField(max_length=_LONGEST_KEY)
    auth = serializers.CharField(max_length=_LONGEST_KEY)


class BrowserIn(serializers.Serializer):
    """A subscription as the browser writes it (`PushSubscription.toJSON`).

    `again`: goes on after a new sign-in, if it was this person's and has not been let go; 404 otherwise.
    """

    endpoint = serializers.CharField(max_length=_LONGEST_ENDPOINT)
    keys = PushKeysIn()
    again = serializers.BooleanField(default=False)


class BrowsersView(CompanyView):
    """One's own browsers, oldest first, at most twenty, and the key to subscribe with."""

    access: ClassVar[dict[str, Access]] = {"get": SIGNED_IN, "post": SIGNED_IN}

    @extend_schema(responses=BrowsersOut)
    def get(self, request: Request) -> Response:
        account = push_account()
        shown = [browser_out(row, self.actor) for row in living_of(self.actor.principal_id)]
        return Response({"public_key": account.key.public if account else "", "results": shown})

    @extend_schema(request=BrowserIn, responses={201: BrowserOut})
    def post(self, request: Request) -> Response:
        told = BrowserIn(data=request.data)
        told.is_valid(raise_exception=True)
        given = told.validated_data
        row = subscribe(
            endpoint=given["endpoint"],
            **given["keys"],
            is_again=given["again"],
            name=browser_name(request.META.get("HTTP_USER_AGENT", "")),
            by=self.actor,
        )
        return Response(browser_out(row, self.actor), status=201)


class BrowserView(CompanyView):
    access: ClassVar[dict[str, Access]] = {"delete": SIGNED_IN}

    @extend_schema(responses={204: None})
    def delete(self, request: Request, subscription_id: int) -> Response:
        unsubscribe(subscription_id, by=self.actor)
        return Response(status=204)


class BrowserTrialView(CompanyView):
    """«Проверить»: a word that comes in this very browser in a moment."""

    access: ClassVar[dict[str, Access]] = {"post": SIGNED_IN}
    limited = True

    @extend_schema(request=None, responses={202: None})
    def post(self, request: Request, subscription_id: int) -> Response:
        try_out(subscription_id, by=self.actor)
        return Response(status=202)


def browser_out(row: PushSubscription, actor: Actor) -> dict[str, Any]:
    return {
        "id": row.pk,
        "name": row.name,
        "created_at": instant(row.created_at),
        "used_at": instant(row.used_at),
        "error": row.error,
        "is_current": row.session_id == actor.session_id,
    }
