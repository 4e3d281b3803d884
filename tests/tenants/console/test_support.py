"""The support in a company: by consent only, looking first, seen by everybody concerned, out at once."""

from dataclasses import dataclass
from datetime import timedelta
from typing import ClassVar

import pytest
import time_machine
from django.utils import timezone

from core.access.loading import actor_of_principal
from core.context import Company, company_scope, control_scope
from core.entities.models import Ref
from core.events.bus import Event, Told, emit
from core.events.models import Fact
from core.identity.models import Principal, Session, User
from core.realtime.announcing import messages
from core.realtime.queries import standing
from core.realtime.socket import LiveSocket
from tenants.console.models import Consent, Deed, Visit
from tenants.snapshots import find
from tests.isolation.operations import operations
from tests.support.client import Api

pytestmark = pytest.mark.row("PL-07", "SE-05")
# What the service's people do for themselves.
OWN_DOORS = {"support/changes/", "support/leave/", "auth/sign-out/", "auth/move/"}
# What they may not even look at.
CLOSED = {"auth/sessions/", "auth/totp/", "invitations/", "gateways/", "reads/", "company/licence/"}


@dataclass(frozen=True)
class Spoken(Event):
    """A fact of a module about a card, with words of its own."""

    kind: ClassVar[str] = "probe.spoken"
    title: ClassVar[str] = "сказал(а)"
    reason: str


def allow(owner, **more):
    answer = owner.client.post("support/consent/", {"may_change": False, "hours": 4} | more)
    assert answer.status_code == 200, answer.content
    return answer.json()["consent"]


def come_in(who, company: Company) -> Api:
    """The operator's browser inside the company."""
    door = who.client.post(f"companies/{company.id}/support/")
    assert door.status_code == 200, door.content
    entered = Api(company).post("support/enter/", {"ticket": door.json()["ticket"]})
    assert (entered.status_code, entered["Location"]) == (303, "/"), entered.content
    return Api(company, cookie=entered.cookies["pult"].value)


@pytest.fixture
def helper(operator):
    return operator("support")


@pytest.fixture
def guest(helper, owner, company):
    """The support inside, only looking, though the owner lets it change."""
    allow(owner, may_change=True)
    return come_in(helper, company)


def history(owner) -> list[tuple[str, str]]:
    rows = owner.client.get("support/history/").json()["results"]
    return [(row["who"], row["title"]) for row in reversed(rows)]


def test_without_consent_nobody_comes_in(helper, company):
    refused = helper.client.post(f"companies/{company.id}/support/")
    assert (refused.status_code, refused.json()["type"]) == (409, "/problems/no-consent")


def test_only_whoever_may_lets_the_support_in(owner, person, company):
    assert person(company).client.post("support/consent/", {"hours": 1}).status_code == 403
    assert owner.client.post("support/consent/", {"hours": 2}).status_code == 422
    assert owner.client.post("support/consent/", {"hours": 24 * 30}).status_code == 422
    consent = allow(owner, hours=1)
    until = timezone.now() + timedelta(hours=1)
    assert abs(until - timezone.datetime.fromisoformat(consent["until"])) < timedelta(minutes=1)


def test_the_support_looks_and_the_company_sees_it(guest, helper, owner):
    me = guest.get("me/").json()
    assert me["full_name"] == f"Поддержка: {helper.operator.full_name}"
    assert me["support"]["reads_only"] is True
    made = owner.client.post("tasks/", {"title": "Проверить насос", "assignee": owner.id}).json()
    assert guest.get(f"tasks/{made['id']}/").json()["title"] == "Проверить насос"
    name = f"Поддержка: {helper.operator.full_name}"
    assert (name, "вошла в компанию, только смотреть") in history(owner)
    assert owner.client.get("me/").json()["support"] is None


def test_while_it_looks_it_changes_nothing_whatever_it_asks(guest, company):
    wrong = []
    for op in operations("company"):
        route = op.route.removeprefix("api/v1/")
        if op.method == "get" or route in OWN_DOORS or _is_open(op):
            continue
        answer = guest.call(op.method, op.path(), {})
        if answer.status_code != 403 or not answer.json()["type"].startswith("/problems/support-"):
            wrong.append(f"{op}: {answer.status_code}")
    assert wrong == []


def test_with_changes_it_changes_cards_and_nothing_of_people_rights_keys_or_money(guest, company):
    assert guest.post("support/changes/").status_code == 204
    allowed = set()
    for op in operations("company"):
        route = op.route.removeprefix("api/v1/")
        if op.method == "get" or route in OWN_DOORS or _is_open(op):
            continue
        answer = guest.call(op.method, op.path(), {})
        is_refused = answer.status_code == 403 and answer.json()["type"] == "/problems/support-may-not"
        if not is_refused:
            allowed.add(route.split("/")[0])
    assert allowed == {"documents", "tasks", "task-templates"}


