"""Files that cards are made from."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils import timezone

from core.identity.models import Principal


class Import(models.Model):
    """One file and what has become of it.

    `sheets` are what was found in it: [{name, headers, samples, rows}]; `sheet` is the chosen one, `mapping` is {place
    of a file's column: code of the kind's}. `headers` tells files of one make: the mapping of the last is offered for
    the next (`is_remembered`). With `leaves_bad` rows that cannot be read are left out. `twins` is the code of the
    column by which cards that stand already are left out, empty when none are, `twins_chosen` when a person has said
    so: until then it follows the mapping. `edits` are {row: {code: text}}, typed
    over the file; `problems` the first rows that cannot be read, as [{row, cells, errors}], `bad_rows` the numbers of
    all of them (None: unknown). `cards` are the ids of what was made, `brought` what came with them by mechanism.
    The file stands in the store for a week; one of the bad rows alone is written when somebody asks for it (`bad_file`,
    under `bad_key`), and is forgotten as soon as they change.
    """

    class State(models.TextChoices):
        UPLOADING = "uploading", "Загружается"
        READING = "reading", "Читается"
        MAPPING = "mapping", "Выбираются столбцы"
        CHECKING = "checking", "Проверяется"
        CHECKED = "checked", "Проверен"
        RUNNING = "running", "Выполняется"
        DONE = "done", "Выполнен"
        UNDOING = "undoing", "Отменяется"
        UNDONE = "undone", "Отменён"
        FAILED = "failed", "Не вышло"

    class BadFile(models.TextChoices):
        NONE = "none", "Нет"
        WRITING = "writing", "Готовится"
        READY = "ready", "Готов"

    kind = models.CharField(max_length=60)
    name = models.CharField(max_length=255)
    size = models.BigIntegerField()
    content_type = models.CharField(max_length=150)
    storage_key = models.CharField(max_length=200)
    state = models.CharField(max_length=10, choices=State, default=State.UPLOADING)
    reason = models.CharField(max_length=300, blank=True)
    sheets = models.JSONField(default=list)
    sheet = models.SmallIntegerField(default=0)
    headers = models.CharField(max_length=64, blank=True)
    mapping = models.JSONField(default=dict)
    is_remembered = models.BooleanField(default=False)
    leaves_bad = models.BooleanField(default=False)
    twins = models.CharField(max_length=60, blank=True)
    twins_chosen = models.BooleanField(default=False, db_default=False)
    edits = models.JSONField(default=dict)
    problems = models.JSONField(default=list)
    bad_rows = ArrayField(models.IntegerField(), null=True)
    bad_file = models.CharField(max_length=7, choices=BadFile, default=BadFile.NONE, db_default="none")
    bad_key = models.CharField(max_length=200, blank=True, default="", db_default="")
    rows_count = models.IntegerField(default=0)
    seen_count = models.IntegerField(default=0)
    good_count = models.IntegerField(default=0)
    bad_count = models.IntegerField(default=0)
    twin_count = models.IntegerField(default=0)
    made_count = models.IntegerField(default=0)
    kept_count = models.IntegerField(default=0)
    cards = ArrayField(models.BigIntegerField(), default=list)
    brought = models.JSONField(default=dict)
    author = models.ForeignKey(Principal, models.PROTECT, related_name="+")
    created_at = models.DateTimeField(default=timezone.now)
    finished_at = models.DateTimeField(null=True)
    undone_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="import_state_known",
                condition=Q(
                    state__in=[
                        "uploading", "reading", "mapping", "checking", "checked",
                        "running", "done", "undoing", "undone", "failed",
                    ]
                ),
            )
        ]  # fmt: skip
        indexes = [models.Index(name="import_newest", fields=["-created_at", "-id"])]
