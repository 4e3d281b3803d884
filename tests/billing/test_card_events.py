"""What Stripe tells: proved, once, in any order, at any death; in the end a company stands where Stripe says."""

import json
import random
import time
from typing import Any

import pytest

from billing.actions.cards import take_over, take_ticket
from billing.card.jobs import EVENT, reconcile, take_event
from billing.card.reading import look
from billing.models import CardAccount, CardEvent, Payment
from billing.queries import today
from billing.rest.hooks import LONGEST
from core.context import control_scope
from core.errors import OutsideSilent
from core.outbox.models import Outbox
from tests.billing.card_history import History, stands_as_told
from tests.billing.cards import account, row_of, tell
from tests.infra.sandbox.stripe_people import SECRET

EVENT_OF_NOBODY: dict[str, Any] = {
    "id": "evt_1", "object": "event", "type": "invoice.paid",
    "data": {"object": {"id": "in_1", "object": "invoice", "customer": "cus_nobody"}},
}  # fmt: skip


def events() -> list[CardEvent]:
    with control_scope():
        return list(CardEvent.objects.order_by("pk"))


def promised() -> list[int]:
    with control_scope():
        return list(Outbox.objects.filter(kind=f"job:{EVENT}").values_list("subject_id", flat=True))


@pytest.mark.row("PL-05", "SE-07")
@pytest.mark.parametrize(
    "knock",
    [
        {"header": ""},
        {"header": "t=1,v1=00"},
        {"header": "nonsense"},
        {"secret": "whsec_of_another"},
        {"more": " "},
        {"at": int(time.time()) - 301},
    ],
)
def test_who_is_not_proved_is_not_heard(db, desk, knock):
    answer = tell(EVENT_OF_NOBODY, **knock)
    assert (answer.status_code, answer.json()["type"]) == (403, "/problems/forbidden")
    assert events() == []


def test_while_a_secret_is_changed_both_are_known(db, desk, settings):
    settings.STRIPE_WEBHOOK_SECRETS = ("whsec_new", SECRET)
    assert tell(EVENT_OF_NOBODY).status_code == 200
    assert tell({**EVENT_OF_NOBODY, "id": "evt_2"}, secret="whsec_new").status_code == 200
    settings.STRIPE_WEBHOOK_SECRETS = ()
    assert tell({**EVENT_OF_NOBODY, "id": "evt_3"}).status_code == 403
    assert tell({**EVENT_OF_NOBODY, "id": "evt_3"}, secret="").status_code == 403


def test_what_does_not_read_or_is_too_long_is_refused(db, desk):
    assert tell("[]").status_code == 422
    assert tell("{").status_code == 422
    assert tell({**EVENT_OF_NOBODY, "type": 7, "data": None}).status_code == 422
    long = json.dumps({**EVENT_OF_NOBODY, "pad": "x" * LONGEST})
    assert tell(long).status_code == 413
    assert events() == []


def test_what_does_not_concern_us_is_counted_and_nothing_more(db, desk):
    assert tell(EVENT_OF_NOBODY).status_code == 200
    assert tell({**EVENT_OF_NOBODY, "id": "evt_2", "type": "payout.paid"}).status_code == 200
    assert tell({**EVENT_OF_NOBODY, "id": "evt_3", "data": {"object": "x"}}).status_code == 200
    assert [(one.state, one.kind) for one in events()] == [
        ("ignored", "invoice.paid"), ("ignored", "payout.paid"), ("ignored", "invoice.paid")
    ]  # fmt: skip
    assert promised() == []


@pytest.mark.row("PL-05")
def test_told_again_it_is_one_and_only_who_is_meant_is_read(
    company, other_company, owner, other_owner, desk, subscribed
):
    subscribed(trial_until=today())
    subscribed(of=other_company, trial_until=today())
    desk.give(desk.set_out(owner))
    desk.set_out(other_owner)
    told = next(one for one in desk.events() if one["type"] == "customer.subscription.created")
    # What an event says of itself is no proof of whose it is.
    told["data"]["object"]["metadata"] = {"company": other_company.schema}
    for _ in range(3):
        assert tell(told).status_code == 200
    [event] = events()
    assert promised() == [event.pk]
    take_event(None, event.pk)
    assert (row_of(company).by, row_of(other_company).by) == ("card", "transfer")
    assert events()[0].state == "applied"
    take_event(None, event.pk)
    with control_scope():
        assert Payment.objects.filter(company=company.id).count() == 1


