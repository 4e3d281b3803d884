"""Who watches a card, and who may."""

from django.db.models import QuerySet

from core.access.actor import Actor
from core.access.models import Scope
from core.entities.kinds import EntityKind
from core.entities.models import Entity, Participant
from core.errors import Refused

from .errors import NotYoursToGather


def watching(card_id: int) -> QuerySet[Participant]:
    """The parts of those who watch a card."""
    return Participant.objects.filter(entity_id=card_id, part=Participant.Part.WATCHER)


def watchers_of(card_id: int) -> list[int]:
    """Principals who watch a card, in the order in which they came."""
    return list(watching(card_id).order_by("pk").values_list("principal_id", flat=True))


def must_gather(card: Entity, kind: EntityKind, by: Actor) -> None:
    """Refuse whoever may not name those who watch a card, in the kind's own words where it has some."""
    if kind.gathering is not None:
        kind.gathering.must(card, by)
    elif not kind.is_owned(by, card):
        raise NotYoursToGather()


def gathers(card: Entity, kind: EntityKind, by: Actor) -> bool:
    """Whether the actor may name those who watch a card."""
    try:
        must_gather(card, kind, by)
    except Refused:
        return False
    return True


def may_watch(card: Entity, kind: EntityKind, by: Actor) -> bool:
    """Whether somebody who sees a card may put himself among its watchers.

    Where parts show cards, a part taken by oneself would keep the card in sight when the right to see it has gone, and
    show it to one's whole department: there only those who may name anybody do it. Where a right shows all cards of the
    kind or none, a part shows nothing, and everybody who sees the card may.
    """
    return kind.view.scopes == (Scope.ALL.value,) or gathers(card, kind, by)
