"""Workers killed between Stripe and our tables, with real commits: what they began is ended by the next one."""

import random
from typing import Any

import pytest

from billing.actions.subscriptions import live
from billing.card.jobs import EVENT, take_event
from billing.models import CardEvent, Subscription
from billing.queries import today
from core.context import control_scope
from core.failpoints import KILLED
from tenants.snapshots import find
from tests.billing.card_history import History, stands_as_told
from tests.billing.cards import Desk, tell
from tests.conftest import owner_of
from tests.infra.sandbox.stripe_people import KEY

pytestmark = [pytest.mark.committed, pytest.mark.usefixtures("committed")]
PLACES = ("card.read", "card.held")
KILLS = 6


def waiting() -> list[int]:
    with control_scope():
        rows = CardEvent.objects.filter(state__in=("waiting", "failed"))
        return list(rows.order_by("pk").values_list("pk", flat=True))


@pytest.mark.row("PL-05")
def test_whoever_is_killed_leaves_nothing_half_done(committed, desk: Desk):
    company = find(host="alfa.localhost")
    assert company is not None
    with control_scope():
        live(company.schema, day=today())
        Subscription.objects.filter(pk=company.id).update(trial_until=today())
    owner, chance = owner_of(company), random.Random(7)
    history = History(desk, owner, company, chance)
    history.begin()
    settings: dict[str, Any] = {"STRIPE_API_URL": f"{desk.sandbox.url}/stripe", "STRIPE_SECRET_KEY": KEY}
    killed = told = 0
    while killed < KILLS or told < 200:
        history.step()
        fresh = desk.events()
        told += len(fresh)
        chance.shuffle(fresh)
        for one in fresh:
            for _ in range(chance.randrange(1, 5)):
                assert tell(one).status_code == 200
        numbers = waiting()
        if numbers and killed < KILLS:
            place = chance.choice(PLACES)
            status, _ = committed.child("job", EVENT, "", str(chance.choice(numbers)), fail=place, **settings)
            killed += status == KILLED
        for number in chance.sample(numbers, len(numbers) // 2):
            take_event(None, number)
    for number in waiting():
        take_event(None, number)
    assert waiting() == []
    stands_as_told(desk, company)
