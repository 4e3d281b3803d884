"""How a run goes along its scheme: which stages open when, what a decision leads to, what an edit makes void.

No database and no clock. A `Course` is all that has happened; each function gives the next one. What people see as one
stage may be gone through several times: each time is a `Passing` with steps of its own, and nothing of the former ones
is forgotten.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from enum import StrEnum

from .schemes import REWORK, REWORK_STAGE, TO_INITIATOR, Scheme, Stage


class Verdict(StrEnum):
    APPROVE = "approve"
    REMARKS = "remarks"
    REJECT = "reject"
    RETURN = "return"
    DONE = "done"


class Is(StrEnum):
    """How a passing stands. RESET was behind and is to be gone through anew."""

    OPEN = "open"
    PASSED = "passed"
    SKIPPED = "skipped"
    FAILED = "failed"
    RESET = "reset"
    DROPPED = "dropped"


class StepIs(StrEnum):
    """WAITING is a step whose turn has not come."""

    WAITING = "waiting"
    OPEN = "open"
    DECIDED = "decided"
    DROPPED = "dropped"


class Outcome(StrEnum):
    APPROVED = "approved"
    REJECTED = "rejected"
    RECALLED = "recalled"


class Why(StrEnum):
    """Why the rules refuse; the verbs say it in Russian."""

    OVER = "over"
    NOT_ASKED = "not_asked"
    NOT_OF_STAGE = "not_of_stage"
    BAD_TARGET = "bad_target"
    NO_CONTENT = "no_content"
    ASKED_ALREADY = "asked_already"
    NOT_WAITING = "not_waiting"
    NOBODY = "nobody"


class Against(Exception):
    """The rules do not allow it."""

    def __init__(self, why: Why) -> None:
        self.why = why
        super().__init__(why.value)


GOOD = frozenset({Verdict.APPROVE, Verdict.REMARKS, Verdict.DONE})
_LIVE = frozenset({StepIs.WAITING, StepIs.OPEN})
_BEHIND = frozenset({Is.PASSED, Is.SKIPPED})


@dataclass(frozen=True)
class Called:
    """Somebody who is asked; `instead_of` whom, when he stands in for another."""

    who: int
    instead_of: int | None = None


@dataclass(frozen=True)
class Step:
    """One person in one passing; `seen` is the hash of what he has decided upon, `to` where his return leads."""

    who: int
    place: int
    state: StepIs
    verdict: Verdict | None = None
    seen: str = ""
    to: str = TO_INITIATOR
    instead_of: int | None = None


@dataclass(frozen=True)
class Passing:
    code: str
    round: int
    state: Is
    steps: tuple[Step, ...] = ()

    def is_live(self) -> bool:
        return self.state == Is.OPEN


@dataclass(frozen=True)
class Course:
    """A run so far: passings in the order in which they opened."""

    scheme: Scheme
    initiator: int
    passings: tuple[Passing, ...] = ()
    outcome: Outcome | None = None

    def latest(self, code: str) -> Passing | None:
        return next((one for one in reversed(self.passings) if one.code == code), None)

    def is_behind(self, code: str) -> bool:
        found = self.latest(code)
        return found is not None and found.state in _BEHIND

    @property
    def live(self) -> tuple[Passing, ...]:
        return tuple(one for one in self.passings if one.is_live())

    @property
    def is_in_rework(self) -> bool:
        return any(one.code == REWORK for one in self.live)

    def step_of(self, who: int, code: str) -> Step | None:
        """The step in which somebody is asked in a stage now."""
        found = self.latest(code)
        if found is None or not found.is_live():
            return None
        return next((one for one in found.steps if one.who == who and one.state == StepIs.OPEN), None)


# Whom a stage asks now; None when its condition does not hold. Those without performers give nobody.
Opening = Callable[[Stage], tuple[Called, ...] | None]


def start(scheme: Scheme, initiator: int, opening: Opening) -> Course:
    """Open what waits for nothing. Against: NOBODY."""
    return _advanced(Course(scheme, initiator), opening)


def decide(
    course: Course, code: str, who: int, verdict: Verdict, seen: str, opening: Opening, *, to: str = TO_INITIATOR
) -> Course:
    """One person's decision, on what has the hash `seen`. Against says why it is none."""
    _must_go_on(course)
    step = course.step_of(who, code)
    if step is None:
        raise Against(Why.NOT_ASKED)
    if not seen:
        raise Against(Why.NO_CONTENT)
    stage = course.scheme.stage(code)
    if verdict not in verdicts_of(stage):
        raise Against(Why.NOT_OF_STAGE)
    if verdict == Verdict.RETURN and to != TO_INITIATOR and to not in course.scheme.before(code):
        raise Against(Why.BAD_TARGET)
    passing = _found(course, code)
    told = replace(step, state=StepIs.DECIDED, verdict=verdict, seen=seen, to=to)
    passing = replace(passing, steps=tuple(told if one == step else one for one in passing.steps))
    return _settled(_put(course, passing), stage, passing, opening)


