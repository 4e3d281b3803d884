"""Tables of tasks."""

from typing import ClassVar

from django.db import models

from core.acknowledgements.mixin import Acknowledgeable
from core.attachments.mixin import Attachable
from core.checklists.mixin import Checkable
from core.comments.mixin import Commentable
from core.custom_fields.mixin import Customizable
from core.entities.models import Entity
from core.history.mixin import Tracked
from core.links.mixin import Linkable
from core.tags.mixin import Taggable


class Status(models.TextChoices):
    """Where a task stands between being given and being over."""

    NEW = "new", "Новая"
    ACCEPTED = "accepted", "Принята"
    IN_WORK = "in_work", "В работе"
    IN_REVIEW = "in_review", "На проверке"
    RETURNED = "returned", "Возвращена"
    CLOSED = "closed", "Закрыта"
    CANCELLED = "cancelled", "Отменена"


class Task(Acknowledgeable, Commentable, Attachable, Checkable, Customizable, Linkable, Taggable, Tracked, Entity):
    """Work that one person gives another: `author` is the initiator, `responsible` the assignee."""

    KIND: ClassVar[str] = "tasks.task"
    NUMBER_PREFIX: ClassVar[str] = "З-"

    description = models.TextField(blank=True)
