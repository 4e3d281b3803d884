"""Shapes of outside services; keys go in and never come out."""

from datetime import datetime
from typing import Any

from django.conf import settings
from django.utils import timezone
from rest_framework import serializers

from core.entities.rest.rows import instant
from core.rest.fields import LineField

from ..models import Gateway
from ..queries import is_demo, provider_code
from ..rules import MAIL, SMS, TELEGRAM, TITLES, modes, recent
from ..sms.providers import PROVIDERS

_MODE = dict(Gateway.Mode.choices)
_PAGES = {MAIL: "/mail/", TELEGRAM: "/telegram/", SMS: "/sms/"}
# What a line tells of: a check, or an operation of the store as S3 names it.
_WHAT = {
    "check": "Проверка",
    "put_object": "Запись файла",
    "get_object": "Чтение файла",
    "head_object": "Сведения о файле",
    "copy_object": "Приём файла",
    "delete_object": "Удаление файла",
    "list_objects_v2": "Обход хранилища",
}


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


class GatewayLineOut(serializers.Serializer):
    """A check, or a trouble of the store; `error` is empty when all was well, `to` is a masked address."""

    at = serializers.DateTimeField()
    title = serializers.CharField()
    error = serializers.CharField()
    duration_ms = serializers.IntegerField()
    to = serializers.CharField()


class GatewayOut(serializers.Serializer):
    """One service; `checked_at` null: being asked or never asked. Without `modes` there is nothing to choose.

    `lines` are the last ones, newest first; what went to people stands in the log of notices.
    """

    code = serializers.CharField()
    title = serializers.CharField()
    mode = serializers.CharField()
    mode_title = serializers.CharField()
    modes = GatewayModeOut(many=True)
    lines = GatewayLineOut(many=True)
    is_demo = serializers.BooleanField()
    phone_url = serializers.CharField(help_text="the sandbox's telephone or mailbox, empty outside of it")
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
    return {
        "code": row.code,
        "title": TITLES[row.code],
        "mode": row.mode,
        "mode_title": _MODE[row.mode],
        "modes": [{"code": mode, "title": _MODE[mode]} for mode in modes(row.code)],
        "lines": [_line_out(line) for line in recent(row.lines or [], timezone.now())],
        "is_demo": is_demo(row),
        "phone_url": f"{settings.SANDBOX_PUBLIC_URL}{_PAGES[row.code]}" if is_demo(row) and row.code in _PAGES else "",
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


def _line_out(line: dict[str, Any]) -> dict[str, Any]:
    at = instant(datetime.fromisoformat(line["at"]))
    told = {"at": at, "error": line["error"], "duration_ms": line["ms"], "to": line.get("to", "")}
    return told | {"title": _WHAT.get(line["what"], line["what"])}


def _providers() -> list[dict[str, Any]]:
    return [{"code": code, "title": one.title, "keys": list(one.keys)} for code, one in PROVIDERS.items()]
