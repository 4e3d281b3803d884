"""Shapes of fields, of their settings, and of what stands in them."""

from collections.abc import Mapping
from typing import Any

from rest_framework import serializers

from core.rest.fields import ID, LineField

from ..models import CardType, Field, FieldRight
from ..rules.shapes import CODE, COLOURS, CURRENCIES, MOST_FIELDS, MOST_OPTIONS, MOST_PRECISION, MOST_TYPES

_LEVELS = [(level.value, str(level.label)) for level in FieldRight.Level]
_LONGEST_FORMULA = 1000


class AnyField(serializers.JSONField):
    """A value of whatever shape the type of its field says."""


class OptionIn(serializers.Serializer):
    """One option of a list; a new one has no code yet."""

    code = serializers.CharField(max_length=40, required=False)
    title = LineField(max_length=100)
    color = serializers.ChoiceField([color for color in COLOURS if color], allow_blank=True, default="")
    is_archived = serializers.BooleanField(default=False)


class SettingsIn(serializers.Serializer):
    """Of these a field takes what belongs to its type; what is not given stays."""

    multiline = serializers.BooleanField(required=False, help_text="text")
    unit = LineField(max_length=20, allow_blank=True, required=False, help_text="number, formula: «кг»")
    precision = serializers.IntegerField(min_value=0, max_value=MOST_PRECISION, required=False)
    currency = serializers.ChoiceField(list(CURRENCIES), allow_blank=True, required=False, help_text="money, formula")
    # The stub does not know that `many` makes a list of them, which takes more.
    options = OptionIn(  # type: ignore[call-arg]
        many=True, max_length=MOST_OPTIONS, required=False, help_text="list, in their order"
    )
    many = serializers.BooleanField(  # type: ignore[assignment]
        required=False, help_text="list: several may be chosen"
    )
    kinds = serializers.ListField(
        child=serializers.CharField(max_length=60),
        max_length=50,
        required=False,
        help_text="card: kinds to choose from",
    )
    formula = serializers.CharField(
        max_length=_LONGEST_FORMULA, required=False, allow_blank=True, help_text="fields by titles or codes: [Сумма]"
    )


class SettingsOut(serializers.Serializer):
    multiline = serializers.BooleanField(required=False)
    unit = serializers.CharField(required=False)
    precision = serializers.IntegerField(required=False)
    currency = serializers.CharField(required=False)
    options = OptionIn(many=True, required=False)
    many = serializers.BooleanField(required=False)  # type: ignore[assignment]
    kinds = serializers.ListField(child=serializers.CharField(), required=False)
    formula = serializers.CharField(required=False, help_text="with titles of fields")
    result = serializers.ChoiceField(["number", "text", "flag", "day"], required=False)
    changes_daily = serializers.BooleanField(required=False)


class FieldFields(serializers.Serializer):
    """What a field is set up with; only the given parts change."""

    title = LineField(max_length=100)
    type = serializers.ChoiceField(Field.Type.choices)
    group = LineField(max_length=100, allow_blank=True, required=False)
    hint = LineField(max_length=300, allow_blank=True, required=False)
    card_types = serializers.ListField(
        child=serializers.CharField(max_length=40, allow_blank=True), max_length=MOST_TYPES + 1, required=False,
        help_text="codes of types that have it, the kind's own is empty; none for all of them",
    )  # fmt: skip
    required_at = serializers.ListField(
        child=serializers.CharField(max_length=30), max_length=50, required=False, help_text="codes of statuses"
    )
    default = AnyField(allow_null=True, required=False)
    settings = SettingsIn(required=False)
    is_filterable = serializers.BooleanField(required=False, help_text="lists filter and sort by it")
    is_recorded = serializers.BooleanField(required=False, help_text="whoever is shown its values stands in the log")
    rights = serializers.DictField(
        child=serializers.ChoiceField(_LEVELS), required=False, help_text="role code → hidden, read, write"
    )

    def validate_rights(self, given: Mapping[str, str]) -> Mapping[str, str]:
        if len(given) > 200:
            raise serializers.ValidationError("Слишком много ролей")
        return given


class FieldIn(FieldFields):
    kind = serializers.CharField(max_length=60, help_text="tasks.task")
    code = serializers.CharField(max_length=40, allow_blank=True, required=False, help_text="made when not given")


