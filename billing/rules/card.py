"""What a subscription at the card provider means for us. Pure: the same subscription is always the same purchase.

Only what is true there now counts, never the order in which it was told: what is paid for are the days of the newest
invoice that has paid for a period, and what is allowed follows from the items of the subscription.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from zoneinfo import ZoneInfo

from core.metering.meters import METERS

from .offers import ZERO, Choice, Period

PLAN, SEAT, ADD_ON, METER = "plan", "seat", "add-on", "use"
# Items of before, which counted units at the price of a plan: nothing is told for them any more.
UNITS = "meter"
KOPECK = Decimal("0.01")
# The extras that are counted.
METERED = tuple(METERS)
# As the provider calls them. Of the rest nothing is bought: not begun, or over.
TRIALING = "trialing"
LIVE = (TRIALING, "active", "past_due", "unpaid", "paused")
_RENEWING = (TRIALING, "active")
OWING = ("past_due", "unpaid")
# Only while it pays, the provider is told of use: of what he is told in any other state he may never make an invoice.
PAYING = "active"
# Of these nothing else is asked for use: a refused card may pay yet.
PAYING_USE = (PAYING, "past_due")
# What is said in a bank's code, by what a person can do about it.
_SHORT = ("insufficient_funds", "card_velocity_exceeded", "withdrawal_count_limit_exceeded")
_OLD = ("expired_card", "invalid_expiry_month", "invalid_expiry_year")
_MISTYPED = ("incorrect_cvc", "invalid_cvc", "incorrect_number", "invalid_number", "incorrect_zip")
_PROOF = (
    "authentication_required",
    "payment_intent_authentication_failure",
    "subscription_payment_intent_requires_action",
)


@dataclass(frozen=True)
class Part:
    """One item: of which sold version, what it is of it (`code` names an add-on or a metered extra), how many."""

    version_id: int
    what: str
    code: str
    count: int
    period: str


@dataclass(frozen=True)
class PaidInvoice:
    """An invoice that is paid, `total` in roubles, `used` of that for what goes by the unit; the days of the plan in
    it, None when it only evens a change out."""

    id: str
    number: str
    total: Decimal
    paid_at: datetime
    begins: datetime | None = None
    ends: datetime | None = None
    used: Decimal = ZERO


@dataclass(frozen=True)
class Card:
    """What may be shown of a card."""

    id: str
    brand: str
    last4: str
    expires: str


@dataclass(frozen=True)
class Seen:
    """A subscription as it was read there. `owed` is the invoice that waits for a card, `pay_url` where it is paid.

    `trial_ends` is the moment of the first money, while it waits for that. `balance` is what it owes the customer: his
    next invoices are paid from that first. `left` is what invoices ask for use of a subscription that is over.
    """

    subscription: str
    status: str
    parts: tuple[Part, ...] = ()
    cancels_at: datetime | None = None
    paid: tuple[PaidInvoice, ...] = ()
    card: Card | None = None
    problem: str = ""
    problem_card: str = ""
    owed: str = ""
    pay_url: str = ""
    trial_ends: datetime | None = None
    balance: Decimal = ZERO
    left: Decimal = ZERO

    @property
    def is_live(self) -> bool:
        return self.status in LIVE

    @property
    def renews(self) -> bool:
        """Whether the next period is taken by itself."""
        return self.status in _RENEWING and self.cancels_at is None

    @property
    def is_owing(self) -> bool:
        return self.status in OWING

    @property
    def may_try_anew(self) -> bool:
        """An invoice waits, and another card than the one that was refused is there."""
        return self.is_owing and bool(self.owed and self.card and self.card.id != self.problem_card)


def paid_days(seen: Seen, zone: ZoneInfo) -> tuple[date, date] | None:
    """The days from and before which the newest paid period lasts; None while nothing is paid.

    The newest is the one begun last, not the one that ends last: a year that has become a month was given back.
    Invoices come newest first, so of two that begin in the same second the later made holds.
    """
    newest = max((paid for paid in seen.paid if paid.begins and paid.ends), key=_begun, default=None)
    return days_in(newest, zone) if newest else None


def days_in(paid: PaidInvoice, zone: ZoneInfo) -> tuple[date, date] | None:
    """The days of the plan in one invoice; None when there are none."""
    if paid.begins is None or paid.ends is None:
        return None
    first, last = paid.begins.astimezone(zone).date(), paid.ends.astimezone(zone).date()
    return (first, last) if last > first else None


def _begun(paid: PaidInvoice) -> float:
    return paid.begins.timestamp() if paid.begins else 0.0


def bought(parts: Iterable[Part]) -> tuple[int, str, int, tuple[str, ...]] | None:
    """(version, period, further seats, add-ons) of the items; None when there is no plan among them."""
    held = list(parts)
    plan = next((part for part in held if part.what == PLAN), None)
    if plan is None:
        return None
    seats = sum(part.count for part in held if part.what == SEAT)
    return plan.version_id, plan.period, seats, tuple(sorted(part.code for part in held if part.what == ADD_ON))


@dataclass(frozen=True)
class Wanted:
    """A price of the catalogue there, and how many of it; `unit` in kopecks. None counted: by what is used."""

    key: str
    version_id: int
    what: str
    code: str
    title: str
    unit: Decimal
    currency: str
    period: str
    count: int | None = 1


def wanted_of(choice: Choice) -> list[Wanted]:
    """What a choice is bought by: an item for the plan, one for seats beyond it, one for each add-on and meter."""
    offer, period = choice.offer, choice.period

    def price(what: str, code: str, title: str, unit: Decimal, count: int | None) -> Wanted:
        # The version is in the key: prices of one that was sold never change.
        key = "-".join(filter(None, ("pult", offer.code, str(offer.version_id), what, code, period)))
        return Wanted(key, offer.version_id, what, code, title, unit, offer.currency, period, count)

    found = [price(PLAN, "", f"Тариф «{offer.title}»", offer.price.of(period), 1)]
    further = (choice.seats or 0) - (offer.seats_included or 0)
    if offer.seat is not None and further > 0:
        found.append(price(SEAT, "", f"Дополнительное место, «{offer.title}»", offer.seat.of(period), further))
    for code in choice.add_ons:
        sold = offer.add_ons[code]
        found.append(price(ADD_ON, code, f"{sold.title}, «{offer.title}»", sold.price.of(period), 1))
    for code in METERED:
        # Use is told in money: what a day costs is settled when it is over, and no plan bought later makes it cheaper.
        # So it has one price for all plans, of no version, also for one that sells none of it: what was used before is
        # paid through it.
        key = "-".join(("pult", METER, code, offer.currency.lower(), period))
        title = f"{METERS[code].sold_as}, в копейках"
        found.append(Wanted(key, 0, METER, code, title, KOPECK, offer.currency, period, None))
    return found


def rubles(kopecks: int) -> Decimal:
    """The provider counts in the smallest unit."""
    return (Decimal(kopecks) / 100).quantize(ZERO)


def kopecks(sum_: Decimal) -> int:
    return int((sum_ * 100).to_integral_value())


def is_period(interval: str, count: int) -> bool:
    """Whether a rhythm of the provider is one of those that are sold."""
    return count == 1 and interval in Period.values


def why_refused(code: str) -> str:
    """What a person reads of a refused card, and what he can do."""
    if code in _SHORT:
        return "На карте не хватает денег или исчерпан её предел. Пополните её или укажите другую карту"
    if code in _OLD:
        return "Срок карты истёк. Укажите другую карту"
    if code in _MISTYPED:
        return "Данные карты введены с ошибкой. Проверьте номер, срок и код и повторите"
    if code in _PROOF:
        return "Банк просит подтвердить платёж. Подтвердите его или укажите другую карту"
    if code in ("lost_card", "stolen_card", "pickup_card", "restricted_card", "fraudulent"):
        return "Банк заблокировал эту карту. Укажите другую карту"
    return "Банк не принял карту. Узнайте причину в банке или укажите другую карту"
