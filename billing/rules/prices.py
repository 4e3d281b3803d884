"""What a change costs now. Money neither appears nor is lost: charge + unused + credit = price + credit left."""

from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal

from core.rounding import half_up

from .life import Stage, Term, period_begins, stage_on
from .offers import KOPECKS, ZERO, Choice, Line, end_of, lines_of, price_of, yearly_discount

# Further ahead nobody is told of: a penny plan under a large credit would end beyond the calendar.
_MOST_AHEAD = 60


@dataclass(frozen=True)
class Held:
    """What a company has now: its choice, what was paid for the period it is in, and money that waits.

    `paid_from` and `paid_until` are None while nothing is paid for. What is paid `by_card` waits for no credit.
    """

    choice: Choice
    trial_until: date
    paid_from: date | None = None
    paid_until: date | None = None
    paid_sum: Decimal = ZERO
    credit: Decimal = ZERO
    by_card: bool = False
    renews: bool = False

    @property
    def bought(self) -> Term:
        """The days of what is bought."""
        return Term(self.trial_until, self.paid_until, self.choice.offer.is_free, self.renews)

    @property
    def term(self) -> Term:
        """The same with the periods whose money waits already: whoever has paid ahead is not reminded of paying."""
        return replace(self.bought, paid_until=covered_until(self))


@dataclass(frozen=True)
class Quote:
    """A choice counted out: `price` of the whole period, less `unused` of the running one and `credit`, is `charge`.

    `begins` and `until` are the days it will be paid for, `until` is None for a free plan. One that `waits` is the next
    period while this one runs: its money is credit until then.
    """

    wanted: Choice
    begins: date
    until: date | None
    price: Decimal
    unused: Decimal
    credit: Decimal
    charge: Decimal
    credit_after: Decimal
    discount: Decimal
    is_renewal: bool
    waits: bool = False
    lines: tuple[Line, ...] = field(default=())


def used_of(held: Held, today: date) -> Decimal:
    """How much of what was paid has been used up by the days before today."""
    if held.paid_from is None or held.paid_until is None:
        return ZERO
    total = (held.paid_until - held.paid_from).days
    gone = min(max((today - held.paid_from).days, 0), total)
    return half_up(held.paid_sum * gone / total, KOPECKS)


def unused_of(held: Held, today: date) -> Decimal:
    """What is left of it: together with what is used exactly what was paid."""
    return held.paid_sum - used_of(held, today)


def covered_until(held: Held) -> date | None:
    """The first day that neither what is bought nor the credit for whole further periods pays for."""
    until, price = held.paid_until, price_of(held.choice)
    if until is None or not price or held.by_card:
        return until
    for _ in range(min(int(held.credit // price), _MOST_AHEAD)):
        until = end_of(held.choice.period, until)
    return until


def quote(held: Held, wanted: Choice, today: date, *, counted_on: date | None = None) -> Quote:
    """What a choice costs if it is bought on a day. The same choice again is the next period of it.

    `counted_on` is the day of an invoice that is paid later: what was unused then is taken off.
    """
    is_renewal = wanted == held.choice and not wanted.offer.is_free
    price = price_of(wanted)
    begins = _begins(held, today, is_renewal=is_renewal)
    unused = ZERO if is_renewal else unused_of(held, counted_on or today)
    at_hand = unused + held.credit
    return Quote(
        wanted=wanted,
        begins=begins,
        until=None if wanted.offer.is_free else end_of(wanted.period, begins),
        price=price,
        unused=unused,
        credit=held.credit,
        charge=max(price - at_hand, ZERO),
        credit_after=max(at_hand - price, ZERO),
        discount=yearly_discount(wanted),
        is_renewal=is_renewal,
        waits=is_renewal and begins > today,
        lines=tuple(lines_of(wanted)),
    )


def after(held: Held, bought: Quote) -> Held:
    """What a company has once the charge is paid."""
    if bought.until is None:
        return Held(bought.wanted, held.trial_until, credit=bought.credit_after)
    if bought.waits:
        return replace(held, credit=bought.price + bought.credit_after)
    return Held(
        choice=bought.wanted,
        trial_until=held.trial_until,
        paid_from=bought.begins,
        paid_until=bought.until,
        paid_sum=bought.price,
        credit=bought.credit_after,
    )


def _begins(held: Held, today: date, *, is_renewal: bool) -> date:
    if is_renewal or stage_on(held.bought, today) == Stage.PAST_DUE:
        return period_begins(held.bought, today)
    return max(today, held.trial_until)
