"""A company comes back, and what is never undone does not: shut doors, changed secrets, lost names, counted use."""

from datetime import date, timedelta

import pytest
from django.utils import timezone

from core.access.models import Role, RoleAssignment
from core.context import company_scope, control_scope
from core.events.models import Fact
from core.handover.models import Dismissal
from core.identity.models import Invitation, Principal, User
from core.metering.actions import count
from core.metering.meters import SMS, month_of, service_day
from core.metering.models import MeterEvent
from core.metering.queries import take_events, used_in
from core.organization.models import Employee
from core.privacy.models import Anonymisation
from tenants.archives import arriving
from tenants.archives.arriving import admit, bring_back
from tenants.archives.errors import NobodyToOpen
from tenants.archives.rules import COPY
from tenants.models import Membership
from tenants.snapshots import find
from tests.conftest import PASSWORD, owner_of
from tests.support.client import Api
from tests.support.promises import keep_promises
from tests.tenants.archives import archive_of, opened

pytestmark = pytest.mark.committed
NAME, NEW = "Уникальнофамильная Ксения Зигфридовна", "severny-kontur-9952"


def comes_in(company, who, password: str = PASSWORD) -> int:
    return Api(company).post("auth/sign-in/", {"email": who.email, "password": password}).status_code


@pytest.fixture
def town(committed, store):
    return find(host="alfa.localhost")


@pytest.mark.row("SE-04")
def test_whoever_was_shut_out_since_stays_outside(town, person):
    owner, heir = owner_of(town), person(town)
    gone, barred, comer = person(town), person(town, role="admin"), person(town)
    assert {comes_in(town, who) for who in (gone, barred, comer)} == {200}
    copy = archive_of(town, COPY)
    left = {"last_day": date.today().isoformat(), "successor": heir.id}
    assert owner.browser.post(f"employees/{gone.id}/dismiss/", left).status_code == 200
    assert owner.browser.post(f"employees/{barred.id}/block/", {}).status_code == 200
    keep_promises()
    for _ in range(2):
        # The second time is that of somebody who was interrupted.
        bring_back(opened(copy), town.schema)
        again = find(host="alfa.localhost")
        assert {comes_in(again, who) for who in (gone, barred)} == {401}
        assert comes_in(again, comer) == 200
        assert gone.browser.get("me/").status_code == barred.client.get("me/").status_code == 401
        with company_scope(again):
            cards = Employee.objects.filter(pk__in=[gone.id, barred.id])
            assert {(card.status, card.is_blocked) for card in cards} == {("blocked", True)}
            assert not Dismissal.objects.exists()
            assert Fact.objects.filter(kind="organization.employee_blocked").count() == 2
        with company_scope(again):
            working = User.objects.filter(principal__is_active=True).count()
        with control_scope():
            assert Membership.objects.filter(company__schema_name=town.schema).count() == working
    # What he held stands with him, as it did then, and is handed over by dismissing him once more.
    assert owner_of(again).browser.post(f"employees/{gone.id}/dismiss/", left).status_code == 200


def test_somebody_else_under_the_same_number_is_not_taken_for_him(town, person):
    worker = person(town)
    copy = archive_of(town, COPY)
    with company_scope(town):
        Principal.objects.filter(pk=worker.principal.pk).update(is_active=False)
        Employee.objects.filter(pk=worker.id).update(created_at=timezone.now() - timedelta(days=9))
    bring_back(opened(copy), town.schema)
    assert comes_in(find(host="alfa.localhost"), worker) == 200


@pytest.mark.row("SE-04")
def test_a_password_that_was_changed_since_is_the_newer_one(town, person):
    worker, other = person(town), person(town)
    copy = archive_of(town, COPY)
    changed = worker.browser.post("auth/password/", {"current": PASSWORD, "new": NEW})
    assert changed.status_code < 300, changed.json()
    with company_scope(town):
        user = User.objects.filter(pk=worker.user.pk)
        user.update(totp_confirmed_at=timezone.now(), recovery_hashes=["the only one left"])
    newer = archive_of(town, COPY)
    bring_back(opened(copy), town.schema)
    again = find(host="alfa.localhost")
    assert comes_in(again, worker) == 401
    with company_scope(again):
        now = User.objects.get(pk=worker.user.pk)
        assert now.has_totp and now.recovery_hashes == ["the only one left"]
        # Where nobody has changed it, it is that of the moment.
        User.objects.filter(pk=other.user.pk).update(password="spoilt")
        user.update(totp_confirmed_at=None)
    assert comes_in(again, worker, NEW) == 200
    bring_back(opened(newer), town.schema)
    assert comes_in(find(host="alfa.localhost"), other) == 200


