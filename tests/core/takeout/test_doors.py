"""Who may ask for all data of the company, how he proves himself, how often, and what is left behind."""

from datetime import timedelta

import pyotp
import pytest
from django.utils import timezone

from core.context import company_scope, control_scope
from core.events.models import Fact
from core.identity.actions.totp import set_up, turn_on
from core.identity.models import User
from core.numbering.actions import company_day
from core.outbox.models import Outbox
from core.storage import CompanyStore
from core.takeout.actions import LONGEST, Written, finish_takeout
from core.takeout.models import Takeout
from core.takeout.queries import KEPT, MOST_A_DAY, note_step
from tests.conftest import PASSWORD

ASK = {"password": "owner-pass-1"}


def ready(company, owner, *, age=timedelta()):
    with company_scope(company):
        made = Takeout.objects.create(
            name="alfa.zip", storage_key=CompanyStore(company.schema).new_key(), author=owner.principal
        )
        finish_takeout(made.pk, Written(10, 2, 0, 300, "a" * 64), by=owner.actor())
        Takeout.objects.filter(pk=made.pk).update(finished_at=timezone.now() - age)
    return made.pk


@pytest.mark.row("CR-11")
def test_an_owner_asks_once_and_sees_how_far_it_is(company, owner):
    assert owner.browser.get("takeouts/").json() == {
        "results": [], "next": None, "left_today": MOST_A_DAY, "is_owner": True, "asks_code": False
    }  # fmt: skip
    made = owner.browser.post("takeouts/", ASK)
    assert made.status_code == 201, made.json()
    with company_scope(company):
        assert made.json()["name"] == f"ООО «Альфа», выгрузка {company_day():%Y-%m-%d}.zip"
    assert (made.json()["state"], made.json()["step"], made.json()["author"]["id"]) == ("waiting", None, owner.id)
    with control_scope():
        promised = Outbox.objects.filter(company=company.schema, kind="job:takeout.write")
        assert list(promised.values_list("subject_id", flat=True)) == [made.json()["id"]]
    again = owner.browser.post("takeouts/", ASK)
    assert (again.status_code, again.json()["type"]) == (409, "/problems/takeout-underway")
    with company_scope(company):
        note_step(made.json()["id"], "files", 3, 40)
        assert Fact.objects.filter(kind="takeout.asked").count() == 1
    shown = owner.browser.get("takeouts/").json()
    assert shown["results"][0]["step"] == {"part": "files", "done": 3, "whole": 40}
    assert shown["left_today"] == MOST_A_DAY - 1


@pytest.mark.parametrize(
    ("given", "field"), [({"password": "not-this-one"}, "password"), ({"password": ""}, "password"), ({}, "password")]
)
def test_without_his_password_nothing_is_written(company, owner, given, field):
    answer = owner.browser.post("takeouts/", given)
    assert answer.status_code in (400, 422)
    assert field in answer.content.decode()
    with company_scope(company):
        assert not Takeout.objects.exists()


def test_a_second_factor_is_asked_for_where_it_is_on(company, owner):
    with company_scope(company):
        user = User.objects.get(pk=owner.user.pk)
        secret = set_up(user).secret
        codes = turn_on(user, pyotp.TOTP(secret).now(), by=owner.actor())
    assert owner.browser.get("takeouts/").json()["asks_code"] is True
    for code in ("", "000000"):
        refused = owner.browser.post("takeouts/", ASK | {"code": code})
        assert refused.status_code == 422 and "code" in refused.content.decode()
    assert owner.browser.post("takeouts/", ASK | {"code": codes[0]}).status_code == 201


def test_an_administrator_sees_it_and_takes_nothing(company, owner, person):
    admin = person(company, role="admin")
    made = ready(company, owner)
    shown = admin.browser.get("takeouts/").json()
    assert shown["is_owner"] is False and shown["results"][0]["author"]["id"] == owner.id
    assert admin.browser.post("takeouts/", {"password": PASSWORD}).status_code == 403
    assert admin.browser.post(f"takeouts/{made}/open/").status_code == 403
    assert owner.client.post("takeouts/", ASK).json()["type"] == "/problems/not-by-token"


def test_so_many_a_day_and_no_more(company, owner):
    for _ in range(MOST_A_DAY):
        ready(company, owner)
    refused = owner.browser.post("takeouts/", ASK)
    assert (refused.status_code, refused.json()["type"]) == (429, "/problems/takeouts-spent")
    with company_scope(company):
        Takeout.objects.update(created_at=timezone.now() - timedelta(days=1))
    assert owner.browser.post("takeouts/", ASK).status_code == 201


def test_one_that_never_ended_keeps_nobody_from_the_next(company, owner):
    first = owner.browser.post("takeouts/", ASK).json()["id"]
    with company_scope(company):
        Takeout.objects.update(created_at=timezone.now() - LONGEST)
    assert owner.browser.post("takeouts/", ASK).status_code == 201
    with company_scope(company):
        assert Takeout.objects.get(pk=first).state == "failed"


def test_it_is_opened_for_a_minute_and_told_each_time(company, owner, deliver, mailbox):
    made = ready(company, owner)
    deliver()
    letter = next(letter for letter in mailbox if "Выгрузка данных" in str(letter["Subject"]))
    assert owner.email in str(letter["To"])
    first, second = (owner.browser.post(f"takeouts/{made}/open/") for _ in range(2))
    assert first.status_code == second.status_code == 200 and "Expires=60" in first.json()["url"]
    with company_scope(company):
        assert Fact.objects.filter(kind="takeout.opened").count() == 2
        assert Fact.objects.filter(kind="takeout.made").count() == 1


def test_after_three_days_it_is_gone(company, owner):
    made = ready(company, owner, age=KEPT)
    shown = owner.browser.get("takeouts/").json()["results"][0]
    assert shown["is_gone"] is True
    assert owner.browser.post(f"takeouts/{made}/open/").json()["type"] == "/problems/takeout-gone"
