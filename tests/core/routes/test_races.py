"""People decide at the same moment, with real commits: each is heard once, and the run ends once."""

from functools import partial

import pytest

from core.access.loading import actor_of_principal
from core.context import company_scope
from core.entities.locks import lock
from core.events.models import Fact
from core.identity.models import Principal
from core.identity.names import read_full_name
from core.organization.actions import hire
from core.routes.actions.deciding import decide_step
from core.routes.actions.running import content_changed, recall_route, start_route
from core.routes.contents import content_of, hash_of
from core.routes.models import Decision, Route, RouteVersion, Run, Step
from core.routes.reading import kept_scheme
from core.routes.rules import Verdict
from core.routes.schemes import By, Performer, Rule, Scheme, Stage
from modules.tasks.actions import create_task
from modules.tasks.manifest import TASK
from tenants.snapshots import find
from tests.support.races import at_once, together

pytestmark = [pytest.mark.committed, pytest.mark.usefixtures("committed"), pytest.mark.row("D-13")]
PEOPLE, ROUNDS, HUNDRED, HANDS = 8, 3, 100, 20


@pytest.fixture
def company(committed):
    return find(host="alfa.localhost")


@pytest.fixture
def actors(company):
    """An author and those who approve."""
    with company_scope(company):
        hired = [
            hire(
                name=read_full_name(f"Гонкин Номер{number}"), email=f"route{number}@race.example", password_hash="",
                email_verified=True, role_code="employee",
            ).principal_id
            for number in range(PEOPLE + 1)
        ]  # fmt: skip
        principals = [Principal.objects.select_related("employee").get(pk=pk) for pk in hired]
        return [actor_of_principal(principal, door="screen") for principal in principals]


def sent(company, actors, **rule):
    """(task, hash, step of each approver)."""
    author, *others = actors
    with company_scope(company):
        number = Route.objects.count()
        route = Route.objects.create(kind="tasks.task", title=f"Гонка {number}", place=number)
        performers = tuple(Performer(By.PERSON, one.principal_id) for one in others)
        scheme = Scheme((Stage("a", "Все", performers=performers, **rule),))
        RouteVersion.objects.create(
            route=route, number=1, scheme=kept_scheme(scheme), author_id=author.principal_id,
            published_at="2026-01-01T00:00:00Z", published_by_id=author.principal_id,
        )  # fmt: skip
        task = create_task(title="Договор", assignee=author.principal_id, by=author)
        start_route(task, TASK, route=route, by=author)
        steps = Step.objects.filter(passing__run__entity=task.pk).select_related("passing__run__entity")
        return task, hash_of(content_of(task, TASK)), {one.principal_id: one for one in steps}


def told(company, task):
    """(outcomes, decisions, how many ends were told, open steps)."""
    with company_scope(company):
        run = Run.objects.get(entity=task.pk)
        said = Decision.objects.filter(step__passing__run=run).count()
        ends = Fact.objects.filter(entity=task.pk, kind="routes.ended").count()
        return run.outcome, said, ends, Step.objects.filter(passing__run=run, state="open").count()


def test_everybody_decides_at_once_and_nobody_is_lost(company, actors):
    task, seen, steps = sent(company, actors)
    deeds = [partial(decide_step, steps[one.principal_id], verdict=Verdict.APPROVE, seen=seen, by=one)
             for one in actors[1:]]  # fmt: skip
    assert at_once(company, *deeds) == [None] * PEOPLE
    assert told(company, task) == ("approved", PEOPLE, 1, 0)


