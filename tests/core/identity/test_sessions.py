"""Where one is signed in: the list, revoking one and all, API tokens."""

from datetime import timedelta

import pytest
import time_machine
from django.conf import settings
from django.db import OperationalError
from django.utils import timezone

from core.access.loading import actor_by_secret
from core.context import company_scope
from core.identity.models import Principal, Session
from core.rest.models import IdempotentAnswer
from tests.core.identity.conftest import cookie_of, fields, problem

CHROME = "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 Chrome/130.0 Safari/537.36"


@pytest.fixture
def anna(company, person):
    return person(company)


def listed(somebody, **params):
    answer = somebody.browser.get("auth/sessions/", **params)
    assert answer.status_code == 200, answer.content
    return answer.json()


@pytest.mark.row("SE-10")
def test_the_list_shows_browsers_and_tokens_and_marks_the_current(company, anna, caller):
    page = caller(company, address="10.0.0.5", agent=CHROME)
    page.post("auth/sign-in/", {"email": anna.email, "password": anna.password})
    lines = listed(anna)["results"]
    assert len(lines) == 3
    assert [line["kind"] for line in lines if line["current"]] == ["browser"]
    newest = lines[0]
    assert (newest["name"], newest["ip"], newest["user_agent"]) == ("Chrome, Windows", "10.0.0.5", CHROME)
    assert set(newest) == {
        "id", "kind", "name", "user_agent", "ip", "created_at", "last_seen_at", "expires_at", "reads_only", "current",
    }  # fmt: skip
    assert not {anna.cookie, anna.token} & {str(value) for line in lines for value in line.values()}


def test_the_list_comes_in_pages(company, anna):
    with company_scope(company):
        now = timezone.now()
        Session.objects.bulk_create(
            Session(user=anna.user, kind="token", secret_hash=f"{n:064d}", name=f"t{n}", last_seen_at=now,
                    expires_at=now + timedelta(days=1))
            for n in range(5)
        )  # fmt: skip
    first = listed(anna, kind="token", limit="4")
    second = listed(anna, kind="token", limit="4", cursor=first["next"])
    assert (len(first["results"]), len(second["results"]), second["next"]) == (4, 2, None)


def test_only_living_sessions_of_ones_own_are_listed(company, anna, person):
    boris = person(company)
    with company_scope(company):
        Session.objects.filter(user=anna.user, kind="token").update(expires_at=timezone.now())
    assert [line["kind"] for line in listed(anna)["results"]] == ["browser"]
    assert not {line["id"] for line in listed(anna)["results"]} & {line["id"] for line in listed(boris)["results"]}


@pytest.mark.row("SE-10")
def test_revoking_one_session_shuts_its_browser_out_at_once(company, anna, caller, facts):
    cookie = cookie_of(caller(company).post("auth/sign-in/", {"email": anna.email, "password": anna.password}))
    [theirs] = [line["id"] for line in listed(anna)["results"] if line["kind"] == "browser" and not line["current"]]
    with company_scope(company):
        before = Principal.objects.get(pk=anna.principal.pk).access_epoch
    assert anna.browser.delete(f"auth/sessions/{theirs}/").status_code == 204
    assert caller(company, cookie=cookie).get("me/").status_code == 401
    assert caller(company, cookie=anna.cookie).get("me/").status_code == 200
    with company_scope(company):
        assert Principal.objects.get(pk=anna.principal.pk).access_epoch > before
    [moved] = facts(company, "identity.access_changed")
    assert (moved["payload"]["principal_ids"], moved["payload"]["reason"]) == ([anna.principal.pk], "sessions")
    assert moved["entity_id"] == anna.id


def test_revoking_the_current_session_signs_out(company, anna, caller):
    [current] = [line["id"] for line in listed(anna)["results"] if line["current"]]
    answer = anna.browser.delete(f"auth/sessions/{current}/")
    assert answer.cookies[settings.SESSION_COOKIE]["max-age"] == 0
    assert caller(company, cookie=anna.cookie).get("me/").status_code == 401


