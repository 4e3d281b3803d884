"""Who takes part in a card."""

from collections.abc import Iterable

from .models import Entity, Participant

Part = Participant.Part


def join(card: Entity, parts: dict[str, Iterable[int]]) -> None:
    """Add people to a card: {part: principal ids}; parts they have already stay."""
    rows = [Participant(entity_id=card.pk, principal_id=who, part=part) for part, ids in parts.items() for who in ids]
    Participant.objects.bulk_create(rows, ignore_conflicts=True)


def leave(card: Entity, part: str, principals: Iterable[int]) -> None:
    """Take a part in a card away from people; their other parts stay."""
    Participant.objects.filter(entity_id=card.pk, part=part, principal_id__in=list(principals)).delete()


def replace(card: Entity, part: str, principals: Iterable[int]) -> tuple[set[int], set[int]]:
    """Make exactly these people hold a part; (who came, who left)."""
    wanted = set(principals)
    held = set(Participant.objects.filter(entity_id=card.pk, part=part).values_list("principal_id", flat=True))
    leave(card, part, held - wanted)
    join(card, {part: wanted - held})
    return wanted - held, held - wanted


def people_of(card_ids: Iterable[int], *parts: str) -> dict[int, dict[str, list[int]]]:
    """Card id → part → principal ids, in one query."""
    found: dict[int, dict[str, list[int]]] = {}
    rows = Participant.objects.filter(entity_id__in=list(card_ids))
    for row in rows.filter(part__in=parts) if parts else rows:
        found.setdefault(row.entity_id, {}).setdefault(row.part, []).append(row.principal_id)
    return found
