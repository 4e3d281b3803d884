"""Subscriptions as they live: begun by the job, moved by days, turned back by a payment, told to owners."""

from datetime import timedelta
from decimal import Decimal

import pytest
import time_machine

from billing.actions.usage import count_usage
from billing.jobs import LIFE, move_on
from billing.models import Act, Subscription
from billing.queries import today
from core.context import company_scope, control_scope
from core.events.models import Fact
from core.notifications.models import Delivery
from core.outbox.models import Wakeup
from tenants.snapshots import find

DAY = timedelta(days=1)
PAID = {"plan": "basic", "period": "month", "seats": 10}


def allowance(company):
    return find(schema=company.schema).allowance


def stages_told(company):
    with company_scope(company):
        facts = Fact.objects.filter(kind="billing.stage_changed").order_by("pk")
        return [fact.payload["changes"][0]["new"] for fact in facts]


def test_the_job_begins_a_trial_of_everything_for_whoever_has_none(company, other_company, owner):
    move_on(None, 0)
    with control_scope():
        assert Subscription.objects.count() == 2
        row = Subscription.objects.get(pk=company.id)
        assert (row.stage, row.trial_until, row.version.plan_id) == ("trial", today() + 14 * DAY, "free")
        due = Wakeup.objects.get(kind=LIFE)
    assert due.company == "" and due.due_at.astimezone().date() <= today() + 14 * DAY
    may = allowance(company)
    assert (may.mode, may.modules, may.seats, may.storage_bytes, may.stage) == ("full", None, None, None, "trial")
    move_on(None, 0)
    with control_scope():
        assert Subscription.objects.count() == 2


@pytest.mark.row("MN-02")
def test_after_the_trial_the_free_plan_holds_and_nothing_is_lost(company, owner, person, life):
    life()
    people = [person(company) for _ in range(6)]
    with time_machine.travel(f"{today() + 14 * DAY}T09:00:00+03:00", tick=False):
        move_on(None, 0)
    may = allowance(company)
    assert (may.mode, may.stage, may.seats, may.modules) == ("full", "active", 5, frozenset({"tasks"}))
    assert people[5].client.post("tasks/", {"title": "Дело", "assignee": people[5].id}).status_code == 201
    refused = owner.client.post("invitations/", {"emails": ["new@seat.example"]})
    assert refused.json()["type"] == "/problems/seats-over"


def test_an_unpaid_company_goes_down_step_by_step_and_up_at_once(company, owner, subscribed, life):
    ends = today() + 3 * DAY
    subscribed(plan="basic", trial_until=today(), paid_from=today() - 27 * DAY, paid_until=ends, paid_sum=1490)
    seen = []
    for late in (0, 14, 44, 104):
        life(ends + late * DAY)
        seen.append((allowance(company).stage, allowance(company).mode))
    assert seen == [("past_due", "full"), ("read_only", "read_only"), ("suspended", "suspended"),
                    ("deleting", "suspended")]  # fmt: skip
    assert owner.client.get("tasks/").status_code == 403
    with control_scope():
        Subscription.objects.filter(pk=company.id).update(credit=Decimal("1490.00"))
    row = life(ends + 104 * DAY)
    assert (row.stage, row.paid_from, row.credit) == ("active", ends + 104 * DAY, 0)
    assert allowance(company).mode == "full"
    assert owner.client.get("tasks/").status_code == 200
    assert stages_told(company)[-5:] == ["Ждём оплату", "Только чтение", "Приостановлено", "Ждёт удаления", "Оплачено"]


