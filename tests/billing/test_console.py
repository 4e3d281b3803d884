"""What operators do about paying, and what anybody may read: trials, versions of plans, prices."""

from datetime import timedelta
from decimal import Decimal

import pytest

from billing.models import PlanVersion, Subscription
from billing.queries import today
from core.context import company_scope, control_scope
from core.entitlements.allowance import Allowance
from core.events.models import Fact
from tenants.actions import allow
from tenants.console.models import Deed
from tenants.queries import locked
from tests.isolation.operations import operations
from tests.support.client import Api
from tests.support.operators import OperatorPerson, make_operator

WHY = {"reason": "Попросил владелец"}
TERMS = {
    "month_price": "1690.00", "year_price": "16224.00", "seats_included": 10, "seat_month_price": "170.00",
    "seat_year_price": "1632.00", "storage_bytes": 20 * 1024**3, "modules": ["tasks"], **WHY,
}  # fmt: skip


@pytest.fixture
def chief(db: None) -> OperatorPerson:
    return make_operator("chief")


def extend(chief, company, days: int):
    until = (today() + timedelta(days=days)).isoformat()
    return chief.client.post(f"companies/{company.id}/extend-trial/", {"until": until, **WHY})


@pytest.mark.row("PL-07")
def test_a_trial_is_extended_with_a_line_in_the_companys_history(chief, company, life):
    life()
    answer = extend(chief, company, 30)
    assert answer.status_code == 200, answer.content
    assert answer.json()["plan"]["trial_until"] == (today() + timedelta(days=30)).isoformat()
    with company_scope(company):
        [fact] = Fact.objects.filter(kind="billing.trial_extended").select_related("actor")
    assert fact.actor.name == f"Поддержка: {chief.operator.full_name}"
    assert fact.payload["reason"] == "Попросил владелец"
    with control_scope():
        assert Deed.objects.get(kind="trial.extended").company_id == company.id


@pytest.mark.row("PL-07")
def test_a_trial_that_has_ended_begins_again(chief, company, subscribed, owner):
    row = subscribed(trial_until=today() - timedelta(days=3))
    assert row.stage == "active"
    assert extend(chief, company, 7).json()["plan"]["stage"] == "trial"
    assert owner.client.get("me/").json()["allowance"]["stage"] == "trial"


def test_a_trial_is_neither_shortened_nor_given_for_ever_nor_after_a_purchase(chief, company, life, subscribed):
    life()
    for days in (1, 181):
        answer = extend(chief, company, days)
        assert answer.json()["errors"][0]["pointer"] == "/until", days
    paid = {"paid_from": today(), "paid_until": today() + timedelta(days=30), "trial_until": today()}
    subscribed(plan="basic", seats=10, paid_sum=Decimal(1490), **paid)
    assert extend(chief, company, 60).json()["type"] == "/problems/no-trial"


@pytest.mark.row("MN-04", "PL-07")
def test_a_new_version_follows_and_the_sold_one_stays(chief, company, subscribed):
    paid = {"paid_from": today(), "paid_until": today() + timedelta(days=30), "trial_until": today()}
    sold = subscribed(plan="basic", seats=10, paid_sum=Decimal(1490), **paid).version_id
    since = today() + timedelta(days=10)
    with control_scope():
        before = PlanVersion.objects.filter(pk=sold).values("month_price", "seats_included", "number").get()
    made = chief.client.post("plans/basic/versions/", {**TERMS, "valid_from": since.isoformat()})
    assert made.status_code == 201, made.content
    assert (made.json()["number"], made.json()["month_price"]) == (2, "1690.00")
    assert made.json()["add_ons"] and made.json()["extras"], "what is sold beside goes over"
    with control_scope():
        old = PlanVersion.objects.get(pk=sold)
        assert (old.valid_to, Subscription.objects.get(pk=company.id).version_id) == (since, sold)
        assert PlanVersion.objects.filter(pk=sold).values(*before).get() == before
        assert Deed.objects.get(kind="plan.version").after["month_price"] == "1690.00"


@pytest.mark.row("MN-04")
@pytest.mark.parametrize(
    ("wrong", "field"),
    [({"valid_from": "2020-01-01"}, "valid_from"), ({"seat_month_price": None}, "seat_month_price"),
     ({"seats_included": None}, "seats_included"), ({"modules": ["nothing"]}, "modules"), ({"reason": " "}, "reason"),
     ({"month_price": "-1"}, "month_price")],
)  # fmt: skip
def test_a_version_that_makes_no_sense_is_refused_by_its_field(chief, wrong, field):
    body = {**TERMS, "valid_from": (today() + timedelta(days=10)).isoformat(), **wrong}
    answer = chief.client.post("plans/basic/versions/", body)
    assert answer.status_code == 422
    assert answer.json()["errors"][0]["pointer"] == f"/{field}"
    assert chief.client.post("plans/nothing/versions/", {**TERMS, "valid_from": "2030-01-01"}).status_code == 404


@pytest.mark.row("MN-04")
def test_anybody_reads_the_prices_that_the_plans_have(chief, db):
    told = Api().get("prices/").json()
    assert [plan["code"] for plan in told["results"]] == ["free", "basic", "standard", "premium"]
    assert told["results"][1]["month_price"] == "1490.00"
    assert {"code": "tasks", "title": "Задачи"} in told["modules"]
    with control_scope():
        PlanVersion.objects.filter(plan="basic").update(month_price=1590)
    assert Api().get("prices/").json()["results"][1]["month_price"] == "1590.00"


@pytest.mark.row("PL-05")
@pytest.mark.parametrize("mode", ["read_only", "suspended"])
def test_every_operation_heeds_what_is_paid_for(mode, owner, company):
    """State of paying × operation: refused for the lack of money is exactly what should be."""
    told = {"mode": mode, "stage": mode}
    with control_scope():
        allow(locked(company.schema), Allowance(**told))
    wrong = []
    # Those that always work come last: signing out is among them.
    for op in sorted(operations("company"), key=lambda op: getattr(op.view, "works_unpaid", False)):
        if getattr(op.view.access.get(op.action), "anonymous", False):
            continue
        writes = op.method != "get" and not getattr(op.view, "is_reading", False)
        expected = not getattr(op.view, "works_unpaid", False) and (mode == "suspended" or writes)
        answer = owner.client.call(op.method, op.path(), {} if op.method != "get" else None)
        is_refused = answer.status_code == 403 and "unpaid" in answer.json().get("type", "")
        if is_refused != expected:
            wrong.append(f"{op}: {answer.status_code}")
    assert wrong == []
