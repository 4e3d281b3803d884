"""Tables of documents."""

from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
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
from core.organization.models import Department
from core.statuses.mixin import Staged
from core.tags.mixin import Taggable
from core.watchers.mixin import Watched


class Status(models.TextChoices):
    """Where a document stands between being written and being put away."""

    DRAFT = "draft", "Черновик"
    ON_ROUTE = "on_route", "На согласовании"
    APPROVED = "approved", "Ждёт регистрации"
    REGISTERED = "registered", "Зарегистрирован"
    IN_FORCE = "in_force", "Действует"
    ARCHIVED = "archived", "В архиве"
    CANCELLED = "cancelled", "Аннулирован"


class Secrecy(models.TextChoices):
    """The mark on a document: what is confidential is seen by its participants alone."""

    OPEN = "", "Без пометки"
    OFFICE = "office", "Для служебного пользования"
    CONFIDENTIAL = "confidential", "Конфиденциально"


class CaseFile(models.Model):
    """A file (дело) of the nomenclature in one year. `years` is how long it is kept once closed, None for ever;
    `article` is where the list of retention terms says so."""

    index = models.CharField(max_length=30)
    title = models.CharField(max_length=300)
    year = models.SmallIntegerField()
    department = models.ForeignKey(Department, models.SET_NULL, null=True, related_name="+", db_index=False)
    years = models.SmallIntegerField(null=True)
    article = models.CharField(max_length=60, blank=True)
    closed_on = models.DateField(null=True)
    destroyed_on = models.DateField(null=True)
    destroyed_by_act = models.CharField(max_length=60, blank=True)
    version = models.IntegerField(default=1)

    class Meta:
        constraints = [
            models.UniqueConstraint(name="case_file_index_once", fields=["year", "index"]),
            models.CheckConstraint(name="case_file_years_positive", condition=Q(years__gt=0)),
            models.CheckConstraint(
                name="case_file_destroyed_by_act",
                condition=Q(destroyed_on__isnull=True, destroyed_by_act="")
                | (Q(destroyed_on__isnull=False, closed_on__isnull=False) & ~Q(destroyed_by_act="")),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.index} {self.title}"


class TypeRules(models.Model):
    """What documents of one type ask for; `code` is the type's, empty for the kind's own.

    Roles are named by their codes: `create_roles` make such documents and `register_roles` register them, nobody named
    means whoever has the right. With `author_registers` whoever answers for one registers it himself. Documents of a
    closed type are seen by their participants alone. `reader_roles` are asked to read each once it is registered.
    `answer_days` is how many working days a new one is due in, 0 for no due moment; a type that
    `has_lines` has lines of minutes.
    """

    class Direction(models.TextChoices):
        INCOMING = "incoming", "Входящие"
        OUTGOING = "outgoing", "Исходящие"
        INTERNAL = "internal", "Внутренние"
        CONTRACT = "contract", "Договорные"

    code = models.CharField(max_length=40, unique=True, blank=True)
    direction = models.CharField(max_length=10, choices=Direction, default=Direction.INTERNAL)
    needs_route = models.BooleanField(default=False)
    author_registers = models.BooleanField(default=True)
    is_closed = models.BooleanField(default=False)
    create_roles = ArrayField(models.CharField(max_length=50), default=list, db_default=[])
    register_roles = ArrayField(models.CharField(max_length=50), default=list, db_default=[])
    reader_roles = ArrayField(models.CharField(max_length=50), default=list, db_default=[])
    answer_days = models.SmallIntegerField(default=0)
    has_lines = models.BooleanField(default=False, db_default=False)
    version = models.IntegerField(default=1)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="type_rules_direction_known",
                condition=Q(direction__in=["incoming", "outgoing", "internal", "contract"]),
            ),
            models.CheckConstraint(name="type_rules_answer_days", condition=Q(answer_days__range=(0, 365))),
        ]


class DocumentTemplate(models.Model):
    """What a new document of a type begins with; in `subject` and `content` stand places to be filled in: {{ … }}."""

    title = models.CharField(max_length=200)
    card_type = models.CharField(max_length=40, blank=True)
    subject = models.CharField(max_length=500)
    content = models.TextField(blank=True)
    archived_at = models.DateTimeField(null=True)
    version = models.IntegerField(default=1)


