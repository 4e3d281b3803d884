"""The card: one row that every list, queue and board sorts and filters by, and the people around it."""

from dataclasses import dataclass
from typing import ClassVar, Self

from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Lower
from django.utils import timezone

from core.identity.models import Principal


@dataclass(frozen=True)
class Ref:
    """Address of a card in API, facts and sockets: `tasks.task/123`."""

    kind: str
    id: int

    def __str__(self) -> str:
        return f"{self.kind}/{self.id}"

    @classmethod
    def parse(cls, text: str) -> "Ref":
        """Read `tasks.task/123`; ValueError when it is not one."""
        kind, slash, number = text.partition("/")
        if not slash or not kind or not number.isascii() or not number.isdigit() or len(number) > 18:
            raise ValueError(f"not a card address: {text[:80]}")
        return cls(kind, int(number))


class OwnStatus(models.Model):
    """A status that the company has set up for cards of one type: it refines `base`, a status of the kind's own.

    `card_type` is the type's code, empty for the kind's own. Of each base there is one plain row, which the company may
    rename, and one default, where verbs lead that name no other. `ways` are {to, title, needs_comment, roles} out of
    it (core/statuses). An archived one is entered no more; cards that stand in it stay. `makes_way_for` is where they
    are being moved.
    """

    kind = models.CharField(max_length=60)
    card_type = models.CharField(max_length=40, blank=True)
    base = models.CharField(max_length=30)
    title = models.CharField(max_length=60)
    color = models.CharField(max_length=10, blank=True)
    place = models.IntegerField()
    is_plain = models.BooleanField(default=False)
    is_default = models.BooleanField(default=False)
    ways = models.JSONField(default=list)
    archived_at = models.DateTimeField(null=True)
    makes_way_for = models.ForeignKey("self", models.PROTECT, null=True, related_name="+", db_index=False)
    version = models.IntegerField(default=1)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                name="own_status_plain_once", fields=["kind", "card_type", "base"], condition=Q(is_plain=True)
            ),
            models.UniqueConstraint(
                name="own_status_default_once", fields=["kind", "card_type", "base"], condition=Q(is_default=True)
            ),
            models.UniqueConstraint(
                F("kind"),
                F("card_type"),
                Lower("title"),
                name="own_status_title_once",
                condition=Q(archived_at__isnull=True),
            ),
            models.CheckConstraint(
                name="own_status_default_lives", condition=Q(is_default=False) | Q(archived_at__isnull=True)
            ),
        ]

    def __str__(self) -> str:
        return self.title


