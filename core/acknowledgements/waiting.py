"""What the reading lists put into the queue: cards that the person is asked to read."""

from collections.abc import Sequence
from typing import Any

from django.db.models import QuerySet

from core.access.actor import Actor
from core.entities.rest.briefs import briefs
from core.organization.people import people
from core.registry import registry
from core.waiting.lines import action, line
from core.waiting.registry import Source

from .models import Acknowledgement


def _rows(actor: Actor) -> QuerySet[Acknowledgement]:
    waiting = Acknowledgement.objects.filter(principal=actor.principal_id, done_at__isnull=True)
    asking = waiting.filter(entity__trashed_at__isnull=True, entity__is_draft=False)
    return asking.exclude(entity__kind__in=registry.templates())


def _lines(actor: Actor, rows: Sequence[Acknowledgement]) -> list[dict[str, Any]]:
    cards = briefs(actor, [row.entity_id for row in rows])
    known = people({row.asked_by_id for row in rows})
    return [
        line(
            f"reading/{row.pk}",
            cards[row.entity_id],
            who=known.get(row.asked_by_id),
            actions=[
                action(
                    "confirm",
                    "Ознакомлен",
                    f"{_plural(cards[row.entity_id])}/{row.entity_id}/acknowledgements/confirm/",
                    key="F",
                    done="Отмечено: вы ознакомились",
                )
            ],
        )
        for row in rows
        if row.entity_id in cards
    ]


def _plural(card: dict[str, Any]) -> str:
    return registry.kind_of(card["ref"].partition("/")[0]).plural


readings = Source("readings", "Ознакомиться", 70, _rows, _lines)
