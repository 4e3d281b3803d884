"""The strip of a run («пройдено / сейчас / дальше») and what somebody may do on it now."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.utils import timezone

from core.access.actor import Actor
from core.context import current_company
from core.entities.rest.rows import instant
from core.history.queries import concealed
from core.organization.people import people
from core.organization.workdays import worked_between

from .differences import differences
from .keeping import Ledger
from .models import Content, Passing, Question, Run, Step
from .queries import kind_of_run
from .rules import Is, StepIs, verdicts_of
from .schemes import REWORK, Scheme

_PLACES = {Is.OPEN: "now", Is.PASSED: "done", Is.SKIPPED: "skipped", Is.FAILED: "returned"}


def strip_of(run: Run, actor: Actor) -> dict[str, Any]:
    """A run as its strip shows it: each stage once, as it stands, with all that was decided in it."""
    ledger = Ledger(run)
    known = people(_named(run, ledger))
    questions, edits = _questions(ledger, known), Edits(run, actor)
    return {
        "id": run.pk,
        "route": {"id": run.version.route_id, "title": run.version.route.title, "version": run.version.number},
        "outcome": run.outcome,
        "initiator": known.get(run.initiator_id),
        "started_at": instant(run.started_at),
        "ended_at": instant(run.ended_at),
        "hash": run.content.hash if run.content else "",
        "stages": [_stage(code, ledger, known, questions, edits) for code in _codes(ledger)],
        "mine": _mine(ledger, actor),
    }


def _codes(ledger: Ledger) -> list[str]:
    """Stages as they are drawn; rework stands where it was last."""
    codes = [stage.code for stage in ledger.course.scheme.stages]
    rework = ledger.row_of(REWORK)
    if rework is not None and rework.state == Is.OPEN:
        waiting = next((n for n, code in enumerate(codes) if not ledger.course.is_behind(code)), len(codes))
        codes.insert(waiting, REWORK)
    return codes


class Edits:
    """What has been changed since something was decided upon, as an actor may see it; each content once."""

    def __init__(self, run: Run, actor: Actor) -> None:
        self.run, self.actor = run, actor
        self.found: dict[int, list[dict[str, Any]]] = {}

    def since(self, content: Content) -> list[dict[str, Any]]:
        if self.run.content is None or content.pk == self.run.content_id:
            return []
        if content.pk not in self.found:
            kind = kind_of_run(self.run)
            told = differences(kind, content.told, self.run.content.told, hidden=concealed(self.actor, kind))
            self.found[content.pk] = [one.told() for one in told]
        return self.found[content.pk]


def _stage(
    code: str, ledger: Ledger, known: dict[int, Any], questions: dict[int, list[Any]], edits: Edits
) -> dict[str, Any]:
    stage = ledger.course.scheme.stage(code)
    rows = [row for row in ledger.rows if row.code == code]
    last = rows[-1] if rows else None
    return {
        "code": code,
        "title": stage.title,
        "kind": stage.kind.value,
        "place": _PLACES.get(Is(last.state), "next") if last else "next",
        "round": last.round if last else 0,
        "since": instant(last.opened_at) if last else None,
        "due_at": instant(last.due_at) if last else None,
        "closed_at": instant(last.closed_at) if last else None,
        "is_late": bool(last and is_late(last, timezone.now())),
        "planned_hours": stage.hours,
        "worked_minutes": sum(_worked(row) for row in rows),
        "people": [_person(one, row, known, questions, edits) for row in rows for one in row.asked],
    }


def is_late(row: Passing, now: datetime) -> bool:
    """Whether a passing is, or was closed, after its term."""
    return row.due_at is not None and (row.closed_at or now) > row.due_at


def _worked(row: Passing) -> int:
    if row.state == Is.SKIPPED:
        return 0
    return worked_between(row.opened_at, row.closed_at or timezone.now(), current_company().time_zone)


def _person(
    one: Step, row: Passing, known: dict[int, Any], questions: dict[int, list[Any]], edits: Edits
) -> dict[str, Any]:
    said = one.decision if one.state == StepIs.DECIDED else None
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
        "changes": edits.since(said.content) if said and one.void_at else [],
        "questions": questions.get(one.pk, []),
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


def _named(run: Run, ledger: Ledger) -> Iterable[int | None]:
    asked = [who for row in ledger.rows for one in row.asked for who in (one.principal_id, one.instead_of_id)]
    colleagues = Question.objects.filter(step__passing__run=run.pk).values_list("principal_id", flat=True)
    return {run.initiator_id, *asked, *colleagues}
