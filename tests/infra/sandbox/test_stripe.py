"""The stand-in of Stripe as its own client sees it: sold, renewed, evened out, refused, told."""

import time
from collections.abc import Iterator
from typing import Any

import pytest
import stripe

from tests.infra.sandbox.process import SandboxProcess
from tests.infra.sandbox.stripe_people import ASKS, DECLINED, GOOD, KEY, LATER_BAD, POOR, SECRET, Shop, client_of

DAY = 86_400


@pytest.fixture(scope="module")
def paid_sandbox(tmp_path_factory: pytest.TempPathFactory) -> Iterator[SandboxProcess]:
    variables = {"SANDBOX_STRIPE_KEY": KEY, "SANDBOX_STRIPE_SECRET": SECRET}
    sandbox = SandboxProcess(tmp_path_factory.mktemp("stripe"), **variables).start()
    yield sandbox
    sandbox.stop()


@pytest.fixture(scope="module")
def shop(paid_sandbox: SandboxProcess) -> Shop:
    return Shop(paid_sandbox)


def period(found: Any) -> tuple[int, int]:
    item = found["items"].data[0]
    return item.current_period_start, item.current_period_end


def paid(shop: Shop, found: Any) -> list[Any]:
    return shop.stripe.invoices.list({"subscription": found.id, "status": "paid"}).data


def test_a_person_pays_and_the_subscription_is_there(shop):
    customer = shop.customer()
    session = shop.session(customer, ("plan-month", 1), ("seat-month", 2), client_reference_id="alfa")
    status, headers, _ = shop.give(session.url, GOOD)
    assert (status, headers["location"]) == (303, f"http://alfa.localhost/settings/billing?card={session.id}")
    done = shop.stripe.checkout.sessions.retrieve(session.id)
    assert (done.status, done.payment_status, done.client_reference_id) == ("complete", "paid", "alfa")
    found = shop.stripe.subscriptions.retrieve(
        str(done.subscription), {"expand": ["default_payment_method", "latest_invoice"]}
    )
    assert (found.status, found.default_payment_method.card.last4) == ("active", "4242")
    assert (found.latest_invoice.status, found.latest_invoice.amount_paid) == ("paid", 149000 + 2 * 15000)
    assert shop.give(session.url, GOOD)[0] == 200, "it is over: nobody pays twice"
    assert len(shop.stripe.subscriptions.list({"customer": customer}).data) == 1


@pytest.mark.parametrize(("number", "words"), [(DECLINED, "Банк не принял карту"), (POOR, "не хватает денег")])
def test_a_refused_card_buys_nothing_and_another_may_be_tried(shop, number, words):
    customer = shop.customer()
    session = shop.session(customer, ("plan-month", 1))
    status, _, text = shop.give(session.url, number)
    assert status == 200 and words in text
    assert shop.stripe.subscriptions.list({"customer": customer, "status": "all"}).data == []
    assert shop.give(session.url, GOOD)[0] == 303


def test_a_bank_that_asks_is_answered_by_the_person(shop):
    customer = shop.customer()
    session = shop.session(customer, ("plan-month", 1))
    assert "Банк просит подтвердить" in shop.give(session.url, ASKS)[2]
    assert "Подтверждение не получено" in shop.give(session.url, ASKS, proof="no")[2]
    assert shop.give(session.url, ASKS, proof="yes")[0] == 303


def test_time_goes_on_and_periods_are_paid(shop):
    start = int(time.time()) - 40 * DAY
    clock = shop.clock(start)
    customer = shop.customer(clock)
    found = shop.bought(customer, ("plan-month", 1), subscription_data={"trial_end": start + 14 * DAY})
    assert (found.status, period(found)) == ("trialing", (start, start + 14 * DAY))
    advance = shop.stripe.test_helpers.test_clocks.advance
    advance(clock, {"frozen_time": start + 15 * DAY})
    found = shop.stripe.subscriptions.retrieve(found.id)
    assert (found.status, period(found)[0]) == ("active", start + 14 * DAY)
    assert [one.amount_paid for one in paid(shop, found)] == [149000, 0]
    first_end = period(found)[1]
    advance(clock, {"frozen_time": first_end})
    assert period(shop.stripe.subscriptions.retrieve(found.id))[0] == first_end
    with pytest.raises(stripe.InvalidRequestError, match="forward"):
        advance(clock, {"frozen_time": start})


