"""Time: a customer's own clock may be moved ahead, and everything that falls due on the way happens in its order."""

import time

from infra.sandbox.stripe import forms
from infra.sandbox.stripe.forms import Params
from infra.sandbox.stripe.ledger import Ledger, Obj, new
from infra.sandbox.stripe.periods import DAY
from infra.sandbox.stripe.refusals import wrong
from infra.sandbox.stripe.subscriptions import Subscriptions

# A clock goes no further at once than two of the shortest periods: a month is the shortest that is sold.
FURTHEST = 62 * DAY
_MOST_STEPS = 1000


class Clocks:
    def __init__(self, ledger: Ledger, subscriptions: Subscriptions) -> None:
        self._ledger, self._subscriptions = ledger, subscriptions

    def new_clock(self, params: Params) -> Obj:
        forms.only(params, ("frozen_time", "name"))
        return self._fresh(forms.number(params, "frozen_time"), params.get("name"))

    def clock(self, name: str) -> Obj:
        return self._ledger.get("test_helpers.test_clock", name)

    def advance(self, name: str, params: Params) -> Obj:
        forms.only(params, ("frozen_time",))
        found, target = self.clock(name), forms.number(params, "frozen_time")
        if target <= found["frozen_time"]:
            raise wrong("Test clocks can only be moved forward.", "frozen_time")
        if target > found["frozen_time"] + FURTHEST:
            raise wrong("A clock goes at most two intervals ahead of the shortest subscription.", "frozen_time")
        return self._move(found, target)

    def set_for(self, customer: Obj, now: int) -> Obj:
        """A clock of its own for a customer that has none; one that has is moved ahead as far as is wished."""
        name = customer.get("test_clock")
        if name is None:
            name = self._fresh(min(now, int(time.time())), "")["id"]
            self._ledger.put(customer | {"test_clock": name})
        found = self.clock(name)
        while found["frozen_time"] < now:
            found = self._move(found, min(now, found["frozen_time"] + FURTHEST))
        return found

    def catch_up(self) -> None:
        """What has fallen due since, for customers without a clock of their own."""
        self._happen(int(time.time()), None)

    def _fresh(self, now: int, name: str | None) -> Obj:
        created = int(time.time())
        return self._ledger.put(
            {
                "id": new("clock"),
                "object": "test_helpers.test_clock",
                "created": created,
                "deletes_after": created + 30 * DAY,
                "frozen_time": now,
                "livemode": False,
                "name": name,
                "status": "ready",
                "status_details": {},
            }
        )

    def _move(self, found: Obj, target: int) -> Obj:
        whose = {one["id"] for one in self._ledger.find("customer") if one.get("test_clock") == found["id"]}
        self._happen(target, whose)
        return self._ledger.put(found | {"frozen_time": target})

    def _happen(self, now: int, customers: set[str] | None) -> None:
        for _ in range(_MOST_STEPS):
            due = self._ledger.due(now, customers)
            if due is None:
                return
            self._subscriptions.renew(due)
        raise wrong("Too much falls due at once.", "frozen_time")