def test_nobody_revokes_anothers_session(company, other_company, anna, person, owner, other_owner):
    [theirs] = [line["id"] for line in listed(anna)["results"] if line["current"]]
    for stranger in (person(company), owner, other_owner):
        assert problem(stranger.browser.delete(f"auth/sessions/{theirs}/")) == (404, "not-found")
    assert anna.browser.get("me/").status_code == 200


@pytest.mark.row("SE-10")
def test_leaving_everywhere_keeps_this_browser_only(company, anna, api, caller, facts):
    cookies = [
        cookie_of(caller(company).post("auth/sign-in/", {"email": anna.email, "password": anna.password}))
        for _ in range(2)
    ]
    assert anna.browser.post("auth/sessions/revoke-others/").json() == {"revoked": 3}
    assert [caller(company, cookie=cookie).get("me/").status_code for cookie in cookies] == [401, 401]
    assert api(company, token=anna.token).get("me/").status_code == 401
    assert anna.browser.get("me/").status_code == 200
    [ended] = facts(company, "identity.sessions_revoked")
    assert (ended["entity_id"], ended["payload"]["count"]) == (anna.id, 3)


def test_a_named_token_works_until_it_expires_or_is_revoked(company, other_company, anna, api, facts):
    made = anna.browser.post("auth/tokens/", {"name": "Выгрузка  в 1С", "days": 10, "password": anna.password})
    assert made.status_code == 201
    body = made.json()
    program = api(company, token=body["token"])
    assert program.get("me/").json()["id"] == anna.id
    assert problem(api(other_company, token=body["token"]).get("me/")) == (401, "not-signed-in")
    with time_machine.travel(timezone.now() + timedelta(days=11), tick=True):
        assert program.get("me/").status_code == 401
    assert "Выгрузка в 1С" in {line["name"] for line in listed(anna, kind="token")["results"]}
    assert anna.browser.delete(f"auth/sessions/{body['id']}/").status_code == 204
    assert program.get("me/").status_code == 401
    told = [
        fact["payload"]["session_id"]
        for kind in ("made", "revoked")
        for fact in facts(company, f"identity.token_{kind}")
    ]
    assert told == [body["id"], body["id"]]


def test_a_key_that_only_reads_changes_nothing(company, anna, api):
    form = {"name": "Отчёты", "days": 10, "password": anna.password, "reads_only": True}
    made = anna.browser.post("auth/tokens/", form).json()
    program = api(company, token=made["token"])
    assert program.get("me/").json()["id"] == anna.id
    assert program.get("employees/").status_code == 200
    refused = [
        program.patch(f"employees/{anna.id}/", {"phone": "101"}),
        program.post("tasks/", {"title": "Смета", "assignee": anna.id}),
        program.delete(f"auth/sessions/{made['id']}/"),
        program.put(f"employees/{anna.id}/roles/", {"roles": ["owner"]}),
    ]
    assert {problem(answer) for answer in refused} == {(403, "key-reads-only")}
    assert {line["name"]: line["reads_only"] for line in listed(anna, kind="token")["results"]}["Отчёты"] is True
    ours = anna.browser.post("auth/tokens/", form | {"name": "Обмен", "reads_only": False}).json()
    assert api(company, token=ours["token"]).patch(f"employees/{anna.id}/", {"phone": "101"}).status_code == 200


@pytest.mark.parametrize(
    ("body", "wrong"),
    [
        ({"name": "x", "days": 366}, {"/days"}),
        ({"name": "x", "days": 0}, {"/days"}),
        ({"name": " ", "days": "ten"}, {"/name", "/days"}),
        ({}, {"/name", "/days"}),
        ({"name": "x" * 101, "days": 1}, {"/name"}),
    ],
)
def test_a_token_has_a_name_and_an_end(anna, body, wrong):
    assert fields(anna.browser.post("auth/tokens/", {"password": anna.password} | body)) == wrong


def test_a_token_is_not_kept_in_remembered_answers(company, anna):
    form = {"name": "x", "days": 1, "password": anna.password}
    assert anna.browser.post("auth/tokens/", form, Idempotency_Key="the-key-2").status_code == 201
    with company_scope(company):
        assert not IdempotentAnswer.objects.filter(key="the-key-2").exists()