class Document(
    Acknowledgeable, Announced, Attachable, Checkable, Commentable, Customizable, Linkable, Staged, Taggable, Tracked,
    Watched, Entity,
):  # fmt: skip
    """A document of any type: `author` has drawn it up, `responsible` answers for its execution.

    `starts_at` is the moment of registration, `registered_on` the day that stands beside the number. `outer_number` and
    `outer_date` are what the other side has given it. `text_family` names the file that is its text, `sealed` is the
    hash of all that was registered. `warned` tells how far people know that `valid_until` comes: 1 ahead, 2 when over.
    """

    KIND: ClassVar[str] = "documents.document"
    NUMBER_PREFIX: ClassVar[str] = "Д-"
    NUMBERED_AT: ClassVar[str] = "starts_at"
    PERSON_FILE: ClassVar[tuple[str, ...]] = ("entity_ptr_id", "registered_on", "valid_until")

    content = models.TextField(blank=True)
    correspondent = models.CharField(max_length=300, blank=True)
    addressee = models.ForeignKey(Principal, models.PROTECT, null=True, related_name="+", db_index=False)
    signatory = models.ForeignKey(Principal, models.PROTECT, null=True, related_name="+", db_index=False)
    outer_number = models.CharField(max_length=60, blank=True)
    outer_date = models.DateField(null=True)
    amount = models.DecimalField(max_digits=18, decimal_places=2, null=True)
    valid_from = models.DateField(null=True)
    valid_until = models.DateField(null=True)
    secrecy = models.CharField(max_length=12, choices=Secrecy, default=Secrecy.OPEN, blank=True)
    registered_on = models.DateField(null=True)
    registered_by = models.ForeignKey(Principal, models.PROTECT, null=True, related_name="+", db_index=False)
    sealed = models.CharField(max_length=64, blank=True, default="")
    case_file = models.ForeignKey(CaseFile, models.PROTECT, null=True, related_name="documents", db_index=False)
    text_family = models.UUIDField(null=True)
    paper_place = models.CharField(max_length=200, blank=True)
    warned = models.SmallIntegerField(default=0)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="document_registered_whole",
                condition=Q(registered_on__isnull=True, registered_by__isnull=True)
                | Q(registered_on__isnull=False, registered_by__isnull=False),
            ),
            models.CheckConstraint(
                name="document_secrecy_known", condition=Q(secrecy__in=["", "office", "confidential"])
            ),
            models.CheckConstraint(name="document_terms_in_order", condition=Q(valid_until__gte=F("valid_from"))),
            models.CheckConstraint(name="document_amount_positive", condition=Q(amount__gte=0)),
        ]
        indexes = [
            models.Index(name="document_journal", fields=["registered_on", "entity_ptr"],
                         condition=Q(registered_on__isnull=False)),
            models.Index(name="document_addressed", fields=["addressee", "entity_ptr"],
                         condition=Q(addressee__isnull=False)),
            models.Index(name="document_in_file", fields=["case_file", "entity_ptr"],
                         condition=Q(case_file__isnull=False)),
            models.Index(name="document_expiring", fields=["valid_until"],
                         condition=Q(valid_until__isnull=False, warned__lt=2)),
            GinIndex(name="document_other_side", fields=["correspondent"], opclasses=["gin_trgm_ops"]),
        ]  # fmt: skip


class Resolution(models.Model):
    """What somebody has written on a document, and the ids of the tasks that he has given by it."""

    PERSON_FILE: ClassVar[tuple[str, ...]] = ("id", "document_id", "text", "given_at")

    document = models.ForeignKey(Document, models.CASCADE, related_name="resolutions", db_index=False)
    author = models.ForeignKey(Principal, models.PROTECT, related_name="+", db_index=False)
    text = models.CharField(max_length=2000)
    given_at = models.DateTimeField(default=timezone.now)
    tasks = ArrayField(models.BigIntegerField(), default=list, db_default=[])

    class Meta:
        indexes = [models.Index(name="resolution_of_document", fields=["document", "id"])]


class MinutesLine(models.Model):
    """«Что — кому — когда» in minutes: a task that is none yet, a decision or an idea (docs/decisions/0041-minutes.md).

    What is removed stays, struck out. `started_at` is when its task was given, `task` that task while it is there; what
    has started is settled.
    """

    # Without its words: those are told by the history, which knows from whom the content of documents is hidden.
    PERSON_FILE: ClassVar[tuple[str, ...]] = ("id", "document_id", "sort", "due_at", "created_at")

    class Sort(models.TextChoices):
        TASK = "task", "Поручение"
        DECISION = "decision", "Решение"
        IDEA = "idea", "Идея"

    document = models.ForeignKey(Document, models.CASCADE, related_name="lines", db_index=False)
    place = models.SmallIntegerField()
    sort = models.CharField(max_length=8, choices=Sort, default=Sort.TASK)
    text = models.CharField(max_length=500)
    assignee = models.ForeignKey(Principal, models.PROTECT, null=True, related_name="+", db_index=False)
    due_at = models.DateTimeField(null=True)
    author = models.ForeignKey(Principal, models.PROTECT, related_name="+", db_index=False)
    created_at = models.DateTimeField(default=timezone.now)
    removed_at = models.DateTimeField(null=True)
    removed_by = models.ForeignKey(Principal, models.PROTECT, null=True, related_name="+", db_index=False)
    started_at = models.DateTimeField(null=True)
    task = models.ForeignKey(Entity, models.SET_NULL, null=True, related_name="+")
    version = models.IntegerField(default=1)

    class Meta:
        constraints = [
            models.CheckConstraint(name="line_sort_known", condition=Q(sort__in=["task", "decision", "idea"])),
            models.CheckConstraint(name="line_has_words", condition=~Q(text="")),
            models.CheckConstraint(
                name="line_removed_by_somebody",
                condition=Q(removed_at__isnull=True, removed_by__isnull=True)
                | Q(removed_at__isnull=False, removed_by__isnull=False),
            ),
            models.CheckConstraint(
                name="line_started_before_its_task", condition=Q(task__isnull=True) | Q(started_at__isnull=False)
            ),
            models.CheckConstraint(
                name="line_started_is_kept", condition=Q(started_at__isnull=True) | Q(removed_at__isnull=True)
            ),
        ]
        indexes = [models.Index(name="line_of_minutes", fields=["document", "place", "id"])]


class Sequel(models.Model):
    """Which minutes a document goes on from: its meeting opens with how the former assignments stand."""

    document = models.OneToOneField(Document, models.CASCADE, primary_key=True, related_name="sequel_of")
    former = models.ForeignKey(Document, models.CASCADE, related_name="sequels")

    class Meta:
        constraints = [models.CheckConstraint(name="sequel_of_another", condition=~Q(document=F("former")))]