def test_it_comes_to_no_secret(guest):
    for op in operations("company"):
        route = op.route.removeprefix("api/v1/")
        if op.method == "get" and any(route == closed for closed in CLOSED):
            assert guest.get(route).json()["type"] == "/problems/support-may-not", route
    assert guest.get("auth/totp/").status_code == 403
    assert guest.post("auth/tokens/", {"name": "x", "days": 1, "password": ""}).status_code == 403
    assert guest.post("exports/", {"kind": "tasks.task", "format": "csv"}).status_code == 403


def _is_open(op) -> bool:
    access = getattr(op.view, "access", {}).get(op.action)
    return access is not None and access.anonymous


def test_changes_need_the_owners_leave(helper, owner, company):
    allow(owner)
    guest = come_in(helper, company)
    refused = guest.post("support/changes/")
    assert (refused.status_code, refused.json()["type"]) == (403, "/problems/reading-consent")
    assert guest.get("me/").json()["support"]["reads_only"] is True


def test_every_act_stands_in_the_history_under_the_name_of_the_support(guest, helper, owner, company):
    task = owner.client.post("tasks/", {"title": "Насос", "assignee": owner.id}).json()
    assert guest.patch(f"tasks/{task['id']}/", {"title": "Насос-2"}).json()["type"] == "/problems/support-looks-only"
    guest.post("support/changes/")
    done = guest.patch(f"tasks/{task['id']}/", {"title": "Насос-2"})
    assert done.status_code == 200, done.content
    lines = owner.client.get(f"tasks/{task['id']}/history/").json()["results"]
    name = f"Поддержка: {helper.operator.full_name}"
    assert lines[0]["actor"]["full_name"] == name and lines[0]["door"] == "support"
    assert (name, "включила изменения") in history(owner)
    assert any(row["card"] == "Насос-2" for row in owner.client.get("support/history/").json()["results"])
    with control_scope():
        told = list(Deed.objects.filter(company_id=company.id).order_by("id").values_list("kind", flat=True))
    assert told == ["support.asked", "support.came", "support.changes"]


def test_its_history_tells_nobody_of_cards_that_he_does_not_see(guest, owner, person, company):
    admin = person(company, role="admin")
    guest.post("support/changes/")
    made = {
        title: owner.client.post("tasks/", {"title": f"Канарейка {title}", "assignee": owner.id, **more}).json()["id"]
        for title, more in {"открытое": {}, "личное": {}, "черновик": {"is_draft": True}, "корзина": {}}.items()
    }
    private = f"tasks/{made['личное']}/"
    assert guest.patch(private, {"title": "Канарейка личное 2"}).status_code == 200
    assert guest.patch(f"tasks/{made['открытое']}/", {"title": "Канарейка открытое 2"}).status_code == 200
    assert owner.client.patch(private, {"is_private": True}).status_code == 200
    assert owner.client.delete(f"tasks/{made['корзина']}/").status_code == 204
    with company_scope(company):
        by = actor_of_principal(Principal.objects.get(kind="service"), door="support")
        for title in made:
            emit(Spoken(Ref("tasks.task", made[title]), reason=f"Канарейка: {title}"), by=by)
    own, others = (who.client.get("support/history/").json()["results"] for who in (owner, admin))
    assert admin.client.get(private).status_code == 404
    assert {word for word in made if word in str(others)} == {"открытое"}
    # The twin: its initiator reads all of it; what lies in the trash is shown to nobody.
    assert {word for word in made if word in str(own)} == {"открытое", "личное", "черновик"}
    touched = [line["card"] for line in others if line["card"]]
    assert touched.count("карточка, которую вы не видите") == 4
    assert len(touched) == len([line for line in own if line["card"]]) == 6


def test_the_owner_ends_it_at_once_and_sockets_are_told(guest, helper, owner, company):
    cookie = guest.cookie
    assert standing(company, cookie, ()).actor is not None
    assert owner.client.delete("support/consent/").status_code == 204
    assert guest.get("me/").status_code == 401
    assert standing(company, cookie, ()).actor is None
    with company_scope(company):
        who = Principal.objects.get(kind="service")
        told = [Told.of(fact, None) for fact in Fact.objects.filter(kind="identity.access_changed")]
    sent = [message for one in told for message in messages(company.schema, one)]
    assert (f"{company.schema}.who.{who.pk}", {"type": "live.recheck"}) in sent
    assert helper.client.post(f"companies/{company.id}/support/").status_code == 409
    assert history(owner)[-1][1] == "закрыл(а) доступ поддержке"


