"""Connecting outside services."""

import json
from collections.abc import Mapping
from typing import Any

from django.utils import timezone

from core import throttle
from core.access.actor import Actor
from core.crypto import encrypt
from core.events.bus import emit
from core.outbox.queries import promise
from core.verb import verb

from .errors import KeysMissing, NoSuchMode, RequestUnlikely, StoreIsShared, TokenUnlikely
from .events import GatewayChanged
from .models import Gateway
from .permissions import MANAGE
from .queries import UNCHOSEN, as_it_stands, gateway, provider_code
from .rules import MAIL, SMS, STORE, TELEGRAM, looks_like_token, modes, recent
from .sms.providers import PROVIDERS, WRITTEN
from .sms.template import faults

CHECK = "job:gateways.check"
# In options: who has asked for the check, and the how manieth it is.
ASKED_BY, ASKED = "asked_by", "asked"
_TRIALS, _TRIAL_SECONDS = 10, 600


@verb
def connect(code: str, *, mode: str, options: Mapping[str, Any], keys: Mapping[str, str], by: Actor) -> Gateway:
    """Choose by which account the company talks to a service, and have it checked.

    `keys` may be left out when the company's own account stands already, unless it is of another provider.
    Errors: StoreIsShared, NoSuchMode, KeysMissing, RequestUnlikely, TokenUnlikely.
    """
    by.must(MANAGE)
    if code == STORE:
        raise StoreIsShared()
    if mode not in modes(code):
        raise NoSuchMode()
    row = _locked(code)
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
    row.options.pop(UNCHOSEN, None)
    _ask(row, by)
    row.save()
    emit(GatewayChanged(None, code=code, mode=mode), by=by)
    return row


@verb
def ask_to_check(code: str, *, by: Actor) -> Gateway:
    """Have a service asked whether it answers; the state is there in a moment. For mail that is a letter to the asker.

    Errors: SlowDown.
    """
    by.must(MANAGE)
    if code == MAIL:
        throttle.limit("mail-trial", str(by.principal_id), times=_TRIALS, seconds=_TRIAL_SECONDS)
    row = _locked(code)
    _ask(row, by)
    row.save(update_fields=["checked_at", "error", "options"])
    return row


@verb
def remember_check(row_id: int, *, error: str, options: Mapping[str, Any], ms: int, to: str = "") -> None:
    """Keep what a service said when it was asked; `ms` is how long it took, `to` a masked address."""
    row = Gateway.objects.select_for_update().filter(pk=row_id).first()
    if row is None:
        return
    row.checked_at, row.error, row.options = timezone.now(), error[:300], {**row.options, **options}
    _write_down(row, what="check", error=row.error, ms=ms, to=to)
    row.save(update_fields=["checked_at", "error", "options", "lines"])


@verb
def note_trouble(code: str, *, what: str, error: str, ms: int) -> None:
    """Write down that an operation at a service has come to nothing."""
    row = _locked(code)
    _write_down(row, what=what, error=error[:300], ms=ms)
    row.save(update_fields=["lines"])


@verb
def keep_key(code: str, key: str) -> Gateway:
    """Keep the company's own key for a service that a mechanism above asks by itself; who may is that one's to ask."""
    Gateway.objects.get_or_create(code=code, defaults={"mode": Gateway.Mode.OWN})
    row = Gateway.objects.select_for_update().get(code=code)
    row.mode, row.error = Gateway.Mode.OWN, ""
    row.secret = encrypt(json.dumps({"token": key}).encode(), model="gateways.gateway", field="secret", pk=row.pk)
    row.save()
    return row


@verb
def drop_key(code: str) -> bool:
    """Forget such a key; whether there was one."""
    return bool(Gateway.objects.filter(code=code).delete()[0])


@verb
def note_silence(code: str, error: str) -> None:
    """Keep why such a service has not answered, empty when it has."""
    Gateway.objects.filter(code=code).exclude(error=error[:300]).update(error=error[:300])


def _locked(code: str) -> Gateway:
    Gateway.objects.get_or_create(code=code, defaults={"mode": gateway(code).mode, "options": {UNCHOSEN: True}})
    return as_it_stands(Gateway.objects.select_for_update().get(code=code))


def _ask(row: Gateway, by: Actor) -> None:
    row.options = {**row.options, ASKED_BY: by.principal_id, ASKED: row.options.get(ASKED, 0) + 1}
    row.checked_at, row.error = None, ""
    promise(CHECK, row.pk)


def _write_down(row: Gateway, **line: Any) -> None:
    now = timezone.now()
    row.lines = recent([{"at": now.isoformat(), **line}, *(row.lines or [])], now)


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
