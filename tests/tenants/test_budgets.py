"""How often a company may ask: one bucket for all processes, no round trip more, nobody refused without Redis."""

import time
from collections import Counter
from dataclasses import replace
from datetime import timedelta

import pytest
import redis
from django.conf import settings as configured
from django.utils import timezone

from core import budgets
from core.askers import Asker, Proved, proved
from core.budgets import (
    BURST_SECONDS,
    LEAST_A_SECOND,
    Budget,
    Toll,
    budget_of,
    cost_of,
    must_bear,
    refused_lately,
    take,
    toll_for,
    upload_cost,
)
from core.context import Company, company_scope
from core.entitlements.allowance import Allowance
from core.identity.models import Session
from core.identity.secrets import digest, new_secret
from tenants.snapshots import snapshots, word
from tests.support.client import Api

ACME = Company(1, "acme", "t_" + "a" * 16, "Acme", "active", frozenset(), 1, hosts=("acme.localhost",))
OTHER = replace(ACME, schema="t_" + "b" * 16)


@pytest.fixture(autouse=True)
def _asks_again():
    budgets.silence.forget()
    yield
    budgets.silence.forget()
    word._silent_until = 0.0


@pytest.fixture
def narrow(settings):
    """One request a second, ten at once."""
    settings.REQUESTS_PER_SECOND = 1


@pytest.fixture
def server():
    return redis.Redis.from_url(configured.REDIS_URL)


@pytest.fixture
def away(monkeypatch):
    """A Redis that is not there."""
    gone = redis.Redis(host="127.0.0.1", port=1, socket_connect_timeout=0.2)
    monkeypatch.setattr(budgets, "_redis", lambda: gone)
    monkeypatch.setattr(word, "_client", lambda: gone)


def blind():
    return budgets.BUDGET_BLIND._value.get()


@pytest.mark.parametrize(
    ("allowance", "most", "rate"),
    [
        (Allowance(seats=5), 200, 110),
        (Allowance(seats=1000), 200, 200),
        (Allowance(), 200, 200),
        (Allowance(seats=5), 10, 10),
        (Allowance(seats=5), 0, None),
        (Allowance(stage="licence"), 200, None),
    ],
)
def test_whoever_pays_for_more_people_may_ask_more(settings, allowance, most, rate):
    settings.REQUESTS_PER_SECOND = most
    found = budget_of(replace(ACME, allowance=allowance))
    assert found == (None if rate is None else Budget(rate, rate * BURST_SECONDS))


def test_what_costs_more_takes_more():
    assert cost_of("GET", "/assets/app.js") == cost_of("GET", "/tasks/1") == 0
    assert (
        cost_of("GET", "/api/v1/tasks/") == 1 < cost_of("GET", "/api/v1/search/") < cost_of("POST", "/api/v1/exports/")
    )
    assert cost_of("GET", "/api/v1/exports/") == 1
    assert (upload_cost(1000), upload_cost(1024**3)) == (0, 64)


@pytest.mark.row("CR-10")
def test_a_bucket_gives_so_many_at_once_and_fills_again_with_time(server):
    budget = Budget(50, 5)
    waits = [take(server, "w", ACME, budget, 1)[1].wait for _ in range(6)]
    assert waits[:5] == [0.0] * 5 and 0 < waits[5] <= 1 / 50
    assert take(server, "w", OTHER, budget, 1)[1].wait == 0.0, "a neighbour has a bucket of his own"
    begun = time.monotonic()
    while take(server, "w", ACME, budget, 1)[1].wait:
        assert time.monotonic() - begun < 2
    # A refusal takes nothing: whoever hammers at the door is let in as soon as anybody.
    assert time.monotonic() - begun < 0.5


def test_what_costs_more_than_the_whole_bucket_waits_for_a_full_one(server):
    budget = Budget(10, 5)
    assert take(server, "w", ACME, budget, 1000)[1].wait == 0.0
    assert take(server, "w", ACME, budget, 1)[1].wait > 0


def test_the_version_and_the_bucket_are_asked_in_one_round_trip(company, narrow, monkeypatch):
    snapshots.find(host=company.hosts[0])
    asked = []
    send = redis.Redis.execute_command
    monkeypatch.setattr(redis.Redis, "execute_command", lambda self, *told, **more: asked.append(told[0]) or send(
        self, *told, **more
    ))  # fmt: skip
    known = Asker("10.0.0.1", "browser", "known")
    proved.note(known.mark(company.schema), is_right=True)
    for asker in (known, Asker("10.0.0.1", "browser", "untried"), Asker("10.0.0.1")):
        asked.clear()
        found, toll = snapshots.admit(company.hosts[0], 1, asker)
        assert (found.schema, toll.wait, asked) == (company.schema, 0.0, ["EVAL"])


