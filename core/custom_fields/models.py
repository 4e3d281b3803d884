"""Types of cards, the fields that a company adds to them, and what stands in these fields."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Func, IntegerField, Q, Value
from django.db.models.functions import Lower
from django.db.models.lookups import Exact

from core.access.models import Role
from core.attachments.models import Attachment
from core.entities.models import Entity
from core.identity.models import Principal


class CardType(models.Model):
    """A type that the company has added to a kind of card: «Заявка», «Дефект».

    Cards of the kind's own type, which each kind has, point to none; its code in the API is empty. A type is archived,
    never deleted.
    """

    kind = models.CharField(max_length=60)
    code = models.CharField(max_length=40)
    title = models.CharField(max_length=100)
    place = models.IntegerField()
    archived_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(name="card_type_code_once", fields=["kind", "code"]),
            models.UniqueConstraint(
                F("kind"), Lower("title"), name="card_type_title_once", condition=Q(archived_at__isnull=True)
            ),
        ]

    def __str__(self) -> str:
        return self.title


class Field(models.Model):
    """One field of a kind of card.

    `card_types` are codes of the card types that have it, empty for all of them. `settings` depend on `type`
    (rules.shapes); of a formula its text with fields named by their codes. `required_at` are codes of statuses that a
    card may not come into without a value. `default` is what a new card gets, as values are kept.
    Lists filter and sort by a field with `indexed_at`: a moment after `is_filterable`, when its keys are written.
    Whoever is shown a value of an `is_recorded` one stands in the log of reads (core/reads).
    An archived field keeps its values and may come back.
    """

    class Type(models.TextChoices):
        TEXT = "text", "Текст"
        NUMBER = "number", "Число"
        MONEY = "money", "Деньги"
        DATE = "date", "Дата"
        FLAG = "flag", "Да или нет"
        LIST = "list", "Список"
        PERSON = "person", "Сотрудник"
        CARD = "card", "Карточка"
        FILE = "file", "Файл"
        FORMULA = "formula", "Формула"

    kind = models.CharField(max_length=60)
    code = models.CharField(max_length=40)
    title = models.CharField(max_length=100)
    type = models.CharField(max_length=10, choices=Type)
    group = models.CharField(max_length=100, blank=True)
    place = models.IntegerField()
    hint = models.CharField(max_length=300, blank=True)
    card_types = ArrayField(models.CharField(max_length=40, blank=True), default=list)
    required_at = ArrayField(models.CharField(max_length=30), default=list)
    default = models.JSONField(null=True)
    settings = models.JSONField(default=dict)
    is_filterable = models.BooleanField(default=False)
    indexed_at = models.DateTimeField(null=True)
    is_recorded = models.BooleanField(default=False, db_default=False)
    archived_at = models.DateTimeField(null=True)
    version = models.IntegerField(default=1)

    class Meta:
        constraints = [
            models.UniqueConstraint(name="custom_field_code_once", fields=["kind", "code"]),
            models.UniqueConstraint(
                F("kind"), Lower("title"), name="custom_field_title_once", condition=Q(archived_at__isnull=True)
            ),
            models.CheckConstraint(
                name="custom_field_type_known",
                condition=Q(
                    type__in=[
                        "text", "number", "money", "date", "flag", "list", "person", "card", "file", "formula",
                    ]
                ),
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return self.title

    @property
    def is_reference(self) -> bool:
        """Whether its value is another row, kept as a foreign key."""
        return self.type in (self.Type.PERSON, self.Type.CARD, self.Type.FILE)

    def is_of(self, type_code: str) -> bool:
        """Whether cards of a type have it."""
        return not self.card_types or type_code in self.card_types


class FieldRight(models.Model):
    """What a role may do with a field where that is less than everything; the widest of a person's roles counts."""

    class Level(models.TextChoices):
        HIDDEN = "hidden", "Не видит"
        READ = "read", "Видит"
        WRITE = "write", "Меняет"

    field = models.ForeignKey(Field, models.CASCADE, related_name="rights")
    role = models.ForeignKey(Role, models.CASCADE, related_name="+")
    level = models.CharField(max_length=6, choices=Level)

    class Meta:
        constraints = [
            models.UniqueConstraint(name="field_right_once", fields=["field", "role"]),
            models.CheckConstraint(name="field_right_narrows", condition=Q(level__in=["hidden", "read"])),
        ]


class CardFields(models.Model):
    """One row of a card that has a type or values of its own: {field id: value}, references left out.

    Only a card with something to say has a row; whatever refers to another row stands in `FieldKey`.
    """

    entity = models.OneToOneField(Entity, models.CASCADE, primary_key=True, related_name="custom")
    type = models.ForeignKey(CardType, models.PROTECT, null=True, related_name="+", db_index=False)
    values = models.JSONField(default=dict)

    class Meta:
        indexes = [models.Index(name="card_fields_of_type", fields=["type", "entity"], condition=Q(type__isnull=False))]


_how_many = Func(
    "text", "number", "day", "person", "card", "file", function="num_nonnulls", output_field=IntegerField()
)  # fmt: skip


class FieldKey(models.Model):
    """What one field of one card is found by, in the one column that fits its type.

    Of references it is the value itself: they cannot dangle. Of the other fields it is written while the field is
    filterable: text in small letters, numbers, days; of a formula its result, of a list each chosen option by place.
    """

    entity = models.ForeignKey(Entity, models.CASCADE, related_name="keys", db_index=False)
    field = models.ForeignKey(Field, models.CASCADE, related_name="keys", db_index=False)
    place = models.SmallIntegerField(default=0)
    # Compared sign by sign: the beginning of a text is found by the same index.
    text = models.CharField(max_length=200, null=True, db_collation="C")
    number = models.DecimalField(max_digits=24, decimal_places=6, null=True)
    day = models.DateField(null=True)
    person = models.ForeignKey(Principal, models.PROTECT, null=True, related_name="+", db_index=False)
    card = models.ForeignKey(Entity, models.CASCADE, null=True, related_name="+", db_index=False)
    file = models.ForeignKey(Attachment, models.CASCADE, null=True, related_name="+", db_index=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(name="field_key_once", fields=["entity", "field", "place"]),
            models.CheckConstraint(name="field_key_is_one", condition=Exact(_how_many, Value(1))),
        ]
        indexes = [
            models.Index(
                name="field_key_number", fields=["field", "number", "entity"], condition=Q(number__isnull=False)
            ),
            models.Index(name="field_key_text", fields=["field", "text", "entity"], condition=Q(text__isnull=False)),
            models.Index(name="field_key_day", fields=["field", "day", "entity"], condition=Q(day__isnull=False)),
            models.Index(
                name="field_key_person", fields=["field", "person", "entity"], condition=Q(person__isnull=False)
            ),
            models.Index(name="field_key_card", fields=["card", "field"], condition=Q(card__isnull=False)),
            models.Index(name="field_key_file", fields=["file"], condition=Q(file__isnull=False)),
        ]
