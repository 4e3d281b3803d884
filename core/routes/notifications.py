"""Notices about runs: to those who are asked, to those who have sent the card, to those above whoever is late."""

from collections.abc import Iterable
from typing import Any

from core.context import current_company
from core.entities.kinds import EntityKind
from core.entities.models import Entity
from core.events.bus import Reader, Told
from core.notifications.actions import notify
from core.notifications.kinds import Notification
from core.organization.people import people
from core.registry import registry

from .buttons import DECIDING
from .events import (
    ColleagueAsked,
    Decided,
    DecisionsVoid,
    QuestionAnswered,
    RunEnded,
    RunStarted,
    StageEscalated,
    StageHappened,
    StageReminded,
    StepRedirected,
)
from .models import Passing, Question, Run, Step
from .rules import Outcome, StepIs
from .schemes import REWORK

ASKED = Notification("routes.asked", "Ждут моего решения", "Карточки", buttons=DECIDING, has_paper=True)
ENDED = Notification("routes.ended", "Маршрут завершён или карточку вернули", "Карточки")
TERMS = Notification("routes.terms", "Срок решения близко или вышел", "Карточки")
KINDS = (ASKED, ENDED, TERMS)

_ENDS = {
    Outcome.APPROVED: "Согласовано", Outcome.REJECTED: "Отклонено", Outcome.RECALLED: "Отозвано",
}  # fmt: skip


def tell_asked(told: Told) -> None:
    """Write to each whose step has opened by this fact and is open still; never to whoever has done it."""
    found = _shown(told)
    steps = Step.objects.filter(pk__in=told.payload["asked"], state=StepIs.OPEN.value).select_related("passing")
    rows = list(steps.exclude(principal=told.actor_id).order_by("pk"))
    if found is None or not rows:
        return
    card, kind = found
    for code in sorted({row.passing.code for row in rows}):
        group = [row for row in rows if row.passing.code == code]
        opening = (
            "Карточку вернули на доработку" if code == REWORK else f"Ждут вашего решения: {group[0].passing.title}"
        )
        _write(
            told, card, kind, {row.principal_id for row in group}, ENDED if code == REWORK else ASKED, opening,
            "вас спрашивают на маршруте", key=f"{told.id}-{code}",
        )  # fmt: skip


def tell_question(told: Told) -> None:
    """To the colleague who is asked, or to whoever has asked and is answered."""
    found = _shown(told)
    question = Question.objects.filter(pk=told.payload["question"]).first()
    if found is None or question is None:
        return
    is_answer = told.kind == QuestionAnswered.kind
    if not is_answer and question.answered_at is not None:
        return
    opening = "Вам ответили" if is_answer else "Вас спрашивают, прежде чем решить"
    words = question.answer if is_answer else question.text
    _write(told, *found, {told.payload["person"]}, ASKED, opening, "вас спросили или вам ответили", words)


def tell_terms(told: Told) -> None:
    """A term comes near, or has gone by."""
    found = _shown(told)
    passing = Passing.objects.filter(pk=told.payload["passing"]).first()
    if found is None or passing is None or passing.closed_at is not None:
        return
    if told.kind == StageReminded.kind:
        open_steps = Step.objects.filter(pk__in=told.payload["steps"], state=StepIs.OPEN.value)
        people_of_it, opening = set(open_steps.values_list("principal_id", flat=True)), "Срок решения близко"
    else:
        people_of_it, opening = set(told.payload["told"]), "Решение просрочено"
    _write(told, *found, people_of_it, TERMS, f"{opening}: {passing.title}", "вы отвечаете за срок этапа")


def tell_end(told: Told) -> None:
    """To whoever has sent the card, unless he has ended it himself."""
    found = _shown(told)
    run = Run.objects.filter(pk=told.payload["run"]).first()
    if found is None or run is None:
        return
    opening = _ENDS[Outcome(told.payload["outcome"])]
    senders = {run.initiator_id, run.started_by_id} - {told.actor_id}
    _write(told, *found, senders, ENDED, opening, "вы отправили карточку по маршруту")


def _shown(told: Told) -> tuple[Entity, EntityKind] | None:
    """The card, while it is no draft of the trash and its module is on."""
    card = Entity.objects.filter(pk=told.ref.id, trashed_at__isnull=True).first() if told.ref else None
    kind = registry.kind(told.ref.kind) if told.ref else None
    if card is None or kind is None or kind not in registry.live_kinds(current_company().modules):
        return None
    return card, kind


def _write(
    told: Told, card: Entity, kind: EntityKind, to: Iterable[int], what: Notification, opening: str, reason: str,
    words: str = "", key: str = "",
) -> None:  # fmt: skip
    receivers = {who for who in to if who is not None}
    if not receivers:
        return
    known: dict[int, dict[str, Any]] = people([told.actor_id])
    author = known[told.actor_id]["name"] if told.actor_id in known else ""
    paragraphs = [f"{kind.title} «{card.title}».", *([f"{author}: {words}"] if words else [])]
    notify(
        receivers,
        kind=what,
        subject=f"{opening}: {card.title}",
        paragraphs=[f"{opening}.", *paragraphs],
        link_path=f"{kind.route}/{card.pk}",
        fact_id=told.id,
        key=key,
        card=card,
        reason=reason,
    )


_ASKING = (RunStarted, Decided, StageHappened, DecisionsVoid, StepRedirected)
READERS = (
    Reader("routes.letters", tuple(event.kind for event in _ASKING), effect=tell_asked),
    Reader("routes.questions", (ColleagueAsked.kind, QuestionAnswered.kind), effect=tell_question),
    Reader("routes.terms", (StageReminded.kind, StageEscalated.kind), effect=tell_terms),
    Reader("routes.ends", (RunEnded.kind,), effect=tell_end),
)
