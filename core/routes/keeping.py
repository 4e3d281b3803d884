"""Rows of a run beside the course that they tell: read into one, written from the difference to the next."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Prefetch

from core.context import current_company
from core.entities.models import Entity, Participant
from core.entities.participants import join, leave
from core.formulas.values import Value
from core.outbox.queries import wake

from . import rules
from .deadlines import Terms, terms
from .models import Passing, Question, Run, Step
from .reading import scheme_of
from .rules import Course, Is, Outcome, StepIs, Verdict

TICK = "routes.tick"


@dataclass(frozen=True)
class Moved:
    """`asked` are steps that have opened, `left` principals who are asked no more without having decided, `again` those
    whose decisions do not stand any more."""

    asked: tuple[int, ...] = ()
    left: tuple[int, ...] = ()
    again: tuple[int, ...] = ()


class Ledger:
    """The rows of one run; whoever changes them has locked the card before."""

    def __init__(self, run: Run) -> None:
        self.run = run
        steps = Step.objects.order_by("pk").select_related("decision__content")
        rows = Passing.objects.filter(run=run).order_by("pk")
        # The model says so itself for those who read it elsewhere.
        self.rows = list(rows.prefetch_related(Prefetch("steps", steps, to_attr="asked")))  # type: ignore[no-redef]
        self.course = Course(
            scheme_of(run.version.scheme),
            run.initiator_id,
            tuple(_passing(row) for row in self.rows),
            Outcome(run.outcome) if run.outcome else None,
        )

    def row_of(self, code: str) -> Passing | None:
        """The latest passing of a stage."""
        return next((row for row in reversed(self.rows) if row.code == code), None)

    def step_of(self, who: int, code: str) -> Step | None:
        """The row of the step in which somebody is asked in a stage now."""
        row = self.row_of(code)
        if row is None or row.state != Is.OPEN:
            return None
        return next((one for one in row.asked if one.principal_id == who and one.state == StepIs.OPEN), None)

    def write(self, after: Course, *, now: datetime, values: dict[str, Value]) -> Moved:
        """Make the rows tell `after`; what follows from it for people."""
        before = self.course
        asked: list[Step] = []
        left: list[int] = []
        for place, passing in enumerate(after.passings):
            if place == len(self.rows):
                self.rows.append(self._opened(passing, now, values))
            elif passing != before.passings[place]:
                _altered(self.rows[place], passing, now)
            else:
                continue
            was = before.passings[place].steps if place < len(before.passings) else ()
            fresh, gone = _steps(self.rows[place], was, passing, now)
            asked += fresh
            left += gone
        again = self._void(before, after, now)
        if after.outcome is not None and before.outcome is None:
            self.run.outcome, self.run.ended_at = after.outcome.value, now
            self.run.save(update_fields=["outcome", "ended_at"])
        self.course = after
        self._let_see(asked, left)
        return Moved(tuple(one.pk for one in asked), tuple(sorted(set(left))), again)

    def _opened(self, passing: rules.Passing, now: datetime, values: dict[str, Value]) -> Passing:
        stage = self.course.scheme.stage(passing.code)
        is_open = passing.state == Is.OPEN
        found = terms(stage, now, current_company().time_zone, values) if is_open else Terms()
        next_at = found.next_at(stage)
        row = Passing.objects.create(
            run=self.run, code=passing.code, title=stage.title, round=passing.round, state=passing.state.value,
            opened_at=now, due_at=found.due_at, remind_at=found.remind_at, escalate_at=found.escalate_at,
            next_at=next_at, closed_at=None if is_open else now,
        )  # fmt: skip
        row.asked = []
        if next_at is not None:
            wake(TICK, next_at)
        return row

    def _void(self, before: Course, after: Course, now: datetime) -> tuple[int, ...]:
        """Decisions that do not stand any more; at the end of a run they are what has led to it."""
        if after.outcome is not None:
            return ()
        rows = {(row.code, row.round): row for row in self.rows}
        void = [
            one
            for code, number, step in rules.voided(before, after)
            for one in rows[code, number].asked
            if one.principal_id == step.who and one.state == StepIs.DECIDED
        ]
        Step.objects.filter(pk__in=[one.pk for one in void], void_at__isnull=True).update(void_at=now)
        return tuple(sorted({one.principal_id for one in void}))

    def _let_see(self, asked: list[Step], left: list[int]) -> None:
        """Whoever is asked sees the card; whoever has decided may always look up what he has put his name to."""
        card = Entity(pk=self.run.entity_id)
        if asked:
            join(card, {Participant.Part.APPROVER: {one.principal_id for one in asked}})
        if not left:
            return
        stays = Step.objects.filter(passing__run__entity=card.pk, principal__in=left).exclude(state=StepIs.DROPPED)
        colleagues = Question.objects.filter(step__passing__run__entity=card.pk, principal__in=left)
        kept = {*stays.values_list("principal_id", flat=True), *colleagues.values_list("principal_id", flat=True)}
        gone = set(left) - kept
        leave(card, Participant.Part.APPROVER, gone)


def _passing(row: Passing) -> rules.Passing:
    return rules.Passing(row.code, row.round, Is(row.state), tuple(_step(one) for one in row.asked))


def _step(row: Step) -> rules.Step:
    state = StepIs(row.state)
    if state != StepIs.DECIDED:
        return rules.Step(row.principal_id, row.place, state, instead_of=row.instead_of_id)
    said = row.decision
    return rules.Step(
        row.principal_id, row.place, state, Verdict(said.verdict), said.content.hash, said.to, row.instead_of_id
    )


def _altered(row: Passing, passing: rules.Passing, now: datetime) -> None:
    if row.state == passing.state:
        return
    if row.closed_at is None:
        row.closed_at, row.next_at = now, None
    row.state = passing.state.value
    row.save(update_fields=["state", "closed_at", "next_at"])


def _steps(
    row: Passing, was: tuple[rules.Step, ...], passing: rules.Passing, now: datetime
) -> tuple[list[Step], list[int]]:
    """(steps that have opened, principals who are asked no more)."""
    asked: list[Step] = []
    new: list[Step] = []
    left: list[int] = []
    for place, step in enumerate(passing.steps):
        is_live = step.state in (StepIs.OPEN, StepIs.WAITING)
        if place >= len(was):
            opened = now if step.state == StepIs.OPEN else None
            new.append(
                Step(
                    passing=row, principal_id=step.who, instead_of_id=step.instead_of, place=step.place,
                    state=step.state.value, opened_at=opened, closed_at=None if is_live else now,
                )
            )  # fmt: skip
            continue
        if step.state == was[place].state:
            continue
        found = row.asked[place]
        found.state = step.state.value
        if step.state == StepIs.OPEN:
            found.opened_at = now
            asked.append(found)
        else:
            found.closed_at = now
            left += [step.who] if step.state == StepIs.DROPPED else []
        found.save(update_fields=["state", "opened_at", "closed_at"])
    # After those that were closed: of one person in a passing only one step lives.
    made = Step.objects.bulk_create(new)
    row.asked += made
    return [*asked, *(one for one in made if one.state == StepIs.OPEN)], left
