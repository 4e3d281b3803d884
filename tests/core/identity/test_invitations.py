"""Colleagues invited by mail and by link, and how they come in."""

import re
from datetime import timedelta

import pytest
import time_machine
from django.utils import timezone

from core.access.models import Grant, Role, RoleAssignment
from core.context import company_scope, control_scope
from core.identity.actions import invitations
from core.identity.models import Invitation, Principal, User
from core.organization.actions import block_employee
from core.organization.models import Department, Employee
from tenants.memberships import companies_of
from tests.core.identity.conftest import cookie_of, fields, problem, text_of

NAME, PASSWORD = "Петров Пётр Петрович", "petr-petrov-99"
EMAIL = "petr@partner.example"


@pytest.fixture
def invite(deliver, mailbox):
    """`invite(inviter, email, **more)` gives the token of the letter."""

    def send(inviter, email=EMAIL, **more):
        mailbox.clear()
        answer = inviter.browser.post("invitations/", {"emails": [email], **more})
        assert answer.status_code == 201, answer.content
        deliver()
        [letter] = [one for one in mailbox if one["To"] == email]
        return token_in(text_of(letter))

    return send


@pytest.fixture
def head(company, person):
    return person(company, role="head", name="Начальник Олег")


def token_in(text: str) -> str:
    found = re.search(r"/invite\?token=(\w+)", text)
    assert found is not None, text
    return found.group(1)


def link(inviter, **more):
    answer = inviter.browser.post("invitations/link/", {"expires_days": 7, **more})
    assert answer.status_code == 201, answer.content
    return token_in(answer.json()["url"])


def accept(page, token, **more):
    return page.post("auth/invitation/accept/", {"token": token, "full_name": NAME, "password": PASSWORD, **more})


@pytest.mark.row("PL-08")
def test_an_invited_colleague_joins_and_is_signed_in(company, owner, invite, caller, deliver, facts):
    token = invite(owner)
    face = caller(company).get("auth/invitation/", token=token)
    assert face.json() == {"company": company.name, "email": EMAIL, "full_name": None}
    answer = accept(caller(company), token)
    assert answer.status_code == 201
    me = caller(company, cookie=cookie_of(answer)).get("me/").json()
    assert (me["full_name"], me["email"], me["email_verified"]) == (NAME, EMAIL, True)
    assert me["csrf_token"] == answer.json()["csrf_token"]
    deliver()
    with control_scope():
        assert [found.slug for found in companies_of(EMAIL)] == ["alfa"]
    [accepted] = facts(company, "identity.invitation_accepted")
    assert accepted["entity_id"] == me["id"]
    [sent] = facts(company, "identity.invitation_sent")
    assert (sent["entity_id"], sent["payload"]["email"]) == (owner.id, EMAIL)
    [came] = facts(company, "identity.signed_in")
    assert came["payload"]["way"] == "invitation"
    lines = owner.client.get(f"employees/{me['id']}/history/").json()["results"]
    told = {line["kind"]: line["title"] for line in lines}
    assert told["organization.employee_hired"] == "теперь среди сотрудников"
    assert told["identity.invitation_accepted"].startswith("принял(а) приглашение, которое прислал(а) ")


@pytest.fixture
def imported(company, inside):
    """`imported(email)` is a person's card as a sheet brings it: nobody can sign in by it."""

    def make(email=EMAIL):
        with inside(company):
            who = Principal.objects.create(kind=Principal.Kind.EMPLOYEE, name="Петров Пётр")
            return Employee.objects.create(
                kind=Employee.KIND, title="Петров Пётр", author=who, responsible=who, status=Employee.Status.WORKS,
                principal=who, last_name="Петров", first_name="Пётр", work_email=email, phone="+79123456789",
            )  # fmt: skip

    return make


