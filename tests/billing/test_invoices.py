"""An invoice from the form to the paid plan: numbers without gaps, payments once, the rest kept or put aside."""

from datetime import timedelta
from decimal import Decimal
from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from billing.actions.invoices import MOST_A_DAY, MOST_OPEN, next_number
from billing.actions.payments import assign
from billing.models import Counter, Invoice, Payment, Subscription
from billing.queries import today
from billing.rules.offers import end_of
from billing.rules.papers import qr_svg
from core.context import company_scope, control_scope
from core.events.models import Fact
from core.notifications.models import Delivery
from tenants.snapshots import find
from tests.billing.conftest import BUYER

DAY = timedelta(days=1)
WISH = {"plan": "basic", "period": "month", "seats": 12}


def invoice(person, **more):
    answer = person.client.post("billing/invoices/", {**WISH, "buyer": BUYER, **more})
    assert answer.status_code == 201, answer.json()
    return answer.json()


def subscription(company):
    with control_scope():
        return Subscription.objects.select_related("version").get(pk=company.id)


def test_an_invoice_says_all_that_is_needed_to_pay_it(owner):
    made = invoice(owner, add_ons=["storage-50"])
    assert (made["number"], made["state"], made["total"]) == ("ПЛТ-000001", "open", "2280.00")
    assert [(line["count"], line["total"]) for line in made["lines"]] == [(1, "1490.00"), (2, "300.00"), (1, "490.00")]
    assert made["buyer"] == BUYER
    assert f"|Sum=228000|Purpose={made['purpose']}" in made["payment_code"]
    assert made["qr_svg"] == qr_svg(made["payment_code"])
    assert owner.client.get(f"billing/invoices/{made['id']}/").json() == made
    [line] = owner.client.get("billing/invoices/").json()["results"]
    assert (line["id"], line["total"]) == (made["id"], "2280.00")


def test_the_same_wish_again_is_the_same_invoice_and_numbers_have_no_gaps(owner, other_owner):
    first = invoice(owner)
    assert invoice(owner) == first
    refused = owner.client.post("billing/invoices/", {**WISH, "buyer": {**BUYER, "inn": "12"}})
    assert (refused.status_code, [error["pointer"] for error in refused.json()["errors"]]) == (422, ["/buyer/inn"])
    assert invoice(owner, seats=13)["number"] == "ПЛТ-000002"
    assert invoice(other_owner)["number"] == "ПЛТ-000003"


def test_a_company_makes_out_only_so_many_invoices(owner, other_owner):
    made = [invoice(owner, seats=10 + number) for number in range(MOST_OPEN)]
    assert invoice(owner, seats=10) == made[0], "the same one is none more"
    refused = owner.client.post("billing/invoices/", {**WISH, "seats": 99, "buyer": BUYER})
    assert (refused.status_code, refused.json()["type"]) == (409, "/problems/too-many-invoices")
    invoice(other_owner)
    with control_scope():
        assert Invoice.objects.filter(number__gt=MOST_OPEN).count() == 1, "a refusal takes no number"
        # Their time to be paid is over: only those of today count now.
        Invoice.objects.update(pay_until=today() - DAY)
    for number in range(MOST_A_DAY - MOST_OPEN):
        invoice(owner, seats=50 + number)
    refused = owner.client.post("billing/invoices/", {**WISH, "seats": 99, "buyer": BUYER})
    assert refused.json()["type"] == "/problems/too-many-invoices-today"
    with control_scope():
        Invoice.objects.update(issued_on=today() - DAY)
    invoice(owner, seats=99)


def test_whoever_rolls_back_gives_his_number_back(db):
    with control_scope():
        assert [next_number("x"), next_number("x"), next_number("y")] == [1, 2, 1]
    with pytest.raises(ZeroDivisionError), control_scope():
        next_number("x")
        raise ZeroDivisionError
    with control_scope():
        assert Counter.objects.get(pk="x").last == 2


@pytest.mark.row("SE-07")
def test_another_companys_invoice_is_not_there(owner, other_owner):
    theirs = invoice(other_owner)
    answer = owner.client.get(f"billing/invoices/{theirs['id']}/")
    assert (answer.status_code, answer.json()["type"]) == (404, "/problems/not-found")
    assert owner.client.get("billing/invoices/").json()["results"] == []


