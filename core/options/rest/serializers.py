"""Shapes of options."""

from typing import Any

from rest_framework import serializers

from core.organization.rest.serializers import PersonOut

from ..kinds import Choice, Employees, Money, Option, Roles, Several, Text, Whole, YesNo

KINDS = [kind.code for kind in (YesNo, Whole, Choice, Several, Text, Money, Employees, Roles)]
# More than this cannot have been typed on one screen.
_MOST = 200


class AnyField(serializers.JSONField):
    """JSON as the option's own kind reads it."""


class OptionsIn(serializers.Serializer):
    """Values by the codes of options; null puts the default back. All of them are taken, or none."""

    values = serializers.DictField(child=AnyField(allow_null=True), allow_empty=False)

    def validate_values(self, given: dict[str, Any]) -> dict[str, Any]:
        if len(given) > _MOST:
            raise serializers.ValidationError(f"За один раз можно изменить не больше {_MOST} параметров")
        return given


class OptionChoiceOut(serializers.Serializer):
    code = serializers.CharField()
    title = serializers.CharField()


class CompanyOptionOut(serializers.Serializer):
    """An option as its field is drawn; what its kind does not have is empty."""

    code = serializers.CharField()
    title = serializers.CharField()
    hint = serializers.CharField()
    group = serializers.CharField(allow_blank=True, help_text="a heading within the section")
    kind = serializers.ChoiceField(KINDS)
    value = AnyField()
    default = AnyField()
    is_default = serializers.BooleanField()
    unit = serializers.CharField(allow_blank=True, help_text="what stands behind a number")
    none = serializers.CharField(allow_blank=True, help_text="what a zero means")
    least = serializers.CharField(allow_null=True, help_text="of numbers and sums")
    most = serializers.CharField(allow_null=True, help_text="of numbers and sums; of texts and lists their length")
    choices = OptionChoiceOut(many=True)
    people = PersonOut(many=True, help_text="those whom the value names")


class OptionSectionOut(serializers.Serializer):
    """Options of one module that is on, or of what all modules stand on."""

    code = serializers.CharField()
    title = serializers.CharField()
    icon = serializers.CharField()
    options = CompanyOptionOut(many=True)


class OptionsOut(serializers.Serializer):
    """What the caller may change; `version` goes into If-Match."""

    results = OptionSectionOut(many=True)
    version = serializers.IntegerField()


class OptionChangeOut(serializers.Serializer):
    code = serializers.CharField()
    title = serializers.CharField()
    old = serializers.CharField()
    new = serializers.CharField()


class OptionHistoryLineOut(serializers.Serializer):
    id = serializers.IntegerField()
    actor = PersonOut(allow_null=True)
    at = serializers.DateTimeField()
    changes = OptionChangeOut(many=True)


class OptionHistoryOut(serializers.Serializer):
    """A page of what was changed, newest first."""

    results = OptionHistoryLineOut(many=True)
    next = serializers.CharField(allow_null=True)


def option_out(what: Option[Any], value: Any, people: dict[int, Any], roles: list[dict[str, str]]) -> dict[str, Any]:
    """JSON of an option with its value; `people` by the ids of their cards, `roles` are all of the company's."""
    kind, kept, default = what.kind, what.kind.kept(value), what.kind.kept(what.default)
    choices = [{"code": code, "title": title} for code, title in getattr(kind, "choices", ())]
    most = getattr(kind, "longest", getattr(kind, "most", None))
    least = getattr(kind, "least", None)
    return {
        "code": what.code,
        "title": what.title,
        "hint": what.hint,
        "group": what.group,
        "kind": kind.code,
        "value": kept,
        "default": default,
        "is_default": kept == default,
        "unit": getattr(kind, "unit", ""),
        "none": getattr(kind, "none", ""),
        "least": None if least is None else str(least),
        "most": None if most is None else str(most),
        "choices": roles if isinstance(kind, Roles) else choices,
        "people": [people[pk] for pk in value if pk in people] if isinstance(kind, Employees) else [],
    }
