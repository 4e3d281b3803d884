"""Operators: coming in by two factors, what they hold, and the journal that nobody changes."""

from datetime import timedelta
from io import StringIO

import pyotp
import pytest
import time_machine
from django.core.management import CommandError, call_command
from django.db import ProgrammingError, connection
from django.utils import timezone

from core.context import control_scope
from tenants.console.models import Deed, Operator, OperatorSession
from tests.support.client import Api
from tests.support.operators import HOST, PASSWORD, Browser, make_operator

pytestmark = pytest.mark.row("PL-07")
# Where a quarter of an hour begins, so that tries counted by quarters stay together.
START = (timezone.now() - timedelta(hours=1)).replace(minute=0, second=0, microsecond=0)


@pytest.fixture
def clock():
    """Steps of the authenticator are told apart by a clock that stands at the beginning of one."""
    with time_machine.travel(START, tick=False) as moved:
        yield moved


def kinds() -> list[str]:
    with control_scope():
        return list(Deed.objects.order_by("id").values_list("kind", flat=True))


def enter(who, **more):
    return Api(host=HOST).post("auth/sign-in/", {"email": who.operator.email, "password": PASSWORD, **more})


def test_the_first_operator_is_made_by_a_command_and_sets_up_his_second_factor(db, clock):
    out = StringIO()
    call_command("create_operator", "First@Console.Example", name="Первых Пётр", password=PASSWORD, stdout=out)
    assert "Главный оператор" in out.getvalue() and PASSWORD not in out.getvalue()
    body = {"email": "first@console.example", "password": PASSWORD}
    cookie = Api(host=HOST).post("auth/sign-in/", body).cookies["pult"].value
    page = Browser(cookie)
    assert page.get("auth/state/").json()["totp_needed"] is True
    refused = page.get("companies/")
    assert (refused.status_code, refused.json()["type"]) == (403, "/problems/totp-needed")
    secret = page.post("auth/totp/setup/").json()["secret"]
    answer = page.post("auth/totp/confirm/", {"code": pyotp.TOTP(secret).at(START)})
    assert len(answer.json()["recovery_codes"]) == 10
    assert page.get("companies/").status_code == 200
    assert page.get("me/").json()["role"] == "chief"
    assert kinds() == ["operator.created", "sign-in", "totp-on"]


def test_a_second_command_for_the_same_address_is_refused(db):
    call_command("create_operator", "one@console.example", password=PASSWORD, stdout=StringIO())
    with pytest.raises(CommandError, match="уже есть"):
        call_command("create_operator", "one@console.example", password=PASSWORD, stdout=StringIO())


def test_a_password_alone_lets_nobody_in(chief, clock):
    asked = enter(chief)
    assert (asked.status_code, asked.json()["type"]) == (401, "/problems/mfa-required")
    wrong = enter(chief, code="000000")
    assert (wrong.status_code, wrong.json()["type"]) == (401, "/problems/mfa-invalid")
    assert enter(chief, code=chief.code()).status_code == 200
    # The same code is good once.
    assert enter(chief, code=chief.code()).status_code == 401
    assert "sign-in-failed" in kinds()


def test_a_recovery_code_is_good_once(db, clock):
    who = make_operator("chief", proved=False)
    page = who.browser
    secret = page.post("auth/totp/setup/").json()["secret"]
    codes = page.post("auth/totp/confirm/", {"code": pyotp.TOTP(secret).at(START)}).json()["recovery_codes"]
    assert enter(who, code=codes[0]).status_code == 200
    assert enter(who, code=codes[0]).status_code == 401
    assert enter(who, code=codes[1].upper()).status_code == 200
    assert page.get("me/").json()["recovery_left"] == 8


def test_guessing_is_stopped_and_the_answer_tells_nothing(chief):
    page = Api(host=HOST)
    unknown = page.post("auth/sign-in/", {"email": "nobody@console.example", "password": "x" * 10})
    wrong = page.post("auth/sign-in/", {"email": chief.operator.email, "password": "x" * 10})
    assert unknown.status_code == wrong.status_code == 401 and unknown.json() == wrong.json()
    for _ in range(10):
        page.post("auth/sign-in/", {"email": chief.operator.email, "password": "x" * 10})
    locked = enter(chief, code=chief.code())
    assert (locked.status_code, locked.json()["type"]) == (429, "/problems/locked-out")


def test_writes_of_a_browser_carry_its_token(chief):
    bare = Api(host=HOST, cookie=chief.cookie)
    assert bare.post("auth/sign-out/").json()["type"] == "/problems/cross-site"
    foreign = bare.post("auth/sign-out/", Origin="http://alfa.localhost:8000")
    assert foreign.status_code == 403
    assert chief.browser.post("auth/sign-out/").status_code == 204
    assert chief.browser.get("me/").status_code == 401