def test_a_card_that_fails_later_owes_until_another_pays(shop):
    start = int(time.time())
    clock = shop.clock(start)
    customer = shop.customer(clock)
    found = shop.bought(customer, ("plan-month", 1), number=LATER_BAD, subscription_data={"trial_end": start + 3 * DAY})
    shop.stripe.test_helpers.test_clocks.advance(clock, {"frozen_time": start + 4 * DAY})
    expand = {"expand": ["latest_invoice"]}
    found = shop.stripe.subscriptions.retrieve(found.id, expand)
    assert (found.status, found.latest_invoice.status, found.latest_invoice.attempt_count) == ("past_due", "open", 1)
    [attempt] = shop.stripe.invoice_payments.list(
        {"invoice": found.latest_invoice.id, "expand": ["data.payment.payment_intent"]}
    ).data
    assert attempt.payment.payment_intent.last_payment_error.decline_code == "generic_decline"
    with pytest.raises(stripe.CardError) as refused:
        shop.stripe.invoices.pay(found.latest_invoice.id)
    assert refused.value.error.decline_code == "generic_decline"
    portal = shop.stripe.billing_portal.sessions.create({"customer": customer, "return_url": "http://alfa.localhost/"})
    assert shop.give(portal.url, GOOD)[0] == 303
    assert shop.stripe.invoices.pay(found.latest_invoice.id).status == "paid"
    assert shop.stripe.subscriptions.retrieve(found.id).status == "active"


def test_after_the_last_attempt_it_is_unpaid(shop):
    start = int(time.time())
    clock = shop.clock(start)
    customer = shop.customer(clock)
    found = shop.bought(customer, ("plan-month", 1), number=LATER_BAD, subscription_data={"trial_end": start + 3 * DAY})
    shop.stripe.test_helpers.test_clocks.advance(clock, {"frozen_time": start + 20 * DAY})
    assert shop.stripe.subscriptions.retrieve(found.id).status == "unpaid"