def test_a_browsers_cookie_is_no_token_and_a_token_no_cookie(company, anna, api, caller):
    assert api(company, token=anna.cookie).get("me/").status_code == 401
    assert caller(company, cookie=anna.token).get("me/").status_code == 401


def test_whoever_is_let_go_hears_that_his_access_is_closed_and_nobody_else_does(company, other_company, anna, caller):
    with company_scope(company):
        Principal.objects.filter(user__email=anna.email).update(is_active=False)
        Session.objects.filter(user__email=anna.email).update(revoked_at=timezone.now())
    assert problem(caller(company, cookie=anna.cookie).get("me/")) == (401, "access-closed")
    assert problem(caller(company).get("me/")) == (401, "not-signed-in")
    assert problem(caller(company, cookie="x" * 43).get("me/")) == (401, "not-signed-in")
    assert problem(caller(other_company, cookie=anna.cookie).get("me/")) == (401, "not-signed-in")
    right = {"email": anna.email, "password": anna.password}
    assert problem(caller(company).post("auth/sign-in/", right)) == (401, "access-closed")


def test_a_session_that_was_only_revoked_says_no_more_than_that(company, anna, caller):
    with company_scope(company):
        Session.objects.filter(user__email=anna.email).update(revoked_at=timezone.now())
    assert problem(caller(company, cookie=anna.cookie).get("me/")) == (401, "not-signed-in")


@pytest.mark.parametrize("header", ["Bearer", "Bearer ", "Basic YTpi", "bearer x", "Bearer " + "x" * 5000])
def test_a_broken_authorization_is_refused_even_beside_a_good_cookie(company, anna, caller, header):
    answer = caller(company, cookie=anna.cookie).call("post", "auth/sign-out/", headers={"Authorization": header})
    assert problem(answer) == (401, "not-signed-in")


@pytest.mark.row("SE-10")
def test_a_token_is_made_by_the_password_only_and_never_by_a_token(company, anna):
    form = {"name": "Навсегда", "days": 365}
    assert problem(anna.client.post("auth/tokens/", form | {"password": anna.password})) == (403, "not-by-token")
    assert fields(anna.browser.post("auth/tokens/", form)) == {"/password"}
    for _ in range(10):
        assert fields(anna.browser.post("auth/tokens/", form | {"password": "not-mine-1"})) == {"/password"}
    assert problem(anna.browser.post("auth/tokens/", form | {"password": anna.password})) == (429, "locked-out")
    assert "Навсегда" not in {line["name"] for line in listed(anna, kind="token")["results"]}


def test_a_session_at_work_is_noted_now_and_then_after_the_request(company, anna, statements, monkeypatch):
    def noted() -> list[str]:
        with statements() as seen:
            assert anna.browser.get("auth/state/").status_code == 200
        return [one["sql"] for one in seen if one["sql"].startswith('UPDATE "identity_session"')]

    assert noted() == []
    stale = timezone.now() - timedelta(minutes=6)
    with company_scope(company):
        Session.objects.filter(user=anna.user).update(last_seen_at=stale)
    assert len(noted()) == 1
    assert noted() == []
    with company_scope(company):
        assert Session.objects.get(user=anna.user, kind="browser").last_seen_at > stale
        assert Session.objects.get(user=anna.user, kind="token").last_seen_at == stale


def test_finding_the_caller_locks_nothing(company, anna, statements):
    """The row of a session that has not been noted for long stays free while its request works."""
    with company_scope(company):
        Session.objects.filter(user=anna.user).update(last_seen_at=timezone.now() - timedelta(days=1))
        with statements() as seen:
            assert actor_by_secret(anna.cookie, kind="browser", door="screen")
    assert len(seen) <= 2 and all(one["sql"].lstrip("(").startswith("SELECT") for one in seen)


def test_a_request_that_is_done_does_not_fail_because_it_could_not_be_noted(company, anna, monkeypatch):
    with company_scope(company):
        Session.objects.filter(user=anna.user).update(last_seen_at=timezone.now() - timedelta(days=1))

    def refuse(session_id: int) -> None:
        raise OperationalError("the server is restarting")

    monkeypatch.setattr("core.rest.callers.note_seen", refuse)
    assert anna.browser.get("me/").status_code == 200
