"""Reading views: one's own, and those that others share."""

from collections.abc import Iterable

from django.contrib.postgres.expressions import ArraySubquery
from django.db import connection
from django.db.models import Case, F, Q, QuerySet, Subquery, When
from django.db.models.expressions import RawSQL

from core.access.actor import Actor
from core.access.models import RoleAssignment
from core.context import current_schema
from core.organization.models import Department

from .models import ListChoice, SavedView
from .rules import DEEPEST

Audience = SavedView.Audience
# The bound of the depth ends a walk even through rows that somebody has tied into a ring by hand.
_WITH_BASES = """
WITH RECURSIVE wanted (id, depth) AS (
  SELECT named, 1 FROM unnest(%s::bigint[]) AS named
  UNION
  SELECT base, depth + 1 FROM wanted JOIN saved_views_savedview v ON v.id = wanted.id, unnest(v.builds_on) AS base
  WHERE depth <= %s)
SELECT id FROM wanted"""
_ABOVE = """
WITH RECURSIVE above (id, depth) AS (
  SELECT %s::bigint, 0
  UNION
  SELECT v.id, depth + 1 FROM above JOIN saved_views_savedview v ON above.id = ANY(v.builds_on) WHERE depth < %s)
SELECT max(depth) FROM above"""
_HOLD = "SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))"


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


def groups_named(actor: Actor, kind: str, ids: Iterable[int]) -> dict[int, SavedView]:
    """Those of the groups of a kind that the actor may see, and of those that they build on, in one statement."""
    wanted = RawSQL(_WITH_BASES, (list(ids), DEEPEST + 1))
    found = seen_views(actor).filter(kind=kind, is_group=True, pk__in=wanted)
    return {view.pk: view for view in found}


def groups_of(actor: Actor, kind: str, most: int) -> list[SavedView]:
    """Groups of a kind that the actor may see, so many at most: his own in their order, then those of others."""
    mine = Case(When(owner=actor.principal_id, then=F("place")))
    rows = seen_views(actor).filter(kind=kind, is_group=True)
    return list(rows.order_by(mine.asc(nulls_last=True), "title", "pk")[:most])


def steps_above(view_id: int) -> int:
    """How many steps the longest chain of views has that build on one."""
    with connection.cursor() as cursor:
        cursor.execute(_ABOVE, [view_id, DEEPEST + 1])
        return cursor.fetchone()[0]


def built_on(view_id: int) -> QuerySet[SavedView]:
    """Views that build on one. What somebody who works here no more has kept for himself alone holds nobody."""
    rows = SavedView.objects.filter(builds_on__contains=[view_id])
    return rows.exclude(audience=Audience.ME, owner__is_active=False).order_by("title", "pk")


def hold_groups() -> None:
    """Let nobody else change what builds on what until the transaction ends."""
    with connection.cursor() as cursor:
        cursor.execute(_HOLD, [f"saved_views.groups:{current_schema()}"])
