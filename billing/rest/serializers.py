"""Shapes of what the owner of a company sees of plans and his subscription. Sums are strings with two places."""

from decimal import Decimal
from typing import Any

from rest_framework import serializers

from billing.models import Invoice, Subscription
from billing.rules.life import Stage
from billing.rules.offers import Period
from core.metering.meters import METERS

_LEVELS = ["free", "near", "filled"]


def money(**more: Any) -> serializers.DecimalField:
    """A sum as a string: a float would lose kopecks."""
    return serializers.DecimalField(max_digits=18, decimal_places=2, coerce_to_string=True, **more)


class AddOnOut(serializers.Serializer):
    code = serializers.CharField()
    title = serializers.CharField()
    month_price = money()
    year_price = money()
    modules = serializers.ListField(child=serializers.CharField())
    storage_bytes = serializers.IntegerField()


class ExtraOut(serializers.Serializer):
    code = serializers.CharField()
    title = serializers.CharField()
    unit = serializers.CharField()
    free_volume = serializers.CharField(help_text="a month")
    unit_price = money()


class PricedPlan(serializers.Serializer):
    code = serializers.CharField()
    title = serializers.CharField()
    summary = serializers.CharField()
    currency = serializers.CharField()
    month_price = money()
    year_price = money()
    year_discount = money(help_text="what a year saves against twelve months")
    seats_included = serializers.IntegerField(allow_null=True, help_text="null: without a limit")
    seat_month_price = money(allow_null=True, help_text="null: further seats are not sold")
    seat_year_price = money(allow_null=True)
    storage_bytes = serializers.IntegerField(allow_null=True, help_text="null: without a limit")
    modules = serializers.ListField(child=serializers.CharField(), allow_null=True, help_text="null: all")
    add_ons = AddOnOut(many=True)
    extras = ExtraOut(many=True)
    is_current = serializers.BooleanField()


class PricedPlans(serializers.Serializer):
    results = PricedPlan(many=True)


class LimitOut(serializers.Serializer):
    used = serializers.IntegerField()
    limit = serializers.IntegerField(allow_null=True, help_text="null: without a limit")
    level = serializers.ChoiceField(_LEVELS, help_text="near from 80 %, filled from 100 %")


class LimitsOut(serializers.Serializer):
    seats = LimitOut()
    storage_bytes = LimitOut()


class SubscriptionOut(serializers.Serializer):
    stage = serializers.ChoiceField(Stage.choices)
    stage_title = serializers.CharField()
    until = serializers.DateField(allow_null=True, help_text="the first day of the next stage")
    mode = serializers.ChoiceField(["full", "read_only", "suspended"])
    plan = PricedPlan(help_text="the version that was bought, whatever is sold now")
    period = serializers.ChoiceField(Period.choices)
    seats = serializers.IntegerField(allow_null=True)
    add_ons = serializers.ListField(child=serializers.CharField())
    trial_until = serializers.DateField()
    paid_from = serializers.DateField(allow_null=True)
    paid_until = serializers.DateField(allow_null=True, help_text="the first day that is not paid for")
    covered_until = serializers.DateField(allow_null=True, help_text="the same with the periods that credit pays for")
    credit = money(help_text="what waits for the next purchase")
    currency = serializers.CharField()
    by = serializers.ChoiceField(Subscription.By.choices)
    renews = serializers.BooleanField(help_text="a card pays the next period by itself")
    limits = LimitsOut()


class MeterDayOut(serializers.Serializer):
    code = serializers.ChoiceField(list(METERS))
    title = serializers.CharField()
    volume = serializers.IntegerField()
    cost = money(help_text="of what is beyond the plan")


class MeterOut(serializers.Serializer):
    code = serializers.ChoiceField(list(METERS))
    title = serializers.CharField()
    unit = serializers.CharField()
    is_level = serializers.BooleanField(help_text="looked at once a day; the others are counted as they happen")
    free_volume = serializers.CharField(help_text="a month; of a level at any moment")
    unit_price = money(allow_null=True, help_text="null: not sold with this plan")
    month_price = money(allow_null=True, help_text="of a level: what a unit costs for a month of 30 days")
    used = serializers.IntegerField(help_text="this month so far; of a level now")
    spent = money(help_text="this month so far, of what is beyond the plan")
    ceiling = money(allow_null=True, help_text="null: without an end; a level is then not sold")
    level = serializers.ChoiceField(_LEVELS, help_text="of the ceiling")


class MetersOut(serializers.Serializer):
    results = MeterOut(many=True)
    currency = serializers.CharField()
    owes = serializers.BooleanField(help_text="an invoice for extras is overdue: they are refused until it is paid")


class CeilingForm(serializers.Serializer):
    ceiling = money(allow_null=True)


class UsageDayOut(serializers.Serializer):
    day = serializers.DateField()
    seats = LimitOut()
    storage_bytes = LimitOut()
    meters = MeterDayOut(many=True, help_text="what was used by the unit; known when the day is over")


class UsagePage(serializers.Serializer):
    results = UsageDayOut(many=True)
    next = serializers.CharField(allow_null=True)


