"""Reading views: one's own, and those that others share."""

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Q, QuerySet, Subquery

from core.access.actor import Actor
from core.access.models import RoleAssignment
from core.organization.models import Department

from .models import ListChoice, SavedView

Audience = SavedView.Audience


def seen_views(actor: Actor) -> QuerySet[SavedView]:
    """Views of all kinds that the actor may see."""
    own = Q(owner=actor.principal_id)
    held = RoleAssignment.objects.filter(principal=actor.principal_id).order_by().values("role_id")
    some = Q(roles__overlap=ArraySubquery(held))
    if actor.department_id is not None:
        above = Department.objects.filter(pk=actor.department_id).values("path")
        some |= Q(departments__overlap=Subquery(above))
    return SavedView.objects.filter(own | Q(audience=Audience.ALL) | Q(some, audience=Audience.SOME))


def views_of(actor: Actor, kind: str) -> list[SavedView]:
    """Views of a kind's list that the actor may see: his own in their order, then those of others by title."""
    me = actor.principal_id
    rows = list(seen_views(actor).filter(kind=kind))
    return sorted(rows, key=lambda row: (row.owner_id != me, row.place if row.owner_id == me else 0, row.title, row.pk))


def choice_of(actor: Actor, kind: str) -> ListChoice:
    """How the actor has arranged the list of a kind; an unsaved row where he has not."""
    found = ListChoice.objects.filter(principal=actor.principal_id, kind=kind).first()
    return found or ListChoice(principal_id=actor.principal_id, kind=kind)