def test_a_card_that_waits_for_the_invited_becomes_his(company, owner, invite, caller, deliver, imported):
    card = imported(EMAIL.title())
    task = owner.client.post("tasks/", {"title": "Ждёт его", "assignee": card.pk}).json()
    token = invite(owner)
    assert caller(company).get("auth/invitation/", token=token).json()["full_name"] == "Петров Пётр"
    answer = accept(caller(company), token)
    assert answer.status_code == 201
    page = caller(company, cookie=cookie_of(answer))
    me = page.get("me/").json()
    assert (me["id"], me["full_name"], me["email"], me["email_verified"]) == (card.pk, "Петров Пётр", EMAIL, True)
    assert [row["id"] for row in page.get("tasks/", tab="mine").json()["results"]] == [task["id"]]
    with company_scope(company):
        assert Employee.objects.filter(work_email__iexact=EMAIL).count() == 1
        assert Employee.objects.get(pk=card.pk).phone == "+79123456789"
    deliver()
    with control_scope():
        assert [found.slug for found in companies_of(EMAIL)] == ["alfa"]


def test_whoever_comes_by_a_link_takes_nobodys_card(company, owner, caller, imported):
    """He has not proved yet that the address is his."""
    card = imported()
    answer = accept(caller(company), link(owner), email=EMAIL)
    assert answer.status_code == 201
    assert caller(company, cookie=cookie_of(answer)).get("me/").json()["id"] != card.pk


@pytest.mark.parametrize("spoiled", ["two", "blocked", "trashed"])
def test_a_card_that_is_not_surely_his_stays(company, owner, invite, caller, imported, inside, spoiled):
    card = imported()
    with inside(company):
        if spoiled == "blocked":
            Employee.objects.filter(pk=card.pk).update(status=Employee.Status.BLOCKED)
        elif spoiled == "trashed":
            Employee.objects.filter(pk=card.pk).update(trashed_at=timezone.now(), trashed_by=owner.principal)
    if spoiled == "two":
        imported()
    answer = accept(caller(company), invite(owner))
    assert caller(company, cookie=cookie_of(answer)).get("me/").json()["id"] != card.pk


def test_a_mailed_invitation_is_for_one_person_once(company, owner, invite, caller):
    token = invite(owner)
    assert accept(caller(company), token, email="thief@evil.example").status_code == 201
    with company_scope(company):
        assert User.objects.filter(email=EMAIL).exists()
        assert not User.objects.filter(email="thief@evil.example").exists()
    assert problem(accept(caller(company), token)) == (409, "invitation-dead")
    assert problem(caller(company).get("auth/invitation/", token=token)) == (409, "invitation-dead")


def test_many_addresses_at_once_and_members_are_told_of(company, owner, person, deliver, mailbox):
    anna = person(company)
    emails = ["One@partner.example", "two@partner.example", anna.email, "one@partner.example "]
    answer = owner.browser.post("invitations/", {"emails": emails})
    told = [(line["email"], line["outcome"]) for line in answer.json()["results"]]
    assert told == [("one@partner.example", "sent"), ("two@partner.example", "sent"), (anna.email, "member")]
    assert answer.json()["results"][2]["invitation"] is None
    deliver()
    assert sorted(letter["To"] for letter in mailbox) == ["one@partner.example", "two@partner.example"]


def test_each_wrong_address_is_named_and_nothing_is_sent(company, owner, deliver, mailbox):
    answer = owner.browser.post("invitations/", {"emails": ["good@partner.example", "bad", "ы@x.example", "a\nb@c.d"]})
    assert fields(answer) == {"/emails/1", "/emails/2", "/emails/3"}
    deliver()
    assert mailbox == []
    with company_scope(company):
        assert not Invitation.objects.exists()


def test_the_same_invitation_a_moment_later_is_the_same_letter(company, owner, invite, deliver, mailbox, caller):
    token = invite(owner)
    mailbox.clear()
    [line] = owner.browser.post("invitations/", {"emails": [EMAIL]}).json()["results"]
    deliver()
    assert (line["outcome"], mailbox) == ("already", [])
    assert line["invitation"]["id"] == owner.browser.get("invitations/").json()["results"][0]["id"]
    assert (
        owner.browser.post("invitations/", {"emails": [EMAIL], "role": "head"}).json()["results"][0]["outcome"]
        == "again"
    )
    assert problem(accept(caller(company), token)) == (409, "invitation-dead")