def test_a_key_that_reads_only_changes_nothing(chief, company):
    made = chief.browser.post("auth/tokens/", {"name": "Сводка", "days": 1, "password": PASSWORD})
    assert made.status_code == 201
    key = Api(host=HOST, token=made.json()["token"])
    assert key.get("companies/").status_code == 200
    refused = key.post(f"companies/{company.id}/suspend/", {"reason": "Проверка"})
    assert (refused.status_code, refused.json()["type"]) == (403, "/problems/key-reads-only")
    assert chief.client.post("auth/tokens/", {"name": "Ещё", "days": 1, "password": PASSWORD}).status_code == 403


def test_whoever_is_shut_out_has_no_way_in_any_more(chief, operator, clock):
    other = operator("operator")
    path = f"operators/{other.operator.pk}/"
    assert chief.client.patch(path, {"is_active": False}).json()["is_active"] is False
    assert other.client.get("companies/").status_code == 401
    assert other.browser.get("me/").status_code == 401
    assert enter(other, code=other.code()).status_code == 401
    with control_scope():
        line = Deed.objects.get(kind="operator.changed")
    assert (line.before["is_active"], line.after["is_active"]) == (True, False)


def test_a_chief_stays(chief):
    path = f"operators/{chief.operator.pk}/"
    for change in ({"is_active": False}, {"role": "operator"}):
        assert chief.client.patch(path, change).json()["type"] == "/problems/last-chief"
    make_operator("chief")
    assert chief.client.patch(path, {"role": "operator"}).status_code == 200


def test_a_lost_authenticator_is_reset_by_somebody_else(chief, operator, clock):
    other = operator("support")
    assert chief.client.post(f"operators/{chief.operator.pk}/totp-reset/").status_code == 403
    assert chief.client.post(f"operators/{other.operator.pk}/totp-reset/").json()["has_totp"] is False
    assert other.client.get("companies/").status_code == 401
    assert enter(other).status_code == 200
    call_command("create_operator", chief.operator.email, reset_totp=True, stdout=StringIO())
    with control_scope():
        assert not Operator.objects.get(pk=chief.operator.pk).has_totp


def test_a_password_change_ends_the_other_sessions_and_keys(chief):
    assert chief.browser.post("auth/password/", {"current": "wrong-one-1", "new": "another-one-2"}).status_code == 422
    assert chief.browser.post("auth/password/", {"current": PASSWORD, "new": "another-one-2"}).status_code == 204
    assert chief.browser.get("me/").status_code == 200
    assert chief.client.get("me/").status_code == 401


def test_one_ends_ones_own_sessions_only(chief, operator):
    other = operator("support")
    with control_scope():
        theirs = OperatorSession.objects.get(operator=other.operator, kind="token").pk
    assert chief.client.delete(f"auth/sessions/{theirs}/").status_code == 404
    assert other.browser.call("delete", f"auth/sessions/{theirs}/").status_code == 204
    assert other.client.get("me/").status_code == 401


@pytest.mark.parametrize(
    "statement", ["UPDATE console_deed SET who = ''", "DELETE FROM console_deed", "TRUNCATE console_deed"]
)
def test_the_database_itself_keeps_the_journal(chief, company, statement):
    chief.client.post(f"companies/{company.id}/suspend/", {"reason": "Проверка"})
    with pytest.raises(ProgrammingError, match="permission denied"), control_scope(), connection.cursor() as cursor:
        cursor.execute(statement)


def test_the_journal_tells_who_when_from_where_and_why(chief, company):
    chief.client.post(f"companies/{company.id}/suspend/", {"reason": "Не платит"})
    [line] = chief.client.get("audit/", company=company.id).json()["results"]
    assert (line["title"], line["who"]) == ("Компания приостановлена", chief.operator.full_name)
    assert (line["before"], line["after"]) == ({"status": "active"}, {"status": "suspended"})
    assert (line["reason"], line["company_slug"], line["door"]) == ("Не платит", "alfa", "token")
    assert line["ip"] == "127.0.0.1"


def test_secrets_stand_nowhere_in_the_journal(chief, clock):
    who = make_operator("support", proved=False)
    page = who.browser
    secret = page.post("auth/totp/setup/").json()["secret"]
    codes = page.post("auth/totp/confirm/", {"code": pyotp.TOTP(secret).at(START)}).json()["recovery_codes"]
    key = page.post("auth/tokens/", {"name": "Сводка", "days": 1, "password": PASSWORD}).json()["token"]
    told = str(chief.client.get("audit/").json())
    assert not any(one in told for one in (secret, key, PASSWORD, *codes))
