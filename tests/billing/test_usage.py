"""What is in use, counted once a day; owners are warned on the way up, before anything is refused."""

from datetime import timedelta

import pytest
import time_machine

from billing.actions.usage import count_usage
from billing.jobs import count
from billing.models import UsageDay
from billing.queries import today
from billing.rules.warnings import Use, risen
from core.context import company_scope, control_scope
from core.notifications.models import Delivery

DAY = timedelta(days=1)
MB = 1024**2


def told(company):
    with company_scope(company):
        rows = Delivery.objects.filter(kind="billing.limits", channel="mail").order_by("pk")
        return [(row.subject, row.principal_id) for row in rows]


def counted(company, day):
    with control_scope():
        return count_usage(company.schema, day=day)


@pytest.mark.parametrize(
    ("before", "now", "expected"),
    [
        (None, Use(3, 5), False),
        (None, Use(4, 5), True),
        (Use(4, 5), Use(4, 5), False),
        (Use(4, 5), Use(5, 5), True),
        (Use(5, 5), Use(7, 5), False),
        (Use(5, 5), Use(3, 5), False),
        (Use(3, 5), Use(5, 5), True),
        (Use(9, None), Use(9, 10), True),
        (Use(9, 10), Use(9, None), False),
    ],
)
def test_a_warning_comes_on_the_way_up_only(before, now, expected):
    assert risen(before, now) is expected


@pytest.mark.row("MN-03", waits="telephony")
def test_the_owner_sees_what_was_in_use_day_by_day(company, owner, person, subscribed):
    subscribed(plan="basic", trial_until=today(), paid_from=today(), paid_until=today() + 30 * DAY, paid_sum=1490)
    counted(company, today() - DAY)
    person(company)
    count(None, 0)
    first = owner.client.get("billing/usage/", limit=1).json()
    assert first["results"] == [
        {
            "day": today().isoformat(),
            "seats": {"used": 2, "limit": 10, "level": "free"},
            "storage_bytes": {"used": 0, "limit": 20 * 1024 * MB, "level": "free"},
            "meters": [],
        }
    ]
    [earlier] = owner.client.get("billing/usage/", limit=1, cursor=first["next"]).json()["results"]
    assert (earlier["day"], earlier["seats"]["used"]) == ((today() - DAY).isoformat(), 1)


def test_every_company_is_counted_once_a_day(company, other_company, person):
    count(None, 0)
    person(company)
    count(None, 0)
    with control_scope():
        assert set(UsageDay.objects.values_list("company", "seats")) == {(company.id, 1), (other_company.id, 1)}
    with time_machine.travel(f"{today() + DAY}T09:00:00+03:00", tick=False):
        count(None, 0)
    with control_scope():
        assert UsageDay.objects.filter(company=company.id).order_by("-day").first().seats == 2


@pytest.mark.row("SE-07")
def test_another_companys_days_are_not_there(company, other_company, other_owner):
    counted(company, today())
    assert other_owner.client.get("billing/usage/").json()["results"] == []


@pytest.mark.row("MN-02")
def test_owners_are_warned_of_seats_before_anything_is_refused(company, owner, person, subscribed):
    subscribed(trial_until=today())
    day = today()
    for _ in range(3):
        person(company)
    counted(company, day)
    counted(company, day + DAY)
    assert told(company) == [("Места заканчиваются: 4 из 5", owner.principal.pk)]
    assert owner.client.post("invitations/", {"emails": ["fifth@seat.example"]}).status_code == 201
    counted(company, day + 2 * DAY)
    counted(company, day + 3 * DAY)
    assert [subject for subject, _ in told(company)][1:] == ["Места закончились: 5 из 5"]
    assert owner.client.post("invitations/", {"emails": ["sixth@seat.example"]}).status_code == 409


def test_owners_are_warned_of_room_for_files(company, owner, subscribed):
    subscribed(trial_until=today())
    task = owner.client.post("tasks/", {"title": "Дело", "assignee": owner.id}).json()
    for number in range(9):
        wish = {"name": f"{number}.pdf", "size": 100 * MB, "content_type": "application/pdf"}
        assert owner.client.post(f"tasks/{task['id']}/attachments/", wish).status_code == 201
    assert counted(company, today()).storage_bytes == 900 * MB
    assert [subject for subject, _ in told(company)] == ["Место для файлов заканчивается"]
    with company_scope(company):
        letter = Delivery.objects.get(kind="billing.limits", channel="mail")
    assert "0,9 ГБ из 1,0 ГБ" in str(vars(letter))


def test_in_the_trial_nobody_is_warned(company, person, life):
    life()
    for _ in range(5):
        person(company)
    counted(company, today())
    assert told(company) == []
