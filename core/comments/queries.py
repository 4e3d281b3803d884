"""Reading comments."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import Any

from django.db.models import Count, F, OuterRef, QuerySet, Subquery, Window
from django.db.models.functions import Coalesce, RowNumber

from core.access.loading import actor_of_principal
from core.access.queries import visible
from core.entities.kinds import EntityKind
from core.entities.models import Participant
from core.identity.models import Principal
from core.organization.models import Employee

from .models import Comment
from .rules import without_mentions

# So many of the newest comments of a card are searched.
SEARCHED = 300
# So many people who have spoken on a card hear of what is said after them.
MOST_SPEAKERS = 50


def living() -> QuerySet[Comment]:
    """Comments that nobody has taken back."""
    return Comment.objects.filter(deleted_at__isnull=True)


def comments_tally() -> Any:
    """Subquery: how many comments the card `OuterRef("pk")` has."""
    rows = living().filter(entity=OuterRef("pk")).order_by().values("entity")
    return Coalesce(Subquery(rows.annotate(count=Count("pk")).values("count")), 0)


def searched(card_ids: Sequence[int]) -> dict[int, list[str]]:
    """Words of the newest comments of cards, without their marks."""
    place = Window(RowNumber(), partition_by=F("entity_id"), order_by=F("pk").desc())
    rows = living().filter(entity__in=list(card_ids)).annotate(place=place).filter(place__lte=SEARCHED)
    found: dict[int, list[str]] = defaultdict(list)
    for card_id, text in rows.order_by("entity_id", "place").values_list("entity_id", "text"):
        found[card_id].append(without_mentions(text))
    return found


def speakers(card_id: int) -> list[int]:
    """Principals whose words are among the newest living comments of a card, the latest speakers first, at most 50."""
    rows = living().filter(entity=card_id).order_by("-pk").values_list("author_id", flat=True)[:SEARCHED]
    return list(dict.fromkeys(rows))[:MOST_SPEAKERS]


def working_principals(employee_ids: Iterable[int]) -> list[int]:
    """Principals of those of the employees who exist and are not blocked, in one query."""
    rows = Employee.objects.filter(pk__in=list(employee_ids), principal__is_active=True, trashed_at__isnull=True)
    return list(rows.order_by("pk").values_list("principal_id", flat=True))


def held_by_mention(card_id: int, principal_ids: Iterable[int]) -> set[int]:
    """Those of the principals who take part in a card as mentioned."""
    held = Participant.objects.filter(entity_id=card_id, part=Participant.Part.MENTIONED)
    return set(held.filter(principal_id__in=list(principal_ids)).values_list("principal_id", flat=True))


def mentioned_elsewhere(card_id: int, principal_ids: Iterable[int]) -> set[int]:
    """Those of the principals whom a living comment of the card mentions; one that is just being changed must be
    written before."""
    wanted = set(principal_ids)
    rows = living().filter(entity_id=card_id, mentions__overlap=list(wanted)).values_list("mentions", flat=True)
    return {who for mentions in rows for who in mentions} & wanted


def split_by_sight(principal_ids: Iterable[int], kind: EntityKind, card_id: int) -> tuple[set[int], set[int]]:
    """(those who see a card, those who do not), by the same query as every door; the blocked are in neither."""
    seeing: set[int] = set()
    blind: set[int] = set()
    wanted = Principal.objects.select_related("employee").filter(pk__in=set(principal_ids), is_active=True)
    for principal in wanted:
        actor = actor_of_principal(principal, door="job")
        sees = visible(actor, kind).filter(pk=card_id).exists()
        (seeing if sees else blind).add(principal.pk)
    return seeing, blind
