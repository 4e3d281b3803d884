"""Reading files of cards."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import Any

from django.db import connection
from django.db.models import Case, Count, F, Max, OuterRef, QuerySet, Subquery, Sum, When
from django.db.models.functions import Coalesce

from core.access.actor import Actor
from core.context import current_company
from core.entities.models import Entity

from .models import Attachment

State = Attachment.State


def living() -> QuerySet[Attachment]:
    """Files that nobody has removed."""
    return Attachment.objects.filter(deleted_at__isnull=True)


_LOCK = "SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))"


def lock_room() -> None:
    """One upload at a time measures the room that is left: two that each fit alone could overfill it together."""
    with connection.cursor() as cursor:
        cursor.execute(_LOCK, [f"{current_company().schema}:storage"])


def bytes_held() -> int:
    """How many bytes the company's files take, begun uploads among them; copies over the same bytes count once."""
    where = Case(When(shared_key="", then=F("storage_key")), default=F("shared_key"))
    objects = living().exclude(state=State.REJECTED).annotate(place=where).values("place").annotate(bytes=Max("size"))
    return objects.aggregate(held=Sum("bytes"))["held"] or 0


def shown_on(card: Entity, actor: Actor) -> list[Attachment]:
    """Files of a card, oldest first: of each the newest checked version, and the actor's own that are being checked
    or were rejected."""
    rows = living().filter(entity_id=card.pk).exclude(state=State.UPLOADING).order_by("id")
    newest: dict[Any, Attachment] = {}
    own: list[Attachment] = []
    for row in rows:
        if row.state != State.READY:
            own += [row] if row.author_id == actor.principal_id else []
        elif row.family not in newest or newest[row.family].version < row.version:
            newest[row.family] = row
    return sorted([*newest.values(), *own], key=lambda row: row.pk)


def versions_of(attachment: Attachment) -> list[Attachment]:
    """Checked versions of a file, newest first."""
    return list(living().filter(family=attachment.family, state=State.READY).order_by("-version"))


def files_tally() -> Any:
    """Subquery: how many checked files the card `OuterRef("pk")` has, a file with versions counted once."""
    rows = living().filter(entity=OuterRef("pk"), state=State.READY).order_by().values("entity")
    return Coalesce(Subquery(rows.annotate(count=Count("family", distinct=True)).values("count")), 0)


def files_counts(card_ids: Iterable[int]) -> dict[int, int]:
    """Card id → number of its checked files; cards without files are absent."""
    rows = living().filter(entity_id__in=list(card_ids), state=State.READY)
    return dict(rows.values_list("entity_id").annotate(count=Count("family", distinct=True)))


def searched(card_ids: Sequence[int]) -> dict[int, list[str]]:
    """Names of checked files of cards, newest first; a file of many versions may have had several."""
    rows = living().filter(entity__in=list(card_ids), state=State.READY).order_by("-pk")
    found: dict[int, list[str]] = defaultdict(list)
    for card_id, name in rows.values_list("entity_id", "name"):
        if name not in found[card_id]:
            found[card_id].append(name)
    return found
