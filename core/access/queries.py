"""The one filter for every door: which cards a scope reaches."""

from dataclasses import dataclass
from typing import Any, TypeVar

from django.db.models import BigIntegerField, Exists, OuterRef, Q, QuerySet

from core.compiled import Slot
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
    if permission.decides:
        return cards.filter(_command(actor, scope))
    return cards.filter(_reach(actor, scope))


def visible(actor: Any, kind: Any) -> QuerySet[Any]:
    """Cards of a kind that the actor may see, without those in the trash."""
    return within(actor, kind.view, kind.model.objects.filter(trashed_at__isnull=True))


def visible_rows(actor: Any, kind: Any) -> QuerySet[Entity]:
    """The same cards over the common table alone: what lists and counts need, without a join."""
    return within(actor, kind.view, Entity.objects.filter(kind=kind.code, trashed_at__isnull=True))


@dataclass(frozen=True)
class Somebody:
    """Stands for any actor of one scope while a query is compiled: his ids are slots."""

    scope: str | None
    principal_id: Slot
    department_id: Slot | None

    def scope_of(self, permission: Any) -> str | None:
        return self.scope


def shape_of(actor: Any, permission: Any) -> tuple[str | None, bool]:
    """What of an actor changes the text of a compiled query: his scope, and whether he has a department."""
    return actor.scope_of(permission), actor.department_id is not None


def somebody(scope: str | None, has_department: bool) -> Somebody:
    """The stand-in for actors of a shape; `slots_of` gives the values when the query runs."""
    number = BigIntegerField()
    return Somebody(scope, Slot("me", number), Slot("my_department", number) if has_department else None)


def slots_of(actor: Any) -> dict[str, int | None]:
    return {"me": actor.principal_id, "my_department": actor.department_id}


def visible_card(actor: Any, kind: Any, card_id: int) -> Any:
    """One visible card of a kind; NotFound both when it does not exist and when it may not be known."""
    card = visible(actor, kind).filter(pk=card_id).first()
    if card is None:
        raise NotFound()
    return card


def reaches(actor: Any, permission: Any, card: Entity) -> bool:
    """Whether a permission of the actor reaches one card."""
    scope = actor.scope_of(permission)
    if scope is None:
        return False
    if scope == "all" or actor.principal_id in (card.author_id, card.responsible_id):
        return True
    if scope == "own":
        return False
    return within(actor, permission, Entity.objects.filter(pk=card.pk)).exists()


def _reach(actor: Any, scope: str) -> Q:
    mine = Participant.objects.filter(entity=OuterRef("pk"), principal=actor.principal_id)
    if scope == "own":
        return Q(author=actor.principal_id) | Q(responsible=actor.principal_id)
    if scope == "participant" or actor.department_id is None:
        return Q(Exists(mine))
    theirs = Participant.objects.filter(entity=OuterRef("pk"), principal__in=_colleagues(actor, scope))
    return Q(Exists(mine)) | Q(Exists(theirs.exclude(part="mentioned")))


def _command(actor: Any, scope: str) -> Q:
    """Reach of a right to change: through those who answer for the card."""
    own = Q(author=actor.principal_id) | Q(responsible=actor.principal_id)
    if scope == "own":
        return own
    at_work = Participant.objects.filter(entity=OuterRef("pk"), principal=actor.principal_id, part="co_worker")
    if scope == "participant" or actor.department_id is None:
        return own | Q(Exists(at_work))
    colleagues = _colleagues(actor, scope)
    return own | Q(Exists(at_work)) | Q(author__in=colleagues) | Q(responsible__in=colleagues)


def _colleagues(actor: Any, scope: str) -> QuerySet[Any]:
    """Principals of the actor's department, or of it with everything below."""
    everybody = Employee.objects.values("principal_id")
    if scope == "department":
        return everybody.filter(department=actor.department_id)
    below = Department.objects.filter(path__contains=[actor.department_id]).values("pk")
    return everybody.filter(department__in=below)
