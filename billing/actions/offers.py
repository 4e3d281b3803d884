"""What operators do about paying: more days of trial, the next version of a plan. In a control scope."""

from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from billing.errors import NoTrial
from billing.events import TrialExtended
from billing.models import AddOn, Extra, Plan, PlanVersion, Subscription
from billing.queries import held_of, locked_subscription, today
from core.errors import Invalid, NotFound
from core.events.bus import Change, emit
from core.registry import registry
from core.verb import verb
from tenants.console.actions.audit import note_deed
from tenants.console.actions.companies import locked_by_id, read_reason
from tenants.console.operators import OperatorActor
from tenants.console.permissions import ACT, RULE
from tenants.console.presence import actor_in_company
from tenants.snapshots import inside

from .subscriptions import live, shut_addresses

# More than that is no trial any more, but a present.
_LONGEST = timedelta(days=180)


@dataclass(frozen=True)
class Terms:
    """What a version of a plan costs and holds: no limit means none, without seat prices no further seats are sold."""

    month_price: Decimal
    year_price: Decimal
    seats_included: int | None = None
    seat_month_price: Decimal | None = None
    seat_year_price: Decimal | None = None
    storage_bytes: int | None = None
    modules: tuple[str, ...] | None = None


@verb
def extend_trial(company_id: int, *, until: date, reason: str, by: OperatorActor) -> Subscription:
    """Let a trial last until a day, also one that has just ended and was followed by no purchase.

    Errors: NotFound, Invalid by field, NoTrial for a company that has bought something.
    """
    by.must(ACT)
    why, company, day = read_reason(reason), locked_by_id(company_id), today()
    row = locked_subscription(company.pk)
    if held_of(row).paid_until is not None:
        raise NoTrial()
    if not max(day, row.trial_until) < until <= day + _LONGEST:
        raise Invalid({"until": f"Не раньше конца нынешнего периода и не дальше {_LONGEST.days} дней"})
    before, row.trial_until = row.trial_until, until
    # The letters of the former end are not those of the new one.
    row.notice = ""
    row.save(update_fields=["trial_until", "notice"])
    shut_addresses(company.pk)
    live(company.schema_name, day=day)
    with inside(company):
        change = Change("trial_until", before.isoformat(), until.isoformat())
        emit(TrialExtended(None, changes=(change,), reason=why), by=actor_in_company(by.operator))
    told = ({"trial_until": before.isoformat()}, {"trial_until": until.isoformat()})
    note_deed("trial.extended", by=by, company=company, before=told[0], after=told[1], reason=why)
    return row


@verb
def offer_version(code: str, *, terms: Terms, valid_from: date, reason: str, by: OperatorActor) -> PlanVersion:
    """The next version of a plan, sold from a day on; the one that is sold before stays as it was bought.

    What is sold beside the plan goes over as it stands. Errors: NotFound, Invalid by field.
    """
    by.must(RULE)
    why = read_reason(reason)
    plan = Plan.objects.select_for_update().filter(pk=code).first()
    if plan is None:
        raise NotFound()
    last = PlanVersion.objects.filter(plan=plan).order_by("-number").first()
    if last is None:
        raise NotFound()
    if wrong := _wrong(terms, valid_from, last):
        raise Invalid(wrong)
    # Only its end is written: what companies have bought of it stands.
    PlanVersion.objects.filter(pk=last.pk).update(valid_to=valid_from)
    made = PlanVersion.objects.create(
        plan=plan,
        number=last.number + 1,
        valid_from=valid_from,
        currency=last.currency,
        month_price=terms.month_price,
        year_price=terms.year_price,
        seats_included=terms.seats_included,
        seat_month_price=terms.seat_month_price,
        seat_year_price=terms.seat_year_price,
        storage_bytes=terms.storage_bytes,
        modules=None if terms.modules is None else list(terms.modules),
    )
    _carry(last, made)
    note_deed("plan.version", by=by, before=told_of(last), after=told_of(made), reason=why)
    return made


def told_of(row: PlanVersion) -> dict[str, object]:
    """A version as the journal keeps it."""
    return {
        "plan": row.plan_id,
        "title": row.plan.title,
        "number": row.number,
        "valid_from": row.valid_from.isoformat(),
        "month_price": str(row.month_price),
        "year_price": str(row.year_price),
        "seats_included": row.seats_included,
        "storage_bytes": row.storage_bytes,
        "modules": row.modules,
    }


def _carry(last: PlanVersion, made: PlanVersion) -> None:
    add_ons, extras = list(AddOn.objects.filter(version=last)), list(Extra.objects.filter(version=last))
    for add_on in add_ons:
        add_on.pk, add_on.version = None, made
    for extra in extras:
        extra.pk, extra.version = None, made
    AddOn.objects.bulk_create(add_ons)
    Extra.objects.bulk_create(extras)


def _wrong(terms: Terms, valid_from: date, last: PlanVersion) -> dict[str, str]:
    wrong: dict[str, str] = {}
    if valid_from <= max(today(), last.valid_from):
        wrong["valid_from"] = "Не раньше завтрашнего дня и позже начала нынешней версии"
    if terms.month_price < 0 or terms.year_price < 0:
        wrong["month_price"] = "Цена не бывает отрицательной"
    if (terms.seat_month_price is None) != (terms.seat_year_price is None):
        wrong["seat_month_price"] = "Укажите цену места и за месяц, и за год"
    if terms.seat_month_price is not None and terms.seats_included is None:
        wrong["seats_included"] = "Если места продаются, укажите, сколько их входит в тариф"
    if terms.seats_included is not None and terms.seats_included < 1:
        wrong["seats_included"] = "Хотя бы одно место"
    if terms.modules is not None and (unknown := sorted(set(terms.modules) - set(registry.modules))):
        wrong["modules"] = f"Таких модулей нет: {', '.join(unknown)}"
    return wrong