def test_inviting_again_replaces_the_old_letter(company, owner, invite, caller):
    old = invite(owner)
    with company_scope(company):
        Invitation.objects.update(created_at=timezone.now() - timedelta(minutes=1))
    answer = owner.browser.post("invitations/", {"emails": [EMAIL]})
    assert answer.json()["results"][0]["outcome"] == "again"
    assert problem(accept(caller(company), old)) == (409, "invitation-dead")
    assert len(owner.browser.get("invitations/").json()["results"]) == 1


def test_a_repeated_request_invites_once(company, owner, deliver, mailbox):
    body, key = {"emails": [EMAIL]}, {"Idempotency_Key": "the-key-3"}
    first, second = (owner.browser.post("invitations/", body, **key) for _ in range(2))
    assert first.json() == second.json()
    deliver()
    assert len(mailbox) == 1


def test_a_mailed_invitation_lives_a_week(company, owner, invite, caller):
    token = invite(owner)
    with time_machine.travel(timezone.now() + timedelta(days=8), tick=True):
        assert problem(accept(caller(company), token)) == (409, "invitation-dead")
        [line] = owner_list(company, caller, owner)
        assert line["is_expired"] is True
    assert accept(caller(company), token).status_code == 201


def owner_list(company, caller, owner):
    with company_scope(company):
        User.objects.get(pk=owner.user.pk).sessions.update(expires_at=timezone.now() + timedelta(days=1))
    return caller(company, cookie=owner.cookie).get("invitations/").json()["results"]


def test_a_link_lets_many_in_but_proves_nobodys_address(company, owner, caller, deliver, mailbox):
    token = link(owner)
    assert caller(company).get("auth/invitation/", token=token).json()["email"] is None
    cookies = [cookie_of(accept(caller(company), token, email=f"p{n}@partner.example")) for n in (1, 2)]
    me = caller(company, cookie=cookies[0]).get("me/").json()
    assert (me["email"], me["email_verified"]) == ("p1@partner.example", False)
    deliver()
    with control_scope():
        assert companies_of("p1@partner.example") == []
    page = caller(company, cookie=cookies[0])
    assert page.get("auth/companies/").json() == {"results": []}
    assert problem(page.post("auth/switch/", {"slug": "alfa"})) == (409, "email-unproved")
    letter = next(one for one in mailbox if one["To"] == "p1@partner.example" and "Подтвердите" in one["Subject"])
    found = re.search(r"http://alfa\.localhost:8000/verify\?token=([\w.]+)", text_of(letter))
    assert caller(company).post("auth/email-proof/confirm/", {"token": found.group(1)}).status_code == 204
    deliver()
    assert page.get("me/").json()["email_verified"] is True
    assert [line["slug"] for line in page.get("auth/companies/").json()["results"]] == ["alfa"]
    again = caller(company).post("auth/email-proof/confirm/", {"token": found.group(1)})
    assert problem(again) == (409, "link-dead")


def test_a_proof_is_for_its_own_account_and_company(company, other_company, owner, caller, deliver, mailbox):
    page = caller(company, cookie=cookie_of(accept(caller(company), link(owner), email=EMAIL)))
    assert page.post("auth/email-proof/").status_code == 202
    deliver()
    token = re.search(r"verify\?token=([\w.]+)", text_of(mailbox[-1])).group(1)
    number, issued, signature = token.split(".")
    forged = f"{int(number) + 1}.{issued}.{signature}"
    assert problem(caller(company).post("auth/email-proof/confirm/", {"token": forged})) == (409, "link-dead")
    assert problem(caller(other_company).post("auth/email-proof/confirm/", {"token": token})) == (409, "link-dead")
    reset = caller(company).post("auth/password-reset/confirm/", {"token": token, "password": "another-pass-5"})
    assert problem(reset) == (409, "link-dead")
    with time_machine.travel(timezone.now() + timedelta(days=4), tick=True):
        assert problem(caller(company).post("auth/email-proof/confirm/", {"token": token})) == (409, "link-dead")


