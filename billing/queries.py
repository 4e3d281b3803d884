"""Reads of plans and subscriptions; all in a control scope."""

from collections.abc import Iterable
from datetime import date, timedelta
from decimal import Decimal

from django.db.models import Exists, F, OuterRef, Prefetch, Q, QuerySet, Sum

from core.errors import Invalid
from core.metering.meters import METERS, month_of, next_month, service_day
from core.metering.meters import ZONE as ZONE
from core.metering.queries import Used
from tenants.models import Company

from .models import (
    AddOn,
    CardAccount,
    CardSession,
    Ceiling,
    Extra,
    Invoice,
    MeterDay,
    PlanVersion,
    Subscription,
    UsageDay,
)
from .rules.card import PAYING, PAYING_USE
from .rules.life import TRIAL_DAYS, Stage, next_day
from .rules.metering import Part
from .rules.offers import ZERO, Choice, Offer, Price, SoldBeside, wrong_choice
from .rules.offers import Extra as Metered
from .rules.papers import PAY_DAYS
from .rules.prices import Held
from .rules.wishes import Wish

# Where whoever has chosen nothing comes after the trial.
FIRST_PLAN = "free"
_NOBODYS = ("provisioning", "deleting", "gone")


def today() -> date:
    """The service's own day."""
    return service_day()


def whole(rows: QuerySet[PlanVersion]) -> QuerySet[PlanVersion]:
    """Versions with all that `offer_of` reads."""
    beside = Prefetch("add_ons", AddOn.objects.order_by("code"))
    return rows.select_related("plan").prefetch_related(beside, Prefetch("extras", Extra.objects.order_by("code")))


def offered(day: date) -> list[PlanVersion]:
    """What can be bought on a day, the smallest plan first."""
    rows = PlanVersion.objects.filter(Q(valid_to__isnull=True) | Q(valid_to__gt=day), valid_from__lte=day)
    return list(whole(rows).order_by("plan__rank"))


def offered_now(code: str, day: date) -> PlanVersion:
    """The version of a plan that is sold on a day; Invalid when there is none."""
    found = next((version for version in offered(day) if version.plan_id == code), None)
    if found is None:
        raise Invalid({"plan": "Такого тарифа нет. Выберите из списка"})
    return found


def offer_of(version: PlanVersion) -> Offer:
    """A version as the rules need it."""
    month, year = version.seat_month_price, version.seat_year_price
    return Offer(
        code=version.plan_id,
        title=version.plan.title,
        price=Price(version.month_price, version.year_price),
        seats_included=version.seats_included,
        seat=None if month is None or year is None else Price(month, year),
        storage_bytes=version.storage_bytes,
        modules=None if version.modules is None else frozenset(version.modules),
        add_ons={sold.code: _sold_beside(sold) for sold in version.add_ons.all()},
        volumes={extra.code: f"{extra.free_volume.normalize():f}" for extra in version.extras.all()},
        extras={extra.code: _metered(extra) for extra in version.extras.all()},
        currency=version.currency,
        version_id=version.pk,
    )


def subscription_of(company_id: int) -> Subscription:
    """A company's subscription; one that nobody has begun yet is a trial begun today, and is not written."""
    found = Subscription.objects.filter(pk=company_id).first() or new_subscription(company_id)
    found.version = whole(PlanVersion.objects.all()).get(pk=found.version_id)
    return found


def locked_subscription(company_id: int) -> Subscription:
    """The same, begun if need be and kept from other writers; the company's row is locked first."""
    Subscription.objects.bulk_create([new_subscription(company_id)], ignore_conflicts=True)
    found = Subscription.objects.select_for_update().get(pk=company_id)
    found.version = whole(PlanVersion.objects.all()).get(pk=found.version_id)
    return found


def new_subscription(company_id: int) -> Subscription:
    """A trial of everything that begins today."""
    day = today()
    fresh = Subscription(
        company_id=company_id,
        version=offered_now(FIRST_PLAN, day),
        stage=Stage.TRIAL,
        trial_until=day + timedelta(days=TRIAL_DAYS),
    )
    fresh.next_on = next_day(held_of(fresh).term, day)
    return fresh


def held_of(row: Subscription) -> Held:
    """A subscription as the rules need it."""
    offer = offer_of(row.version)
    return Held(
        choice_of(offer, row.period, row.seats, row.add_ons),
        row.trial_until,
        row.paid_from,
        row.paid_until,
        row.paid_sum,
        row.credit,
        by_card=row.by == Subscription.By.CARD,
        renews=row.renews,
    )


def choice_of(offer: Offer, period: str, seats: int | None, add_ons: Iterable[str]) -> Choice:
    """A choice in the one form by which two of them are compared."""
    places = None if offer.seats_included is None else (seats or offer.seats_included)
    return Choice(offer, period, places, tuple(sorted(add_ons)))


def read_wish(row: Subscription, wish: Wish, day: date) -> Choice:
    """The choice of a wish: of the bought version as long as the plan stays, else of the one that is sold. Invalid."""
    version = row.version if wish.plan == row.version.plan_id else offered_now(wish.plan, day)
    choice = choice_of(offer_of(version), wish.period, wish.seats, wish.add_ons)
    if wrong := wrong_choice(choice):
        raise Invalid(wrong)
    return choice


def open_sessions(schema: str) -> list[str]:
    """Addresses at which a company may still pay by card."""
    rows = CardSession.objects.filter(company__schema_name=schema, over_at__isnull=True, session__isnull=False)
    return [str(session) for session in rows.values_list("session", flat=True)]