@pytest.mark.row("CR-10")
def test_a_company_that_asks_too_often_is_told_when_to_come_back_and_its_neighbour_is_not(
    company, owner, other_owner, narrow, django_assert_num_queries
):
    answers = [owner.client.get("auth/state/") for _ in range(15)]
    assert {answer.status_code for answer in answers[:10]} == {200}
    refused = answers[-1]
    assert (refused.status_code, refused["Content-Type"]) == (429, "application/problem+json")
    told = refused.json()
    assert told["type"] == "/problems/company-busy" and "слишком много запросов" in told["detail"]
    assert int(refused["Retry-After"]) == told["retry_after"] >= 1
    with django_assert_num_queries(0):
        owner.client.get("tasks/")
    assert other_owner.client.get("auth/state/").status_code == 200
    [(schema, times)] = refused_lately()
    assert schema == company.schema and times >= 3


def test_without_redis_nobody_is_refused_and_that_is_counted(company, owner, narrow, away):
    before = blind()
    assert [owner.client.get("tasks/").status_code for _ in range(15)] == [200] * 15
    assert toll_for(company, 5) == Toll()
    assert blind() > before


def test_a_great_file_takes_by_its_bytes(company, owner, settings):
    settings.UPLOAD_MAX_BYTES, settings.REQUESTS_PER_SECOND = 1024**3, 10
    task = owner.client.post("tasks/", {"title": "Дело", "assignee": owner.id}).json()
    wish = {"name": "a.zip", "size": 1024**3, "content_type": "application/zip"}
    path = f"tasks/{task['id']}/attachments/"
    assert owner.client.post(path, wish).status_code == 201
    assert owner.client.post(path, wish).json()["type"] == "/problems/company-busy"
    assert owner.client.post(path, wish | {"size": 1000}).status_code == 201
    with pytest.raises(budgets.CompanyBusy):
        must_bear(company, 60)


def test_only_a_few_of_the_refused_are_named(server):
    for number in range(budgets.MOST_NAMED + 5):
        company = replace(ACME, schema=f"t_{number:016}")
        for _ in range(3):
            take(server, "w", company, Budget(1, 1), 1)
    assert len(refused_lately()) == budgets.MOST_NAMED


@pytest.fixture
def ten(settings):
    """Ten requests a second, a hundred at once: twenty of all strangers, ten of one address."""
    settings.REQUESTS_PER_SECOND = 10


def at(place, client):
    """A caller at a network address."""
    client.client.defaults["REMOTE_ADDR"] = place
    return client


@pytest.mark.row("CR-10")
def test_a_flood_of_strangers_leaves_the_people_of_the_company_their_budget(
    company, owner, person, ten, django_assert_num_queries
):
    known = at("10.0.0.1", owner.client)
    assert known.get("tasks/").status_code == 200
    stranger = at("10.0.0.1", Api(company))
    codes = [stranger.post("exports/", {}).status_code for _ in range(20)]
    assert codes[0] == 401 and codes.count(429) >= 15, codes
    with django_assert_num_queries(0):
        refused = stranger.post("exports/", {})
    told = refused.json()
    assert told["type"] == "/problems/company-busy" and "Без входа" in told["detail"]
    assert int(refused["Retry-After"]) == told["retry_after"] >= 1
    others = [at(f"10.0.0.{number}", Api(company)).post("exports/", {}).status_code for number in range(2, 8)]
    assert others[0] == 401 and 429 in others, "all strangers together have one bucket"
    assert [known.get("tasks/").status_code for _ in range(30)] == [200] * 30
    fresh = at("10.0.0.1", person(company).client)
    assert fresh.get("tasks/").status_code == 200, "signed in just now, behind the address of the flood"


@pytest.mark.row("CR-10")
@pytest.mark.parametrize("by", ["cookie", "token"])
def test_forged_credentials_are_those_of_strangers(company, owner, person, ten, server, django_assert_num_queries, by):
    owned = {"cookie": owner.cookie, "token": owner.token}
    known = at("10.0.0.1", Api(company, **{by: owned[by]}))
    assert known.get("tasks/").status_code == 200

    def forger(place, number):
        return at(place, Api(company, **{by: f"forged-{place}-{number}"}))

    answers = [forger(f"10.0.0.{number % 2 + 1}", number).post("exports/", {}) for number in range(8)]
    busy = [answer for answer in answers if answer.status_code == 429]
    assert {answer.status_code for answer in answers[:2]} == {401} and busy
    assert all("Без входа" in answer.json()["detail"] and int(answer["Retry-After"]) >= 1 for answer in busy)
    # Too many of them from one address are not even looked up.
    take(server, "w", company, budget_of(company), 1000, Asker("10.0.0.3", "token", "forged"))
    with django_assert_num_queries(0):
        assert forger("10.0.0.3", 99).post("exports/", {}).status_code == 429
    assert [known.get("tasks/").status_code for _ in range(30)] == [200] * 30
    colleague = person(company)
    fresh = at("10.0.1.1", Api(company, **{by: {"cookie": colleague.cookie, "token": colleague.token}[by]}))
    assert fresh.get("tasks/").status_code == 200, "nobody has looked at his credential yet"


