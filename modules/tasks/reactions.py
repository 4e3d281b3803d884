"""What tasks do when something happens elsewhere."""

from core.access.events import RoleRemoved
from core.access.loading import actor_of_principal, system_actor
from core.checklists.events import PointFailed
from core.checklists.models import Point
from core.entities.locks import lock
from core.entities.models import Entity
from core.events.bus import Change, Reader, Told, emit
from core.identity.models import Principal
from core.links.actions import link
from core.organization.events import DepartmentRemoved

from .actions import create_task
from .events import NamedIsGone, TaskCancelled, TaskClosed, TaskUnblocked
from .models import Task, TaskTemplate
from .permissions import CREATE
from .queries import waiting_for

_TITLE = "Устранить: {}"


def give_repair(told: Told) -> None:
    """Give whoever answers for a card the work of putting right a point that did not pass.

    The work is given in the name of the card's author, or of whoever found the fault when the author may not give
    tasks any more. It tells the words of the card, so it is as private as that; whoever found the fault sees it.
    """
    if not told.payload["repair"] or told.ref is None:
        return
    point = Point.objects.filter(pk=told.payload["point_id"], entity_id=told.ref.id).first()
    card = Entity.objects.filter(pk=told.ref.id, trashed_at__isnull=True).first()
    if point is None or card is None or point.outcome != Point.Outcome.FAILED:
        return
    initiator = next((who for who in (_actor(card.author_id), _actor(told.actor_id)) if who), None)
    if initiator is None:
        return
    assignee = _working(card.responsible_id, card.author_id) or initiator.principal_id
    finder = _working(told.actor_id)
    task = create_task(
        title=_TITLE.format(point.text)[:500],
        description=point.note,
        assignee=assignee,
        watchers=[finder] if finder and finder not in (assignee, initiator.principal_id) else [],
        is_private=card.is_private,
        as_written=True,
        by=initiator,
    )
    link(task, card, relation="based_on", by=initiator)


def _working(*principals: int | None) -> int | None:
    """The first of these who still works here."""
    named = [who for who in principals if who is not None]
    able = set(Principal.objects.filter(pk__in=named, is_active=True).values_list("pk", flat=True))
    return next((who for who in named if who in able), None)


def _actor(principal_id: int):
    principal = Principal.objects.select_related("employee").filter(pk=principal_id, is_active=True).first()
    actor = actor_of_principal(principal, door="job") if principal else None
    return actor if actor and actor.may(CREATE) else None


def free_waiting(told: Told) -> None:
    """Tell the tasks that depended on this one, and on nothing open besides it, that they can be begun."""
    task = Task.objects.filter(pk=told.ref.id).first() if told.ref else None
    doer = Principal.objects.select_related("employee").get(pk=told.actor_id)
    if task is None or task.state == "open":
        return
    for waiting in waiting_for(task.pk):
        emit(TaskUnblocked(waiting.ref, by_task=str(task.ref)), by=actor_of_principal(doer, door="job"))


def forget_named(told: Told) -> None:
    """Take a role or a department that is no more out of the templates that gave tasks to its people."""
    field, key, name = _OF_TEMPLATES[told.kind]
    gone, title = told.payload[key], told.payload[name]
    naming = TaskTemplate.objects.filter(**{f"{field}__contains": [gone]}, trashed_at__isnull=True)
    for template in naming.order_by("pk"):
        template = lock(template)
        setattr(template, field, [one for one in getattr(template, field) if one != gone])
        template.save_change(field)
        owner = template.responsible_id or template.author_id
        emit(NamedIsGone(template.ref, (Change(field, title, None),), owner, title), by=system_actor())


# Fact → (the template's column, the payload's fields with what is gone and how it was called).
_OF_TEMPLATES = {
    RoleRemoved.kind: ("roles", "code", "role_title"),
    DepartmentRemoved.kind: ("departments", "department_id", "department_title"),
}
forgetting = Reader("tasks.forgetting", (*_OF_TEMPLATES,), effect=forget_named)
unblocking = Reader("tasks.unblocking", (TaskClosed.kind, TaskCancelled.kind), effect=free_waiting)
repairs = Reader("tasks.repairs", (PointFailed.kind,), effect=give_repair)