@pytest.mark.row("PL-05")
@pytest.mark.row("MN-01")
def test_a_paid_invoice_is_the_plan_it_was_made_out_for(company, owner, pays, subscribed):
    subscribed(trial_until=today())
    made = invoice(owner)
    received = pays(made)
    assert received.payment.state == Payment.State.CREDITED
    row = subscription(company)
    assert (row.version.plan_id, row.seats, row.stage, row.credit) == ("basic", 12, "active", 0)
    assert (row.paid_from, row.paid_sum) == (today(), Decimal("1790.00"))
    may = find(schema=company.schema).allowance
    assert (may.mode, may.seats, may.until) == ("full", 12, row.paid_until)
    shown = owner.client.get("billing/subscription/").json()
    assert (shown["plan"]["code"], shown["paid_until"]) == ("basic", row.paid_until.isoformat())
    assert owner.client.get(f"billing/invoices/{made['id']}/").json()["state"] == "paid"
    with company_scope(company):
        kinds = list(Fact.objects.filter(kind__startswith="billing.").order_by("pk").values_list("kind", flat=True))
    assert kinds[-4:] == [
        "billing.stage_changed", "billing.invoice_issued", "billing.payment_came", "billing.plan_changed"
    ]  # fmt: skip


def test_a_payment_in_the_trial_begins_when_the_trial_ends(company, owner, pays, life):
    ends = life().trial_until
    assert not owner.client.get("me/").json()["allowance"]["paid_ahead"]
    pays(invoice(owner))
    assert owner.client.get("me/").json()["allowance"]["paid_ahead"], "the end of the trial is nothing to warn of"
    row = subscription(company)
    assert (row.stage, row.paid_from, find(schema=company.schema).allowance.seats) == ("trial", ends, None)
    assert life(ends).stage == "active"
    assert find(schema=company.schema).allowance.seats == 12


def test_the_next_period_paid_early_waits_for_its_day_and_nobody_is_reminded(company, owner, pays, subscribed, life):
    ends = today() + 10 * DAY
    subscribed(plan="basic", trial_until=today(), paid_from=today() - 20 * DAY, paid_until=ends, paid_sum=1490)
    pays(invoice(owner, seats=10))
    row = subscription(company)
    assert (row.paid_until, row.credit) == (ends, Decimal("1490.00"))
    assert row.next_on == ends, "on that day the next period is taken"
    shown = owner.client.get("billing/subscription/").json()
    assert (shown["paid_until"], shown["covered_until"]) == (ends.isoformat(), end_of("month", ends).isoformat())
    assert find(schema=company.schema).allowance.until == end_of("month", ends)
    life(ends - 3 * DAY)
    row = life(ends)
    assert (row.stage, row.paid_from, row.paid_until, row.credit) == ("active", ends, end_of("month", ends), 0)
    [act] = owner.client.get("billing/acts/").json()["results"]
    assert (act["total"], act["period_to"]) == ("1490.00", ends.isoformat())
    with company_scope(company):
        assert not Delivery.objects.filter(kind="billing.due").exists()


def test_the_same_payment_twice_is_once(company, owner, pays, subscribed):
    subscribed(trial_until=today())
    made = invoice(owner)
    first = pays(made, bank_number="77")
    again = pays(made, bank_number="77")
    assert (first.is_known, again.is_known, again.payment.pk) == (False, True, first.payment.pk)
    assert subscription(company).credit == 0
    pays(made, bank_number="78")
    assert subscription(company).credit == Decimal("1790.00"), "another payment of a paid invoice is kept"


def test_parts_are_kept_until_they_are_the_whole_and_more_is_credit(company, owner, pays, subscribed):
    subscribed(trial_until=today())
    made = invoice(owner)
    pays(made, total="1000.00")
    row = subscription(company)
    assert (row.version.plan_id, row.credit) == ("free", Decimal("1000.00"))
    pays(made, total="1000.00")
    row = subscription(company)
    assert (row.version.plan_id, row.credit) == ("basic", Decimal("210.00"))


