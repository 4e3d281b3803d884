"""Plans, subscriptions and counted choices as the owner sees them."""

from dataclasses import asdict
from datetime import date
from decimal import Decimal
from typing import Any

from billing.models import PlanVersion, Subscription
from billing.queries import held_of, offer_of
from billing.rules.allowing import allowance_on
from billing.rules.life import stage_on
from billing.rules.offers import ZERO, Choice, yearly_discount
from billing.rules.prices import Quote
from core.entitlements.allowance import level


def plan_out(version: PlanVersion, *, is_current: bool) -> dict[str, Any]:
    """A version of a plan with its prices."""
    offer = offer_of(version)
    return {
        "code": offer.code,
        "title": offer.title,
        "summary": version.plan.summary,
        "currency": version.currency,
        "month_price": str(version.month_price),
        "year_price": str(version.year_price),
        "year_discount": str(yearly_discount(Choice(offer))),
        "seats_included": version.seats_included,
        "seat_month_price": _money(version.seat_month_price),
        "seat_year_price": _money(version.seat_year_price),
        "storage_bytes": version.storage_bytes,
        "modules": version.modules,
        "add_ons": [
            {
                "code": sold.code,
                "title": sold.title,
                "month_price": str(sold.price.month),
                "year_price": str(sold.price.year),
                "modules": sorted(sold.modules),
                "storage_bytes": sold.storage_bytes,
            }
            for sold in offer.add_ons.values()
        ],
        "extras": [
            {
                "code": extra.code,
                "title": extra.get_code_display(),
                "unit": extra.unit,
                "free_volume": offer.volumes[extra.code],
                "unit_price": str(extra.unit_price),
            }
            for extra in version.extras.all()
        ],
        "is_current": is_current,
    }


def subscription_out(
    row: Subscription, *, day: date, seats: int, bytes_held: int, card_credit: Decimal = ZERO
) -> dict[str, Any]:
    """A subscription on a day, with how much of its limits is in use.

    `card_credit` waits at the provider of cards for its next invoice, the rest of the credit waits here.
    """
    held = held_of(row)
    may = allowance_on(held.term, held.choice, day)
    stage = stage_on(held.term, day)
    return {
        "stage": stage.value,
        "stage_title": stage.label,
        "until": may.until,
        "mode": may.mode,
        "plan": plan_out(row.version, is_current=True),
        "period": row.period,
        "seats": held.choice.seats,
        "add_ons": list(held.choice.add_ons),
        "trial_until": row.trial_until,
        "paid_from": row.paid_from,
        "paid_until": row.paid_until,
        "covered_until": held.term.paid_until,
        "credit": str(row.credit + card_credit),
        "currency": row.currency,
        "by": row.by,
        "renews": row.renews,
        "limits": {
            "seats": limit_out(seats, may.seats),
            "storage_bytes": limit_out(bytes_held, may.storage_bytes),
        },
    }


def quote_out(counted: Quote, *, by: str) -> dict[str, Any]:
    """A counted choice, line by line, as somebody pays it `by` invoice or card."""
    money = {name: str(getattr(counted, name)) for name in ("price", "unused", "credit", "charge", "credit_after")}
    lines = [{**asdict(line), "unit_price": str(line.unit_price), "total": str(line.total)} for line in counted.lines]
    return {
        "lines": lines,
        **money,
        "year_discount": str(counted.discount),
        "begins": counted.begins,
        "until": counted.until,
        "is_renewal": counted.is_renewal,
        "waits": counted.waits,
        "by": by,
        "currency": counted.wanted.offer.currency,
    }


def limit_out(used: int, limit: int | None) -> dict[str, Any]:
    """How much of a limit is in use."""
    return {"used": used, "limit": limit, "level": level(used, limit)}


def _money(value: Any) -> str | None:
    return None if value is None else str(value)
