"""A card on its way: who is asked, what is decided upon, what an edit and a return do."""

from functools import partial

import pytest
from django.db import ProgrammingError, transaction

from core.entities.locks import lock
from core.entities.models import Participant
from core.events.models import Fact
from core.identity.models import Principal
from core.organization.models import Employee
from core.routes.actions.deciding import answer_question, ask_colleague, decide_step, redirect_step
from core.routes.actions.running import content_changed, recall_route, signal, start_route
from core.routes.actions.ticking import ask_deputies
from core.routes.contents import content_of, hash_of
from core.routes.errors import (
    AgainstRules,
    CommentNeeded,
    ContentChanged,
    NobodyPicked,
    NobodyToPick,
    NoRoute,
    NotYourStep,
    OnRouteAlready,
    QuestionIsOpen,
)
from core.routes.models import Content, Decision, Passing, Route, RouteVersion, Step
from core.routes.queries import chosen_route, waiting_questions, waiting_steps
from core.routes.reading import kept_scheme
from core.routes.rules import Verdict
from core.routes.schemes import By, Performer, Rule, Scheme, Stage, StageKind
from modules.tasks.manifest import TASK

from .conftest import publish, stage, task_of

pytestmark = pytest.mark.row("D-03", "D-13", "D-14", "D-20")


def seen(task):
    return hash_of(content_of(type(task).objects.get(pk=task.pk), TASK))


def say(who, task, verdict=Verdict.APPROVE, comment="", **more):
    step = waiting_steps(who.actor()).get(passing__run__entity=task.pk)
    return decide_step(step, verdict=verdict, comment=comment, **{"seen": seen(task), **more}, by=who.actor())


def waits_for(task, *people):
    return [waiting_steps(one.actor()).filter(passing__run__entity=task.pk).count() for one in people]


def rewrite(task, by, **values):
    fresh = lock(task)
    for name, value in values.items():
        setattr(fresh, name, value)
    fresh.save_change(*values)
    content_changed(fresh, TASK, by=by.actor())


def test_one_after_another_and_then_side_by_side(scene, ends):
    author, first, second, third = scene
    publish([stage("a", first), stage("b", second, third, after=("a",))], author)
    task = task_of(author)
    run = start_route(task, TASK, by=author.actor())
    assert waits_for(task, first, second, third) == [1, 0, 0]
    with pytest.raises(OnRouteAlready):
        start_route(task, TASK, by=author.actor())
    say(first, task)
    assert waits_for(task, first, second, third) == [0, 1, 1]
    say(third, task, Verdict.REMARKS, "Проверьте срок")
    say(second, task)
    run.refresh_from_db()
    assert (run.outcome, ends) == ("approved", [("began",), ("ended", "approved")])
    said = Decision.objects.filter(step__passing__run=run)
    assert {one.content.hash for one in said.select_related("content")} == {seen(task)} and said.count() == 3
    kinds = list(Fact.objects.filter(entity=task.pk, kind__startswith="routes.").order_by("pk").values_list("kind"))
    assert [kind for (kind,) in kinds] == ["routes.started", *["routes.decided"] * 3, "routes.ended"]


def test_whoever_is_asked_sees_the_card_and_whoever_has_decided_keeps_seeing_it(scene):
    author, first, second, _ = scene
    publish([stage("a", first, second, rule=Rule.ANY)], author)
    task = task_of(author)
    start_route(task, TASK, by=author.actor())
    parts = Participant.objects.filter(entity=task.pk, part="approver").values_list("principal_id", flat=True)
    assert set(parts) == {first.principal.pk, second.principal.pk}
    say(first, task)
    assert set(parts.all()) == {first.principal.pk}


def test_a_decision_about_what_does_not_stand_there_any_more_is_refused_with_what_has_changed(scene):
    author, first, *_ = scene
    publish([stage("a", first)], author)
    task = task_of(author)
    start_route(task, TASK, by=author.actor())
    former = seen(task)
    fresh = lock(task)
    fresh.title = "Договор на другую сумму"
    # The module forgets to say so: the engine finds it by itself.
    fresh.save_change("title")
    with pytest.raises(ContentChanged) as refusal:
        say(first, task, seen=former)
    changes = [{"title": "Название", "old": "Договор", "new": "Договор на другую сумму"}]
    assert refusal.value.data == {"hash": seen(task), "fields": ["Название"], "changes": changes}
    assert say(first, task).content.hash == seen(task) != former


