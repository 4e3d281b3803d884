"""The same money, the same day and the next number, asked for at the same moment, with real commits."""

from decimal import Decimal

import pytest

from billing.actions.invoices import issue_invoice
from billing.actions.payments import receive
from billing.actions.subscriptions import change_plan, live
from billing.actions.usage import count_usage
from billing.card.jobs import shut
from billing.card.syncing import sync
from billing.models import Act, Invoice, Payment, Subscription, UsageDay
from billing.queries import today
from billing.rules.papers import Buyer, printed
from billing.rules.statement import Incoming
from billing.rules.wishes import Wish
from core.access.actor import Actor
from core.access.loading import actor_of_principal
from core.context import company_scope, control_scope
from core.identity.models import User
from tenants.snapshots import find
from tests.billing.conftest import BUYER
from tests.conftest import owner_of
from tests.support.races import together

pytestmark = [pytest.mark.committed, pytest.mark.usefixtures("committed")]
CALLERS = 12


@pytest.fixture
def schema(committed) -> str:
    company = find(host="alfa.localhost")
    assert company
    with control_scope():
        live(company.schema, day=today())
    return company.schema


@pytest.fixture
def boss(schema: str) -> Actor:
    company = find(schema=schema)
    assert company
    with company_scope(company):
        user = User.objects.select_related("principal__employee").get(email="owner@alfa.example")
        return actor_of_principal(user.principal, door="screen", user_id=user.pk)


def scoped(deed, *given, **named):
    def run() -> None:
        with control_scope():
            deed(*given, **named)

    return run


def payment(invoice: Invoice, number: str) -> Incoming:
    return Incoming(
        came_on=today(), total=invoice.total, bank_number=number, payer_name="ООО «Альфа»", payer_inn=BUYER["inn"],
        payer_account="40702810900000000001", purpose=f"счёт {printed(invoice.number)}",
        account="40702810000000000000",
    )  # fmt: skip


def test_numbers_have_neither_gap_nor_twin(schema, boss):
    wishes = [Wish("basic", "month", 10 + number) for number in range(CALLERS)]
    assert not any(together(*(scoped(issue_invoice, schema, wish, Buyer(**BUYER), by=boss) for wish in wishes)))
    with control_scope():
        assert sorted(Invoice.objects.values_list("number", flat=True)) == list(range(1, CALLERS + 1))


def test_the_same_wish_at_once_is_one_invoice(schema, boss):
    ask = scoped(issue_invoice, schema, Wish("basic", "month"), Buyer(**BUYER), by=boss)
    assert not any(together(*([ask] * CALLERS)))
    with control_scope():
        assert Invoice.objects.count() == 1


def test_a_payment_that_many_read_at_once_is_credited_once(schema, boss):
    with control_scope():
        invoice = issue_invoice(schema, Wish("basic", "month"), Buyer(**BUYER), by=boss)
    same = scoped(receive, payment(invoice, "77"), day=today())
    assert not any(together(*([same] * CALLERS)))
    with control_scope():
        assert Payment.objects.count() == 1
        row = Subscription.objects.get()
        assert (row.version.plan_id, row.paid_sum, row.credit) == ("basic", Decimal("1490.00"), 0)


def test_several_payments_of_one_invoice_buy_once_and_lose_nothing(schema, boss):
    with control_scope():
        invoice = issue_invoice(schema, Wish("basic", "month"), Buyer(**BUYER), by=boss)
    paid = [scoped(receive, payment(invoice, str(number)), day=today()) for number in range(CALLERS)]
    assert not any(together(*paid))
    with control_scope():
        row = Subscription.objects.get()
        assert row.paid_sum + row.credit == CALLERS * Decimal("1490.00")
        assert Invoice.objects.get().state == Invoice.State.PAID


def test_a_change_asked_for_many_times_is_made_once(schema, boss):
    with control_scope():
        Subscription.objects.update(trial_until=today(), credit=Decimal("5000.00"))
    assert not any(together(*([scoped(change_plan, schema, Wish("basic", "month"), by=boss)] * CALLERS)))
    with control_scope():
        row = Subscription.objects.get()
        assert (row.paid_sum, row.credit) == (Decimal("1490.00"), Decimal("3510.00"))
        assert not Act.objects.exists()


def test_a_day_is_counted_once(schema):
    assert not any(together(*([scoped(count_usage, schema, day=today())] * CALLERS)))
    with control_scope():
        assert UsageDay.objects.count() == 1


def test_a_page_paid_while_the_transfer_comes_loses_nothing(schema, boss, desk):
    """Whichever is first of the money, the card and the shutting: all that has come stands somewhere."""
    company = find(schema=schema)
    assert company
    with control_scope():
        Subscription.objects.update(trial_until=today())
        invoice = issue_invoice(schema, Wish("basic", "year"), Buyer(**BUYER), by=boss)
    url = desk.set_out(owner_of(company), seats=10)
    deeds = (
        scoped(receive, payment(invoice, "1"), day=today()),
        lambda: desk.give(url),
        lambda: shut(None, company.id),
        lambda: sync(schema),
    )
    assert not any(together(*deeds))
    for _ in range(2):
        shut(None, company.id)
    with control_scope():
        row = Subscription.objects.get()
        came = sum(one.total for one in Payment.objects.all())
        assert came in (invoice.total, invoice.total + Decimal("1490.00"))
        assert (row.paid_sum + row.credit, Act.objects.exists()) == (came, False)
        assert row.paid_until is not None and row.credit in (0, invoice.total)
    assert desk.give(url)[0] == 200, "nobody pays there any more"