class FieldChangesIn(FieldFields):
    is_archived = serializers.BooleanField(required=False)

    def __init__(self, *args: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        for name in ("title", "type"):
            self.fields[name].required = False


class FieldOut(serializers.Serializer):
    """A field as those who set up cards see it."""

    id = serializers.IntegerField()
    kind = serializers.CharField()
    code = serializers.CharField()
    title = serializers.CharField()
    type = serializers.ChoiceField(Field.Type.choices)
    group = serializers.CharField()
    hint = serializers.CharField()
    card_types = serializers.ListField(child=serializers.CharField(allow_blank=True))
    required_at = serializers.ListField(child=serializers.CharField())
    default = AnyField(allow_null=True)
    settings = SettingsOut()
    is_filterable = serializers.BooleanField()
    is_ready = serializers.BooleanField(help_text="lists may be filtered by it now")
    is_recorded = serializers.BooleanField(help_text="whoever is shown its values stands in the log of reads")
    is_archived = serializers.BooleanField()
    rights = serializers.DictField(child=serializers.ChoiceField(_LEVELS))
    version = serializers.IntegerField()


class FieldList(serializers.Serializer):
    results = FieldOut(many=True)


class FieldPlaceIn(serializers.Serializer):
    after = serializers.IntegerField(allow_null=True, help_text="the field before; null for the beginning", **ID)
    group = LineField(max_length=100, allow_blank=True)


class EffectIn(serializers.Serializer):
    """A change that is thought of."""

    type = serializers.ChoiceField(Field.Type.choices, required=False)
    settings = SettingsIn(required=False)


class EffectOut(serializers.Serializer):
    keeps_values = serializers.BooleanField()
    cards_count = serializers.IntegerField(help_text="cards with a value, up to 10,000")


class TrialIn(serializers.Serializer):
    """A formula that is being written; `card` is one to try it on."""

    kind = serializers.CharField(max_length=60)
    formula = serializers.CharField(max_length=_LONGEST_FORMULA, allow_blank=True, trim_whitespace=False)
    field = serializers.IntegerField(allow_null=True, default=None, help_text="whose formula it is", **ID)
    card = serializers.IntegerField(allow_null=True, default=None, **ID)


class TrialOut(serializers.Serializer):
    """`error` with its place in the text, or what the formula gives."""

    error = serializers.CharField(allow_null=True)
    at = serializers.IntegerField(allow_null=True)
    result = serializers.ChoiceField(["number", "text", "flag", "day"], allow_null=True)
    value = AnyField(allow_null=True, help_text="on the card; null without one")


class StatusOut(serializers.Serializer):
    code = serializers.CharField()
    title = serializers.CharField()


class CardTypeOut(serializers.Serializer):
    """`code` is empty for the kind's own type."""

    id = serializers.IntegerField(allow_null=True)
    code = serializers.CharField()
    title = serializers.CharField()
    is_archived = serializers.BooleanField()


class CardKindOut(serializers.Serializer):
    """A kind of card that may have types and fields."""

    code = serializers.CharField()
    title = serializers.CharField()
    icon = serializers.CharField()
    plural = serializers.CharField()
    statuses = StatusOut(many=True)
    can_refine = serializers.BooleanField(help_text="the company may make statuses of its own of these")
    types = CardTypeOut(many=True)


class FunctionOut(serializers.Serializer):
    name = serializers.CharField()
    hint = serializers.CharField()


class CardKindList(serializers.Serializer):
    results = CardKindOut(many=True)
    functions = FunctionOut(many=True, help_text="of formulas")


class CardTypeIn(serializers.Serializer):
    kind = serializers.CharField(max_length=60)
    title = LineField(max_length=100)
    code = serializers.CharField(max_length=40, allow_blank=True, default="")


class CardTypeChangesIn(serializers.Serializer):
    title = LineField(max_length=100, required=False)
    is_archived = serializers.BooleanField(required=False)


class ShownFieldOut(serializers.Serializer):
    """A field for whoever may see it; with a card, what stands in it."""

    id = serializers.IntegerField()
    code = serializers.CharField()
    title = serializers.CharField()
    type = serializers.ChoiceField(Field.Type.choices)
    group = serializers.CharField()
    hint = serializers.CharField()
    card_types = serializers.ListField(child=serializers.CharField(allow_blank=True))
    settings = SettingsOut()
    can_write = serializers.BooleanField()
    is_filterable = serializers.BooleanField(help_text="lists filter and sort by it now")
    required_at = serializers.ListField(child=serializers.CharField())
    default = AnyField(allow_null=True)


class ShownFieldList(serializers.Serializer):
    results = ShownFieldOut(many=True)
    card_types = CardTypeOut(many=True)


class CardFieldOut(ShownFieldOut):
    value = AnyField(
        allow_null=True,
        help_text="text, «1500.00», «2026-11-21», true, codes of options, a person, a card in brief, a file",
    )
    error = serializers.CharField(allow_null=True, help_text="why a formula could not be computed")
    is_unseen = serializers.BooleanField(help_text="there is a value that the reader may not see")


class CardFieldsOut(serializers.Serializer):
    """The fields of a card that the reader may see, in their order."""

    card_type = CardTypeOut()
    card_types = CardTypeOut(many=True, help_text="what the card may be turned into")
    results = CardFieldOut(many=True)
    can_edit = serializers.BooleanField()
    version = serializers.IntegerField(help_text="of the card")


class ValuesField(serializers.DictField):
    """Values by codes of fields, null empties one: an employee's id, a card's address, a file's id for references."""

    default_error_messages = {"codes": "Ожидаются коды полей и их значения"}

    def __init__(self, **more: Any) -> None:
        told: dict[str, Any] = {"default": dict, "help_text": "values by codes of the company's own fields"}
        super().__init__(child=AnyField(allow_null=True), **told | more)

    def to_internal_value(self, data: Any) -> dict[str, Any]:
        given = super().to_internal_value(data)
        if len(given) > MOST_FIELDS or not all(CODE.fullmatch(code) for code in given):
            self.fail("codes")
        return given


class CardTypeField(serializers.CharField):
    """The code of a card type; empty for the kind's own."""

    def __init__(self, **more: Any) -> None:
        told: dict[str, Any] = {"max_length": 40, "allow_blank": True, "default": ""}
        told["help_text"] = "code of a type that the company has added; empty for the kind's own"
        super().__init__(**told | more)


class ValuesIn(serializers.Serializer):
    """What is to stand in the fields of a card, and the type that it is to be of."""

    # It hides nothing: the library takes declared fields off the class, which its stub does not know.
    fields = ValuesField()  # type: ignore[assignment]
    card_type = CardTypeField(default=serializers.empty, required=False)


def type_out(known: CardType) -> dict[str, Any]:
    return {"id": known.pk, "code": known.code, "title": known.title, "is_archived": known.archived_at is not None}