def test_it_ends_by_itself_with_the_consent(helper, owner, company):
    allow(owner, hours=1)
    guest = come_in(helper, company)
    with company_scope(company):
        session = Session.objects.get(user__principal__kind="service")
    with control_scope():
        assert session.expires_at <= Consent.objects.get(revoked_at=None).until
    with time_machine.travel(timezone.now() + timedelta(hours=1, seconds=1)):
        assert guest.get("me/").status_code == 401
        assert helper.client.get("companies/").status_code in (200, 401)
        with control_scope():
            assert not Consent.objects.filter(until__gt=timezone.now()).exists()


def test_a_socket_looks_right_when_its_session_ends():
    tab = LiveSocket()
    tab.ends_at = timezone.now() + timedelta(seconds=3)
    assert 2 < tab._until_next_look() < 5
    tab.ends_at = timezone.now() + timedelta(hours=1)
    assert tab._until_next_look() == 60
    tab.ends_at = timezone.now() - timedelta(seconds=30)
    assert 0 < tab._until_next_look() < 1


def test_a_visit_lasts_no_longer_than_two_hours(helper, owner, company):
    allow(owner, hours=168)
    come_in(helper, company)
    with control_scope():
        visit = Visit.objects.get()
    assert visit.until <= timezone.now() + timedelta(hours=2)


def test_a_ticket_is_good_once_for_one_company_while_the_consent_stands(helper, owner, company, other_company):
    allow(owner)

    def ticket() -> str:
        return helper.client.post(f"companies/{company.id}/support/").json()["ticket"]

    def is_let_in(at: Company, told: str) -> bool:
        return Api(at).post("support/enter/", {"ticket": told})["Location"] == "/"

    one = ticket()
    assert is_let_in(company, one) and not is_let_in(company, one)
    assert not is_let_in(other_company, ticket())
    late = ticket()
    owner.client.delete("support/consent/")
    assert not is_let_in(company, late)
    allow(owner)
    # Given by a consent that was withdrawn meanwhile.
    assert not is_let_in(company, late)
    # A ticket of the support is no ticket of a person.
    person_ticket = ticket()
    assert Api(company).post("auth/ticket/", {"ticket": person_ticket})["Location"].startswith("/sign-in")


def test_whoever_is_shut_out_of_the_console_is_out_of_every_company(guest, helper, chief):
    assert chief.client.patch(f"operators/{helper.operator.pk}/", {"is_active": False}).status_code == 200
    assert guest.get("me/").status_code == 401


def test_leaving_is_told_too(guest, owner):
    assert guest.post("support/leave/").status_code == 204
    assert guest.get("me/").status_code == 401
    assert history(owner)[-1][1] == "вышла из компании"


def test_a_new_consent_ends_the_former_with_its_visits(guest, owner):
    allow(owner, hours=1)
    assert guest.get("me/").status_code == 401


def test_the_supports_account_is_no_way_in_by_itself(guest, owner, company, deliver, mailbox):
    with company_scope(company):
        user = User.objects.get(principal__kind="service")
    page = Api(company)
    assert page.post("auth/sign-in/", {"email": user.email, "password": ""}).status_code in (401, 422)
    assert page.post("auth/password-reset/", {"email": user.email}).status_code == 202
    deliver()
    assert not any("console.invalid" in str(letter["To"]) for letter in mailbox)


def test_the_owner_gets_a_letter_about_each_visit(guest, helper, owner, deliver, mailbox):
    deliver()
    letters = [letter for letter in mailbox if letter["To"] == owner.email]
    assert [letter["Subject"] for letter in letters if "вошла" in str(letter["Subject"])], [str(x) for x in mailbox]


def test_it_takes_no_seat_and_stands_in_no_list_of_people(guest, owner, company):
    names = str(owner.client.get("employees/").json())
    assert "Поддержка:" not in names
    with company_scope(company):
        assert Principal.objects.filter(kind="service").count() == 1


def test_a_suspended_company_lets_no_support_in(helper, chief, owner, company):
    allow(owner)
    chief.client.post(f"companies/{company.id}/suspend/", {"reason": "Жалоба"})
    assert helper.client.post(f"companies/{company.id}/support/").status_code == 409


def test_another_company_is_not_touched(guest, company, other_company):
    beta = find(host="beta.localhost")
    assert beta is not None
    answer = Api(other_company, cookie=guest.cookie).get("me/")
    assert answer.status_code == 401
    with company_scope(other_company):
        assert not Principal.objects.filter(kind="service").exists()