def test_an_invoice_counted_from_what_has_changed_since_leaves_the_money_as_credit(company, owner, pays, subscribed):
    subscribed(trial_until=today())
    small, large = invoice(owner), invoice(owner, plan="standard", seats=30)
    pays(large)
    pays(small)
    row = subscription(company)
    assert row.version.plan_id == "basic", "what was unused of the larger plan pays for the smaller"
    assert row.credit == Decimal("3990.00")


def test_who_was_shut_out_comes_back_by_paying(company, owner, pays, subscribed):
    subscribed(plan="basic", trial_until=today() - 60 * DAY, paid_from=today() - 90 * DAY,
               paid_until=today() - 60 * DAY, paid_sum=1490)  # fmt: skip
    assert owner.client.get("tasks/").status_code == 403
    pays(invoice(owner, seats=10))
    row = subscription(company)
    assert (row.stage, row.paid_from) == ("active", today())
    assert owner.client.get("tasks/").status_code == 200


def test_what_is_not_understood_waits_for_a_person(company, owner, pays, subscribed):
    subscribed(trial_until=today())
    made = invoice(owner)
    received = pays(made, purpose="за услуги")
    assert (received.payment.state, received.payment.reason) == ("waiting", "В назначении нет номера счёта")
    assert subscription(company).credit == 0
    with control_scope():
        assign(received.payment.pk, Invoice.objects.get().number, day=today())
    assert subscription(company).version.plan_id == "basic"


def test_nothing_is_paid_where_nothing_is_owed(owner):
    refused = owner.client.post("billing/invoices/", {"plan": "free", "period": "month", "buyer": BUYER})
    assert (refused.status_code, refused.json()["type"]) == (409, "/problems/nothing-to-pay")


def test_without_a_seller_nobody_is_asked_to_pay(owner, settings):
    settings.SELLER = {**settings.SELLER, "name": ""}
    refused = owner.client.post("billing/invoices/", {**WISH, "buyer": BUYER})
    assert (refused.status_code, refused.json()["type"]) == (409, "/problems/no-invoices")


def test_a_statement_is_read_by_the_command_and_reading_it_again_changes_nothing(
    company, owner, subscribed, tmp_path, settings
):
    subscribed(trial_until=today())
    made = invoice(owner)
    lines = [
        "1CClientBankExchange", "Кодировка=Windows", "СекцияДокумент=Платежное поручение", "Номер=5",
        f"Дата={today():%d.%m.%Y}", f"Сумма={made['total']}", "Плательщик=ООО «Альфа»",
        f"ПлательщикИНН={BUYER['inn']}", f"ПолучательСчет={settings.SELLER['account']}",
        f"НазначениеПлатежа={made['purpose']}", "КонецДокумента", "КонецФайла",
    ]  # fmt: skip
    file = tmp_path / "kl_to_1c.txt"
    file.write_bytes("\r\n".join(lines).encode("cp1251"))
    told = []
    for _ in range(2):
        out = StringIO()
        call_command("import_statement", str(file), stdout=out)
        told.append(out.getvalue())
    assert "1790.00 по счёту ПЛТ-000001" in told[0] and "уже известны: 0" in told[0]
    assert "уже известны: 1, ждут разбора: 0" in told[1]
    assert subscription(company).version.plan_id == "basic"
    file.write_text("Дата;Сумма")
    with pytest.raises(CommandError, match="1CClientBankExchange"):
        call_command("import_statement", str(file), stdout=StringIO())
    settings.SELLER = {**settings.SELLER, "account": ""}
    with pytest.raises(CommandError, match="SELLER_ACCOUNT"):
        call_command("import_statement", str(file), stdout=StringIO())


def test_acts_are_listed_newest_first_by_pages(company, owner, subscribed, life):
    begins = today() - 90 * DAY
    subscribed(plan="basic", day=begins, trial_until=begins, paid_from=begins, paid_until=begins + 30 * DAY,
               paid_sum=1490, credit=3000)  # fmt: skip
    life(begins + 30 * DAY)
    life(begins + 60 * DAY + DAY)
    first = owner.client.get("billing/acts/", limit=1).json()
    assert [act["number"] for act in first["results"]] == [2]
    second = owner.client.get("billing/acts/", limit=1, cursor=first["next"]).json()
    assert [act["total"] for act in second["results"]] == ["1490.00"]