def test_a_link_asks_for_an_address_that_nobody_here_has(company, owner, person, caller):
    anna, token = person(company), link(owner)
    assert fields(accept(caller(company), token)) == {"/email"}
    assert fields(accept(caller(company), token, email="bad")) == {"/email"}
    assert problem(accept(caller(company), token, email=anna.email.upper())) == (409, "already-member")
    assert fields(accept(caller(company), token, email=EMAIL, password="short")) == {"/password"}
    assert fields(accept(caller(company), token, email=EMAIL, full_name=" \u202e ")) == {"/full_name"}


def test_a_revoked_invitation_opens_nothing(company, owner, invite, caller, facts):
    tokens = [invite(owner), link(owner)]
    ids = [line["id"] for line in owner.browser.get("invitations/").json()["results"]]
    assert [owner.browser.delete(f"invitations/{pk}/").status_code for pk in ids] == [204, 204]
    assert {problem(accept(caller(company), token, email="x@y.example")) for token in tokens} == {
        (409, "invitation-dead")
    }
    assert owner.browser.get("invitations/").json()["results"] == []
    assert problem(owner.browser.delete(f"invitations/{ids[0]}/")) == (404, "not-found")
    assert len(facts(company, "identity.invitation_revoked")) == 2


def test_an_invitation_belongs_to_one_company(company, other_company, owner, other_owner, invite, caller):
    token = invite(owner)
    assert problem(accept(caller(other_company), token)) == (409, "invitation-dead")
    [line] = owner.browser.get("invitations/").json()["results"]
    assert problem(other_owner.browser.delete(f"invitations/{line['id']}/")) == (404, "not-found")


@pytest.mark.row("SE-05")
def test_whoever_may_not_invite_sees_and_makes_no_invitations(company, person):
    anna = person(company)
    assert anna.browser.get("invitations/").status_code == 403
    assert anna.browser.post("invitations/", {"emails": [EMAIL]}).status_code == 403
    assert anna.browser.post("invitations/link/", {"expires_days": 1}).status_code == 403
    assert anna.browser.delete("invitations/1/").status_code == 403


@pytest.mark.row("SE-05")
def test_nobody_invites_into_a_role_above_his_own(company, head, owner, person, invite, caller):
    for role in ("admin", "owner"):
        assert head.browser.post("invitations/", {"emails": [EMAIL], "role": role}).status_code == 403
        assert head.browser.post("invitations/link/", {"expires_days": 1, "role": role}).status_code == 403
    with company_scope(company):
        wide = Role.objects.create(code="wide", title="Широкая")
        Grant.objects.create(role=wide, permission="organization.block", scope="all")
    assert head.browser.post("invitations/", {"emails": [EMAIL], "role": "wide"}).status_code == 403
    assert head.browser.post("invitations/", {"emails": [EMAIL]}).status_code == 201
    admin = person(company, role="admin")
    assert admin.browser.post("invitations/", {"emails": [EMAIL], "role": "owner"}).status_code == 403
    token = invite(admin, role="wide")
    me = caller(company, cookie=cookie_of(accept(caller(company), token))).get("me/").json()
    with company_scope(company):
        held = RoleAssignment.objects.filter(principal__employee=me["id"]).values_list("role__code", flat=True)
        assert list(held) == ["wide"]


def test_a_promise_of_rights_dies_with_the_rights_of_who_promised(company, person, invite, caller):
    admin = person(company, role="admin")
    token = invite(admin, role="admin")
    with company_scope(company):
        RoleAssignment.objects.filter(principal=admin.principal).update(role=Role.objects.get(code="employee"))
        admin.principal.refresh_from_db()
        admin.principal.access_epoch += 1
        admin.principal.save()
    assert problem(accept(caller(company), token)) == (409, "invitation-dead")