def test_a_change_is_evened_out_to_the_second(shop):
    start = int(time.time())
    clock = shop.clock(start)
    found = shop.bought(shop.customer(clock), ("plan-month", 1))
    begins, ends = period(found)
    shop.stripe.test_helpers.test_clocks.advance(clock, {"frozen_time": begins + (ends - begins) // 2})
    items: Any = [{"price": shop.prices["seat-month"], "quantity": 4}]
    preview = shop.stripe.invoices.create_preview(
        {"customer": found.customer, "subscription": found.id, "subscription_details": {"items": items}}
    )
    assert preview.amount_due == 30000
    told: Any = {"items": items, "proration_behavior": "always_invoice"}
    changed = shop.stripe.subscriptions.update(found.id, told)
    assert [one.amount_paid for one in paid(shop, changed)] == [30000, 149000]
    seat = next(item for item in changed["items"].data if item.quantity == 4)
    shop.stripe.subscriptions.update(
        found.id, {"items": [{"id": seat.id, "deleted": True}], "proration_behavior": "always_invoice"}
    )
    assert shop.stripe.customers.retrieve(str(found.customer)).balance == -30000, "what is given back waits"
    shop.stripe.test_helpers.test_clocks.advance(clock, {"frozen_time": ends})
    assert paid(shop, changed)[0].amount_paid == 149000 - 30000


def test_a_month_becomes_a_year_at_once(shop):
    start = int(time.time())
    clock = shop.clock(start)
    found = shop.bought(shop.customer(clock), ("plan-month", 1))
    begins, ends = period(found)
    half = begins + (ends - begins) // 2
    shop.stripe.test_helpers.test_clocks.advance(clock, {"frozen_time": half})
    item = found["items"].data[0].id
    changed = shop.stripe.subscriptions.update(found.id, {"items": [{"id": item, "price": shop.prices["plan-year"]}]})
    assert period(changed)[0] == half and period(changed)[1] > half + 360 * DAY
    assert paid(shop, changed)[0].amount_paid == 1430400 - 74500


def test_a_refused_change_leaves_all_as_it_was(shop):
    found = shop.bought(shop.customer(), ("plan-month", 1))
    portal = shop.stripe.billing_portal.sessions.create(
        {"customer": str(found.customer), "return_url": "http://alfa.localhost/"}
    )
    shop.give(portal.url, LATER_BAD)
    told: Any = {
        "items": [{"price": shop.prices["seat-month"], "quantity": 1}],
        "proration_behavior": "always_invoice",
        "payment_behavior": "error_if_incomplete",
    }
    with pytest.raises(stripe.CardError):
        shop.stripe.subscriptions.update(found.id, told)
    found = shop.stripe.subscriptions.retrieve(found.id)
    assert (found.status, len(found["items"].data)) == ("active", 1)


def test_given_up_it_lasts_to_the_end_of_what_is_paid(shop):
    clock = shop.clock()
    found = shop.bought(shop.customer(clock), ("plan-month", 1))
    given_up = shop.stripe.subscriptions.update(found.id, {"cancel_at_period_end": True})
    assert (given_up.status, given_up.cancel_at) == ("active", period(found)[1])
    shop.stripe.test_helpers.test_clocks.advance(clock, {"frozen_time": period(found)[1] + 1})
    ended = shop.stripe.subscriptions.retrieve(found.id)
    assert (ended.status, ended.ended_at) == ("canceled", period(found)[1])


def test_what_is_used_is_paid_after_the_period(shop):
    name = f"sms_{int(time.time() * 1000)}"
    meter = shop.stripe.billing.meters.create(
        {"display_name": "SMS", "event_name": name, "default_aggregation": {"formula": "sum"}}
    )
    product = shop.stripe.products.create({"name": "SMS"})
    price = shop.stripe.prices.create(
        {
            "product": product.id, "currency": "rub", "unit_amount": 400,
            "recurring": {"interval": "month", "usage_type": "metered", "meter": meter.id},
        }
    )  # fmt: skip
    shop.prices["sms"] = price.id
    clock = shop.clock()
    customer = shop.customer(clock)
    told: Any = [{"price": shop.prices["plan-month"], "quantity": 1}, {"price": price.id}]
    found = shop.bought(customer, line_items=told)
    begins, ends = period(found)
    use: Any = {
        "event_name": name,
        "payload": {"stripe_customer_id": customer, "value": "12"},
        "identifier": f"{name}-1",
    }
    shop.stripe.billing.meter_events.create(use)
    with pytest.raises(stripe.InvalidRequestError, match="identifier"):
        shop.stripe.billing.meter_events.create(use)
    minute = begins - begins % 60
    [told_use] = shop.stripe.billing.meters.event_summaries.list(
        meter.id, {"customer": customer, "start_time": minute, "end_time": minute + DAY - DAY % 60}
    ).data
    assert told_use.aggregated_value == 12
    shop.stripe.test_helpers.test_clocks.advance(clock, {"frozen_time": ends})
    assert paid(shop, found)[0].amount_paid == 149000 + 12 * 400


def test_the_same_deed_under_the_same_key_is_one(shop):
    first = shop.stripe.customers.create({"name": "Раз"}, {"idempotency_key": "one"})
    again = shop.stripe.customers.create({"name": "Раз"}, {"idempotency_key": "one"})
    assert first.id == again.id
    with pytest.raises(stripe.IdempotencyError):
        shop.stripe.customers.create({"name": "Два"}, {"idempotency_key": "one"})


def test_it_refuses_in_stripes_words(shop, paid_sandbox):
    with pytest.raises(stripe.AuthenticationError):
        stripe.StripeClient("sk_test_other", base_addresses={"api": f"{paid_sandbox.url}/stripe"}).v1.prices.list()
    with pytest.raises(stripe.InvalidRequestError) as refused:
        shop.stripe.customers.retrieve("cus_nobody")
    assert (refused.value.code, refused.value.http_status) == ("resource_missing", 404)
    with pytest.raises(stripe.InvalidRequestError, match="unknown parameter") as refused:
        shop.stripe.customers.create({"nickname": "x"})  # type: ignore[typeddict-unknown-key]
    assert refused.value.param == "nickname"
    paid_sandbox.order(service="stripe", mode="throttle", count=1)
    with pytest.raises(stripe.RateLimitError):
        client_of(paid_sandbox).v1.prices.list()
    # The client itself tries again after a trouble of the server's.
    paid_sandbox.order(service="stripe", mode="fail", count=1)
    assert client_of(paid_sandbox).v1.prices.list().data
    paid_sandbox.order(service="stripe", mode="fail", count=3)
    with pytest.raises(stripe.APIError):
        client_of(paid_sandbox).v1.prices.list()


def test_lists_come_by_pages(shop):
    customer = shop.customer()
    for _ in range(3):
        shop.session(customer, ("plan-month", 1))
    events = shop.stripe.events.list({"limit": 2})
    assert len(events.data) == 2 and events.has_more
    assert len({one.id for one in shop.stripe.prices.list({"limit": 2}).auto_paging_iter()}) >= 6


def test_two_prices_have_not_one_key(shop):
    product = shop.stripe.products.create({"name": "Ключ"})
    told: Any = {
        "product": product.id, "currency": "rub", "unit_amount": 1, "lookup_key": "k",
        "recurring": {"interval": "month"},
    }  # fmt: skip
    made = shop.stripe.prices.create(told)
    assert [one.id for one in shop.stripe.prices.list({"lookup_keys": ["k"]}).data] == [made.id]
    with pytest.raises(stripe.InvalidRequestError, match="lookup key"):
        shop.stripe.prices.create(told)