def test_an_edit_makes_void_exactly_what_minds_it(scene):
    author, first, second, third = scene
    money = frozenset({"estimate"})
    publish([
        stage("lawyer", first, cares=frozenset({"title"})), stage("money", second, cares=money),
        stage("boss", third, after=("lawyer", "money")),
    ], author)  # fmt: skip
    task = task_of(author)
    run = start_route(task, TASK, by=author.actor())
    say(first, task)
    say(second, task)
    assert waits_for(task, first, second, third) == [0, 0, 1]
    rewrite(task, author, estimate=120)
    assert waits_for(task, first, second, third) == [0, 1, 0]
    void = Decision.objects.filter(step__void_at__isnull=False)
    assert [one.principal_id for one in void] == [second.principal.pk]
    told = Fact.objects.get(entity=task.pk, kind="routes.void").payload
    assert (told["again"], told["changes"]) == ([second.principal.pk], [])
    say(second, task)
    say(third, task)
    run.refresh_from_db()
    assert run.outcome == "approved"


def test_a_sum_that_grows_brings_in_the_stage_that_was_passed_over(scene):
    author, first, second, _ = scene
    publish([
        stage("big", second, condition="[Оценка] > 60"),
        stage("a", first, after=("big",), cares=frozenset()),
    ], author)  # fmt: skip
    task = task_of(author, estimate=30)
    start_route(task, TASK, by=author.actor())
    assert waits_for(task, first, second) == [1, 0]
    rewrite(task, author, estimate=300)
    assert waits_for(task, first, second) == [0, 1]


def test_a_return_goes_to_the_initiator_and_then_on_where_it_was_refused(scene):
    author, first, second, _ = scene
    publish([stage("a", first), stage("b", second, after=("a",))], author)
    task = task_of(author)
    run = start_route(task, TASK, by=author.actor())
    say(first, task)
    with pytest.raises(CommentNeeded):
        say(second, task, Verdict.RETURN)
    say(second, task, Verdict.RETURN, "Нет сроков")
    assert waits_for(task, author, first, second) == [1, 0, 0]
    say(author, task, Verdict.DONE)
    assert waits_for(task, author, first, second) == [0, 0, 1]
    say(second, task, Verdict.RETURN, "Пусть посмотрит юрист", to="a")
    assert waits_for(task, author, first, second) == [0, 1, 0]
    say(first, task)
    say(second, task)
    run.refresh_from_db()
    assert run.outcome == "approved"
    assert list(Passing.objects.filter(run=run, code="b").order_by("round").values_list("state", flat=True)) == [
        "failed", "failed", "passed",
    ]  # fmt: skip


def test_a_rejection_ends_it_and_asks_nobody_any_more(scene, ends):
    author, first, second, third = scene
    publish([stage("a", first, second, third)], author)
    task = task_of(author)
    run = start_route(task, TASK, by=author.actor())
    say(second, task, Verdict.REJECT, "Дорого")
    run.refresh_from_db()
    assert (run.outcome, ends[-1], waits_for(task, first, third)) == ("rejected", ("ended", "rejected"), [0, 0])
    assert not Step.objects.filter(passing__run=run, state__in=["open", "waiting"]).exists()


def test_whoever_sent_it_takes_it_back_and_sends_it_again(scene, ends):
    author, first, *_ = scene
    publish([stage("a", first)], author)
    task = task_of(author)
    start_route(task, TASK, by=author.actor())
    recall_route(task, TASK, by=author.actor())
    assert (ends[-1], waits_for(task, first)) == (("ended", "recalled"), [0])
    start_route(task, TASK, by=author.actor())
    assert waits_for(task, first) == [1]


def test_nobody_decides_for_another(scene):
    author, first, second, _ = scene
    publish([stage("a", first)], author)
    task = task_of(author)
    start_route(task, TASK, by=author.actor())
    step = waiting_steps(first.actor()).get()
    with pytest.raises(NotYourStep):
        decide_step(step, verdict=Verdict.APPROVE, seen=seen(task), by=second.actor())
    say(first, task)
    with pytest.raises(Exception, match="не идёт по маршруту"):
        decide_step(step, verdict=Verdict.APPROVE, seen=seen(task), by=first.actor())


def test_a_step_is_handed_on_once_and_a_colleague_is_asked_without_losing_the_turn(scene):
    author, first, second, third = scene
    publish([stage("a", first, third)], author)
    task = task_of(author)
    start_route(task, TASK, by=author.actor())
    step = waiting_steps(first.actor()).get()
    with pytest.raises(AgainstRules):
        redirect_step(step, to=third.principal.pk, by=first.actor())
    question = ask_colleague(step, who=second.principal.pk, text="Цена обычная?", by=first.actor())
    with pytest.raises(QuestionIsOpen):
        ask_colleague(step, who=second.principal.pk, text="Ну?", by=first.actor())
    assert waiting_questions(second.actor()).count() == 1 and waits_for(task, first) == [1]
    answer_question(question, text="Да", by=second.actor())
    assert waiting_questions(second.actor()).count() == 0
    redirect_step(step, to=second.principal.pk, by=first.actor())
    assert waits_for(task, first, second, third) == [0, 1, 1]


