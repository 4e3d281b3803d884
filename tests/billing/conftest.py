"""What tests of billing share."""

from collections.abc import Callable, Iterator
from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from billing.actions.payments import receive
from billing.actions.subscriptions import live
from billing.models import Subscription
from billing.queries import today
from billing.rules.statement import Incoming
from core.context import Company, control_scope
from tests.billing.cards import Desk
from tests.infra.sandbox.process import SandboxProcess
from tests.infra.sandbox.stripe_people import KEY, SECRET
from tests.support.committed import committed  # noqa: F401  (a fixture)

BUYER = {"name": "ООО «Альфа»", "inn": "7707083893", "kpp": "770701001", "address": "Москва, ул. Ленина, 1"}


@pytest.fixture
def life(company: Company) -> Callable[..., Subscription]:
    """`life(day)` brings alfa's subscription to a day and gives its row."""

    def bring(day: date | None = None, of: Company = company) -> Subscription:
        with control_scope():
            return live(of.schema, day=day or today())

    return bring


@pytest.fixture
def subscribed(company: Company, life: Any) -> Callable[..., Subscription]:
    """`subscribed(plan="basic", trial_until=…)` writes the columns of alfa's subscription and lets them hold."""

    def write(of: Company = company, day: date | None = None, **columns: Any) -> Subscription:
        life(day, of)
        with control_scope():
            if "plan" in columns:
                version = Subscription._meta.get_field("version").related_model
                columns["version"] = version.objects.get(plan=columns.pop("plan"))
            Subscription.objects.filter(pk=of.id).update(**columns)
        return life(day, of)

    return write


@pytest.fixture
def pays(company: Company) -> Callable[..., Any]:
    """`pays(invoice, total=…)` is a payment as a statement tells it, received."""
    numbers = iter(range(1, 1000))

    def send(invoice: dict[str, Any], *, day: date | None = None, **told: Any) -> Any:
        given = {
            "came_on": day or today(), "total": invoice["total"], "bank_number": str(next(numbers)),
            "payer_name": "ООО «Альфа»", "payer_inn": BUYER["inn"], "payer_account": "40702810900000000001",
            "purpose": invoice["purpose"], "account": "40702810000000000000",
        } | told  # fmt: skip
        with control_scope():
            return receive(Incoming(**given | {"total": Decimal(given["total"])}), day=day or today())

    return send


@pytest.fixture(scope="session")
def till(tmp_path_factory: pytest.TempPathFactory) -> Iterator[SandboxProcess]:
    """The stand-in of Stripe; what has happened there lies until a test tells it."""
    variables = {"SANDBOX_STRIPE_KEY": KEY, "SANDBOX_STRIPE_SECRET": SECRET}
    sandbox = SandboxProcess(tmp_path_factory.mktemp("till"), **variables).start()
    yield sandbox
    sandbox.stop()


@pytest.fixture
def desk(till: SandboxProcess, settings: Any) -> Desk:
    """An empty till, and a product that pays there."""
    found = Desk(till)
    found.order("forget")
    settings.STRIPE_API_URL, settings.STRIPE_SECRET_KEY = f"{till.url}/stripe", KEY
    settings.STRIPE_WEBHOOK_SECRETS, settings.STRIPE_IS_DEMO = (SECRET,), True
    return found
