"""What of documents a person holds: those that he answers for, and those that name him."""

from typing import Any

from django.db.models import QuerySet

from core.access.actor import Actor
from core.entities.models import Entity
from core.handover.queries import card_to_give
from core.handover.registry import Fate, Handover, Held, Stays

from .actions import change_document
from .models import Document, MinutesLine, Resolution, Status
from .rules import OVER


def _answered(leaver: Held) -> QuerySet[Any]:
    rows = Entity.objects.filter(kind=Document.KIND, trashed_at__isnull=True, responsible=leaver.principal_id)
    return rows.filter(is_draft=False).exclude(status__in=list(OVER))


def _drafts(leaver: Held) -> QuerySet[Any]:
    rows = Entity.objects.filter(kind=Document.KIND, trashed_at__isnull=True, author=leaver.principal_id)
    return rows.filter(status=Status.DRAFT, is_draft=True)


def _answer(card: Entity, leaver: Held, heir: Held | None, by: Actor) -> None:
    if heir is not None:
        change_document(card_to_give(card, heir, by), fields={"responsible": heir.principal_id}, by=by)


HANDOVERS = (
    Handover(
        "documents.answered", "Документы, за которые он отвечает", "Ответственным станет преемник",
        45, Fate.GIVEN, ((Entity, "responsible"),), _answered, _answer, (Document.KIND,),
    ),
    Handover(
        "documents.drafts", "Черновики документов", "Останутся за ним: их видит только он", 115, Fate.STAYS,
        ((Entity, "author"),), _drafts, None, (Document.KIND,),
    ),
)  # fmt: skip
STAYS = (
    Stays(
        "a document names for ever whom it was written to, who signed it and who registered it",
        ((Document, "addressee"), (Document, "signatory"), (Document, "registered_by")),
    ),
    Stays("a resolution names for ever whoever gave it", ((Resolution, "author"),)),
    Stays(
        "a line of minutes says whom it was meant for; whoever is gone by its start leaves it to the giver",
        ((MinutesLine, "author"), (MinutesLine, "assignee"), (MinutesLine, "removed_by")),
    ),
)
