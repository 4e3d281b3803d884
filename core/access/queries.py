"""The one filter for every door: which cards a scope reaches."""

from typing import Any, TypeVar

from django.db.models import Exists, OuterRef, Q, QuerySet

from core.entities.models import Entity, Participant
from core.errors import NotFound
from core.organization.models import Department, Employee

E = TypeVar("E", bound=Entity)


def within(actor: Any, permission: Any, cards: QuerySet[E]) -> QuerySet[E]:
    """Narrow a queryset of cards to those that a permission of the actor reaches."""
    scope = actor.scope_of(permission)
    if scope is None:
        return cards.none()
    if scope == "all":
        return cards
    return cards.filter(_reach(actor, scope))


def visible(actor: Any, kind: Any) -> QuerySet[Any]:
    """Cards of a kind that the actor may see, without those in the trash."""
    return within(actor, kind.view, kind.model.objects.filter(kind=kind.code, trashed_at__isnull=True))


def visible_rows(actor: Any, kind: Any) -> QuerySet[Entity]:
    """The same cards over the common table alone: what lists and counts need, without a join."""
    return within(actor, kind.view, Entity.objects.filter(kind=kind.code, trashed_at__isnull=True))


def visible_card(actor: Any, kind: Any, card_id: int) -> Any:
    """One visible card of a kind; NotFound both when it does not exist and when it may not be known."""
    card = visible(actor, kind).filter(pk=card_id).first()
    if card is None:
        raise NotFound()
    return card


def reaches(actor: Any, scope: str, card: Entity) -> bool:
    """Whether a scope held by the actor reaches one card."""
    if scope == "all" or actor.principal_id in (card.author_id, card.responsible_id):
        return True
    if scope == "own":
        return False
    return Entity.objects.filter(_reach(actor, scope), pk=card.pk).exists()


def _reach(actor: Any, scope: str) -> Q:
    mine = Participant.objects.filter(entity=OuterRef("pk"), principal=actor.principal_id)
    if scope == "own":
        return Q(author=actor.principal_id) | Q(responsible=actor.principal_id)
    if scope == "participant" or actor.department_id is None:
        return Q(Exists(mine))
    colleagues = Employee.objects.values("principal_id")
    if scope == "department":
        colleagues = colleagues.filter(department=actor.department_id)
    else:
        below = Department.objects.filter(path__contains=[actor.department_id]).values("pk")
        colleagues = colleagues.filter(department__in=below)
    theirs = Participant.objects.filter(entity=OuterRef("pk"), principal__in=colleagues).exclude(part="mentioned")
    return Q(Exists(mine)) | Q(Exists(theirs))
