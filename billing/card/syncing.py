"""Bringing a company to where it stands at the provider: read outside, taken over inside.

Two readings at once end in the newer: each takes a number before it asks, and a smaller one changes nothing after a
greater. Whoever is killed in between leaves nothing half done: whatever asked for the reading asks again.
"""

import logging
from datetime import datetime, time

from billing.actions.cards import close_session, note_moved, take_over, take_ticket
from billing.errors import CardRefused
from billing.models import CardAccount, Subscription
from billing.queries import ZONE, open_sessions, today
from billing.rules.card import TRIALING, Seen
from core.context import control_scope
from core.failpoints import Failpoint

from .client import is_offered
from .paying import expire, forget, put_off, take_back, try_anew
from .reading import look

log = logging.getLogger(__name__)
READ, HELD, MOVED = Failpoint("card.read"), Failpoint("card.held"), Failpoint("card.moved")


def sync(schema: str) -> Seen | None:
    """Read a company's subscription at the provider and let it hold here. CardSilent; outside any scope."""
    with control_scope():
        taken = take_ticket(schema)
    if taken is None:
        return None
    customer, ticket = taken
    seen = look(customer)
    if seen is not None and seen.card is not None and seen.may_try_anew:
        _try_card(schema, seen.owed, seen.card.id)
        seen = look(customer)
    READ.reach()
    with control_scope():
        take_over(schema, seen, ticket=ticket, day=today())
    HELD.reach()
    if seen is not None and seen.status == TRIALING:
        _wait_for_paid(schema, seen)
    if seen is not None and _take_back(schema, seen):
        # What was told meanwhile is read now: no reading that was begun before may hold.
        return sync(schema)
    return seen


def shut_pages(schema: str, *, but: str = "") -> bool:
    """Nobody pays any more at the addresses of a company; whether there were any. CardSilent; outside any scope."""
    with control_scope():
        others = [session for session in open_sessions(schema) if session != but]
    for session in others:
        expire(session)
        with control_scope():
            close_session(session)
    return bool(others)


def _wait_for_paid(schema: str, seen: Seen) -> None:
    """A card that has not paid yet begins no earlier than what is paid otherwise, or the trial, ends."""
    with control_scope():
        row = Subscription.objects.filter(company__schema_name=schema).first()
    if row is None or seen.trial_ends is None:
        return
    ends = datetime.combine(max(row.trial_until, row.paid_until or row.trial_until), time.min, ZONE)
    if ends > seen.trial_ends:
        put_off(seen.subscription, ends, key=f"{schema}:starts:{seen.subscription}:{ends.date().isoformat()}")


def _take_back(schema: str, seen: Seen) -> bool:
    """Money that has become our credit goes from the provider; whether there was any.

    Whoever is killed on the way does it again under the same key, or finds that it has gone.
    """
    with control_scope():
        account = CardAccount.objects.get(company__schema_name=schema)
        currency = Subscription.objects.values_list("currency", flat=True).get(pk=account.pk)
    if not account.taken:
        return False
    if seen.balance >= account.taken:
        take_back(account.customer, account.taken, currency, key=f"{schema}:credit:{account.moves}")
    MOVED.reach()
    with control_scope():
        note_moved(schema, account.moves)
    return True


def let_go(schema: str) -> None:
    """Nothing is taken any more for a company that is being erased, and the provider forgets whom it took it from.

    CardSilent; outside any scope.
    """
    with control_scope():
        account = CardAccount.objects.filter(company__schema_name=schema).first()
    if account is not None and is_offered():
        forget(account.customer)


def _try_card(schema: str, invoice: str, card: str) -> None:
    """Pay a waiting invoice with the card that has come since; each card is tried once."""
    try:
        try_anew(invoice, card=card, key=f"{schema}:pay:{invoice}:{card}")
    except CardRefused as refusal:
        log.info("another card was refused, too: %s", refusal.data.get("reason"))