def test_what_fails_is_marked_and_tried_again(company, owner, desk, subscribed):
    subscribed(trial_until=today())
    desk.give(desk.set_out(owner))
    told = next(one for one in desk.events() if one["type"] == "invoice.paid")
    tell(told)
    [event] = events()
    desk.sandbox.order(service="stripe", mode="fail", seconds=30)
    try:
        with pytest.raises(OutsideSilent):
            take_event(None, event.pk)
    finally:
        desk.sandbox.call("DELETE", "/faults")
    assert (events()[0].state, events()[0].reason) == ("failed", "CardSilent")
    assert row_of(company).by == "transfer"
    take_event(None, event.pk)
    assert (events()[0].state, row_of(company).by) == ("applied", "card")


def test_an_older_reading_changes_nothing_after_a_newer(company, owner, desk, subscribed):
    subscribed(trial_until=today())
    desk.pay(owner, seats=10)
    with control_scope():
        customer, older = take_ticket(company.schema)
    before = look(customer)
    owner.client.post("billing/change/", {"plan": "standard", "period": "month", "seats": 30})
    with control_scope():
        assert take_over(company.schema, before, ticket=older, day=today()) is False
    assert row_of(company).version.plan_id == "standard"


def test_a_reading_that_began_later_makes_an_event_needless(company, owner, desk, subscribed):
    subscribed(trial_until=today())
    desk.give(desk.set_out(owner))
    for told in desk.events():
        tell(told)
    first, *rest = [event.pk for event in events() if event.state == "waiting"]
    take_event(None, first)
    asked = account(company).asked
    for number in rest:
        take_event(None, number)
    assert account(company).asked == asked, "nothing more was read"
    assert {event.state for event in events() if event.kind != "customer.created"} <= {"applied", "ignored"}


@pytest.mark.row("PL-05")
def test_what_was_never_told_is_found_at_night(company, other_company, owner, other_owner, desk, subscribed):
    subscribed(trial_until=today())
    subscribed(of=other_company, trial_until=today())
    desk.give(desk.set_out(owner))
    desk.give(desk.set_out(other_owner))
    with control_scope():
        # One that cannot be read does not keep the others, and is said.
        CardAccount.objects.filter(pk=other_company.id).update(customer="cus_gone")
    reconcile(None, 0)
    assert row_of(company).by == "card"
    asked = account(company).asked
    reconcile(None, 0)
    assert account(company).asked == asked, "once a night"


@pytest.mark.row("PL-05", "MN-01")
def test_in_any_order_and_however_often_the_end_is_stripes(company, owner, desk, subscribed):
    # Other orders by other seeds; two hundred, and killed workers among them, are in `test_card_deaths.py`.
    chance = random.Random(1)
    subscribed(trial_until=today())
    history = History(desk, owner, company, chance)
    history.begin()
    waiting: list[dict[str, Any]] = []
    told = 0
    while told < 80:
        history.step()
        fresh = desk.events()
        told += len(fresh)
        waiting += [one for one in fresh for _ in range(chance.randrange(1, 5))]
        chance.shuffle(waiting)
        for _ in range(chance.randrange(len(waiting) + 1)):
            assert tell(waiting.pop()).status_code == 200
        numbers = promised()
        for number in chance.sample(numbers, chance.randrange(len(numbers) + 1)):
            take_event(None, number)
    for one in waiting:
        assert tell(one).status_code == 200
    numbers = promised()
    chance.shuffle(numbers)
    for number in numbers:
        take_event(None, number)
    assert {event.state for event in events()} <= {"applied", "ignored"}
    assert len(events()) >= 80
    stands_as_told(desk, company)
