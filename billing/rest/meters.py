"""What is used by the unit beyond the plan: how much this month, what it costs, how much the company will spend."""

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from drf_spectacular.utils import extend_schema
from rest_framework.response import Response

from billing.actions.extras import set_ceiling
from billing.permissions import MANAGE_BILLING
from billing.queries import ceilings_of, held_of, spent_in, subscription_of, today
from billing.rules.offers import ZERO, Offer
from core.attachments.queries import bytes_held
from core.context import company_scope, control_scope
from core.entitlements.allowance import level
from core.metering.meters import METERS, STORAGE, Meter, beyond, month_of, units_over
from core.metering.queries import costs_in, used_in
from core.rest.access import needs
from core.rest.request import Request

from .serializers import CeilingForm, MetersOut
from .views import PayingView

_KOPECKS = 100


class MetersView(PayingView):
    """Each meter with what was used of it this month, today as well."""

    access = {"get": needs(MANAGE_BILLING)}

    @extend_schema(responses={200: MetersOut})
    def get(self, request: Request) -> Response:
        return Response(_shown(request))


class MeterView(PayingView):
    """How much may be spent on one of them in a month; null: without an end, for files beyond the quota not at all."""

    access = {"put": needs(MANAGE_BILLING)}

    @extend_schema(request=CeilingForm, responses={200: MetersOut})
    def put(self, request: Request, code: str) -> Response:
        form = CeilingForm(data=request.data)
        form.is_valid(raise_exception=True)
        with control_scope():
            set_ceiling(request.company.schema, code, form.validated_data["ceiling"], by=self.actor)
        return Response(_shown(request))


def _shown(request: Request) -> dict[str, Any]:
    month = month_of(today())
    with control_scope():
        offer = held_of(subscription_of(request.company.id)).choice.offer
        ceilings, spent = ceilings_of(request.company.id), spent_in(request.company.id, month)
    with company_scope(request.company):
        used, costs, held = used_in(month), costs_in(month), bytes_held()
    used[STORAGE.code] = units_over(held, request.company.allowance.storage_bytes)
    results = []
    for meter in METERS.values():
        volume, ceiling = used.get(meter.code, 0), ceilings.get(meter.code)
        # A level costs by the day: what the days that are over came to. Of events today's are known as well.
        cost = spent.get(meter.code, ZERO) if meter.is_level else costs.get(meter.code, _cost(meter, offer, volume))
        paid = cost if ceiling is None or meter.is_level or cost <= ceiling else _most(meter, offer, ceiling)
        results.append(
            {
                "code": meter.code,
                "title": meter.title,
                "unit": meter.unit,
                "is_level": meter.is_level,
                **_sold(meter, offer, request.company.allowance.volumes),
                "used": volume,
                "spent": str(paid),
                "ceiling": None if ceiling is None else str(ceiling),
                "level": "free" if not ceiling else level(int(cost * _KOPECKS), int(ceiling * _KOPECKS)),
            }
        )
    return {"results": results, "currency": offer.currency, "owes": request.company.allowance.owes_extras}


def _cost(meter: Meter, offer: Offer, volume: int) -> Decimal:
    """Of a month whose cost was not kept from its beginning, or in which nothing was used yet."""
    extra = offer.extras.get(meter.code)
    return ZERO if extra is None else beyond(0, volume, extra.free) * extra.unit_price


def _most(meter: Meter, offer: Offer, ceiling: Decimal) -> Decimal:
    """What whole units of it cost that fit under a ceiling: more nobody pays."""
    extra = offer.extras.get(meter.code)
    if extra is None or not extra.unit_price:
        return ZERO
    return ceiling // extra.unit_price * extra.unit_price


def _sold(meter: Meter, offer: Offer, given: Mapping[str, str]) -> dict[str, Any]:
    """What the plan says of it; one that it does not sell has no price, and in the trial a volume at most."""
    extra = offer.extras.get(meter.code)
    return {
        "free_volume": given.get(meter.code, offer.volumes.get(meter.code, "0")),
        "unit_price": None if extra is None else str(meter.price_of_unit(extra.unit_price)),
        "month_price": str(extra.unit_price) if extra is not None and meter.is_level else None,
    }