def is_own_session(company_id: int, session: str) -> bool:
    """Whether a company has set out to pay at an address: of another's nothing is said."""
    return CardSession.objects.filter(company=company_id, session=session).exists()


def card_of(company_id: int) -> CardAccount | None:
    """What was read last of a company at the provider of cards."""
    return CardAccount.objects.filter(pk=company_id).first()


def owes_there(company_id: int) -> bool:
    """Whether money that is our credit already still lies at the provider, who would spend it on the next invoice."""
    return CardAccount.objects.filter(pk=company_id, taken__gt=ZERO).exists()


def ceilings_of(company_id: int) -> dict[str, Decimal]:
    """What a company is willing to spend on each metered extra in a month, where it has said."""
    return dict(Ceiling.objects.filter(company=company_id).values_list("code", "amount"))


def owes_extras(company_id: int, day: date) -> bool:
    """Whether what was used beyond the plan is overdue: by an invoice, at the provider of cards once the subscription
    there is over, or because nobody has said whom to ask for it."""
    rows = Invoice.objects.filter(company=company_id, kind=Invoice.Kind.EXTRAS, state=Invoice.State.OPEN)
    if rows.filter(pay_until__lt=day).exists() or CardAccount.objects.filter(pk=company_id, left__gt=ZERO).exists():
        return True
    # Long since over: an invoice would have been made out on the first, and the time to pay it is over, too.
    overdue = month_of(day - timedelta(days=PAY_DAYS + 1))
    told = _by_card(company_id).filter(company__card__status=PAYING)
    return unasked(company_id, overdue).exists() and not told.exists()


def unasked(company_id: int, until: date) -> QuerySet[MeterDay]:
    """Days before one that are to be paid for, and of which neither a card nor an invoice was told."""
    nobodys = MeterDay.objects.filter(way=MeterDay.Way.NONE, told_at__isnull=True)
    return nobodys.filter(company=company_id, day__lt=until, charged__gt=0, unit_price__gt=0)


def card_pays_use(company_id: int) -> bool:
    """Whether what is used is asked for through the provider of cards, or is as soon as the card pays again."""
    return _by_card(company_id).filter(company__card__status__in=PAYING_USE).exists()


def _by_card(company_id: int) -> QuerySet[Subscription]:
    return Subscription.objects.filter(pk=company_id, by=Subscription.By.CARD)


def spent_in(company_id: int, month: date) -> dict[str, Decimal]:
    """What a month's days that are over cost a company, by meter."""
    rows = MeterDay.objects.filter(company=company_id, day__gte=month, charged__gt=0).values("code", "unit_price")
    found: dict[str, Decimal] = {}
    for row in rows.annotate(all=Sum("charged")):
        found[row["code"]] = found.get(row["code"], ZERO) + row["all"] * (row["unit_price"] or ZERO)
    return found


def month_before(company_id: int, code: str, month: date, *, day: date | None = None) -> tuple[int, Decimal]:
    """(what was used, what it costs) of a meter on the days of a month that are written, those before a day."""
    until = day or next_month(month)
    rows = MeterDay.objects.filter(company=company_id, code=code, day__gte=month, day__lt=until)
    found = rows.aggregate(volume=Sum("volume"), spent=Sum(F("charged") * F("unit_price")))
    return found["volume"] or 0, found["spent"] or ZERO


def parts_of(row: Subscription, code: str, day: date, used: Iterable[Used]) -> list[Part]:
    """What was used on a day with its terms: in the trial all is free; what was told none of is sold by the plan of
    now, or not at all."""
    extra = held_of(row).choice.offer.extras.get(code)
    price = None if extra is None else METERS[code].price_of_unit(extra.unit_price)
    free = 0 if extra is None else int(extra.free)
    if day < row.trial_until:
        return [Part(one.volume, None, 0) for one in used]
    return [
        Part(one.volume, price, free) if one.unit_price is None else Part(one.volume, one.unit_price, one.free or 0)
        for one in used
    ]


def without_subscription(limit: int) -> list[str]:
    """Schemas of companies that nobody has begun a subscription for."""
    rows = Company.objects.filter(subscription__isnull=True).exclude(status__in=_NOBODYS)
    return list(rows.order_by("pk").values_list("schema_name", flat=True)[:limit])


def due(day: date, limit: int) -> list[str]:
    """Schemas of companies in whose subscription something happens on a day or should have before."""
    rows = Subscription.objects.filter(next_on__lte=day).exclude(company__status__in=_NOBODYS)
    return list(rows.order_by("next_on", "pk").values_list("company__schema_name", flat=True)[:limit])


def uncounted(day: date, limit: int) -> list[str]:
    """Schemas of companies whose usage nobody has counted on a day."""
    counted = UsageDay.objects.filter(company=OuterRef("pk"), day=day)
    rows = Company.objects.filter(~Exists(counted)).exclude(status__in=_NOBODYS)
    return list(rows.order_by("pk").values_list("schema_name", flat=True)[:limit])


def next_due() -> date | None:
    """The day on which the next subscription is due."""
    rows = Subscription.objects.filter(next_on__isnull=False).order_by("next_on")
    return rows.values_list("next_on", flat=True).first()


def _metered(extra: Extra) -> Metered:
    return Metered(extra.get_code_display(), extra.free_volume, extra.unit_price)


def _sold_beside(sold: AddOn) -> SoldBeside:
    price = Price(sold.month_price, sold.year_price)
    return SoldBeside(sold.code, sold.title, price, frozenset(sold.modules), sold.storage_bytes)
