"""Two workers at the same templates at the same moment, with real commits: nobody gets two tasks of one moment."""

from datetime import timedelta
from functools import partial

import pytest
from django.db import IntegrityError
from django.utils import timezone

from core.access.loading import actor_of_principal
from core.context import company_scope
from core.entities.models import Entity
from core.events.models import Fact
from core.identity.models import Principal
from core.identity.names import read_full_name
from core.organization.actions import hire
from core.recurrence import actions
from core.recurrence.actions import note_made, set_plan
from core.recurrence.jobs import tick
from core.recurrence.models import Occurrence, Recurrence
from core.recurrence.rules import Every, Plan
from core.registry import registry
from modules.tasks.actions import giving
from modules.tasks.actions.templates import create_template
from modules.tasks.jobs import give
from modules.tasks.models import Task, TaskTemplate
from tenants.snapshots import find
from tests.support.races import at_once, together

pytestmark = [pytest.mark.committed, pytest.mark.usefixtures("committed")]
PEOPLE = 6


@pytest.fixture
def company(committed):
    return find(host="alfa.localhost")


@pytest.fixture
def people(company):
    with company_scope(company):
        return [
            hire(
                name=read_full_name(f"Сменный Номер{number}"), email=f"plan{number}@race.example", password_hash="",
                email_verified=True, role_code="employee",
            ).principal_id
            for number in range(PEOPLE)
        ]  # fmt: skip


def template_for(principals, title):
    """A new template of the first of them, inside the company's scope."""
    author = Principal.objects.select_related("employee").get(pk=principals[0])
    by = actor_of_principal(author, door="screen")
    return create_template(title=title, assignees=principals, by=by), by


def due(template, by):
    """Let a template come round daily and be due now."""
    plan = Plan(Every.DAYS, timezone.localdate() - timedelta(days=9))
    kind = registry.kind_of(TaskTemplate.KIND)
    set_plan(template, kind, plan=plan, catch_up="latest", one_open=False, most=None, by=by)
    now = timezone.now()
    Recurrence.objects.filter(pk=template.pk).update(last_at=now - timedelta(days=1), next_at=now)


def test_two_plans_at_once_do_not_fill_the_same_gap(company, people, monkeypatch):
    """Either may make its four today, both may not."""
    monkeypatch.setattr(actions, "MOST_A_DAY", 5)
    with company_scope(company):
        for title in ("Первый", "Второй"):
            due(*template_for(people[:4], title))
    together(partial(tick, company), partial(tick, company))
    with company_scope(company):
        assert Occurrence.objects.filter(outcome="made").count() == 4
        assert Occurrence.objects.filter(outcome="skipped").count() == 1


def test_a_moment_gives_each_person_one_task(company, people, monkeypatch):
    monkeypatch.setattr(giving, "GIVEN_AT_ONCE", 2)
    with company_scope(company):
        template, by = template_for(people, "Обход")
        made, coming = giving.give_now(template, by=by)
        fact = Fact.objects.get(kind="tasks.promised").pk
    assert (len(made), coming) == (2, 4)
    together(*[partial(give, company, fact)] * 3)
    with company_scope(company):
        held = sorted(Task.objects.filter(title="Обход").values_list("responsible_id", flat=True))
    assert held == sorted(people), "three workers with one promise"
    _database_itself_refuses_a_second(company, template, people[0])


def _database_itself_refuses_a_second(company, template, who):
    """Past every lock of ours: two connections note a card of one moment for one person."""
    at, refused = timezone.now(), []
    with company_scope(company):
        cards = list(Entity.objects.filter(kind=Task.KIND, responsible=who))[:1] * 2

    def note(card):
        try:
            note_made(template, [card], at=at)
        except IntegrityError as clash:
            refused.append(str(clash))
            raise

    with pytest.raises(IntegrityError):
        at_once(company, *(partial(note, card) for card in cards))
    assert len(refused) == 1 and "occurrence_of_recipient_once" in refused[0]
    with company_scope(company):
        assert Occurrence.objects.filter(template_id=template.pk, at=at).count() == 1
