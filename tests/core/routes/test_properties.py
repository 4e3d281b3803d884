"""What holds of every run, whatever its scheme and whatever people do in whatever order."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from core.routes.rules import (
    GOOD,
    Against,
    Called,
    Is,
    Outcome,
    StepIs,
    Verdict,
    come_true,
    decide,
    edit,
    recall,
    redirect,
    start,
    verdicts_of,
    voided,
)
from core.routes.schemes import REWORK, Rule, Scheme, Stage, StageKind

from .schemes import FIELDS, PEOPLE, castings, schemes

pytestmark = pytest.mark.row("D-13", "D-14", "D-20")

_INITIATOR = 99


class Run(RuleBasedStateMachine):
    """One run under everything that may happen to it."""

    @initialize(data=st.data())
    def begin(self, data):
        self.scheme = data.draw(schemes())
        self.cast = data.draw(castings(self.scheme))
        self.hash = 0
        self.hashes = {"h0"}
        self.course = start(self.scheme, _INITIATOR, self.opening)
        self.former = self.course

    def opening(self, stage):
        return self.cast[stage.code]

    def step(self, course):
        self.former, self.course = self.course, course

    def asked(self):
        return [(one.code, step.who) for one in self.course.live for step in one.steps if step.state == StepIs.OPEN]

    @precondition(lambda self: self.course.outcome is None and self.asked())
    @rule(data=st.data())
    def somebody_decides(self, data):
        code, who = data.draw(st.sampled_from(self.asked()))
        verdict = data.draw(st.sampled_from(sorted(verdicts_of(self.scheme.stage(code)))))
        to = data.draw(st.sampled_from(["", *sorted(self.scheme.before(code))])) if code != REWORK else ""
        round_ = self.course.latest(code).round
        self.step(decide(self.course, code, who, verdict, f"h{self.hash}", self.opening, to=to))
        now = self.course.latest(code)
        if now.round == round_ or not now.is_live():
            with pytest.raises(Against):
                decide(self.course, code, who, verdict, f"h{self.hash}", self.opening)

    @precondition(lambda self: self.course.outcome is not None)
    @rule(who=st.integers(1, PEOPLE), changed=st.frozensets(st.sampled_from(FIELDS)))
    def after_the_end_nothing_is_heard(self, who, changed):
        for deed in (
            lambda: decide(self.course, "s0", who, Verdict.APPROVE, "h0", self.opening),
            lambda: edit(self.course, changed, self.opening),
            lambda: come_true(self.course, "s0", self.opening),
            lambda: redirect(self.course, "s0", who, Called(_INITIATOR)),
            lambda: recall(self.course),
        ):
            with pytest.raises(Against) as refusal:
                deed()
            assert refusal.value.why == "over"

    @precondition(lambda self: self.course.outcome is None)
    @rule(data=st.data())
    def the_awaited_happens(self, data):
        waiting = [one.code for one in self.course.live if not self.scheme.stage(one.code).is_performed]
        if waiting:
            self.step(come_true(self.course, data.draw(st.sampled_from(waiting)), self.opening))

    @precondition(lambda self: self.course.outcome is None)
    @rule(changed=st.frozensets(st.sampled_from(FIELDS), min_size=1), data=st.data())
    def the_card_is_edited(self, changed, data):
        self.hash += 1
        self.hashes.add(f"h{self.hash}")
        self.cast = data.draw(castings(self.scheme))
        before = self.course
        self.step(edit(before, changed, self.opening))
        gone = {code for code, *_ in voided(before, self.course)}
        for one in before.passings:
            stands = one.state == Is.PASSED and before.latest(one.code) == one
            if stands and self.scheme.stage(one.code).is_performed and one.code != REWORK:
                assert (one.code in gone) == self.scheme.stage(one.code).minds(changed)

    @precondition(lambda self: self.course.outcome is None and self.asked())
    @rule(data=st.data(), to=st.integers(1, PEOPLE + 2))
    def somebody_hands_on(self, data, to):
        code, who = data.draw(st.sampled_from(self.asked()))
        try:
            self.step(redirect(self.course, code, who, Called(to)))
        except Against as refusal:
            assert refusal.why == "asked_already"

    @precondition(lambda self: self.course.outcome is None and len(self.course.passings) > 4)
    @rule()
    def it_is_recalled(self):
        self.step(recall(self.course))

    @invariant()
    def nothing_stays_open_after_the_end(self):
        if self.course.outcome:
            steps = [step for one in self.course.passings for step in one.steps]
            assert not [one for one in self.course.passings if one.is_live()]
            assert not [one for one in steps if one.state in (StepIs.OPEN, StepIs.WAITING)]

    @invariant()
    def somebody_or_something_is_awaited_until_the_end(self):
        """No run stands still: while it goes on, each open stage of people asks somebody."""
        if self.course.outcome is None:
            assert self.course.live
            for one in self.course.live:
                if self.scheme.stage(one.code).is_performed:
                    assert any(step.state == StepIs.OPEN for step in one.steps)

    @invariant()
    def nobody_is_asked_twice_in_a_passing(self):
        for one in self.course.passings:
            people = [step.who for step in one.steps if step.state != StepIs.DROPPED]
            assert len(people) == len(set(people))

    @invariant()
    def a_decision_names_what_it_was_made_on(self):
        for one in self.course.passings:
            for step in one.steps:
                assert (step.verdict is None) == (step.state != StepIs.DECIDED)
                assert (step.seen in self.hashes) == (step.verdict is not None)

    @invariant()
    def no_decision_is_forgotten_or_altered(self):
        said = {(one.code, one.round, step) for one in self.course.passings for step in one.steps if step.verdict}
        before = {(one.code, one.round, step) for one in self.former.passings for step in one.steps if step.verdict}
        assert before <= said

    @invariant()
    def no_stage_is_lost(self):
        if self.course.outcome == Outcome.APPROVED:
            assert all(self.course.is_behind(stage.code) for stage in self.scheme.stages)
        for one in self.course.live:
            if one.code != REWORK:
                assert all(self.course.is_behind(code) for code in self.scheme.stage(one.code).after)

    @invariant()
    def what_is_behind_was_agreed_to(self):
        for stage in self.scheme.stages:
            found = self.course.latest(stage.code)
            if found and found.state == Is.PASSED and stage.is_performed:
                # Whoever was asked in another's place has the place of that one.
                asked = len({step.place for step in found.steps})
                assert sum(step.verdict in GOOD for step in found.steps if step.verdict) >= stage.needed(asked)


TestRun = Run.TestCase
TestRun.settings = settings(
    max_examples=100, stateful_step_count=25, deadline=None, suppress_health_check=[HealthCheck.too_slow]
)


def _played(scheme, cast, said, order):
    """The end of a run in which each says his word as soon as he is asked, those first who come first in `order`."""
    course = start(scheme, _INITIATOR, lambda stage: cast[stage.code])
    opening = lambda stage: cast[stage.code]  # noqa: E731
    while course.outcome is None:
        asked = [(one.code, step.who) for one in course.live for step in one.steps if step.state == StepIs.OPEN]
        waits = [(one.code, 0) for one in course.live if not scheme.stage(one.code).is_performed]
        code, who = min([*asked, *waits], key=order.__getitem__)
        course = decide(course, code, who, said[code, who], "h", opening) if who else come_true(course, code, opening)
    return course


@settings(max_examples=200, deadline=None)
@given(data=st.data())
def test_any_interleaving_of_decisions_ends_the_same(data):
    """Approvals and rejections: whoever is quicker, the run ends as it would have ended."""
    scheme = data.draw(schemes(loops=False, kinds=(StageKind.APPROVAL, StageKind.APPROVAL, StageKind.WAIT)))
    cast = data.draw(castings(scheme))
    yes_no = st.sampled_from([Verdict.APPROVE, Verdict.REMARKS, Verdict.REJECT])
    turns = [(stage.code, who) for stage in scheme.stages for who in range(PEOPLE + 1)]
    said = {turn: data.draw(yes_no) for turn in turns}
    ends = {
        _played(
            scheme, cast, said, {turn: place for place, turn in enumerate(data.draw(st.permutations(turns)))}
        ).outcome
        for _ in range(4)
    }
    assert len(ends) == 1


@settings(max_examples=200, deadline=None)
@given(data=st.data())
def test_where_everybody_is_heard_even_returns_do_not_depend_on_who_was_first(data):
    people = data.draw(st.lists(st.integers(1, PEOPLE), unique=True, min_size=1))
    rule_ = data.draw(st.sampled_from(Rule))
    count = data.draw(st.integers(1, PEOPLE))
    led = data.draw(st.none() | st.just("a"))
    asked = Stage("b", "Б", after=("a",), rule=rule_, count=count, hears_all=True, on_reject=led)
    scheme = Scheme((Stage("a", "А"), asked))
    cast = {"a": (Called(1),), "b": tuple(Called(who) for who in people)}
    opening = lambda stage: cast[stage.code]  # noqa: E731
    verdicts = [Verdict.APPROVE, Verdict.REMARKS, Verdict.REJECT, Verdict.RETURN]
    said = {who: (data.draw(st.sampled_from(verdicts)), data.draw(st.sampled_from(["", "a"]))) for who in people}
    ends = set()
    for _ in range(4):
        course = decide(start(scheme, _INITIATOR, opening), "a", 1, Verdict.APPROVE, "h", opening)
        for who in data.draw(st.permutations(people)):
            verdict, to = said[who]
            course = decide(course, "b", who, verdict, "h", opening, to=to)
        ends.add((course.outcome, frozenset((one.code, one.round, one.state) for one in course.passings)))
    assert len(ends) == 1