class Entity(models.Model):
    """What is common to all cards. `state` is coarse and the same everywhere, `status` is the kind's own code, and
    `own_status` the company's refinement of it, where there is one.

    A private card is seen by its participants alone, a draft by its author and whoever he has asked to approve it: no
    scope of any right reaches further (`core.access.queries`).
    """

    class State(models.TextChoices):
        OPEN = "open", "Открыта"
        DONE = "done", "Завершена"
        CANCELLED = "cancelled", "Отменена"

    class Priority(models.IntegerChoices):
        NORMAL = 0, "Обычная"
        IMPORTANT = 1, "Важная"
        URGENT = 2, "Срочная"

    KIND: ClassVar[str] = ""

    kind = models.CharField(max_length=60)
    number = models.CharField(max_length=60, blank=True)
    title = models.CharField(max_length=500)
    author = models.ForeignKey(Principal, models.PROTECT, related_name="+")
    responsible = models.ForeignKey(Principal, models.PROTECT, null=True, related_name="+")
    state = models.CharField(max_length=10, choices=State, default=State.OPEN)
    status = models.CharField(max_length=30)
    own_status = models.ForeignKey(OwnStatus, models.PROTECT, null=True, related_name="+", db_index=False)
    starts_at = models.DateTimeField(null=True)
    due_at = models.DateTimeField(null=True)
    done_at = models.DateTimeField(null=True)
    created_at = models.DateTimeField(default=timezone.now)
    changed_at = models.DateTimeField(default=timezone.now)
    version = models.IntegerField(default=1)
    priority = models.SmallIntegerField(choices=Priority, default=Priority.NORMAL, db_default=Priority.NORMAL)
    is_private = models.BooleanField(default=False, db_default=False)
    is_draft = models.BooleanField(default=False, db_default=False)
    trashed_at = models.DateTimeField(null=True)
    trashed_by = models.ForeignKey(Principal, models.PROTECT, null=True, related_name="+")

    class Meta:
        constraints = [
            models.CheckConstraint(name="entity_state_known", condition=Q(state__in=["open", "done", "cancelled"])),
            models.CheckConstraint(
                name="entity_done_has_moment", condition=Q(state="open", done_at__isnull=True) | ~Q(state="open")
            ),
            models.CheckConstraint(name="entity_priority_known", condition=Q(priority__range=(0, 2))),
            models.CheckConstraint(
                name="entity_trash_has_doer",
                condition=Q(trashed_at__isnull=True, trashed_by__isnull=True)
                | Q(trashed_at__isnull=False, trashed_by__isnull=False),
            ),
            # The operator class lets the same index find the beginning of a number.
            models.UniqueConstraint(
                name="entity_number_once",
                fields=["kind", "number"],
                condition=~Q(number=""),
                opclasses=["varchar_ops", "varchar_pattern_ops"],
            ),
        ]
        indexes = [
            models.Index(
                name="entity_of_person_due",
                fields=["responsible", "kind", "due_at", "id"],
                condition=Q(trashed_at__isnull=True),
            ),
            models.Index(
                name="entity_of_person_state",
                fields=["responsible", "kind", "state", "due_at", "id"],
                condition=Q(trashed_at__isnull=True),
            ),
            models.Index(
                name="entity_by_author",
                fields=["author", "kind", "state", "due_at", "id"],
                condition=Q(trashed_at__isnull=True),
            ),
            models.Index(
                name="entity_by_due",
                fields=["kind", "state", "due_at", "id"],
                condition=Q(trashed_at__isnull=True),
            ),
            # Columns of a board, and the rare statuses of a list.
            models.Index(
                name="entity_by_status",
                fields=["kind", "status", "due_at", "id"],
                condition=Q(trashed_at__isnull=True),
            ),
            # Columns of a board of the company's own statuses; a company without them has nothing here.
            models.Index(
                name="entity_by_own_status",
                fields=["own_status", "due_at", "id"],
                condition=Q(own_status__isnull=False, trashed_at__isnull=True),
            ),
            models.Index(
                name="entity_by_due_all", fields=["kind", "due_at", "id"], condition=Q(trashed_at__isnull=True)
            ),
            models.Index(
                name="entity_by_change", fields=["kind", "-changed_at", "-id"], condition=Q(trashed_at__isnull=True)
            ),
            models.Index(
                name="entity_by_creation", fields=["kind", "-created_at", "-id"], condition=Q(trashed_at__isnull=True)
            ),
            # The state is not sought but compared in the index: what is over is passed over without its row.
            models.Index(
                name="entity_by_priority",
                fields=["kind", "priority", "id", "state"],
                condition=Q(trashed_at__isnull=True),
            ),
            models.Index(name="entity_drafts", fields=["author", "id"], condition=Q(is_draft=True)),
            GinIndex(name="entity_title_words", fields=["title"], opclasses=["gin_trgm_ops"]),
            models.Index(name="entity_in_trash", fields=["trashed_at", "id"], condition=Q(trashed_at__isnull=False)),
        ]

    def __str__(self) -> str:
        return f"{self.number} {self.title}".strip()

    @property
    def ref(self) -> Ref:
        return Ref(self.kind, self.pk)

    @property
    def is_trashed(self) -> bool:
        return self.trashed_at is not None

    def save_change(self, *fields: str) -> Self:
        """Write the named fields and move `version` and `changed_at`; the row must be locked by `lock`.

        A status that is moved without its refinement loses that: the two never disagree.
        """
        if "status" in fields and not {"own_status", "own_status_id"} & set(fields):
            self.own_status = None
            fields = (*fields, "own_status")
        self.version += 1
        self.changed_at = timezone.now()
        self.save(update_fields=[*fields, "version", "changed_at"])
        return self


class Participant(models.Model):
    """One person's part in one card; a person may have several parts."""

    class Part(models.TextChoices):
        AUTHOR = "author", "Автор"
        RESPONSIBLE = "responsible", "Ответственный"
        CO_WORKER = "co_worker", "Соисполнитель"
        WATCHER = "watcher", "Наблюдатель"
        CHECKER = "checker", "Исполнитель пункта"
        READER = "reader", "Ознакомляется"
        MENTIONED = "mentioned", "Упомянут"
        APPROVER = "approver", "Утверждает"

    # Parts that let one person see a card and nobody else by him.
    ALONE = (Part.CHECKER, Part.READER, Part.MENTIONED, Part.APPROVER)

    entity = models.ForeignKey(Entity, models.CASCADE, related_name="participants")
    principal = models.ForeignKey(Principal, models.PROTECT, related_name="+")
    part = models.CharField(max_length=12, choices=Part)

    class Meta:
        constraints = [
            models.UniqueConstraint(name="participant_once", fields=["entity", "principal", "part"]),
            models.CheckConstraint(
                name="participant_part_known",
                condition=Q(
                    part__in=[
                        "author",
                        "responsible",
                        "co_worker",
                        "watcher",
                        "checker",
                        "reader",
                        "mentioned",
                        "approver",
                    ]
                ),
            ),
        ]
        indexes = [models.Index(name="participant_by_person", fields=["principal", "part", "entity"])]
