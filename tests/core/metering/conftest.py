"""What tests of metering share: what a company has bought, and the double of a module that uses something metered."""

from collections.abc import Callable
from typing import Any

import pytest

from core.context import Company, company_scope, control_scope
from core.entitlements.allowance import Allowance
from core.metering.actions import count, must_afford
from core.metering.meters import Meter, month_of, service_day
from core.metering.queries import used_in
from tenants.actions import allow
from tenants.queries import locked
from tenants.snapshots import find
from tests.support.committed import committed  # noqa: F401  (a fixture)


@pytest.fixture
def sold(company: Company) -> Callable[..., None]:
    """`sold(free="2", price="1.50", ceiling="3.00")` is what alfa has bought of every meter."""

    def say(*, free: str = "0", price: str = "1.50", ceiling: str | None = None, owes: bool = False) -> None:
        codes = ("sms", "lookups", "minutes")
        told: dict[str, Any] = {"volumes": dict.fromkeys(codes, free), "prices": dict.fromkeys(codes, price)}
        if ceiling is not None:
            told["ceilings"] = dict.fromkeys(codes, ceiling)
        with control_scope():
            allow(locked(company.schema), Allowance(owes_extras=owes, **told))

    return say


class Directory:
    """As a module asks a directory that costs money: may he, the answer, the count in one transaction with it."""

    def __init__(self, schema: str, meter: Meter) -> None:
        self.schema, self.meter = schema, meter

    def look_up(self, key: str, volume: int = 1) -> bool:
        with self._inside():
            must_afford(self.meter, volume=volume)
        # Here the module is outside of any scope and asks the world.
        with self._inside():
            return count(self.meter, key=key, volume=volume)

    def read(self) -> int:
        """What is there already costs nothing and is asked of nobody."""
        with self._inside():
            return used_in(month_of(service_day())).get(self.meter.code, 0)

    def _inside(self) -> Any:
        found = find(schema=self.schema)
        assert found is not None
        return company_scope(found)


@pytest.fixture
def directory(company: Company) -> Callable[[Meter], Directory]:
    return lambda meter: Directory(company.schema, meter)
