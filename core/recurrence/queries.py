"""Reading plans and what came of them."""

from collections.abc import Collection
from datetime import datetime, timedelta
from typing import Any

from django.db import connection
from django.db.models import Count, F, Q, QuerySet
from django.utils import timezone

from core.context import current_company, enabled_modules
from core.events.models import Fact
from core.registry import registry

from .events import OccurrenceFailed
from .mixin import Recurring
from .models import Occurrence, PlannedWork, Recurrence
from .rules import share_on_time

Outcome = Occurrence.Outcome
_HOLD = "SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))"


def next_due(now: datetime) -> Recurrence | None:
    """The plan that is due longest, locked; those whose module is off or whose template is in the trash wait."""
    live = [kind.code for kind in registry.live_kinds(enabled_modules()) if issubclass(kind.model, Recurring)]
    rows = Recurrence.objects.select_for_update(of=("self",), skip_locked=True).select_related("entity")
    due = rows.filter(next_at__lte=now, entity__kind__in=live, entity__trashed_at__isnull=True)
    return due.order_by("next_at").first()


def soonest() -> datetime | None:
    """When the next plan comes round, be it one that has to wait or not."""
    return (
        Recurrence.objects.filter(next_at__isnull=False).order_by("next_at").values_list("next_at", flat=True).first()
    )


def work_of(card_id: int) -> PlannedWork | None:
    """What the plan of a card asks to be done about it; None for a template and without a plan."""
    return PlannedWork.objects.select_related("giver__employee").filter(pk=card_id).first()


def made_since(moment: datetime) -> int:
    """How many cards plans have made since a moment: what people give by hand is nothing to them.

    Nobody else counts until the transaction ends: two plans that are due at once do not fill the same gap.
    """
    _count_alone("made")
    return _made(moment).filter(given_by__isnull=True).count()


def made_for(maker: int, moment: datetime) -> int:
    """How many of those the plans of one person (a principal) have made: of what he gives, or what he answers for."""
    of_template = Q(template__responsible=maker) | Q(template__responsible__isnull=True, template__author=maker)
    by_nobody = Q(template__recurrence__work__isnull=True)
    plans = Q(template__recurrence__work__giver=maker) | (by_nobody & of_template)
    return _made(moment).filter(plans, given_by__isnull=True).count()


def given_since(giver: int, moment: datetime) -> int:
    """How many cards somebody (a principal) has had made by hand since a moment; he presses once at a time, too."""
    _count_alone(f"given:{giver}")
    return _made(moment).filter(given_by=giver).count()


def _made(since: datetime) -> QuerySet[Occurrence]:
    return Occurrence.objects.filter(outcome=Outcome.MADE, created_at__gte=since)


def _count_alone(what: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(_HOLD, [f"recurrence.{what}:{current_company().schema}"])


def settled_at(template_id: int, at: datetime) -> set[int]:
    """Principals who have been given a card of a moment, or of whom it is noted why not."""
    rows = Occurrence.objects.filter(template_id=template_id, at=at, recipient__isnull=False)
    return set(rows.values_list("recipient_id", flat=True))


def has_open(template_id: int) -> bool:
    """Whether a card made from the template is still open."""
    made = Occurrence.objects.filter(template_id=template_id, card__state="open", card__trashed_at__isnull=True)
    return made.exists()


def is_told_already(template_id: int, fact_id: int, reason: str) -> bool:
    """Whether an earlier failure of a template had the same reason, and its plan has made nothing since."""
    failures = Fact.objects.filter(entity=template_id, kind=OccurrenceFailed.kind, pk__lt=fact_id)
    before = failures.order_by("-pk").first()
    if before is None or before.payload["reason"] != reason:
        return False
    made = Occurrence.objects.filter(template_id=template_id, outcome=Outcome.MADE, created_at__gt=before.at)
    return not made.exists()


def occurrences_of(template_id: int) -> QuerySet[Occurrence]:
    return Occurrence.objects.filter(template_id=template_id)


def completions(template_ids: Collection[int], *, days: int = 365) -> dict[int, dict[str, Any]]:
    """How the cards of templates fare, those of the last `days`: {id: {made, done, on_time, open, late, share}}.

    `late` are open ones past their date, `on_time` done ones not later than it (or without any), `share` the percent of
    `on_time`. What lies in the trash does not count.
    """
    since = timezone.now() - timedelta(days=days)
    rows = Occurrence.objects.filter(template__in=template_ids, outcome=Outcome.MADE, at__gte=since)
    living = rows.filter(card__isnull=False, card__trashed_at__isnull=True)
    done, is_open = Q(card__state="done"), Q(card__state="open")
    in_time = Q(card__due_at__isnull=True) | Q(card__done_at__lte=F("card__due_at"))
    counted = (
        living.order_by()
        .values_list("template_id")
        .annotate(
            made=Count("pk"),
            done=Count("pk", filter=done),
            on_time=Count("pk", filter=done & in_time),
            open=Count("pk", filter=is_open),
            late=Count("pk", filter=is_open & Q(card__due_at__lt=timezone.now())),
        )
    )
    found = {template: figures for template, *figures in counted}
    return {pk: _told(*found.get(pk, (0, 0, 0, 0, 0))) for pk in template_ids}


def _told(made: int, done: int, on_time: int, is_open: int, late: int) -> dict[str, Any]:
    share = share_on_time(on_time=on_time, done=done, late=late)
    return {"made": made, "done": done, "on_time": on_time, "open": is_open, "late": late, "share": share}
