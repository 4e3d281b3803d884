"""How long the trash keeps cards is the company's word."""

from datetime import timedelta

import pytest
import time_machine
from django.utils import timezone

from core.access.loading import actor_of_principal
from core.companies import renewed
from core.context import company_scope, control_scope
from core.entities.models import Entity
from core.entities.trash import PURGE, purge, trash
from core.options.actions import change_options
from core.organization.models import Employee
from core.outbox.models import Wakeup
from modules.tasks.actions import create_task
from tenants.snapshots import find


def woken_at(company):
    with control_scope():
        return Wakeup.objects.get(company=company.schema, kind=PURGE).due_at


class TestSaid:
    @pytest.fixture
    def who(self, company, person):
        """Somebody who has just thrown a task away."""
        who = person(company)
        task = who.client.post("tasks/", {"title": "Лишнее", "assignee": who.id}).json()
        assert who.client.delete(f"tasks/{task['id']}/").status_code == 204
        return who

    def test_by_itself_it_is_thirty_days(self, company, who):
        assert who.client.get("trash/").json()["kept_days"] == 30
        assert abs(woken_at(company) - timezone.now() - timedelta(days=30)) < timedelta(minutes=1)

    def test_a_longer_term_is_said_of_each_card(self, who, owner):
        owner.client.patch("options/", {"values": {"entities.trash_days": 90}})
        listed = who.client.get("trash/").json()
        assert listed["kept_days"] == 90
        due = timezone.now() + timedelta(days=90)
        assert listed["results"][0]["gone_at"][:10] in {(due - timedelta(hours=h)).date().isoformat() for h in (0, 1)}

    def test_a_shorter_term_is_looked_after_at_once(self, company, who, owner, monkeypatch, deliver):
        woken = []
        monkeypatch.setattr("core.entities.trash.wake", lambda kind, at: woken.append((kind, at)))
        owner.client.patch("options/", {"values": {"tasks.due_days": 5}})
        deliver()
        assert woken == [], "other options do not concern it"
        owner.client.patch("options/", {"values": {"entities.trash_days": 7}})
        deliver()
        ((kind, at),) = woken
        assert kind == PURGE and at <= timezone.now()


@pytest.mark.committed
@pytest.mark.usefixtures("committed")
class TestGone:
    """Deleting for good is done by the owner of the tables, in a transaction of his own."""

    @pytest.fixture
    def by(self, committed):
        with company_scope(find(host="alfa.localhost")):
            employee = Employee.objects.select_related("principal").get(work_email="owner@alfa.example")
            return actor_of_principal(employee.principal, door="screen")

    @pytest.fixture
    def thrown(self, by):
        with company_scope(find(host="alfa.localhost")):
            return trash(create_task(title="Лишнее", assignee=by.principal_id, by=by), by=by)

    def keep(self, days, by):
        told = {"entities.trash_days": days}
        schema = find(host="alfa.localhost").schema
        renewed(schema, lambda version: change_options(told, version=version, seen=None, by=by))

    def is_there_after(self, days, card):
        company = find(host="alfa.localhost")
        with time_machine.travel(timezone.now() + timedelta(days=days), tick=False):
            purge(company)
        with company_scope(company):
            return Entity.objects.filter(pk=card.pk).exists()

    def test_by_itself_after_thirty_days(self, thrown):
        assert self.is_there_after(29, thrown)
        assert not self.is_there_after(31, thrown)

    def test_later_where_the_company_says_so(self, thrown, by):
        self.keep(90, by)
        assert self.is_there_after(60, thrown)
        assert woken_at(find(host="alfa.localhost")) > timezone.now() + timedelta(days=28)
        assert not self.is_there_after(91, thrown)

    def test_sooner_where_the_company_says_so(self, thrown, by):
        self.keep(7, by)
        assert self.is_there_after(6, thrown)
        assert not self.is_there_after(8, thrown)