def verdicts_of(stage: Stage) -> frozenset[Verdict]:
    """What somebody who is asked in a stage may say."""
    if not stage.is_performed:
        return frozenset()
    if stage.code == REWORK:
        return frozenset({Verdict.DONE})
    if stage.kind == "work":
        return frozenset({Verdict.DONE, Verdict.RETURN})
    return frozenset({Verdict.APPROVE, Verdict.REMARKS, Verdict.REJECT, Verdict.RETURN})


def come_true(course: Course, code: str, opening: Opening) -> Course:
    """What a stage without people has waited for has happened: a fact, or its hour."""
    _must_go_on(course)
    passing = course.latest(code)
    if passing is None or not passing.is_live() or course.scheme.stage(code).is_performed:
        raise Against(Why.NOT_WAITING)
    return _advanced(_put(course, replace(passing, state=Is.PASSED)), opening)


def recall(course: Course) -> Course:
    """Whoever began it takes it back."""
    _must_go_on(course)
    return _ended(course, Outcome.RECALLED)


def redirect(course: Course, code: str, who: int, to: Called) -> Course:
    """Another decides in somebody's place; nobody is asked twice in one passing."""
    _must_go_on(course)
    passing = course.latest(code)
    if passing is None or not passing.is_live():
        raise Against(Why.NOT_ASKED)
    step = next((one for one in passing.steps if one.who == who and one.state in _LIVE), None)
    if step is None:
        raise Against(Why.NOT_ASKED)
    if any(one.who == to.who and one.state != StepIs.DROPPED for one in passing.steps):
        raise Against(Why.ASKED_ALREADY)
    new = Step(to.who, step.place, step.state, instead_of=to.instead_of)
    steps = (*(replace(one, state=StepIs.DROPPED) if one == step else one for one in passing.steps), new)
    return _put(course, replace(passing, steps=steps))


def edit(course: Course, changed: Iterable[str], opening: Opening) -> Course:
    """The card says something else: decisions of stages that mind it are void, and stages that were passed over are
    asked anew whether they still are; what stood open behind them waits again."""
    _must_go_on(course)
    fields = frozenset(changed)
    if not fields:
        return course
    for stage in course.scheme.stages:
        passing = course.latest(stage.code)
        if passing is None:
            continue
        if passing.state == Is.SKIPPED or (passing.state == Is.PASSED and stage.is_performed and stage.minds(fields)):
            course = _put(course, replace(passing, state=Is.RESET))
        elif passing.is_live() and stage.minds(fields) and any(one.verdict for one in passing.steps):
            course = _put(course, _dropped(passing))
    return _advanced(_held_back(course), opening)


def voided(before: Course, after: Course) -> tuple[tuple[str, int, Step], ...]:
    """(stage, round, step) of the decisions that stood before a change and do not after it."""
    now = {(one.code, one.round): one for one in after.passings}
    return tuple(
        (one.code, one.round, step)
        for one in before.passings
        if one.state in (Is.OPEN, Is.PASSED) and now[one.code, one.round].state in (Is.RESET, Is.DROPPED)
        for step in one.steps
        if step.verdict is not None
    )


def _settled(course: Course, stage: Stage, passing: Passing, opening: Opening) -> Course:
    """What follows from a decision."""
    asked = [one for one in passing.steps if one.state != StepIs.DROPPED]
    good = sum(one.verdict in GOOD for one in asked if one.verdict)
    left = sum(one.verdict is None for one in asked)
    needed = stage.needed(len(asked))
    if not (stage.hears_all and left):
        if good >= needed:
            return _advanced(_put(course, replace(_dropped(passing), state=Is.PASSED)), opening)
        if good + left < needed:
            return _failed(_put(course, replace(_dropped(passing), state=Is.FAILED)), stage, asked, opening)
    return _put(course, _next_turn(passing)) if stage.in_turn else course


