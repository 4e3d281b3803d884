"""Tables of tasks."""

from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from core.acknowledgements.mixin import Acknowledgeable
from core.attachments.mixin import Attachable
from core.checklists.mixin import Checkable
from core.comments.mixin import Commentable
from core.custom_fields.mixin import Customizable
from core.entities.models import Entity
from core.history.mixin import Tracked
from core.identity.models import Principal
from core.links.mixin import Linkable
from core.notifications.mixin import Announced
from core.recurrence.mixin import Recurring
from core.statuses.mixin import Staged
from core.tags.mixin import Taggable
from core.watchers.mixin import Watched


class Status(models.TextChoices):
    """Where a task stands between being given and being over."""

    DRAFT = "draft", "Черновик"
    NEW = "new", "Новая"
    ACCEPTED = "accepted", "Принята"
    IN_WORK = "in_work", "В работе"
    IN_REVIEW = "in_review", "На проверке"
    RETURNED = "returned", "Возвращена"
    CLOSED = "closed", "Закрыта"
    CANCELLED = "cancelled", "Отменена"


class Task(
    Acknowledgeable, Announced, Commentable, Attachable, Checkable, Customizable, Linkable, Staged, Taggable, Tracked,
    Watched, Entity,
):  # fmt: skip
    """Work that one person gives another: `author` is the initiator, `responsible` the assignee.

    `first_due_at` is the due moment before the first of its `due_moves`, None while it was never moved. `estimate` is
    in minutes. `release_at` is when a draft is given by itself.
    """

    KIND: ClassVar[str] = "tasks.task"
    NUMBER_PREFIX: ClassVar[str] = "З-"

    description = models.TextField(blank=True)
    parent = models.ForeignKey("self", models.SET_NULL, null=True, related_name="subtasks", db_index=False)
    first_due_at = models.DateTimeField(null=True)
    due_moves = models.SmallIntegerField(default=0, db_default=0)
    estimate = models.IntegerField(null=True)
    release_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(name="task_not_own_parent", condition=~Q(parent=F("entity_ptr"))),
            models.CheckConstraint(
                name="task_moves_are_counted",
                condition=Q(due_moves=0, first_due_at__isnull=True) | Q(due_moves__gt=0, first_due_at__isnull=False),
            ),
            models.CheckConstraint(name="task_estimate_positive", condition=Q(estimate__gt=0)),
        ]
        indexes = [
            models.Index(name="task_of_parent", fields=["parent"], condition=Q(parent__isnull=False)),
            models.Index(name="task_to_release", fields=["release_at"], condition=Q(release_at__isnull=False)),
        ]


class TaskTemplate(Acknowledgeable, Attachable, Checkable, Linkable, Recurring, Taggable, Tracked, Entity):
    """What tasks are made from, by hand or by a plan, with its checklist, files and reading list.

    Its plan gives the tasks in the name of `responsible`; each of its co-workers gets one of his own. `due_in` is how
    many minutes after it is made a task is due, None for no due moment; `estimate` is in minutes. `roles` are codes and
    `departments` ids of those whose people get tasks of their own, too, as they stand when tasks are made.
    """

    KIND: ClassVar[str] = "tasks.template"
    POINTS_ARE_TICKED: ClassVar[bool] = False
    NUMBER_PREFIX: ClassVar[str] = "Ш-"
    ACTIVE: ClassVar[str] = "active"
    STATUSES: ClassVar[dict[str, str]] = {ACTIVE: "Действует"}

    description = models.TextField(blank=True)
    due_in = models.IntegerField(null=True)
    estimate = models.IntegerField(null=True)
    roles = ArrayField(models.CharField(max_length=50), default=list, db_default=[])
    departments = ArrayField(models.BigIntegerField(), default=list, db_default=[])

    class Meta:
        constraints = [
            models.CheckConstraint(name="template_due_later", condition=Q(due_in__gt=0)),
            models.CheckConstraint(name="template_estimate_positive", condition=Q(estimate__gt=0)),
        ]


