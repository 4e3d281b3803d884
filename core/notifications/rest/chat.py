"""One's own chat with the bot: how it stands, a link to tie it, letting it go."""

from typing import Any, ClassVar

import segno
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.response import Response

from core.access.actor import Actor
from core.gateways.queries import telegram_account
from core.gateways.telegram.links import LIFE_SECONDS, address
from core.rest.access import SIGNED_IN, Access
from core.rest.request import Request
from core.rest.views import CompanyView

from ..chats.actions import invite_chat, unlink_chat
from ..queries import preference_of


class ChatOut(serializers.Serializer):
    """`is_available`: the company has a bot; `error` says why a chat was let go."""

    is_available = serializers.BooleanField()
    is_demo = serializers.BooleanField()
    is_linked = serializers.BooleanField()
    bot = serializers.CharField()
    name = serializers.CharField()
    error = serializers.CharField()


class ChatLinkOut(serializers.Serializer):
    """`expires_in` seconds; the picture is an SVG without size."""

    url = serializers.CharField()
    qr_svg = serializers.CharField()
    expires_in = serializers.IntegerField()


class ChatView(CompanyView):
    """Telegram of the one who asks."""

    access: ClassVar[dict[str, Access]] = {"get": SIGNED_IN, "post": SIGNED_IN, "delete": SIGNED_IN}

    @extend_schema(responses=ChatOut)
    def get(self, request: Request) -> Response:
        return Response(chat_out(self.actor))

    @extend_schema(request=None, responses={201: ChatLinkOut})
    def post(self, request: Request) -> Response:
        account, code = invite_chat(by=self.actor)
        url = address(account, code)
        picture = segno.make(url, error="m").svg_inline(scale=4, omitsize=True)
        return Response({"url": url, "qr_svg": picture, "expires_in": LIFE_SECONDS}, status=201)

    @extend_schema(responses={204: None})
    def delete(self, request: Request) -> Response:
        unlink_chat(by=self.actor)
        return Response(status=204)


def chat_out(actor: Actor) -> dict[str, Any]:
    account, row = telegram_account(), preference_of(actor.principal_id)
    is_linked = bool(account and row.chat_id and row.chat_scope == account.scope)
    return {
        "is_available": account is not None and bool(account.name),
        "is_demo": bool(account and account.is_demo),
        "is_linked": is_linked,
        "bot": account.name if account else "",
        "name": row.chat_name if is_linked else "",
        "error": row.chat_error,
    }
