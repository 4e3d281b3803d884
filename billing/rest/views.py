"""Plans and the subscription, on the company's host, for whoever may pay. They work however little is paid."""

from collections import defaultdict
from collections.abc import Mapping
from datetime import date
from typing import Any

from drf_spectacular.utils import extend_schema
from rest_framework.response import Response

from billing.models import MeterDay, Subscription, UsageDay
from billing.permissions import MANAGE_BILLING
from billing.providers import Asked, provider_of
from billing.queries import card_of, offered, subscription_of, today
from billing.rules.offers import ZERO
from billing.rules.wishes import Wish
from core.attachments.queries import bytes_held
from core.context import company_scope, control_scope
from core.identity.queries import seats_taken
from core.metering.meters import METERS
from core.rest.access import needs
from core.rest.filters import Grammar
from core.rest.pages import page_of
from core.rest.request import Request
from core.rest.views import RegistryView

from .serializers import PricedPlans, QuoteOut, SubscriptionOut, UsagePage, WishForm
from .shown import limit_out, plan_out, quote_out, subscription_out

_NEWEST_DAY_FIRST = Grammar(orderings={"day": "day"}, default_ordering="-day")


class PayingView(RegistryView):
    """Whoever has not paid must be able to."""

    works_unpaid = True


class PlansView(PayingView):
    """What is sold today, the smallest plan first; the one that the company has is marked."""

    access = {"get": needs(MANAGE_BILLING)}

    @extend_schema(responses={200: PricedPlans})
    def get(self, request: Request) -> Response:
        with control_scope():
            mine = subscription_of(request.company.id).version.plan_id
            plans = [plan_out(version, is_current=version.plan_id == mine) for version in offered(today())]
        return Response({"results": plans})


class SubscriptionView(PayingView):
    """The company's own subscription with its limits and what is in use of them."""

    access = {"get": needs(MANAGE_BILLING)}

    @extend_schema(responses={200: SubscriptionOut})
    def get(self, request: Request) -> Response:
        with control_scope():
            row = subscription_of(request.company.id)
        return Response(shown(request, row))


class UsageView(PayingView):
    """What was in use day by day, the newest first, beside what was allowed on that day."""

    access = {"get": needs(MANAGE_BILLING)}

    @extend_schema(responses={200: UsagePage})
    def get(self, request: Request) -> Response:
        with control_scope():
            rows = _NEWEST_DAY_FIRST.narrow(UsageDay.objects.filter(company=request.company.id), request.query_params)
            page = page_of(rows, request.query_params, _NEWEST_DAY_FIRST)
            days = [row.day for row in page.rows]
            metered: dict[date, list[dict[str, Any]]] = defaultdict(list)
            for row in MeterDay.objects.filter(company=request.company.id, day__in=days).order_by("code"):
                metered[row.day].append(_metered(row))
        results = [
            {
                "day": row.day,
                "seats": limit_out(row.seats, row.seats_limit),
                "storage_bytes": limit_out(row.storage_bytes, row.storage_limit),
                "meters": metered[row.day],
            }
            for row in page.rows
        ]
        return Response({"results": results, "next": page.next})


class PreviewView(PayingView):
    """What a choice costs today; nothing is changed."""

    access = {"post": needs(MANAGE_BILLING)}

    @extend_schema(request=WishForm, responses={200: QuoteOut})
    def post(self, request: Request) -> Response:
        way = provider_of(request.company.id)
        counted = way.preview(Asked(request.company, _read(request), by=self.actor))
        return Response(quote_out(counted, by=way.code))


class ChangeView(PayingView):
    """Take a choice that costs nothing now, or that the card of the company pays. The rest asks for an invoice."""

    access = {"post": needs(MANAGE_BILLING)}

    @extend_schema(request=WishForm, responses={200: SubscriptionOut})
    def post(self, request: Request) -> Response:
        provider_of(request.company.id).change(Asked(request.company, _read(request), by=self.actor))
        with control_scope():
            row = subscription_of(request.company.id)
        return Response(shown(request, row))


def wish_of(given: Mapping[str, Any]) -> Wish:
    """What a form asks for."""
    return Wish(given["plan"], given["period"], given.get("seats"), tuple(given.get("add_ons", ())))


def _metered(row: MeterDay) -> dict[str, Any]:
    cost = (row.charged or 0) * (row.unit_price or ZERO)
    return {"code": row.code, "title": METERS[row.code].title, "volume": row.volume, "cost": str(cost)}


def _read(request: Request) -> Wish:
    form = WishForm(data=request.data)
    form.is_valid(raise_exception=True)
    return wish_of(form.validated_data)


def shown(request: Request, row: Subscription) -> dict[str, Any]:
    """A subscription with what the company uses now, which only its own scope can count."""
    with company_scope(request.company):
        seats, held = seats_taken(), bytes_held()
    with control_scope():
        account = card_of(request.company.id)
    card_credit = account.credit if account else ZERO
    return subscription_out(row, day=today(), seats=seats, bytes_held=held, card_credit=card_credit)
