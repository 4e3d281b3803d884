"""What a person is asked on routes when he is dismissed: others decide in his place, what he has said stays."""

from typing import Any

from django.db.models import QuerySet

from core.access.actor import Actor
from core.handover.queries import card_to_give
from core.handover.registry import Fate, Handover, Held, Stays

from .actions.deciding import take_over
from .actions.lists import replace_in_list
from .models import ApprovalLine, Decision, Question, Route, RouteVersion, Run, Step
from .rules import StepIs


def _steps(leaver: Held) -> QuerySet[Any]:
    asked = Step.objects.filter(principal=leaver.principal_id, state__in=[StepIs.OPEN, StepIs.WAITING])
    living = asked.filter(passing__run__outcome="", passing__run__entity__trashed_at__isnull=True)
    return living.select_related("passing__run__entity")


def _give(step: Step, leaver: Held, heir: Held | None, by: Actor) -> None:
    card_to_give(step.passing.run.entity, heir, by)
    if heir is not None:
        take_over(step, to=heir.principal_id, by=by)


def _lines(leaver: Held) -> QuerySet[Any]:
    rows = ApprovalLine.objects.filter(principal=leaver.principal_id, list__archived_at__isnull=True)
    return rows.select_related("list")


def _put(line: ApprovalLine, leaver: Held, heir: Held | None, by: Actor) -> None:
    replace_in_list(line, to=heir.principal_id if heir else None, by=by)


HANDOVERS = (
    Handover(
        "route-steps", "Решения по маршрутам", "Решать будет преемник", 85, Fate.GIVEN,
        ((Step, "principal"),), _steps, _give,
    ),
    Handover(
        "approval-lists", "Листы согласования", "В листах его место займёт преемник", 86, Fate.GIVEN,
        ((ApprovalLine, "principal"),), _lines, _put,
    ),
)  # fmt: skip
STAYS = (
    Stays(
        "what was decided, asked and sent is told as it was",
        (
            (Decision, "principal"), (Decision, "on_behalf_of"), (Step, "instead_of"), (Question, "principal"),
            (Run, "initiator"), (Run, "started_by"), (RouteVersion, "author"), (RouteVersion, "published_by"),
            (Route, "draft_by"),
        ),
    ),
)  # fmt: skip
