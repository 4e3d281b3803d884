"""From the form to a company, through the API of the bare host."""

import pytest

from core.context import company_scope, control_scope
from core.organization.models import Employee
from tenants.models import Company, SignUp
from tenants.signup import code_of
from tenants.snapshots import find

FORM = {
    "email": "Anna@Kontur.example",
    "company": "ООО «Северный контур»",
    "slug": "kontur",
    "full_name": "Крылова Анна Сергеевна",
    "password": "severny-kontur-1",
}


@pytest.fixture
def bare(db, api):
    return api()


def code_from(mailbox) -> str:
    return str(mailbox[-1]["Subject"])[:6]


@pytest.mark.row("PL-01")
def test_a_visitor_gets_a_company_of_his_own(bare, deliver, mailbox):
    assert bare.post("signup/", FORM).status_code == 202
    deliver()
    welcome = bare.post("signup/confirm/", {"email": FORM["email"], "code": code_from(mailbox)})
    assert welcome.status_code == 201
    assert welcome.json()["host"].startswith("kontur.localhost")
    company = find(host="kontur.localhost")
    with company_scope(company):
        assert [employee.full_name for employee in Employee.objects.all()] == [FORM["full_name"]]


def test_confirming_again_gives_the_same_company(bare, deliver, mailbox):
    bare.post("signup/", FORM)
    deliver()
    answers = [bare.post("signup/confirm/", {"email": FORM["email"], "code": code_from(mailbox)}) for _ in range(2)]
    assert [answer.json()["host"] for answer in answers] == ["kontur.localhost:8000"] * 2
    with control_scope():
        assert Company.objects.filter(slug__startswith="kontur").count() == 1


def test_a_wrong_code_five_times_needs_a_new_letter(bare, deliver, mailbox):
    bare.post("signup/", FORM)
    deliver()
    with control_scope():
        code = code_of(SignUp.objects.get())
    wrong = f"{(int(code) + 1) % 1_000_000:06d}"
    types = [bare.post("signup/confirm/", {"email": FORM["email"], "code": wrong}).json()["type"] for _ in range(6)]
    assert types == ["/problems/wrong-code"] * 5 + ["/problems/code-dead"]
    assert bare.post("signup/confirm/", {"email": FORM["email"], "code": code}).json()["type"] == "/problems/code-dead"
    assert bare.post("signup/resend/", {"email": FORM["email"]}).status_code == 202
    deliver()
    assert bare.post("signup/confirm/", {"email": FORM["email"], "code": code_from(mailbox)}).status_code == 201


def test_every_wrong_field_is_named_at_once(bare):
    answer = bare.post("signup/", FORM | {"email": "нет", "slug": "console", "full_name": " "})
    assert answer.status_code == 422
    fields = {error["pointer"] for error in answer.json()["errors"]}
    assert fields == {"/email", "/slug", "/full_name"}


def test_a_slug_taken_meanwhile_is_refused_and_another_accepted(bare, deliver, mailbox):
    bare.post("signup/", FORM)
    deliver()
    first = code_from(mailbox)
    bare.post("signup/", FORM | {"email": "other@kontur.example"})
    deliver()
    bare.post("signup/confirm/", {"email": "other@kontur.example", "code": code_from(mailbox)})
    refused = bare.post("signup/confirm/", {"email": FORM["email"], "code": first})
    assert (refused.status_code, refused.json()["type"]) == (409, "/problems/slug-taken")
    proposed = refused.json()["proposed"]
    accepted = bare.post("signup/confirm/", {"email": FORM["email"], "code": first, "slug": proposed})
    assert accepted.json()["host"].startswith(proposed)


@pytest.mark.row("PL-01")
def test_the_code_confirms_only_the_form_of_its_own_browser(bare, deliver, mailbox):
    """Somebody else may send a form for my address: what I then confirm is still what I have filled in."""
    mine = bare.post("signup/", FORM).json()
    deliver()
    code = code_from(mailbox)
    theirs = bare.post("signup/", FORM | {"slug": "chuzhaya", "company": "Чужая"}).json()
    deliver()
    foreign_code = code_from(mailbox)
    assert mine["sign_up"] != theirs["sign_up"]

    def confirm(code, **more):
        return bare.post("signup/confirm/", {"email": FORM["email"], "code": code} | more)

    assert confirm(foreign_code, sign_up=mine["sign_up"]).json()["type"] == "/problems/wrong-code"
    assert confirm(code, sign_up="чужое").json()["type"] == "/problems/wrong-code"
    made = confirm(code, sign_up=mine["sign_up"])
    assert (made.status_code, made.json()["host"].partition(".")[0]) == (201, "kontur")
