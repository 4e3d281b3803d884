"""The verbs on real rows under whatever people do in whatever order: what the rules promise stands in the tables."""

from dataclasses import replace
from typing import Any, ClassVar

import pytest
from django.db import transaction
from django.db.models import Count
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)

from core.entities.locks import lock
from core.entities.models import Participant
from core.errors import Refused
from core.events.models import Fact
from core.routes.actions.deciding import decide_step, redirect_step
from core.routes.actions.running import content_changed, recall_route, start_route
from core.routes.contents import content_of, hash_of
from core.routes.errors import AgainstRules, ContentChanged, NotOnRoute
from core.routes.keeping import Ledger
from core.routes.models import Decision, Passing, Run, Step
from core.routes.rules import verdicts_of
from core.routes.schemes import REWORK, By, Performer, StageKind
from core.routes.strips import strip_of
from modules.tasks.manifest import TASK
from modules.tasks.models import Task

from .conftest import publish, task_of
from .schemes import schemes

pytestmark = pytest.mark.row("D-13", "D-14", "D-20")
_FIELDS = {"amount": "estimate", "text": "title", "files": "description"}
_KINDS = (StageKind.APPROVAL, StageKind.WORK)


class Rows(RuleBasedStateMachine):
    """One card on its way, through the verbs."""

    people: ClassVar[tuple[Any, ...]] = ()

    def __init__(self) -> None:
        super().__init__()
        self.undone = transaction.atomic()
        self.undone.__enter__()

    def teardown(self) -> None:
        transaction.set_rollback(True)
        self.undone.__exit__(None, None, None)

    @initialize(data=st.data())
    def begin(self, data):
        self.author, *others = self.people
        approvers = [one.principal.pk for one in others]
        self.actors = {one.principal.pk: one.actor() for one in self.people}
        scheme = data.draw(schemes(kinds=_KINDS))
        stages = [
            replace(
                stage,
                performers=tuple(
                    Performer(By.PERSON, who)
                    for who in data.draw(st.lists(st.sampled_from(approvers), min_size=1, unique=True))
                ),
                cares=None if stage.cares is None else frozenset(_FIELDS[name] for name in stage.cares),
            )
            for stage in scheme.stages
        ]
        publish(stages, self.author, from_start=scheme.from_start)
        self.task = task_of(self.author, estimate=60)
        self.run_id = start_route(self.task, TASK, by=self.author.actor()).pk
        self.said, self.edits = 0, 0

    @property
    def row(self):
        return Run.objects.select_related("version__route", "content", "entity").get(pk=self.run_id)

    def goes_on(self):
        return not self.row.outcome

    def hash(self):
        return hash_of(content_of(Task.objects.get(pk=self.task.pk), TASK))

    def asked(self):
        rows = Step.objects.filter(passing__run=self.run_id, state="open").order_by("pk")
        return list(rows.select_related("passing__run__entity"))

    @precondition(goes_on)
    @rule(data=st.data())
    def somebody_decides(self, data):
        step = data.draw(st.sampled_from(self.asked()))
        scheme = Ledger(self.row).course.scheme
        code = step.passing.code
        verdict = data.draw(st.sampled_from(sorted(verdicts_of(scheme.stage(code)))))
        to = "" if code == REWORK else data.draw(st.sampled_from(["", *sorted(scheme.before(code))]))
        told = {"verdict": verdict, "comment": "Слова", "to": to, "by": self.actors[step.principal_id]}
        with pytest.raises(ContentChanged), transaction.atomic():
            decide_step(step, seen="0" * 64, **told)
        seen = self.hash()
        try:
            with transaction.atomic():
                said = decide_step(step, seen=seen, **told)
        except AgainstRules:
            # An edit that nobody has told of takes effect first, and he is asked no more, or anew.
            assert self.edits
            return
        self.said += 1
        assert said.content.hash == seen
        with pytest.raises(Refused), transaction.atomic():
            decide_step(Step.objects.select_related("passing__run__entity").get(pk=step.pk), seen=seen, **told)

    @precondition(goes_on)
    @rule(name=st.sampled_from(sorted(_FIELDS.values())), is_told=st.booleans())
    def it_is_edited(self, name, is_told):
        self.edits += 1
        fresh = lock(Task.objects.get(pk=self.task.pk))
        setattr(fresh, name, 60 + self.edits if name == "estimate" else f"Слова {self.edits}")
        fresh.save_change(name)
        if is_told:
            content_changed(fresh, TASK, by=self.author.actor())

    @precondition(goes_on)
    @rule(data=st.data())
    def somebody_hands_on(self, data):
        step = data.draw(st.sampled_from(self.asked()))
        to = data.draw(st.sampled_from(self.people)).principal.pk
        try:
            with transaction.atomic():
                redirect_step(step, to=to, by=self.actors[step.principal_id])
        except AgainstRules as refusal:
            assert refusal.code == "asked-already"

    @precondition(lambda self: self.said > 2 and self.goes_on())
    @rule()
    def it_is_recalled(self):
        recall_route(self.task, TASK, by=self.author.actor())

    @precondition(lambda self: not self.goes_on())
    @rule()
    def after_the_end_nothing_is_heard(self):
        with pytest.raises(NotOnRoute), transaction.atomic():
            recall_route(self.task, TASK, by=self.author.actor())
        assert not content_changed(self.task, TASK, by=self.author.actor())

    @invariant()
    def somebody_is_asked_until_the_end_and_nobody_after_it(self):
        if not hasattr(self, "run_id"):
            return
        passings = Passing.objects.filter(run=self.run_id)
        living = Step.objects.filter(passing__run=self.run_id, state__in=["open", "waiting"])
        if self.row.outcome:
            assert not living.exists() and not passings.filter(state="open").exists()
        else:
            stands = list(passings.filter(state="open"))
            assert stands
            assert all(Step.objects.filter(passing=one, state="open").exists() for one in stands)
            parts = Participant.objects.filter(entity=self.task.pk, part=Participant.Part.APPROVER)
            assert set(living.filter(state="open").values_list("principal_id", flat=True)) <= set(
                parts.values_list("principal_id", flat=True)
            )

    @invariant()
    def nothing_that_was_said_is_lost_and_each_thing_is_told_once(self):
        if not hasattr(self, "run_id"):
            return
        said = Decision.objects.filter(step__passing__run=self.run_id)
        assert said.count() == self.said
        kinds = Fact.objects.filter(entity=self.task.pk, kind__startswith="routes.").values_list("kind").order_by()
        told = dict(kinds.annotate(count=Count("pk")))
        assert told.get("routes.decided", 0) == self.said and told["routes.started"] == 1
        assert told.get("routes.ended", 0) == bool(self.row.outcome)
        twice = Step.objects.filter(passing__run=self.run_id).exclude(state="dropped")
        assert not twice.values("passing", "principal").annotate(count=Count("pk")).filter(count__gt=1).exists()
        assert (
            not Step.objects.filter(passing__run=self.run_id, void_at__isnull=False).exclude(state="decided").exists()
        )

    @invariant()
    def the_strip_tells_all_of_it(self):
        if not hasattr(self, "run_id"):
            return
        strip = strip_of(self.row, self.author.actor())
        verdicts = [one for stage in strip["stages"] for one in stage["people"] if one["verdict"]]
        closed_rework = Decision.objects.filter(step__passing__run=self.run_id, step__passing__code=REWORK).count()
        shown_rework = len([1 for stage in strip["stages"] if stage["code"] == REWORK for one in stage["people"]
                            if one["verdict"]])  # fmt: skip
        assert len(verdicts) == self.said - closed_rework + shown_rework


def test_whatever_people_do_the_tables_tell_the_same_as_the_rules(scene):
    Rows.people = scene
    # What fails is told as it was found: making it smaller takes minutes on real rows.
    wanted = settings(
        max_examples=15, stateful_step_count=12, deadline=None, suppress_health_check=list(HealthCheck),
        phases=[Phase.generate],
    )  # fmt: skip
    run_state_machine_as_test(Rows, settings=wanted)