def test_performers_are_found_when_the_stage_opens(scene):
    author, first, second, _ = scene
    Employee.objects.filter(pk=author.id).update(manager=first.id)
    rules = (Performer(By.MANAGER), Performer(By.FIELD, code="assignee"))
    publish([Stage("a", "Руководитель", performers=rules), stage("b", second, after=("a",))], author)
    task = task_of(author)
    start_route(task, TASK, by=author.actor())
    assert waits_for(task, first, author) == [1, 1]
    # Meanwhile the one who is to come next is let go: the manager above him is asked in his place.
    Employee.objects.filter(pk=second.id).update(manager=first.id, status=Employee.Status.BLOCKED)
    say(first, task)
    say(author, task)
    step = waiting_steps(first.actor()).get()
    assert step.instead_of_id == second.principal.pk
    assert say(first, task).on_behalf_of_id == second.principal.pk


def test_whoever_goes_away_while_he_is_asked_is_stood_in_for(scene):
    author, first, second, _ = scene
    publish([stage("a", first)], author)
    task = task_of(author)
    start_route(task, TASK, by=author.actor())
    Employee.objects.filter(pk=first.id).update(manager=second.id, status=Employee.Status.BLOCKED)
    assert ask_deputies(first.principal.pk, by=author.actor()) == 1
    assert waits_for(task, first, second) == [0, 1]
    assert ask_deputies(first.principal.pk, by=author.actor()) == 0


def test_a_route_is_chosen_by_its_condition_and_a_run_keeps_its_version(scene):
    author, first, second, _ = scene
    publish([stage("a", first)], author, condition="[Оценка] > 600")
    small = publish([stage("a", second)], author, condition="[Оценка] <= 600").route
    task, odd = task_of(author, estimate=60), task_of(author)
    with pytest.raises(NoRoute):
        chosen_route(odd, TASK)
    run = start_route(task, TASK, by=author.actor())
    assert waits_for(task, second) == [1]
    publish([stage("a", first), stage("b", first, after=("a",))], author, route=small)
    say(second, task)
    run.refresh_from_db()
    assert run.outcome == "approved"
    later = task_of(author, estimate=60)
    start_route(later, TASK, by=author.actor())
    assert waits_for(later, first) == [1]


def test_a_stage_waits_for_a_fact(scene):
    author, first, *_ = scene
    publish([Stage("pay", "Оплата", StageKind.WAIT, signal="paid"), stage("a", first, after=("pay",))], author)
    task = task_of(author)
    start_route(task, TASK, by=author.actor())
    assert not signal(task, TASK, "shipped", by=author.actor())
    assert waits_for(task, first) == [0]
    assert signal(task, TASK, "paid", by=author.actor())
    assert waits_for(task, first) == [1]


def test_what_was_published_and_decided_is_changed_by_nobody(scene):
    """The database itself refuses, whatever some future verb may try."""
    author, first, *_ = scene
    publish([stage("a", first)], author)
    task = task_of(author)
    start_route(task, TASK, by=author.actor())
    say(first, task)
    rows = (
        (RouteVersion, {"number": 7}),
        (Content, {"hash": "0"}),
        (Decision, {"verdict": "reject"}),
    )
    for model, other in rows:
        assert model.objects.exists()
        for deed in (partial(model.objects.update, **other), partial(model.objects.all()._raw_delete, "default")):
            with pytest.raises(ProgrammingError, match="permission denied"), transaction.atomic():
                deed()


def test_where_rules_find_nobody_whoever_has_published_it_is_asked_and_an_owner_if_he_is_gone(owner, scene):
    author, first, *_ = scene
    for publisher, asked in ((first, first), (None, owner)):
        by = publisher or author
        route = Route.objects.create(kind="tasks.task", title=f"Пусто {asked.id}", place=1, by_hand=True)
        version = RouteVersion(route=route, number=1, author_id=by.principal.pk, published_by_id=by.principal.pk)
        version.scheme = kept_scheme(Scheme((Stage("a", "Никто", performers=(Performer(By.LIST, 0),)),)))
        if publisher is None:
            version.published_by = Principal.objects.get(kind=Principal.Kind.SYSTEM)
        version.save()
        task = task_of(author)
        start_route(task, TASK, route=route, by=author.actor())
        assert waits_for(task, asked) == [1]


def test_whom_the_sender_picks_decides_in_the_order_of_his_choice(scene):
    author, first, second, _ = scene
    publish([Stage("a", "Выбранные", performers=(Performer(By.PICKED),), in_turn=True)], author)
    task = task_of(author)
    with pytest.raises(NobodyPicked):
        start_route(task, TASK, by=author.actor())
    start_route(task, TASK, picked=[second.principal.pk, first.principal.pk], by=author.actor())
    assert waits_for(task, first, second) == [0, 1]
    say(second, task)
    assert waits_for(task, first, second) == [1, 0]
    publish([stage("a", first)], author, condition="[Оценка] = 1")
    other = task_of(author, estimate=1)
    with pytest.raises(NobodyToPick):
        start_route(other, TASK, route=Route.objects.get(condition="[Оценка] = 1"), picked=[1], by=author.actor())
