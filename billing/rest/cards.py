"""Paying by card: setting out, coming back, the card itself. Whoever calls the provider holds no transaction."""

from typing import Any

from django.conf import settings
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.response import Response

from billing.actions.cards import close_session, may_manage
from billing.card import paying
from billing.card.client import is_offered
from billing.card.syncing import sync
from billing.errors import CardNotOffered, NoCard
from billing.models import Subscription
from billing.permissions import MANAGE_BILLING
from billing.providers import Asked, provider
from billing.queries import card_of, is_own_session, subscription_of
from billing.rules.card import OWING, TRIALING, why_refused
from core.context import company_scope, control_scope
from core.errors import NotFound
from core.identity.models import User
from core.rest.access import needs
from core.rest.request import Request
from core.throttle import limit

from .serializers import WishForm
from .views import PayingView, wish_of

_PAGE = "/settings/billing"
# Each coming back costs a reading at the provider; the page asks a few times until it knows.
_RETURNS_A_MINUTE = 30
_TOO_OFTEN = "Оплата проверялась слишком часто. Подождите минуту и обновите страницу"


class CardOut(serializers.Serializer):
    is_offered = serializers.BooleanField(help_text="whether this installation takes cards")
    is_demo = serializers.BooleanField(help_text="the provider is the sandbox: no real money")
    is_paying = serializers.BooleanField(help_text="the plan is paid by card now")
    renews = serializers.BooleanField()
    ends_on = serializers.DateField(allow_null=True, help_text="given up: it ends on this day")
    brand = serializers.CharField(help_text="empty: no card is known")
    last4 = serializers.CharField()
    expires = serializers.CharField()
    problem = serializers.CharField(help_text="why the bank has refused the last payment; empty: it has not")
    pay_url = serializers.CharField(help_text="where the waiting payment is confirmed; empty: none waits")


class AddressOut(serializers.Serializer):
    url = serializers.CharField()


class ReturnForm(serializers.Serializer):
    session = serializers.CharField(
        max_length=200, required=False, allow_blank=True, default="", help_text="empty: from the page of the card"
    )


class ReturnOut(serializers.Serializer):
    state = serializers.ChoiceField([paying.OPEN, paying.COMPLETE, paying.EXPIRED])
    is_paying = serializers.BooleanField()


class RenewalForm(serializers.Serializer):
    on = serializers.BooleanField()


class CardView(PayingView):
    """The card that pays, as it was read last."""

    access = {"get": needs(MANAGE_BILLING)}

    @extend_schema(responses={200: CardOut})
    def get(self, request: Request) -> Response:
        return Response(_shown(request.company.id))


class CardCheckoutView(PayingView):
    """Set out to pay for a choice by card: the address of the provider's page."""

    access = {"post": needs(MANAGE_BILLING)}

    @extend_schema(request=WishForm, responses={201: AddressOut})
    def post(self, request: Request) -> Response:
        form = WishForm(data=request.data)
        form.is_valid(raise_exception=True)
        wish = wish_of(form.validated_data)
        _must_be_offered()
        email = _email(request, self.actor.user_id)
        asked = Asked(request.company, wish, by=self.actor, back=_back(request), email=email)
        begun = provider(Subscription.By.CARD.value).begin(asked)
        return Response({"url": begun.url}, status=201)


class CardReturnView(PayingView):
    """Somebody has come back from the provider's page: what became of it is read there, whatever was told meanwhile."""

    access = {"post": needs(MANAGE_BILLING)}

    @extend_schema(request=ReturnForm, responses={200: ReturnOut})
    def post(self, request: Request) -> Response:
        form = ReturnForm(data=request.data)
        form.is_valid(raise_exception=True)
        limit("card-returned", request.company.schema, times=_RETURNS_A_MINUTE, seconds=60, sentence=_TOO_OFTEN)
        session = form.validated_data["session"]
        state = self._state_of(session) if session else paying.COMPLETE
        if state != paying.OPEN:
            sync(request.company.schema)
        with control_scope():
            is_paying = subscription_of(request.company.id).by == Subscription.By.CARD
        return Response({"state": state, "is_paying": is_paying})

    def _state_of(self, session: str) -> str:
        """What has become of the company's own address; NotFound for another's."""
        with control_scope():
            if not is_own_session(self.request.company.id, session):
                raise NotFound()
        state = paying.state_of(session)
        if state != paying.OPEN:
            with control_scope():
                close_session(session)
        return state


class CardPortalView(PayingView):
    """The provider's page where the card is changed and receipts lie."""

    access = {"post": needs(MANAGE_BILLING)}

    @extend_schema(request=None, responses={201: AddressOut})
    def post(self, request: Request) -> Response:
        _must_be_offered()
        with control_scope():
            account = may_manage(request.company.schema, by=self.actor)
        return Response({"url": paying.portal(account.customer, _back(request) + "?card=changed")}, status=201)


class CardRenewalView(PayingView):
    """Give paying by card up, or go on: what is paid stays to its last day. One that is owed ends at once, and so does
    one that has not paid yet: there is no paid day to wait for, and an invoice may be made out."""

    access = {"post": needs(MANAGE_BILLING)}

    @extend_schema(request=RenewalForm, responses={200: CardOut})
    def post(self, request: Request) -> Response:
        form = RenewalForm(data=request.data)
        form.is_valid(raise_exception=True)
        _must_be_offered()
        company, on = request.company, form.validated_data["on"]
        with control_scope():
            account = may_manage(company.schema, by=self.actor)
            row = subscription_of(company.id)
            if row.by != Subscription.By.CARD:
                raise NoCard()
        has_paid_nothing = account.status in OWING or (account.status == TRIALING and row.paid_until is None)
        if has_paid_nothing and not on:
            paying.end(account.subscription)
        else:
            key = f"{company.schema}:renewal:{account.applied}:{on}"
            paying.renew(account.subscription, on=on, key=key)
        sync(company.schema)
        return Response(_shown(company.id))


def _shown(company_id: int) -> dict[str, Any]:
    with control_scope():
        row, account = subscription_of(company_id), card_of(company_id)
    by_card = row.by == Subscription.By.CARD
    return {
        "is_offered": is_offered(),
        "is_demo": settings.STRIPE_IS_DEMO,
        "is_paying": by_card,
        "renews": row.renews,
        "ends_on": account.cancels_on if account and by_card else None,
        "brand": account.brand if account and by_card else "",
        "last4": account.last4 if account and by_card else "",
        "expires": account.expires if account and by_card else "",
        "problem": why_refused(account.problem) if account and by_card and account.problem else "",
        "pay_url": account.pay_url if account and (by_card or account.left) else "",
    }


def _must_be_offered() -> None:
    if not is_offered():
        raise CardNotOffered()


def _back(request: Request) -> str:
    return f"{settings.PUBLIC_SCHEME}://{request.company.hosts[0]}{settings.ORIGIN_PORT}{_PAGE}"


def _email(request: Request, user_id: int | None) -> str:
    """The payer's contact: nothing else of a person goes to the provider."""
    if user_id is None:
        return ""
    with company_scope(request.company):
        return User.objects.filter(pk=user_id or 0).values_list("email", flat=True).first() or ""