def _failed(course: Course, stage: Stage, asked: list[Step], opening: Opening) -> Course:
    """A rejection outweighs returns; of several returns the one that leads furthest back counts."""
    if any(one.verdict == Verdict.REJECT for one in asked):
        if stage.on_reject is None:
            return _ended(course, Outcome.REJECTED)
        return _back(course, stage.on_reject, opening)
    wanted = {one.to for one in asked if one.verdict == Verdict.RETURN}
    if TO_INITIATOR in wanted:
        return _back(course, TO_INITIATOR, opening)
    return _back(course, next(one.code for one in course.scheme.stages if one.code in wanted), opening)


def _back(course: Course, to: str, opening: Opening) -> Course:
    if to != TO_INITIATOR:
        for code in (to, *course.scheme.behind(to)):
            course = _undone(course, code)
        return _advanced(course, opening)
    for passing in course.live:
        course = _put(course, _dropped(passing))
    if course.scheme.from_start:
        for stage in course.scheme.stages:
            course = _undone(course, stage.code)
    return _opened(course, REWORK_STAGE, (Called(course.initiator),))


def _undone(course: Course, code: str) -> Course:
    passing = course.latest(code)
    if passing is None or passing.state not in (*_BEHIND, Is.OPEN):
        return course
    return _put(course, _dropped(passing) if passing.is_live() else replace(passing, state=Is.RESET))


def _held_back(course: Course) -> Course:
    """Stages that stand open while what they come after does not: they wait again."""
    for stage in course.scheme.stages:
        passing = course.latest(stage.code)
        if passing and passing.is_live() and not all(course.is_behind(code) for code in stage.after):
            course = _put(course, _dropped(passing))
    return course


def _advanced(course: Course, opening: Opening) -> Course:
    """Open whatever may be opened; the end when nothing is left."""
    if course.is_in_rework:
        return course
    # Those that a stage comes after stand before it: one walk is enough.
    for stage in course.scheme.stages:
        passing = course.latest(stage.code)
        if passing and (passing.is_live() or passing.state in _BEHIND):
            continue
        if all(course.is_behind(code) for code in stage.after):
            course = _opened(course, stage, opening(stage))
    if all(course.is_behind(stage.code) for stage in course.scheme.stages):
        return replace(course, outcome=Outcome.APPROVED)
    return course


def _opened(course: Course, stage: Stage, called: tuple[Called, ...] | None) -> Course:
    former = course.latest(stage.code)
    number = former.round + 1 if former else 1
    if called is None:
        return _added(course, Passing(stage.code, number, Is.SKIPPED))
    # Whoever is found by two rules is asked once.
    once = {one.who: one for one in reversed(called)}
    people = [once[who] for who in dict.fromkeys(one.who for one in called)]
    if stage.is_performed and not people:
        raise Against(Why.NOBODY)
    steps = tuple(
        Step(one.who, place, StepIs.WAITING if stage.in_turn and place else StepIs.OPEN, instead_of=one.instead_of)
        for place, one in enumerate(people if stage.is_performed else ())
    )
    return _added(course, Passing(stage.code, number, Is.OPEN, steps))


def _next_turn(passing: Passing) -> Passing:
    if any(one.state == StepIs.OPEN for one in passing.steps):
        return passing
    waiting = [one for one in passing.steps if one.state == StepIs.WAITING]
    first = min(waiting, key=lambda one: one.place, default=None)
    return replace(
        passing, steps=tuple(replace(one, state=StepIs.OPEN) if one == first else one for one in passing.steps)
    )


def _dropped(passing: Passing) -> Passing:
    """It asks nobody any more; what has been said in it stays."""
    steps = tuple(replace(one, state=StepIs.DROPPED) if one.state in _LIVE else one for one in passing.steps)
    return replace(passing, state=Is.DROPPED, steps=steps)


def _ended(course: Course, outcome: Outcome) -> Course:
    for passing in course.live:
        course = _put(course, _dropped(passing))
    return replace(course, outcome=outcome)


def _must_go_on(course: Course) -> None:
    if course.outcome is not None:
        raise Against(Why.OVER)


def _found(course: Course, code: str) -> Passing:
    passing = course.latest(code)
    if passing is None:
        raise Against(Why.NOT_ASKED)
    return passing


def _put(course: Course, passing: Passing) -> Course:
    key = (passing.code, passing.round)
    return replace(course, passings=tuple(passing if (one.code, one.round) == key else one for one in course.passings))


def _added(course: Course, passing: Passing) -> Course:
    return replace(course, passings=(*course.passings, passing))
