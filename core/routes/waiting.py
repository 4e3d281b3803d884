"""What routes put into «Ждёт меня»: cards on which a person decides, and colleagues who ask him."""

from collections.abc import Collection, Sequence
from typing import Any

from core.access.actor import Actor
from core.entities.rest.briefs import briefs
from core.entities.rest.rows import instant
from core.organization.people import people
from core.waiting.lines import action, line
from core.waiting.registry import Source

from .models import Question, Step
from .queries import waiting_questions, waiting_steps
from .rules import Verdict, verdicts_of
from .schemes import REWORK, REWORK_STAGE, Stage, StageKind

_APPROVAL, _WORK = Stage("a", "", StageKind.APPROVAL), Stage("w", "", StageKind.WORK)
# Verdict → (button, its key, what is said when it is done, how it looks).
_BUTTONS = {
    Verdict.APPROVE: ("Согласовать", "A", "Согласовано", "primary"),
    Verdict.DONE: ("Готово", "D", "Отмечено: готово", "primary"),
    Verdict.RETURN: ("На доработку", "R", "Возвращено на доработку", "secondary"),
    Verdict.REJECT: ("Отклонить", "X", "Отклонено", "danger"),
}
_WORDLESS = (Verdict.APPROVE, Verdict.DONE)


def _steps(actor: Actor, rows: Sequence[Step]) -> list[dict[str, Any]]:
    """Buttons name the content as the engine knows it: one that has been changed meanwhile is looked at first."""
    cards = briefs(actor, [row.passing.run.entity_id for row in rows])
    known = people({row.passing.run.initiator_id for row in rows})
    return [
        line(
            f"route-step/{row.pk}",
            cards[row.passing.run.entity_id],
            who=known.get(row.passing.run.initiator_id),
            text=row.passing.title,
            due_at=instant(row.passing.due_at),
            actions=_actions(row),
        )
        for row in rows
        if row.passing.run.entity_id in cards
    ]


def _actions(row: Step) -> list[dict[str, Any]]:
    seen = row.passing.run.content.hash if row.passing.run.content else ""
    allowed = allowed_in(row)
    return [
        action(
            verdict.value, title, f"route-steps/{row.pk}/decide/", key=key, done=done, kind=kind,
            body={"verdict": verdict.value, "seen": seen}, needs_text=verdict not in _WORDLESS,
        )
        for verdict, (title, key, done, kind) in _BUTTONS.items()
        if verdict in allowed
    ]  # fmt: skip


def allowed_in(row: Step) -> Collection[Verdict]:
    """What may be said in a step."""
    return verdicts_of(_stage_like(row))


def _stage_like(row: Step) -> Stage:
    """A stage by which it is known what may be said: of its kind, as its version has drawn it."""
    if row.passing.code == REWORK:
        return REWORK_STAGE
    drawn = row.passing.run.version.scheme["stages"]
    kind = next((one["kind"] for one in drawn if one["code"] == row.passing.code), StageKind.APPROVAL.value)
    return _WORK if kind == StageKind.WORK.value else _APPROVAL


def _questions(actor: Actor, rows: Sequence[Question]) -> list[dict[str, Any]]:
    cards = briefs(actor, [row.step.passing.run.entity_id for row in rows])
    known = people({row.step.principal_id for row in rows})
    answer: dict[str, Any] = {"key": "A", "done": "Ответ отправлен", "needs_text": True, "asks": "Ваш ответ"}
    return [
        line(
            f"route-question/{row.pk}",
            cards[row.step.passing.run.entity_id],
            who=known.get(row.step.principal_id),
            text=row.text,
            actions=[action("answer", "Ответить", f"route-questions/{row.pk}/answer/", **answer)],
        )
        for row in rows
        if row.step.passing.run.entity_id in cards
    ]


SOURCES = (
    Source("route-steps", "Решить по маршруту", 32, waiting_steps, _steps),
    Source("route-questions", "Ответить коллеге", 33, waiting_questions, _questions),
)
