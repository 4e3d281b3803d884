"""Sending one message: claimed in a scope, handed over outside of any, marked in another.

A worker killed between the service's «accepted» and our mark leaves the message waiting. A letter then goes a second
time under the same Message-ID, by which mail programs know the twin, and so does a word in Telegram: a notice must not
be lost, and neither has a transaction to close that gap. So it is when an answer is lost on its way to us; a message
that is given up after that ends as «Неизвестно». An SMS costs money and has a number of ours by which the provider
knows it: it is never handed over again before the provider says that it has not seen it.
"""

import time
from datetime import timedelta
from typing import Any

from django.utils import timezone

from core.context import Company, company_scope
from core.failpoints import Failpoint
from core.gateways.errors import GatewayBusy, GatewayRefused, GatewaySilent, GatewayUnsure
from core.gateways.queries import sms_account
from core.gateways.sms.interface import SmsAccount, SmsState
from core.gateways.sms.providers import provider_of
from core.outbox.queries import promise

from .actions import SEND
from .channels.claiming import (
    MS,
    TRACK,
    UNSURE,
    bad_end,
    claim,
    finish,
    forget_chat,
    put_off,
    remember,
    sms_number,
)
from .channels.metered import count_sms
from .channels.outgoing import Outgoing
from .channels.sending import hand_over
from .kinds import MAIL, PAPER, PUSH, SMS, TELEGRAM
from .models import Delivery
from .pushes.sending import push_to_all, settle
from .rules import ATTEMPTS, LAST, LATER

CLAIMED = Failpoint("notifications.claimed")
SENT = Failpoint("notifications.sent")
# Seconds between questions how an SMS fares; the last is a day after it went.
_QUESTIONS = (5, 15, 60, 300, 900, 3600, 10_800, 21_600, 43_200)
# An answer that was lost may still be on its way into the provider's books.
_UNSURE_SECONDS = 20
# What is worth sending hours later, and costs nothing.
_PATIENT = (MAIL, TELEGRAM)
_Status = Delivery.Status
_Failure = GatewayBusy | GatewayUnsure | GatewayRefused | GatewaySilent


def send_delivery(company: Company, delivery_id: int) -> None:
    """Send a waiting message; a failure goes to the outbox, which comes back later, until attempts run out."""
    with company_scope(company):
        message = claim(company, delivery_id)
    if message is None:
        return
    CLAIMED.reach()
    if message.channel == PUSH:
        return _send_push(company, delivery_id, message)
    begun = time.monotonic()
    try:
        trace = hand_over(message)
    except (GatewayBusy, GatewayUnsure, GatewayRefused, GatewaySilent) as failure:
        with company_scope(company):
            is_put_in_order = _mark(delivery_id, message, failure, _spent(begun))
        if is_put_in_order:
            return
        raise
    spent = _spent(begun)
    SENT.reach()
    with company_scope(company):
        finish(delivery_id, status=_Status.SENT, sent_at=timezone.now(), error="", trace=message.trace | trace | spent)
        if message.has_paper:
            promise(PAPER, delivery_id)
        if message.channel == SMS:
            count_sms(delivery_id, message.trace | trace)
            _ask_later(delivery_id, _QUESTIONS[0])


def _send_push(company: Company, delivery_id: int, message: Outgoing) -> None:
    """A message to a browser has many receivers, each with an end of its own."""
    outcomes = push_to_all(message)
    SENT.reach()
    with company_scope(company):
        silence = settle(delivery_id, message, outcomes)
    if silence:
        raise GatewaySilent(silence)


def track_sms(company: Company, delivery_id: int) -> None:
    """Ask the provider how an SMS fares; one that it has never seen is handed over again."""
    with company_scope(company):
        row = Delivery.objects.filter(pk=delivery_id, status__in=[_Status.SENT, _Status.UNKNOWN]).first()
        account = sms_account()
    if row is None or account is None:
        return
    asked = int(row.trace.get("asked", 0)) + 1
    try:
        state = _state(company, row, account)
    except (GatewaySilent, GatewayUnsure, GatewayRefused, GatewayBusy):
        state = SmsState("silent")
    with company_scope(company):
        _apply(delivery_id, row.status, state, asked)


def _state(company: Company, row: Delivery, account: SmsAccount) -> SmsState | None:
    """What the provider who has the message says of it; a company may have gone over to another meanwhile."""
    if row.trace.get("provider", account.provider) != account.provider:
        return SmsState("silent")
    known = {"client_id": sms_number(company.schema, row.pk), "provider_id": row.trace.get("provider_id", "")}
    return provider_of(account).state(account, to=row.address, **known)


def _spent(begun: float) -> dict[str, int]:
    """What a trace keeps of how long the service took."""
    return {MS: round((time.monotonic() - begun) * 1000)}


def _mark(delivery_id: int, message: Outgoing, failure: _Failure, noted: dict[str, Any]) -> bool:
    """Mark what a failed attempt has come to; False when the outbox must bring the message again."""
    if isinstance(failure, GatewayBusy):
        put_off(delivery_id, failure.seconds)
        return True
    if isinstance(failure, GatewayUnsure):
        _doubt(delivery_id, str(failure))
        return True
    if isinstance(failure, GatewaySilent) and failure.may_have_gone:
        noted = noted | {UNSURE: True}
    reason, trace = str(failure)[:300], message.trace | noted
    if isinstance(failure, GatewaySilent) and message.attempt < ATTEMPTS:
        remember(delivery_id, error=reason, noted=noted)
        return False
    if isinstance(failure, GatewaySilent) and message.channel in _PATIENT and message.attempt < LAST:
        remember(delivery_id, error=reason, noted=noted, again_in=LATER[message.attempt - ATTEMPTS])
        return True
    finish(delivery_id, status=bad_end(trace), error=reason, trace=trace)
    if isinstance(failure, GatewayRefused) and failure.gone:
        forget_chat(delivery_id, failure.reason)
    return True


def _doubt(delivery_id: int, reason: str) -> None:
    finish(delivery_id, status=_Status.UNKNOWN, error=f"Провайдер не ответил ({reason}): спросим, дошло ли")
    _ask_later(delivery_id, _UNSURE_SECONDS)


def _apply(delivery_id: int, before: str, state: SmsState | None, asked: int) -> None:
    row = Delivery.objects.select_for_update().filter(pk=delivery_id, status=before).first()
    if row is None:
        return
    row.trace = row.trace | {"asked": asked}
    if state is None and before == _Status.UNKNOWN and row.is_secret:
        row.status, row.error = _Status.FAILED, "SMS не ушла, а её слова уже забыты: запросите код ещё раз"
    elif state is None and before == _Status.UNKNOWN and row.attempts < ATTEMPTS:
        row.status, row.error, row.trace = _Status.WAITING, "", row.trace | {"handed": False}
        promise(SEND, row.pk)
    elif state is not None and state.status in (_Status.DELIVERED, _Status.FAILED):
        row.status, row.error = state.status, state.reason
        if state.status == _Status.DELIVERED:
            # Its answer may have been lost when it went.
            count_sms(row.pk, row.trace)
    else:
        if state is not None and state.status == "waiting":
            row.status, row.error, row.sent_at = _Status.SENT, "", row.sent_at or timezone.now()
            count_sms(row.pk, row.trace)
        if asked < len(_QUESTIONS):
            _ask_later(row.pk, _QUESTIONS[asked])
    row.save(update_fields=["status", "error", "trace", "sent_at"])


def _ask_later(delivery_id: int, seconds: int) -> None:
    promise(TRACK, delivery_id, not_before=timezone.now() + timedelta(seconds=seconds))
