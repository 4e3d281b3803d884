"""What a card has bought and for which days; where the money of the days that it replaces goes.

In a control scope, the company's row and its subscription locked.
"""

from datetime import date
from decimal import Decimal

from billing.models import Act, CardAccount, Invoice, Payment, PlanVersion, Subscription
from billing.queries import FIRST_PLAN, ZONE, choice_of, offer_of, offered_now, whole
from billing.rules.card import PaidInvoice, Seen, bought, days_in, paid_days
from billing.rules.offers import ZERO, Period
from billing.rules.prices import Held
from tenants.models import Company

from .invoices import close_days


def hold(
    company: Company, row: Subscription, account: CardAccount, before: Held, seen: Seen | None, *,
    came: list[Payment], day: date,
) -> None:  # fmt: skip
    """Write what is bought and for which days. Each payment ends in one period, what is used up of it in one act."""
    # What was used by the unit is gone: of it no day is bought, and no credit left.
    money, grown = sum((payment.total for payment in came), ZERO) - _used(account, seen, came), _grown(account, seen)
    items = bought(seen.parts) if seen else None
    if seen is None or not seen.is_live or items is None:
        row.by, row.renews = Subscription.By.TRANSFER, False
        row.credit += money + max(-grown, ZERO)
        row.paid_sum -= min(_left_of(company, before), max(grown, ZERO))
        if seen is not None and not seen.is_live:
            # No card invoice will be paid from it any more: from now on it buys here.
            row.credit += account.credit
            account.taken, account.credit = account.taken + account.credit, ZERO
            if before.by_card and row.paid_until is None and day < row.trial_until:
                _unchoose(row, day)
        return
    days = paid_days(seen, ZONE)
    _turn(company, row, before, seen, days, came=came, money=money - grown)
    row.by, row.renews = Subscription.By.CARD, seen.renews
    if days is None and row.paid_until is not None and row.paid_until > day:
        # No card has paid yet: what other money has bought holds for its days, whatever is chosen there meanwhile.
        row.revision += not before.by_card
        return
    version_id, period, further, add_ons = items
    row.version = whole(PlanVersion.objects.all()).get(pk=version_id)
    offer = offer_of(row.version)
    seats = None if offer.seats_included is None else offer.seats_included + further
    choice = choice_of(offer, period, seats, add_ons)
    if choice != before.choice or not before.by_card:
        row.revision += 1
    row.period, row.seats, row.add_ons = choice.period, choice.seats, list(choice.add_ons)


def _used(account: CardAccount, seen: Seen | None, came: list[Payment]) -> Decimal:
    """How much of money that has come, or has gone from what is held there, was asked for what goes by the unit."""
    fresh = {payment.key for payment in came}
    paid = seen.paid if seen else ()
    # Of an invoice that took nothing from a card there is no payment to know it by.
    held = [one for one in paid if one.used and not one.total and _is_later(one, account)]
    if held:
        account.use_paid_at = max(one.paid_at for one in held)
    return sum((one.used for one in (*held, *(one for one in paid if f"stripe:{one.id}" in fresh))), ZERO)


def _is_later(paid: PaidInvoice, account: CardAccount) -> bool:
    return account.use_paid_at is None or paid.paid_at > account.use_paid_at


def _unchoose(row: Subscription, day: date) -> None:
    """A card was given up in the trial before it paid: what follows the trial is what follows it without a choice."""
    row.version = offered_now(FIRST_PLAN, day)
    row.period, row.seats, row.add_ons = Period.MONTH, None, []
    row.revision += 1


def _grown(account: CardAccount, seen: Seen | None) -> Decimal:
    """By how much more than was known the provider holds for the customer: that is not spent, whatever was paid."""
    if seen is None:
        return ZERO
    before, account.credit = account.credit, max(seen.balance - account.taken, ZERO)
    return account.credit - before


def _turn(
    company: Company, row: Subscription, before: Held, seen: Seen, days: tuple[date, date] | None, *,
    came: list[Payment], money: Decimal,
) -> None:  # fmt: skip
    """Let the newest paid period hold. What it replaces before its end was paid by somebody, and is not lost.

    What a card had paid for goes on into the new period: the provider has evened it out. What other money had paid for
    becomes credit, as in a quote: the card has paid for those days once more. `money` is what has come, less what went
    into the provider's balance.
    """
    former = (row.paid_from, row.paid_until)
    if days is None or (days == former and not _is_paid_again(before, seen, came)):
        if row.paid_until is not None:
            row.paid_sum = max(row.paid_sum + money, ZERO)
        else:
            row.credit = max(row.credit + money, ZERO)
        return
    is_cards = before.by_card and former in {days_in(paid, ZONE) for paid in seen.paid}
    if row.paid_from is not None and days[0] > row.paid_from:
        # The new period begins where the former one is used up, whatever the day on which it is read.
        most = max(before.paid_sum + money, ZERO) if is_cards else None
        close_days(company, row, before, day=days[0], most=most)
    left = _left_of(company, before)
    if is_cards:
        row.paid_sum = max(left + money, ZERO)
    else:
        row.credit += left
        row.paid_sum = max(money, ZERO)
    row.paid_from, row.paid_until = days


def _is_paid_again(before: Held, seen: Seen, came: list[Payment]) -> bool:
    """Whether a card has just paid for the very days that other money has paid for, too."""
    fresh = {payment.key for payment in came}
    return not before.by_card and any(paid.begins and f"stripe:{paid.id}" in fresh for paid in seen.paid)


def _left_of(company: Company, before: Held) -> Decimal:
    """What of a period's money no act has taken."""
    if before.paid_from is None:
        return ZERO
    closed = Act.objects.filter(company=company, kind=Invoice.Kind.PLAN, period_from=before.paid_from).first()
    return max(before.paid_sum - (closed.total if closed else ZERO), ZERO)
