"""The strip of a run («пройдено / сейчас / дальше») and what somebody may do on it now."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils import timezone

from core.access.actor import Actor
from core.context import current_company
from core.entities.kinds import EntityKind
from core.entities.rest.rows import instant
from core.history.queries import concealed
from core.organization.people import people
from core.organization.workdays import worked_between

from .casting import Cast
from .contents import names_read
from .differences import differences
from .foreseeing import Ahead, ahead
from .keeping import Ledger
from .models import Content, Passing, Question, Run, Step
from .queries import kind_of_run
from .rules import Called, Is, StepIs, verdicts_of
from .schemes import REWORK, Scheme, StageKind
from .wording import rules_told

_PLACES = {Is.OPEN: "now", Is.PASSED: "done", Is.SKIPPED: "skipped", Is.FAILED: "returned"}


def strip_of(run: Run, actor: Actor) -> dict[str, Any]:
    """A run as its strip shows it: each stage once, as it stands, with all that was decided in it; of what is yet to
    come, whom it would ask now."""
    ledger, kind = Ledger(run), kind_of_run(run)
    shut = concealed(actor, kind)
    coming = _coming(run, ledger, kind, shut)
    known = people(_named(run, ledger, coming))
    telling = Telling(known, _questions(ledger, known), Edits(run, kind, shut), coming, shut)
    rules = rules_told(ledger.course.scheme.stages, kind)
    return {
        "id": run.pk,
        "route": {"id": run.version.route_id, "title": run.version.route.title, "version": run.version.number},
        "outcome": run.outcome,
        "initiator": known.get(run.initiator_id),
        "started_at": instant(run.started_at),
        "ended_at": instant(run.ended_at),
        "hash": run.content.hash if run.content else "",
        "stages": [_stage(code, ledger, telling) | {"rule": rules.get(code, "")} for code in _codes(ledger)],
        "mine": _mine(ledger, actor),
    }


def _coming(run: Run, ledger: Ledger, kind: EntityKind, shut: Collection[str]) -> dict[str, Ahead]:
    """Stages that wait for their turn, while the run goes on."""
    stages = [one for one in ledger.course.scheme.stages if _place(ledger.row_of(one.code)) == "next"]
    if run.outcome or not stages:
        return {}
    card = kind.model._default_manager.get(pk=run.entity_id)
    cast = Cast.of(card, kind, run.initiator_id, run.version.published_by_id, run.picked)
    return {one.stage.code: one for one in ahead(stages, cast, shut=shut)}


def _place(last: Passing | None) -> str:
    return _PLACES.get(Is(last.state), "next") if last else "next"


def _codes(ledger: Ledger) -> list[str]:
    """Stages as they are drawn; rework stands where it was last."""
    codes = [stage.code for stage in ledger.course.scheme.stages]
    rework = ledger.row_of(REWORK)
    if rework is not None and rework.state == Is.OPEN:
        waiting = next((n for n, code in enumerate(codes) if not ledger.course.is_behind(code)), len(codes))
        codes.insert(waiting, REWORK)
    return codes


class Edits:
    """What has been changed since something was decided upon, without names that are hidden; each content once."""

    def __init__(self, run: Run, kind: EntityKind, shut: Collection[str]) -> None:
        self.run, self.kind, self.shut = run, kind, shut
        self.found: dict[int, list[dict[str, Any]]] = {}

    def since(self, content: Content) -> list[dict[str, Any]]:
        if self.run.content is None or content.pk == self.run.content_id:
            return []
        if content.pk not in self.found:
            told = differences(self.kind, content.told, self.run.content.told, hidden=self.shut)
            self.found[content.pk] = [one.told() for one in told]
        return self.found[content.pk]


@dataclass(frozen=True)
class Telling:
    """What is told to one reader beside the rows: people by their principals, questions by steps, what is to come."""

    known: dict[int, Any]
    questions: dict[int, list[Any]]
    edits: Edits
    coming: dict[str, Ahead]
    shut: Collection[str]


def _stage(code: str, ledger: Ledger, telling: Telling) -> dict[str, Any]:
    stage = ledger.course.scheme.stage(code)
    rows = [row for row in ledger.rows if row.code == code]
    last, coming = rows[-1] if rows else None, telling.coming.get(code)
    # A timer that ends on a day of the card tells that day.
    is_dated = stage.kind == StageKind.TIMER and bool(stage.until and telling.shut)
    is_told = not is_dated or names_read(f"[{stage.until}]", kind_of_run(ledger.run)).isdisjoint(telling.shut)
    return {
        "code": code,
        "title": stage.title,
        "kind": stage.kind.value,
        "place": _place(last),
        "round": last.round if last else 0,
        "since": instant(last.opened_at) if last else None,
        "due_at": instant(last.due_at) if last and is_told else None,
        "closed_at": instant(last.closed_at) if last else None,
        "is_late": bool(last and is_told and is_late(last, timezone.now())),
        "planned_hours": stage.hours,
        "worked_minutes": sum(_worked(row) for row in rows),
        "people": [_person(one, row, telling) for row in rows for one in row.asked],
        "expected": [called_out(one, telling.known) for one in coming.called] if coming else [],
        "is_passed_over": coming.is_passed_over if coming else None,
    }


def called_out(one: Called, known: dict[int, Any]) -> dict[str, Any]:
    """Somebody who would be asked, as people are told."""
    return {"person": known.get(one.who), "instead_of": known.get(one.instead_of) if one.instead_of else None}


def is_late(row: Passing, now: datetime) -> bool:
    """Whether a passing is, or was closed, after its term."""
    return row.due_at is not None and (row.closed_at or now) > row.due_at


def _worked(row: Passing) -> int:
    if row.state == Is.SKIPPED:
        return 0
    return worked_between(row.opened_at, row.closed_at or timezone.now(), current_company().time_zone)


def _person(one: Step, row: Passing, telling: Telling) -> dict[str, Any]:
    said, known = one.decision if one.state == StepIs.DECIDED else None, telling.known
    return {
        "step": one.pk,
        "round": row.round,
        "person": known.get(one.principal_id),
        "instead_of": known.get(one.instead_of_id) if one.instead_of_id else None,
        "state": one.state,
        "since": instant(one.opened_at),
        "verdict": said.verdict if said else "",
        "verdict_title": said.get_verdict_display() if said else "",
        "text": said.comment if said else "",
        "decided_at": instant(said.decided_at) if said else None,
        "door": said.door if said else "",
        "hash": said.content.hash if said else "",
        "is_void": one.void_at is not None,
        "changes": telling.edits.since(said.content) if said and one.void_at else [],
        "questions": telling.questions.get(one.pk, []),
    }


def _questions(ledger: Ledger, known: dict[int, Any]) -> dict[int, list[dict[str, Any]]]:
    found: dict[int, list[dict[str, Any]]] = {}
    for one in Question.objects.filter(step__passing__run=ledger.run.pk).order_by("pk"):
        told = {"id": one.pk, "person": known.get(one.principal_id), "text": one.text, "answer": one.answer}
        moments = {"asked_at": instant(one.asked_at), "answered_at": instant(one.answered_at)}
        found.setdefault(one.step_id, []).append(told | moments)
    return found


def _mine(ledger: Ledger, actor: Actor) -> list[dict[str, Any]]:
    """Where the actor is asked now, what he may say there and to which stages he may return the card."""
    scheme: Scheme = ledger.course.scheme
    return [
        {
            "step": one.pk,
            "stage": row.code,
            "verdicts": sorted(verdict.value for verdict in verdicts_of(scheme.stage(row.code))),
            "returns_to": [
                {"code": stage.code, "title": stage.title}
                for stage in scheme.stages
                if row.code != REWORK and stage.code in scheme.before(row.code)
            ],
        }
        for row in ledger.rows
        if row.state == Is.OPEN
        for one in row.asked
        if one.principal_id == actor.principal_id and one.state == StepIs.OPEN
    ]


def _named(run: Run, ledger: Ledger, coming: dict[str, Ahead]) -> Iterable[int | None]:
    asked = [who for row in ledger.rows for one in row.asked for who in (one.principal_id, one.instead_of_id)]
    colleagues = Question.objects.filter(step__passing__run=run.pk).values_list("principal_id", flat=True)
    expected = [who for one in coming.values() for called in one.called for who in (called.who, called.instead_of)]
    return {run.initiator_id, *asked, *colleagues, *expected}