def test_owners_are_written_once_a_day_that_matters_and_nobody_else(company, owner, person, subscribed, life):
    other = person(company, role="admin")
    ends = today() + 60 * DAY
    subscribed(plan="basic", trial_until=today(), paid_from=today(), paid_until=ends, paid_sum=1490)
    for day in (ends - 7 * DAY, ends - 7 * DAY, ends, ends + DAY, ends + 14 * DAY):
        life(day)
    with company_scope(company):
        told = Delivery.objects.filter(kind="billing.due", channel="mail").order_by("pk")
        assert [row.subject for row in told] == [
            f"Подписка оплачена до {ends:%d.%m.%Y}",
            f"Подписка не оплачена с {ends:%d.%m.%Y}",
            "Компания открыта только для чтения",
        ]
        assert set(told.values_list("principal_id", flat=True)) == {owner.principal.pk}
        assert not Delivery.objects.filter(principal=other.principal.pk, kind="billing.due").exists()


def test_what_is_used_up_is_closed_with_an_act_once(company, subscribed, life):
    ends = today() + 30 * DAY
    subscribed(plan="basic", trial_until=today(), paid_from=today(), paid_until=ends, paid_sum=1490)
    for _ in range(2):
        life(ends)
    with control_scope():
        [act] = Act.objects.all()
    assert (act.number, act.period_from, act.period_to, act.total) == (1, today(), ends, Decimal("1490.00"))


def test_credit_pays_for_the_next_period_by_itself(company, subscribed, life):
    ends = today() + 30 * DAY
    subscribed(plan="basic", trial_until=today(), paid_from=today(), paid_until=ends, paid_sum=1490, credit=2000)
    row = life(ends)
    assert (row.stage, row.paid_from, row.credit) == ("active", ends, Decimal("510.00"))
    with control_scope():
        assert Act.objects.count() == 1


def test_the_price_page_shows_plans_and_marks_the_own_one(owner):
    shown = owner.client.get("billing/plans/").json()["results"]
    assert [plan["code"] for plan in shown] == ["free", "basic", "standard", "premium"]
    assert [plan["code"] for plan in shown if plan["is_current"]] == ["free"]
    basic = shown[1]
    assert (basic["month_price"], basic["year_price"], basic["year_discount"]) == ("1490.00", "14304.00", "3576.00")
    assert {extra["code"] for extra in basic["extras"]} == {"sms", "storage", "lookups", "minutes"}


def test_the_owner_sees_his_limits_with_what_is_in_use(company, owner, person, life):
    shown = owner.client.get("billing/subscription/").json()
    assert (shown["stage"], shown["mode"], shown["credit"]) == ("trial", "full", "0.00")
    assert shown["limits"]["seats"] == {"used": 1, "limit": None, "level": "free"}
    for _ in range(3):
        person(company)
    life(today())
    with time_machine.travel(f"{today() + 14 * DAY}T09:00:00+03:00", tick=False):
        life()
    with control_scope():
        Subscription.objects.filter(pk=company.id).update(trial_until=today())
    shown = owner.client.get("billing/subscription/").json()
    assert shown["limits"]["seats"] == {"used": 4, "limit": 5, "level": "near"}
    assert shown["limits"]["storage_bytes"] == {"used": 0, "limit": 1024**3, "level": "free"}


@pytest.mark.row("MN-01")
def test_the_calculator_counts_before_anything_is_bought(owner):
    wish = {"plan": "basic", "period": "year", "seats": 12, "add_ons": ["storage-50"]}
    counted = owner.client.post("billing/preview/", wish).json()
    assert [(line["title"], line["count"], line["total"]) for line in counted["lines"]] == [
        ("Тариф «Базовый», год", 1, "14304.00"),
        ("Дополнительное место, год", 2, "2880.00"),
        ("Ещё 50 ГБ для файлов, год", 1, "4704.00"),
    ]
    assert (counted["price"], counted["charge"], counted["year_discount"]) == ("21888.00", "21888.00", "5472.00")
    assert counted["begins"] == (today() + 14 * DAY).isoformat(), "the trial is not taken away"
    assert owner.client.get("billing/subscription/").json()["plan"]["code"] == "free"