class WishForm(serializers.Serializer):
    plan = serializers.CharField(max_length=30)
    period = serializers.ChoiceField(Period.choices)
    seats = serializers.IntegerField(
        required=False,
        allow_null=True,
        min_value=1,
        max_value=100_000,
        help_text="in all; empty: as included",
    )
    add_ons = serializers.ListField(child=serializers.CharField(max_length=30), required=False, max_length=20)


class PriceLine(serializers.Serializer):
    title = serializers.CharField()
    count = serializers.IntegerField()
    unit_price = money()
    total = money()


class QuoteOut(serializers.Serializer):
    """charge + unused + credit = price + credit_after, to the kopeck."""

    lines = PriceLine(many=True)
    price = money(help_text="the whole period")
    unused = money(help_text="of what was paid for the running period")
    credit = money()
    charge = money(help_text="to be paid now; by a card that waits on the day `begins`")
    credit_after = money()
    year_discount = money(help_text="what a year saves against twelve months")
    begins = serializers.DateField()
    until = serializers.DateField(allow_null=True, help_text="the first day that will not be paid for")
    is_renewal = serializers.BooleanField()
    waits = serializers.BooleanField(help_text="the money is credit until this period ends, then the next is taken")
    by = serializers.ChoiceField(Subscription.By.choices, help_text="card: changing takes the charge from it at once")
    currency = serializers.CharField()


class BuyerForm(serializers.Serializer):
    """Blank fields pass here, so that all wrong ones are named at once."""

    name = serializers.CharField(max_length=300, allow_blank=True)
    inn = serializers.CharField(max_length=12, allow_blank=True)
    kpp = serializers.CharField(max_length=9, allow_blank=True, required=False, default="")
    address = serializers.CharField(max_length=500, allow_blank=True)


class InvoiceForm(WishForm):
    buyer = BuyerForm()


class SellerOut(serializers.Serializer):
    name = serializers.CharField()
    inn = serializers.CharField()
    kpp = serializers.CharField()
    address = serializers.CharField()
    account = serializers.CharField()
    bank = serializers.CharField()
    bic = serializers.CharField()
    bank_account = serializers.CharField()


class BuyerOut(serializers.Serializer):
    name = serializers.CharField()
    inn = serializers.CharField()
    kpp = serializers.CharField()
    address = serializers.CharField()


class InvoiceLineOut(serializers.Serializer):
    id = serializers.IntegerField()
    number = serializers.CharField(help_text="as it is printed")
    kind = serializers.ChoiceField(Invoice.Kind.choices)
    state = serializers.ChoiceField(Invoice.State.choices)
    issued_on = serializers.DateField()
    pay_until = serializers.DateField(help_text="so long the price holds")
    paid_on = serializers.DateField(allow_null=True)
    total = money()
    currency = serializers.CharField()


class InvoiceOut(InvoiceLineOut):
    seller = SellerOut()
    buyer = BuyerOut()
    lines = PriceLine(many=True)
    deduction = money(help_text="what was unused and credit; lines less this is the total")
    vat = money(allow_null=True, help_text="null: without VAT")
    purpose = serializers.CharField(help_text="what the payer writes, so that the payment is found")
    payment_code = serializers.CharField(help_text="text of the QR code by ГОСТ Р 56042-2014")
    qr_svg = serializers.CharField(help_text="the code itself, an inline SVG")


class InvoicePage(serializers.Serializer):
    results = InvoiceLineOut(many=True)
    next = serializers.CharField(allow_null=True)


class ActOut(serializers.Serializer):
    id = serializers.IntegerField()
    number = serializers.IntegerField()
    issued_on = serializers.DateField()
    period_from = serializers.DateField()
    period_to = serializers.DateField(help_text="the first day after")
    title = serializers.CharField()
    total = money()
    currency = serializers.CharField()


class ActPage(serializers.Serializer):
    results = ActOut(many=True)
    next = serializers.CharField(allow_null=True)


class ModuleTitle(serializers.Serializer):
    code = serializers.CharField()
    title = serializers.CharField()


class PublicPrices(PricedPlans):
    """What anybody may read."""

    modules = ModuleTitle(many=True)


class ExtendTrialForm(serializers.Serializer):
    until = serializers.DateField()
    reason = serializers.CharField(max_length=500, allow_blank=True)


class PlanVersionForm(serializers.Serializer):
    valid_from = serializers.DateField()
    month_price = money(min_value=Decimal(0))
    year_price = money(min_value=Decimal(0))
    seats_included = serializers.IntegerField(allow_null=True, min_value=1, max_value=1_000_000)
    seat_month_price = money(allow_null=True, min_value=Decimal(0))
    seat_year_price = money(allow_null=True, min_value=Decimal(0))
    storage_bytes = serializers.IntegerField(allow_null=True, min_value=0, max_value=2**60)
    modules = serializers.ListField(child=serializers.CharField(max_length=50), allow_null=True, max_length=100)
    reason = serializers.CharField(max_length=500, allow_blank=True)


class PlanVersionOut(PricedPlan):
    """`is_current` says that it is sold today."""

    number = serializers.IntegerField()
    valid_from = serializers.DateField()
    valid_to = serializers.DateField(allow_null=True)


class ConsolePlans(serializers.Serializer):
    results = PlanVersionOut(many=True)
    modules = ModuleTitle(many=True)