@pytest.mark.row("SE-02", "SE-04")
def test_a_name_that_was_taken_away_does_not_come_back(town, committed, person):
    owner, worker = owner_of(town), person(town, name=NAME)
    task = owner.client.post("tasks/", {"title": "Дать ему", "assignee": owner.id}).json()
    assert owner.client.patch(f"tasks/{task['id']}/", {"assignee": worker.id}).status_code == 200
    keep_promises()
    copy = archive_of(town, COPY)
    assert owner.browser.post(f"employees/{worker.id}/block/", {}).status_code == 200
    proof = {"password": "owner-pass-1"}
    assert owner.browser.post(f"persons/{worker.id}/anonymise/", proof).status_code == 204
    keep_promises()
    bring_back(opened(copy), town.schema)
    keep_promises()
    again = find(host="alfa.localhost")
    with company_scope(again):
        card = Employee.objects.get(pk=worker.id)
        assert card.title == f"Сотрудник №{worker.id}" and card.is_blocked
        assert Principal.objects.get(pk=worker.principal.pk).name == card.title
        assert not User.objects.filter(email=worker.email).exists()
        row = Anonymisation.objects.get()
        assert row.finished_at and row.words == [] and row.author_id == owner.principal.pk
    assert comes_in(again, worker) == 401
    for table in ("events_fact", "notifications_delivery", "entities_entity", "identity_principal", "search_document"):
        if committed.sql("SELECT to_regclass(%s)", f'"{town.schema}".{table}')[0][0]:
            found = f'SELECT count(*) FROM "{town.schema}".{table} t WHERE t::text ~ %s'
            assert committed.value(found, "Уникальнофамильная") == 0, table


def test_what_was_used_stays_used_and_counts_once(town):
    with company_scope(town):
        count(SMS, key="delivery:1", volume=2)
    copy = archive_of(town, COPY)
    with company_scope(town):
        count(SMS, key="delivery:2", volume=5000)
        month, day = month_of(service_day()), service_day()
    before = archive_of(town, COPY)
    bring_back(opened(copy), town.schema)
    with company_scope(find(host="alfa.localhost")):
        assert used_in(month) == {"sms": 5002}
        # Told once more it is the same message; the number that comes after it is another's now.
        assert not count(SMS, key="delivery:1", volume=2)
        assert count(SMS, key="delivery:2", volume=7)
    bring_back(opened(before), town.schema)
    with company_scope(find(host="alfa.localhost")):
        assert not count(SMS, key="delivery:2", volume=5000)
        assert used_in(month) == {"sms": 5009}
        assert [used.volume for used in take_events(day + timedelta(days=1))] == [5009]
        assert count(SMS, key="delivery:3")
        assert MeterEvent.objects.count() == 4


def test_a_link_that_was_taken_back_opens_nothing(town):
    owner = owner_of(town)
    assert owner.browser.post("invitations/", {"emails": ["novice@alfa.example"]}).status_code in (200, 201)
    copy = archive_of(town, COPY)
    with company_scope(town):
        Invitation.objects.update(revoked_at=timezone.now())
    bring_back(opened(copy), town.schema)
    with company_scope(find(host="alfa.localhost")):
        assert not Invitation.objects.filter(revoked_at=None).exists()


def test_where_no_owner_would_be_left_nothing_is_brought_back(town, person):
    owner, next_owner = owner_of(town), person(town)
    copy = archive_of(town, COPY)
    with company_scope(town):
        RoleAssignment.objects.create(role=Role.objects.get(code="owner"), principal=next_owner.principal)
        Principal.objects.filter(pk=owner.principal.pk).update(is_active=False)
        Employee.objects.filter(pk=next_owner.id).update(work_email="since@alfa.example")
    with pytest.raises(NobodyToOpen, match="--beside"):
        bring_back(opened(copy), town.schema)
    again = find(host="alfa.localhost")
    assert again.is_open
    with company_scope(again):
        assert Employee.objects.get(pk=next_owner.id).work_email == "since@alfa.example"


def test_a_company_that_is_admitted_takes_nothing_of_another(town, person):
    """An export is of its moment, and its meters are of the installation that sold it."""
    worker = person(town)
    with company_scope(town):
        count(SMS, key="delivery:1")
    export = archive_of(town)
    assert owner_of(town).browser.post(f"employees/{worker.id}/block/", {}).status_code == 200
    admit(opened(export), "gamma")
    with company_scope(find(host="gamma.localhost")):
        assert Principal.objects.get(pk=worker.principal.pk).is_active
        assert not MeterEvent.objects.exists()


def test_interrupted_before_the_cards_are_told_the_same_call_finishes_it(town, person, monkeypatch):
    owner, barred, nameless = owner_of(town), person(town), person(town, name=NAME)
    copy = archive_of(town, COPY)
    for who in (barred, nameless):
        assert owner.browser.post(f"employees/{who.id}/block/", {}).status_code == 200
    gone = owner.browser.post(f"persons/{nameless.id}/anonymise/", {"password": "owner-pass-1"})
    assert gone.status_code == 204
    with monkeypatch.context() as broken:
        broken.setattr(arriving, "tell", lambda *told: (_ for _ in ()).throw(KeyboardInterrupt))
        with pytest.raises(KeyboardInterrupt):
            bring_back(opened(copy), town.schema)
    assert not find(host="alfa.localhost").is_open
    bring_back(opened(copy), town.schema)
    keep_promises()
    with company_scope(find(host="alfa.localhost")):
        assert {Employee.objects.get(pk=who.id).is_blocked for who in (barred, nameless)} == {True}
        assert Employee.objects.get(pk=nameless.id).title == f"Сотрудник №{nameless.id}"
        assert Anonymisation.objects.get().finished_at
