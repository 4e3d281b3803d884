"""What a company has paid for, said as billing says it."""

from collections.abc import Callable
from typing import Any

import pytest

from core.context import Company, control_scope
from core.entitlements.allowance import Allowance
from tenants.actions import allow
from tenants.queries import locked
from tests.support.committed import committed  # noqa: F401  (a fixture)


@pytest.fixture
def allowed(company: Company) -> Callable[..., None]:
    """`allowed(seats=2)` is all that alfa has paid for from now on."""

    def say(**told: Any) -> None:
        with control_scope():
            allow(locked(company.schema), Allowance(**told))

    return say
