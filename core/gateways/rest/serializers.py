"""Shapes of outside services; keys go in and never come out."""

from typing import Any

from django.conf import settings
from rest_framework import serializers

from core.entities.rest.rows import instant
from core.rest.fields import LineField

from ..models import Gateway
from ..queries import is_demo, provider_code
from ..rules import SMS, TELEGRAM, TITLES, modes
from ..sms.providers import PROVIDERS

_MODE = dict(Gateway.Mode.choices)


class GatewayIn(serializers.Serializer):
    """`token` is a bot's; `login` and `password` are of the provider of SMS; left out, those that stand stay.

    `address`, `body` and `accepted` are for a provider that is called by a request of the company's own: `{phone}`,
    `{text}`, `{sender}`, `{key}` and `{id}` in it are filled for each message.
    """

    mode = serializers.ChoiceField(choices=Gateway.Mode.choices)
    details = serializers.BooleanField(required=False, help_text="titles and names in Telegram's texts")
    sender = LineField(required=False, max_length=15, allow_blank=True)
    provider = serializers.ChoiceField(choices=list(PROVIDERS), required=False, help_text="of SMS")
    address = LineField(required=False, max_length=1000, allow_blank=True)
    body = serializers.CharField(required=False, max_length=2000, allow_blank=True)
    accepted = LineField(required=False, max_length=100, allow_blank=True, help_text="what a good answer contains")
    token = serializers.CharField(required=False, max_length=150, allow_blank=True)
    login = serializers.CharField(required=False, max_length=100, allow_blank=True)
    password = serializers.CharField(required=False, max_length=100, allow_blank=True)


class GatewayModeOut(serializers.Serializer):
    code = serializers.CharField()
    title = serializers.CharField()


class SmsProviderOut(serializers.Serializer):
    """`keys` are names of what an account of it needs."""

    code = serializers.CharField()
    title = serializers.CharField()
    keys = serializers.ListField(child=serializers.CharField())


class GatewayOut(serializers.Serializer):
    """One service; `checked_at` null: being asked or never asked."""

    code = serializers.CharField()
    title = serializers.CharField()
    mode = serializers.CharField()
    mode_title = serializers.CharField()
    modes = GatewayModeOut(many=True)
    is_demo = serializers.BooleanField()
    phone_url = serializers.CharField(help_text="the sandbox's telephone, empty outside of it")
    checked_at = serializers.DateTimeField(allow_null=True)
    error = serializers.CharField()
    details = serializers.BooleanField()
    sender = serializers.CharField()
    provider = serializers.CharField(help_text="of SMS; empty for other services")
    providers = SmsProviderOut(many=True)
    address = serializers.CharField()
    body = serializers.CharField()
    accepted = serializers.CharField()
    bot = serializers.CharField()
    balance = serializers.CharField()


class GatewaysOut(serializers.Serializer):
    results = GatewayOut(many=True)


def gateway_out(row: Gateway) -> dict[str, Any]:
    page = "/telegram/" if row.code == TELEGRAM else "/sms/"
    return {
        "code": row.code,
        "title": TITLES[row.code],
        "mode": row.mode,
        "mode_title": _MODE[row.mode],
        "modes": [{"code": mode, "title": _MODE[mode]} for mode in modes(row.code)],
        "is_demo": is_demo(row),
        "phone_url": f"{settings.SANDBOX_PUBLIC_URL}{page}" if is_demo(row) else "",
        "checked_at": instant(row.checked_at),
        "error": row.error,
        "details": bool(row.options.get("details", False)),
        "sender": row.options.get("sender", ""),
        "provider": provider_code(row) if row.code == SMS else "",
        "providers": _providers() if row.code == SMS else [],
        **{name: row.options.get(name, "") for name in ("address", "body", "accepted")},
        "bot": row.options.get("name", ""),
        "balance": row.options.get("balance", ""),
    }


def _providers() -> list[dict[str, Any]]:
    return [{"code": code, "title": one.title, "keys": list(one.keys)} for code, one in PROVIDERS.items()]
