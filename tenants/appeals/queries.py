"""Reads of appeals, all in a control scope. What a company is told comes through `Reader` and `words`, nowhere else."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Prefetch, Q, QuerySet
from django.utils import timezone

from core.access.actor import Actor
from core.errors import NotFound
from core.rest.filters import Filter, Grammar, flag, number, word

from .models import Appeal, Line, Paper
from .permissions import SEE_ALL
from .rules import DAY, KEPT, UNSENT_LIFE

OWN = Grammar(
    filters={"state": Filter("state", word(*Appeal.State.values))},
    orderings={"moved_at": "moved_at"},
    default_ordering="-moved_at",
)


class _Free(Filter):
    """Whether nobody has taken it."""

    def among(self, values: list[Any]) -> Q:
        return Q(operator__isnull=values[0])


QUEUE = Grammar(
    filters={
        "state": Filter("state", word(*Appeal.State.values)),
        "company": Filter("company_id", number),
        "operator": Filter("operator_id", number),
        "free": _Free("operator_id", flag),
    },
    orderings={"moved_at": "moved_at"},
    default_ordering="-moved_at",
)
LINES = Grammar(orderings={"id": "id"}, default_ordering="-id")


@dataclass(frozen=True)
class Reader:
    """Somebody of a company who reads: his own, or all of the company's where his rights give it."""

    company_id: int
    actor: Actor

    @property
    def sees_all(self) -> bool:
        return self.actor.may(SEE_ALL)

    def appeals(self, *, whole_company: bool = False) -> QuerySet[Appeal]:
        """His own; with `whole_company` everything that he may see."""
        rows = Appeal.objects.filter(company_id=self.company_id)
        return rows if whole_company and self.sees_all else rows.filter(principal_id=self.actor.principal_id)

    def appeal(self, appeal_id: int) -> Appeal:
        """NotFound for another's."""
        found = self.appeals(whole_company=True).filter(pk=appeal_id).first()
        if found is None:
            raise NotFound()
        return found

    def own_paper(self, paper_id: int) -> Paper:
        """A file that he has brought himself. NotFound."""
        rows = Paper.objects.filter(company_id=self.company_id, principal_id=self.actor.principal_id)
        found = rows.filter(pk=paper_id).first()
        if found is None:
            raise NotFound()
        return found

    def paper(self, paper_id: int) -> Paper:
        """A file of his own, or one that went with words which he may read. NotFound."""
        rows = Paper.objects.select_related("line__appeal").filter(company_id=self.company_id, pk=paper_id)
        found = rows.first()
        if found is None or not (found.principal_id == self.actor.principal_id or self._reads(found)):
            raise NotFound()
        return found

    def _reads(self, paper: Paper) -> bool:
        line = paper.line
        return line is not None and (self.sees_all or line.appeal.principal_id == self.actor.principal_id)


def words(appeal: Appeal) -> QuerySet[Line]:
    """What the company is told: without what operators say among themselves."""
    return _whole(appeal).filter(is_note=False)


def thread(appeal: Appeal) -> QuerySet[Line]:
    """All of it, for operators."""
    return _whole(appeal)


def queue() -> QuerySet[Appeal]:
    """Everything that operators are asked, with the company's name and who has taken it."""
    return Appeal.objects.select_related("company", "operator")


def queued(appeal_id: int) -> Appeal:
    found = queue().filter(pk=appeal_id).first()
    if found is None:
        raise NotFound()
    return found


def unanswered() -> int:
    """How many wait for the service; the console shows it beside the word."""
    return Appeal.objects.filter(state=Appeal.State.NEW)[:100].count()


def paper_of(appeal: Appeal, paper_id: int) -> Paper:
    """A file that went with words of this appeal. NotFound."""
    found = Paper.objects.filter(pk=paper_id, line__appeal=appeal).first()
    if found is None:
        raise NotFound()
    return found


def said_today(company_id: int, principal_id: int) -> tuple[int, int]:
    """(words of a person, words of his company) in the last twenty-four hours."""
    since = timezone.now() - DAY
    rows = Line.objects.filter(appeal__company_id=company_id, principal_id__isnull=False, at__gt=since)
    return rows.filter(principal_id=principal_id).count(), rows.count()


def brought_today(company_id: int, principal_id: int) -> tuple[int, int]:
    """The same of files."""
    rows = Paper.objects.filter(company_id=company_id, created_at__gt=timezone.now() - DAY)
    return rows.filter(principal_id=principal_id).count(), rows.count()


def speakers(appeal: Appeal) -> set[int]:
    """Principals of the company who have said something in it."""
    rows = Line.objects.filter(appeal=appeal, principal_id__isnull=False)
    said = rows.values_list("principal_id", flat=True).distinct()
    return {appeal.principal_id, *(who for who in said if who is not None)}


def unsent(limit: int) -> list[Paper]:
    """Files that nobody has sent for a day, the oldest first."""
    rows = Paper.objects.select_related("company").filter(line=None, created_at__lt=timezone.now() - UNSENT_LIFE)
    return list(rows.order_by("created_at")[:limit])


def settled(limit: int) -> list[Appeal]:
    """Appeals that nobody has said anything in for so long that they go; what waits for the service stays."""
    rows = Appeal.objects.select_related("company").filter(moved_at__lt=timezone.now() - KEPT)
    return list(rows.exclude(state=Appeal.State.NEW).order_by("moved_at")[:limit])


def papers_in(appeals: Iterable[Appeal]) -> list[Paper]:
    return list(Paper.objects.select_related("company").filter(line__appeal__in=[row.pk for row in appeals]))


def told_of_company(company_id: int) -> Sequence[tuple[int, str, str, datetime, str, str, str]]:
    """Lines for the book in a company's export: (number, topic, state, moment, who, what, names of files)."""
    rows = Line.objects.filter(appeal__company_id=company_id, is_note=False).select_related("appeal")
    found = rows.prefetch_related("papers").order_by("appeal_id", "id")
    return [
        (
            line.appeal_id,
            line.appeal.topic,
            line.appeal.get_state_display(),
            line.at,
            line.author,
            line.text,
            ", ".join(paper.name for paper in line.papers.all()),
        )
        for line in found
    ]


def _whole(appeal: Appeal) -> QuerySet[Line]:
    papers = Prefetch("papers", Paper.objects.order_by("pk"))
    return Line.objects.filter(appeal=appeal).prefetch_related(papers)
