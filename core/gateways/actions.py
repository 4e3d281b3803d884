"""Connecting outside services."""

import json
from collections.abc import Mapping
from typing import Any

from django.utils import timezone

from core.access.actor import Actor
from core.crypto import encrypt
from core.events.bus import emit
from core.outbox.queries import promise
from core.verb import verb

from .errors import KeysMissing, NoSuchMode, RequestUnlikely, TokenUnlikely
from .events import GatewayChanged
from .models import Gateway
from .permissions import MANAGE
from .queries import gateway, provider_code
from .rules import SMS, TELEGRAM, looks_like_token, modes
from .sms.providers import PROVIDERS, WRITTEN
from .sms.template import faults

CHECK = "job:gateways.check"


@verb
def connect(code: str, *, mode: str, options: Mapping[str, Any], keys: Mapping[str, str], by: Actor) -> Gateway:
    """Choose by which account the company talks to a service, and have it checked.

    `keys` may be left out when the company's own account stands already, unless it is of another provider.
    Errors: NoSuchMode, KeysMissing, RequestUnlikely, TokenUnlikely.
    """
    by.must(MANAGE)
    if mode not in modes(code):
        raise NoSuchMode()
    Gateway.objects.get_or_create(code=code, defaults={"mode": gateway(code).mode})
    row = Gateway.objects.select_for_update().get(code=code)
    before, row.options = provider_code(row), {**row.options, **options}
    if before != provider_code(row):
        row.secret = None
        row.options.pop("balance", None)
    if mode == Gateway.Mode.OWN:
        _must_be_likely(row)
        _keep_keys(row, keys)
    else:
        row.secret = None
    row.mode = mode
    row.checked_at, row.error = None, ""
    row.save()
    promise(CHECK, row.pk)
    emit(GatewayChanged(None, code=code, mode=mode), by=by)
    return row


@verb
def ask_to_check(code: str, *, by: Actor) -> Gateway:
    """Have a service asked whether it answers; the state is there in a moment."""
    by.must(MANAGE)
    row, _ = Gateway.objects.get_or_create(code=code, defaults={"mode": gateway(code).mode})
    row.checked_at, row.error = None, ""
    row.save(update_fields=["checked_at", "error"])
    promise(CHECK, row.pk)
    return row


@verb
def remember_check(row_id: int, *, error: str, options: Mapping[str, Any]) -> None:
    """Keep what a service said when it was asked."""
    row = Gateway.objects.select_for_update().filter(pk=row_id).first()
    if row is None:
        return
    row.checked_at, row.error, row.options = timezone.now(), error[:300], {**row.options, **options}
    row.save(update_fields=["checked_at", "error", "options"])


def _must_be_likely(row: Gateway) -> None:
    if row.code != SMS or provider_code(row) != WRITTEN:
        return
    if wrong := faults(row.options.get("address", ""), row.options.get("body", "")):
        raise RequestUnlikely(wrong)


def _keep_keys(row: Gateway, keys: Mapping[str, str]) -> None:
    needed = ("token",) if row.code == TELEGRAM else PROVIDERS[provider_code(row)].keys
    given = {name: keys.get(name, "").strip() for name in needed}
    missing = [name for name, text in given.items() if not text]
    if missing and not (row.mode == Gateway.Mode.OWN and row.secret and len(missing) == len(given)):
        raise KeysMissing(*missing)
    if missing:
        return
    if row.code == TELEGRAM and not looks_like_token(given["token"]):
        raise TokenUnlikely()
    row.secret = encrypt(json.dumps(given).encode(), model="gateways.gateway", field="secret", pk=row.pk)
