"""What shows a card to somebody, described once: lists, single cards, «кто видит» and «почему» read it from here."""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import reduce
from operator import and_, or_
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet

from core.entities.models import Participant
from core.organization.models import Department, Employee


class AskedOfEach(Exists):
    """EXISTS that PostgreSQL asks of each card in turn: OFFSET 0 keeps it from joining everybody's parts at once.

    It does not know how many cards a person sees among those that a list orders, and a wrong guess reads a million
    parts to show fifty rows.
    """

    template = "EXISTS(SELECT 1 FROM (%(subquery)s) AS held OFFSET 0)"


@dataclass(frozen=True)
class Way:
    """One way by which cards are shown: a condition on the card, or on a row of `Participant` in it."""

    code: str
    card: Q | None = None
    part: Q | None = None


def bars(actor: Any, permission: Any) -> list[Way]:
    """What must hold whatever the scope of a permission: drafts are their author's and his approver's, private cards
    their participants'. A right to change opens drafts to their author alone.

    The product itself reads all.
    """
    if actor.kind == "system":
        return []
    if permission.decides:
        # Whoever approves says yes or no to what stands there: what he changed would go out in the author's name.
        return [published(actor), _unless_private(actor)]
    return bars_to_reading(actor)


def bars_to_reading(actor: Any) -> list[Way]:
    """The same of any right to see: what a card closes by itself, whatever roles say."""
    if actor.kind == "system":
        return []
    approving = _held(actor).filter(part=Participant.Part.APPROVER)
    own_draft = Q(is_draft=False) | Q(author=actor.principal_id)
    return [Way("draft", card=own_draft | Q(AskedOfEach(approving))), _unless_private(actor)]


def published(actor: Any) -> Way:
    """Of drafts one's own alone: what walks long lists does not ask each row who is to approve it."""
    return Way("draft", card=Q() if actor.kind == "system" else Q(is_draft=False) | Q(author=actor.principal_id))


def ways(actor: Any, permission: Any, scope: str) -> list[Way]:
    """The ways that a scope of a permission opens to the actor; each of them is enough."""
    if scope == "all":
        return [Way("all", card=Q())]
    if permission.decides:
        return _command(actor, scope)
    if scope == "own":
        return [own(actor)]
    # Being mentioned in a talk, given a point or asked to read lets a person in, not his whole department.
    mine = Way("part", part=Q(principal=actor.principal_id))
    if scope == "participant" or actor.department_id is None:
        return [mine]
    return [mine, Way(scope, part=Q(principal__in=_colleagues(actor, scope)) & ~Q(part__in=Participant.ALONE))]


def own(actor: Any) -> Way:
    return Way("own", card=Q(author=actor.principal_id) | Q(responsible=actor.principal_id))


def any_of(some: Iterable[Way]) -> Q:
    """Cards that one of the ways shows. Conditions on parts are asked of one card's parts together."""
    asked = list(some)
    conditions = [way.card for way in asked if way.card is not None]
    parts = [way.part for way in asked if way.part is not None]
    if parts:
        held = Participant.objects.filter(reduce(or_, parts), entity=OuterRef("pk"))
        conditions.append(Q(AskedOfEach(held)))
    return reduce(or_, conditions)


def all_of(some: Iterable[Way]) -> Q:
    """Cards that every one of the ways shows."""
    return reduce(and_, (any_of([way]) for way in some), Q())


def _held(actor: Any) -> QuerySet[Participant]:
    return Participant.objects.filter(entity=OuterRef("pk"), principal=actor.principal_id)


def _unless_private(actor: Any) -> Way:
    return Way("private", card=Q(is_private=False) | Q(AskedOfEach(_held(actor))))


def _command(actor: Any, scope: str) -> list[Way]:
    """Reach of a right to change: through those who answer for the card."""
    if scope == "own":
        return [own(actor)]
    at_work = Participant.objects.filter(entity=OuterRef("pk"), principal=actor.principal_id, part="co_worker")
    mine = [own(actor), Way("part", card=Q(Exists(at_work)))]
    if scope == "participant" or actor.department_id is None:
        return mine
    colleagues = _colleagues(actor, scope)
    return [*mine, Way(scope, card=Q(author__in=colleagues) | Q(responsible__in=colleagues))]


def _colleagues(actor: Any, scope: str) -> QuerySet[Any]:
    """Principals of the actor's department, or of it with everything below."""
    everybody = Employee.objects.values("principal_id")
    if scope == "department":
        return everybody.filter(department=actor.department_id)
    below = Department.objects.filter(path__contains=[actor.department_id]).values("pk")
    return everybody.filter(department__in=below)