def test_a_hundred_decide_at_once_and_the_last_of_them_ends_it(company, actors):
    with company_scope(company):
        hired = [
            hire(
                name=read_full_name(f"Сотый Номер{number}"), email=f"hundred{number}@race.example", password_hash="",
                email_verified=True, role_code="employee",
            ).principal_id
            for number in range(HUNDRED)
        ]  # fmt: skip
        principals = Principal.objects.select_related("employee").filter(pk__in=hired)
        many = [actor_of_principal(principal, door="screen") for principal in principals]
    task, seen, steps = sent(company, [actors[0], *many])

    def decide(some):
        for one in some:
            with company_scope(company):
                decide_step(steps[one.principal_id], verdict=Verdict.APPROVE, seen=seen, by=one)

    assert together(*(partial(decide, many[hand::HANDS]) for hand in range(HANDS))) == [None] * HANDS
    assert told(company, task) == ("approved", HUNDRED, 1, 0)


def test_somebody_edits_it_while_others_decide_and_each_decision_names_what_stood(company, actors):
    """An edit and decisions at one moment: whoever comes after the edit is refused, whoever came before it is void."""
    for number in range(ROUNDS):
        task, seen, steps = sent(company, actors)

        def edit(task=task, number=number):
            fresh = lock(task)
            fresh.title = f"Договор, правка {number}"
            fresh.save_change("title")
            content_changed(fresh, TASK, by=actors[0])

        deeds = [partial(decide_step, steps[one.principal_id], verdict=Verdict.APPROVE, seen=seen, by=one)
                 for one in actors[1:4]]  # fmt: skip
        refused = at_once(company, *deeds, edit)
        assert refused[-1] is None
        with company_scope(company):
            run = Run.objects.select_related("content").get(entity=task.pk)
            said = Decision.objects.filter(step__passing__run=run).select_related("content", "step")
            heard = [one for one in refused[:-1] if one is None]
            assert len(said) == len(heard) and run.outcome == ""
            assert {one.content.hash for one in said} <= {seen} and run.content.hash != seen
            assert all(one.step.void_at for one in said), "nothing stands that was decided about other words"
            waiting = Step.objects.filter(passing__run=run, state="open").values_list("principal_id", flat=True)
            assert sorted(waiting) == sorted(one.principal_id for one in actors[1:])


def test_one_presses_twice_and_is_heard_once(company, actors):
    for _ in range(ROUNDS):
        task, seen, steps = sent(company, actors)
        deed = partial(decide_step, steps[actors[1].principal_id], verdict=Verdict.APPROVE, seen=seen, by=actors[1])
        refused = at_once(company, deed, deed, deed)
        assert len([one for one in refused if one is None]) == 1
        assert told(company, task) == ("", 1, 0, PEOPLE - 1)


def test_the_first_of_any_ends_it_and_the_others_come_too_late(company, actors):
    for _ in range(ROUNDS):
        task, seen, steps = sent(company, actors, rule=Rule.ANY)
        deeds = [partial(decide_step, steps[one.principal_id], verdict=Verdict.APPROVE, seen=seen, by=one)
                 for one in actors[1:4]]  # fmt: skip
        refused = at_once(company, *deeds)
        assert len([one for one in refused if one is None]) == 1
        assert told(company, task) == ("approved", 1, 1, 0)


def test_it_is_taken_back_while_somebody_rejects_it(company, actors):
    for _ in range(ROUNDS):
        task, seen, steps = sent(company, actors)
        reject = partial(
            decide_step, steps[actors[1].principal_id], verdict=Verdict.REJECT, comment="Нет", seen=seen, by=actors[1]
        )
        refused = at_once(company, reject, partial(recall_route, task, TASK, by=actors[0]))
        assert len([one for one in refused if one is None]) == 1
        outcome, said, ends, left = told(company, task)
        assert (outcome, said) in {("rejected", 1), ("recalled", 0)} and (ends, left) == (1, 0)


def test_two_send_it_at_once_and_it_goes_once(company, actors):
    task, *_ = sent(company, actors)
    with company_scope(company):
        recall_route(task, TASK, by=actors[0])
    refused = at_once(company, *[partial(start_route, task, TASK, by=actors[0])] * 3)
    assert len([one for one in refused if one is None]) == 1
    with company_scope(company):
        assert Run.objects.filter(entity=task.pk, outcome="").count() == 1