def test_a_blocked_person_does_not_come_back_by_his_own_link(company, owner, head, caller):
    token = link(head)
    with company_scope(company):
        block_employee(Employee.objects.get(pk=head.id), by=owner.actor())
    assert problem(accept(caller(company), token, email="again@evil.example")) == (409, "invitation-dead")


def test_a_department_is_checked_when_inviting_and_may_be_gone_when_accepting(company, owner, invite, caller):
    assert fields(owner.browser.post("invitations/", {"emails": [EMAIL], "department": 999_999})) == {"/department"}
    assert fields(owner.browser.post("invitations/", {"emails": [EMAIL], "role": "ghost"})) == {"/role"}
    with company_scope(company):
        department = Department.objects.create(title="Продажи")
        Department.objects.filter(pk=department.pk).update(path=[department.pk])
    stays, goes = (invite(owner, email, department=department.pk) for email in (EMAIL, "two@partner.example"))
    assert owner.browser.get("invitations/").json()["results"][0]["department"]["title"] == "Продажи"
    assert accept(caller(company), stays).status_code == 201
    with company_scope(company):
        assert Employee.objects.get(work_email=EMAIL).department_id == department.pk
        Employee.objects.update(department=None)
        department.delete()
    assert accept(caller(company), goes).status_code == 201


@pytest.mark.parametrize(
    ("body", "wrong"),
    [
        ({"emails": []}, {"/emails"}),
        ({"emails": ["a@b.example"] * 51}, {"/emails"}),
        ({"emails": "a@b.example"}, {"/emails"}),
        ({}, {"/emails"}),
    ],
)
def test_a_letter_to_nobody_or_to_a_crowd_is_refused(owner, body, wrong):
    assert fields(owner.browser.post("invitations/", body)) == wrong


@pytest.mark.parametrize("days", [0, 31, -1, "x"])
def test_a_link_lives_thirty_days_at_most(owner, days):
    assert fields(owner.browser.post("invitations/link/", {"expires_days": days})) == {"/expires_days"}


def test_a_company_cannot_be_used_to_flood_strangers(company, owner, monkeypatch):
    monkeypatch.setattr(invitations, "LETTERS_A_DAY", 3)
    assert owner.browser.post("invitations/", {"emails": ["a@x.example", "b@x.example"]}).status_code == 201
    refused = owner.browser.post("invitations/", {"emails": ["c@x.example", "d@x.example"]})
    assert problem(refused) == (429, "slow-down")


def test_the_list_tells_all_in_few_statements(company, owner, head, statements):
    owner.browser.post("invitations/", {"emails": [f"p{n}@partner.example" for n in range(3)]})
    head.browser.post("invitations/", {"emails": ["p9@partner.example"]})
    link(owner)
    with statements() as seen:
        lines = owner.browser.get("invitations/").json()["results"]
    assert len(seen) <= 11, [query["sql"][:100] for query in seen.captured_queries]
    assert [line["kind"] for line in lines] == ["link", "mail", "mail", "mail", "mail"]
    assert lines[0]["url"].startswith("http://alfa.localhost:8000/invite?token=")
    assert (lines[1]["email"], lines[1]["url"]) == ("p9@partner.example", None)
    assert lines[1]["invited_by"]["full_name"] == "Начальник Олег"
    assert lines[1]["role"] == {"code": "employee", "title": "Сотрудник"}


def test_invitations_come_in_pages(owner):
    owner.browser.post("invitations/", {"emails": [f"p{n}@partner.example" for n in range(5)]})
    first = owner.browser.get("invitations/", limit="3").json()
    second = owner.browser.get("invitations/", limit="3", cursor=first["next"]).json()
    assert (len(first["results"]), len(second["results"]), second["next"]) == (3, 2, None)


@pytest.mark.parametrize("token", ["", "x", "../../", "0" * 64, "%00"])
def test_a_made_up_token_opens_nothing(company, caller, token):
    assert caller(company).get("auth/invitation/", token=token).status_code == 409


def test_the_token_cannot_be_read_from_the_database(company, owner, invite):
    token = invite(owner)
    with company_scope(company):
        assert token not in str(list(Invitation.objects.values()))