@pytest.mark.parametrize(
    ("wish", "field"),
    [
        ({"plan": "gold", "period": "month"}, "/plan"),
        ({"plan": "basic", "period": "week"}, "/period"),
        ({"plan": "basic", "period": "month", "seats": 3}, "/seats"),
        ({"plan": "free", "period": "month", "seats": 6}, "/seats"),
        ({"plan": "basic", "period": "month", "add_ons": ["gold"]}, "/add_ons"),
    ],
)
def test_a_wrong_wish_is_named_by_field(owner, wish, field):
    answer = owner.client.post("billing/preview/", wish)
    assert answer.status_code == 422
    assert [error["pointer"] for error in answer.json()["errors"]] == [field]


def test_what_costs_money_is_not_taken_without_it(owner):
    refused = owner.client.post("billing/change/", {"plan": "basic", "period": "month"})
    assert (refused.status_code, refused.json()["type"]) == (409, "/problems/payment-needed")
    assert refused.json()["charge"] == "1490.00"
    assert owner.client.get("billing/subscription/").json()["plan"]["code"] == "free"


@pytest.mark.row("MN-01")
def test_a_smaller_plan_is_taken_at_once_and_the_rest_is_kept(company, owner, subscribed):
    day = today()
    subscribed(plan="standard", trial_until=day, paid_from=day - 10 * DAY, paid_until=day + 20 * DAY, paid_sum=3990)
    for _ in range(2):
        changed = owner.client.post("billing/change/", {"plan": "basic", "period": "month"})
        assert changed.status_code == 200, changed.json()
    assert (changed.json()["plan"]["code"], changed.json()["credit"]) == ("basic", "1170.00")
    assert (allowance(company).seats, allowance(company).storage_bytes) == (10, 20 * 1024**3)
    with control_scope():
        [act] = Act.objects.all()
    assert (act.total, act.period_to) == (Decimal("1330.00"), day)
    with company_scope(company):
        fact = Fact.objects.get(kind="billing.plan_changed")
    assert {"field": "plan", "old": "Стандартный", "new": "Базовый"} in fact.payload["changes"]
    assert fact.actor_id == owner.principal.pk


def test_paying_works_in_every_stage(company, owner, subscribed):
    for late in (0, 14, 44, 104):
        subscribed(plan="basic", trial_until=today() - late * DAY)
        for path in ("billing/plans/", "billing/subscription/", "billing/invoices/", "billing/acts/"):
            assert owner.client.get(path).status_code == 200, (late, path)
        assert owner.client.post("billing/preview/", PAID).status_code == 200
        body = {**PAID, "buyer": {"name": "А", "inn": "7707083893", "kpp": "770701001", "address": "Москва"}}
        assert owner.client.post("billing/invoices/", body).status_code == 201


def test_an_endpoint_costs_the_same_however_much_there_is(company, owner, subscribed, life, statements):
    """Told once with little, once with more: nothing is asked row by row."""

    def costs():
        paths = ("plans/", "subscription/", "invoices/", "acts/", "usage/")
        told = []
        for path in paths:
            assert owner.client.get(f"billing/{path}").status_code == 200
            with statements() as seen:
                owner.client.get(f"billing/{path}")
            told.append(len(seen))
        return told

    def fill(begins, seats):
        subscribed(plan="basic", day=begins, trial_until=begins, paid_from=begins, paid_until=begins + 30 * DAY,
                   paid_sum=1490)  # fmt: skip
        life(begins + 30 * DAY)
        with control_scope():
            count_usage(company.schema, day=begins)
        body = {"name": "А", "inn": "7707083893", "kpp": "770701001", "address": "Москва"}
        for more in range(3):
            wish = {**PAID, "seats": seats + more, "buyer": body}
            assert owner.client.post("billing/invoices/", wish).status_code == 201

    fill(today() - 200 * DAY, 10)
    before = costs()
    for turn in range(1, 5):
        fill(today() - (200 - 31 * turn) * DAY, 10 + 3 * turn)
    assert costs() == before