class DueRequest(models.Model):
    """The assignee asks to move the due moment; `decider` is the initiator, who consents or refuses."""

    class Outcome(models.TextChoices):
        WAITING = "", "Ждёт решения"
        CONSENTED = "consented", "Согласован"
        REFUSED = "refused", "Отклонён"
        # The task was closed, handed over or moved meanwhile, or the asker has thought better of it.
        DROPPED = "dropped", "Снят"

    PERSON_FILE: ClassVar[tuple[str, ...]] = (
        "id", "task_id", "due_at", "reason", "asked_at", "outcome", "decided_at",
    )  # fmt: skip

    task = models.ForeignKey(Task, models.CASCADE, related_name="due_requests", db_index=False)
    asker = models.ForeignKey(Principal, models.PROTECT, related_name="+")
    decider = models.ForeignKey(Principal, models.PROTECT, related_name="+", db_index=False)
    due_at = models.DateTimeField()
    reason = models.CharField(max_length=1000)
    asked_at = models.DateTimeField(default=timezone.now)
    outcome = models.CharField(max_length=10, choices=Outcome, default=Outcome.WAITING, blank=True)
    decided_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(name="due_request_once", fields=["task"], condition=Q(outcome="")),
            models.CheckConstraint(
                name="due_request_decided_once",
                condition=Q(outcome="", decided_at__isnull=True)
                | Q(outcome__in=["consented", "refused", "dropped"], decided_at__isnull=False),
            ),
        ]
        indexes = [
            models.Index(name="due_request_of_task", fields=["task", "id"]),
            models.Index(name="due_request_to_decide", fields=["decider", "id"], condition=Q(outcome="")),
        ]


class DraftRequest(models.Model):
    """The author of a draft asks `approver` to release it or to return it.

    Drafts that were sent together carry one `bundle` and are decided together. `seen` is the latest fact of the draft
    that the request speaks of: what has happened since, the approver may not have seen. An approved draft that has a
    date of its own stays one until then.
    """

    class Outcome(models.TextChoices):
        WAITING = "", "Ждёт утверждения"
        APPROVED = "approved", "Утверждён"
        RETURNED = "returned", "Возвращён"
        # The author has changed the draft, thought better of it or released it himself.
        DROPPED = "dropped", "Снят"

    PERSON_FILE: ClassVar[tuple[str, ...]] = ("id", "task_id", "asked_at", "outcome", "reason", "decided_at")

    task = models.ForeignKey(Task, models.CASCADE, related_name="draft_requests", db_index=False)
    asker = models.ForeignKey(Principal, models.PROTECT, related_name="+", db_index=False)
    approver = models.ForeignKey(Principal, models.PROTECT, related_name="+", db_index=False)
    bundle = models.UUIDField()
    seen = models.BigIntegerField()
    asked_at = models.DateTimeField(default=timezone.now)
    outcome = models.CharField(max_length=10, choices=Outcome, default=Outcome.WAITING, blank=True)
    reason = models.CharField(max_length=1000, blank=True)
    decided_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(name="draft_request_once", fields=["task"], condition=Q(outcome="")),
            models.CheckConstraint(name="draft_request_of_another", condition=~Q(asker=F("approver"))),
            models.CheckConstraint(
                name="draft_request_decided_once",
                condition=Q(outcome="", decided_at__isnull=True)
                | Q(outcome__in=["approved", "returned", "dropped"], decided_at__isnull=False),
            ),
            models.CheckConstraint(name="draft_request_returned_why", condition=~Q(outcome="returned", reason="")),
        ]
        indexes = [
            models.Index(name="draft_request_of_task", fields=["task", "id"]),
            models.Index(name="draft_request_to_decide", fields=["approver", "id"], condition=Q(outcome="")),
        ]


class TimeEntry(models.Model):
    """Time that one person has spent on a task. While his timer runs there is neither `ended_at` nor `minutes`."""

    PERSON_FILE: ClassVar[tuple[str, ...]] = ("id", "task_id", "started_at", "minutes", "note")

    task = models.ForeignKey(Task, models.CASCADE, related_name="time", db_index=False)
    person = models.ForeignKey(Principal, models.PROTECT, related_name="+", db_index=False)
    started_at = models.DateTimeField(default=timezone.now)
    ended_at = models.DateTimeField(null=True)
    minutes = models.IntegerField(null=True)
    note = models.CharField(max_length=500, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(name="timer_of_person_once", fields=["person"], condition=Q(ended_at__isnull=True)),
            models.CheckConstraint(
                name="time_entry_whole",
                condition=Q(ended_at__isnull=True, minutes__isnull=True)
                | Q(ended_at__isnull=False, ended_at__gte=F("started_at"), minutes__gt=0),
            ),
        ]
        indexes = [models.Index(name="time_of_task", fields=["task", "id"])]
