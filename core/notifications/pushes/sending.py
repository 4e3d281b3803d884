"""One notice on its way to all browsers of a person, and what is remembered of how each fared."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

from django.utils import timezone

from core.context import current_schema
from core.gateways.errors import GatewayBusy, GatewayRefused, GatewaySilent
from core.gateways.webpush.client import PushAccount, PushTarget, push

from ..channels.claiming import TAKEN, finish, put_off, remember
from ..channels.outgoing import Outgoing
from ..models import Delivery
from ..rules import ATTEMPTS
from .actions import let_go, remember_pushes

_Status = Delivery.Status


@dataclass(frozen=True)
class Outcome:
    """How one browser's service answered; without a failure it has taken the message."""

    subscription_id: int
    failure: GatewayBusy | GatewaySilent | GatewayRefused | None = None


def push_to_all(message: Outgoing) -> list[Outcome]:
    """Hand a message over for each browser, all at once, so that a silent service delays no other; never in a scope."""
    if current_schema() is not None:
        raise RuntimeError("Nobody is called from inside a scope.")
    account = message.account
    if not isinstance(account, PushAccount):
        raise LookupError(f"no account for {message.channel}")
    with ThreadPoolExecutor(max_workers=len(message.targets)) as pool:
        return list(pool.map(lambda known: _outcome(account, message, *known), message.targets))


def settle(delivery_id: int, message: Outgoing, outcomes: list[Outcome]) -> str:
    """Mark what became of an attempt, in a scope; why the message must be tried again, empty when it is put in order.

    Whoever has taken it is not asked again; it is sent when none is left that might take it, and one has.
    """
    row = Delivery.objects.select_for_update().get(pk=delivery_id)
    taken = [one.subscription_id for one in outcomes if one.failure is None]
    refusals = {one.subscription_id: one.failure for one in outcomes if isinstance(one.failure, GatewayRefused)}
    remember_pushes(taken=taken, refused={pk: why.reason for pk, why in refusals.items() if not why.gone})
    if (gone := [pk for pk, why in refusals.items() if why.gone]) and row.principal_id:
        let_go(gone, principal_id=row.principal_id)
    row.trace = row.trace | {TAKEN: [*row.trace.get(TAKEN, []), *taken]}
    row.save(update_fields=["trace"])
    silence = next((str(one.failure) for one in outcomes if isinstance(one.failure, GatewaySilent)), "")
    if silence and message.attempt < ATTEMPTS:
        remember(delivery_id, error=silence[:300])
        return silence
    waits = [one.failure.seconds for one in outcomes if isinstance(one.failure, GatewayBusy)]
    # After the last attempt, too: a browser that is silent must not take it from one that was told to wait.
    if waits:
        put_off(delivery_id, min(waits))
        return ""
    reason = next((why.reason for why in refusals.values()), silence)
    _end(row, reason)
    return ""


def _end(row: Delivery, reason: str) -> None:
    if row.trace[TAKEN]:
        finish(row.pk, status=_Status.SENT, sent_at=timezone.now(), error="")
    else:
        finish(row.pk, status=_Status.FAILED, error=reason[:300])


def _outcome(account: PushAccount, message: Outgoing, subscription_id: int, target: PushTarget) -> Outcome:
    if message.push is None:
        raise LookupError(f"nothing to say in {message.channel}")
    try:
        push(account, target, message.push)
    except (GatewayBusy, GatewaySilent, GatewayRefused) as failure:
        return Outcome(subscription_id, failure)
    return Outcome(subscription_id)