@pytest.mark.row("CR-10")
def test_an_office_behind_one_address_is_refused_nothing_after_a_start(company, owner, server, settings, monkeypatch):
    settings.REQUESTS_PER_SECOND = LEAST_A_SECOND
    secrets = [new_secret() for _ in range(200)]
    now = timezone.now()
    with company_scope(company):
        Session.objects.bulk_create(
            Session(
                user=owner.user, kind="browser", secret_hash=digest(secret), last_seen_at=now,
                expires_at=now + timedelta(days=1),
            )
            for secret in secrets
        )  # fmt: skip
    for process in (Proved(), Proved()):
        monkeypatch.setattr(budgets, "proved", process)
        codes = Counter(at("10.0.0.1", Api(company, cookie=one)).get("auth/state/").status_code for one in secrets)
        assert codes == {200: 200}
        assert all(process.holds(Asker("", "browser", one).mark(company.schema)) for one in secrets)
    # All that stands on a page is asked for at once, before anybody has been looked at.
    asked = [Asker("10.0.0.2", "browser", one) for one in secrets] * 5
    assert not any(take(server, "w", company, budget_of(company), 1, one)[1].wait for one in asked)
    assert refused_lately() == []
    assert at("10.0.0.1", Api(company)).get("auth/state/").status_code == 200, "who signs in there waits for nobody"


def test_a_right_credential_of_another_company_is_a_forged_one_here(company, other_owner, ten):
    assert other_owner.client.get("tasks/").status_code == 200
    guest = Api(company, token=other_owner.token)
    assert guest.get("tasks/").status_code == 401
    mark = Asker("", "token", other_owner.token).mark
    assert proved.holds(mark(other_owner.company.schema)) and not proved.holds(mark(company.schema))


def test_strangers_take_nothing_of_the_company_and_it_nothing_of_them(server):
    budget, stranger = Budget(10, 100), Asker("10.0.0.1")
    assert [take(server, "w", ACME, budget, 10, stranger)[1].wait > 0 for _ in range(2)] == [False, True]
    assert take(server, "w", ACME, budget, 90)[1].wait == 0.0
    assert take(server, "w", ACME, budget, 100)[1].wait > 0
    assert take(server, "w", ACME, budget, 1, Asker("10.0.0.2"))[1] == Toll(of_strangers=True)
    assert take(server, "w", OTHER, budget, 10, stranger)[1].wait == 0.0, "another company's strangers"


def test_what_nobody_has_looked_at_yet_waits_only_for_too_many_of_its_address(server):
    budget = Budget(10, 100)

    def waits(cost, address, secret="untried"):
        return take(server, "w", ACME, budget, cost, Asker(address, "browser", secret))[1].wait

    assert waits(100, "10.0.0.1", "other") == 0.0 and refused_lately() == []
    assert waits(50, "10.0.0.1") > 0 and refused_lately() == [(ACME.schema, 1)]
    assert waits(50, "10.0.0.2") == 0.0
    stranger = take(server, "w", ACME, budget, 10, Asker("10.0.0.1"))[1]
    assert stranger == Toll(of_strangers=True), "who signs in behind that address has a bucket of his own"


def test_a_socket_of_a_stranger_takes_from_the_strangers(company, ten):
    stranger = Asker("10.0.0.1")
    waits = [toll_for(company, 2, stranger).wait for _ in range(8)]
    assert waits[:5] == [0.0] * 5 and waits[-1] > 0
    assert toll_for(company, 90) == Toll()


def test_what_has_opened_the_door_is_remembered_for_a_while_and_forgotten_when_it_proves_wrong():
    now = [100.0]
    held = Proved(most=2, clock=lambda: now[0])
    marks = [Asker("", "browser", secret).mark(ACME.schema) for secret in ("a", "b", "c")]
    held.note(marks[0], is_right=True)
    assert held.holds(marks[0]) and not held.holds(marks[1])
    held.note(marks[0], is_right=False)
    assert not held.holds(marks[0])
    for mark in marks:
        held.note(mark, is_right=True)
    assert [held.holds(mark) for mark in marks] == [False, True, True]
    now[0] += 4000
    assert not held.holds(marks[2])
    held.note(b"", is_right=True)
    assert not held.holds(Asker("10.0.0.1").mark(ACME.schema)), "nothing was brought"
    assert Asker("", "token", "a").mark(ACME.schema) != marks[0] != Asker("", "browser", "a").mark(OTHER.schema)


@pytest.mark.parametrize(
    ("address", "place"),
    [
        ("10.0.0.1", "10.0.0.1"),
        ("::ffff:10.0.0.1", "10.0.0.1"),
        ("2001:db8:1:2:3::4", "2001:db8:1:2::/64"),
        ("2001:db8:1:2:ffff::1", "2001:db8:1:2::/64"),
        ("", "-"),
        ("nonsense", "-"),
    ],
)
def test_whoever_has_a_network_is_at_one_place(address, place):
    assert Asker(address).place == place
