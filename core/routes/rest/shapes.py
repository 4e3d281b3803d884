"""Shapes of routes as they are set up: their own lines, schemes, lists, what a trial tells."""

from typing import Any

from rest_framework import serializers

from core.organization.rest.serializers import PersonOut
from core.rest.fields import ID, LineField

from ..reading import MOST_COUNT, MOST_HOURS, MOST_PERFORMERS, MOST_STAGES
from ..schemes import By, Escalation, Rule, StageKind

_CODE: dict[str, Any] = {"max_length": 40, "allow_blank": True, "default": ""}
_HOURS: dict[str, Any] = {"required": False, "allow_null": True, "min_value": 1, "max_value": MOST_HOURS}
MOST_PEOPLE = 200


class PerformerShape(serializers.Serializer):
    """A rule by which people are found. `value` is an employee of `person`, a department of `head` (0: the
    initiator's), an approval list of `list`; `code` a role, or what of the card names people. Of `picked` the sender
    names them."""

    by = serializers.ChoiceField(choices=[one.value for one in By])
    value = serializers.IntegerField(default=0, min_value=0, max_value=2**62)
    code = serializers.CharField(**_CODE)


class StageShape(serializers.Serializer):
    """One stage, as `core.routes.schemes.Stage` says."""

    code = serializers.CharField(max_length=40)
    title = LineField(max_length=100)
    kind = serializers.ChoiceField(choices=[one.value for one in StageKind], default=StageKind.APPROVAL.value)
    after = serializers.ListField(child=serializers.CharField(max_length=40), max_length=MOST_STAGES, default=list)
    condition = serializers.CharField(max_length=1000, allow_blank=True, default="")
    performers = serializers.ListField(child=PerformerShape(), max_length=MOST_PERFORMERS, default=list)
    rule = serializers.ChoiceField(choices=[one.value for one in Rule], default=Rule.ALL.value)
    count = serializers.IntegerField(min_value=0, max_value=MOST_COUNT, default=0)
    in_turn = serializers.BooleanField(default=False)
    hears_all = serializers.BooleanField(default=False)
    on_reject = serializers.CharField(
        max_length=40, allow_blank=True, allow_null=True, default=None,
        help_text="where a rejection leads: a stage, empty for the initiator, null ends the run",
    )  # fmt: skip
    cares = serializers.ListField(
        child=serializers.CharField(max_length=80), max_length=100, allow_null=True, default=None,
        help_text="fields whose change makes its decisions void; null for all of them",
    )  # fmt: skip
    hours = serializers.IntegerField(**_HOURS)
    remind = serializers.IntegerField(**_HOURS)
    escalation = serializers.ChoiceField(choices=[one.value for one in Escalation], default=Escalation.NONE.value)
    escalate = serializers.IntegerField(min_value=0, max_value=MOST_HOURS, default=0)
    signal = serializers.CharField(**_CODE)
    until = serializers.CharField(max_length=100, allow_blank=True, default="")


class SchemeShape(serializers.Serializer):
    stages = serializers.ListField(child=StageShape(), max_length=MOST_STAGES)
    from_start = serializers.BooleanField(default=False, help_text="after rework everything is decided anew")


class RouteIn(serializers.Serializer):
    title = LineField(max_length=100)
    card_type = serializers.CharField(max_length=40, allow_blank=True, required=False)
    condition = serializers.CharField(max_length=1000, allow_blank=True, required=False)
    by_hand = serializers.BooleanField(required=False)
    place = serializers.IntegerField(required=False, min_value=1, max_value=10_000)


class RouteNew(RouteIn):
    kind = serializers.CharField(max_length=60, help_text="of which cards it is: tasks.task")


class RouteChanges(RouteIn):
    title = LineField(max_length=100, required=False)


class RouteLineOut(serializers.Serializer):
    id = serializers.IntegerField()
    kind = serializers.CharField()
    card_type = serializers.CharField()
    title = serializers.CharField()
    place = serializers.IntegerField()
    condition = serializers.CharField()
    by_hand = serializers.BooleanField()
    version = serializers.IntegerField()
    in_force = serializers.IntegerField(allow_null=True, help_text="number of the version along which cards go")
    has_draft = serializers.BooleanField()
    going = serializers.IntegerField(help_text="how many cards are on their way along it")


class RoutePage(serializers.Serializer):
    results = RouteLineOut(many=True)
    next = serializers.CharField(allow_null=True)


class RouteOut(RouteLineOut):
    """With the schemes of what is in force and of what is being drawn."""

    scheme = SchemeShape(allow_null=True)
    draft = SchemeShape(allow_null=True)
    draft_by = PersonOut(allow_null=True)
    draft_at = serializers.DateTimeField(allow_null=True)


class RouteVersionOut(serializers.Serializer):
    number = serializers.IntegerField()
    created_at = serializers.DateTimeField()
    author = PersonOut(allow_null=True)
    published_at = serializers.DateTimeField()
    published_by = PersonOut(allow_null=True)
    retired_at = serializers.DateTimeField(allow_null=True)
    going = serializers.IntegerField()
    scheme = SchemeShape()


class RouteVersionPage(serializers.Serializer):
    results = RouteVersionOut(many=True)
    next = serializers.CharField(allow_null=True)


class NamedValue(serializers.Serializer):
    title = serializers.CharField()
    kind = serializers.CharField(help_text="number, text, flag or day")


class NamedCode(serializers.Serializer):
    code = serializers.CharField()
    title = serializers.CharField()


class RoutedKindOut(serializers.Serializer):
    """What schemes of a kind may name."""

    kind = serializers.CharField()
    title = serializers.CharField()
    values = NamedValue(many=True)
    people = NamedCode(many=True)
    signals = NamedCode(many=True)
    fields_of_card = NamedCode(many=True)


class RoutedKindsOut(serializers.Serializer):
    results = RoutedKindOut(many=True)


class ApprovalListIn(serializers.Serializer):
    title = LineField(max_length=100)
    people = serializers.ListField(
        child=serializers.IntegerField(**ID), min_length=1, max_length=MOST_PEOPLE, help_text="employees"
    )


class ApprovalListNew(ApprovalListIn):
    kind = serializers.CharField(max_length=60)
    card_type = serializers.CharField(max_length=40, allow_blank=True, default="")


class ApprovalListOut(serializers.Serializer):
    id = serializers.IntegerField()
    kind = serializers.CharField()
    card_type = serializers.CharField()
    title = serializers.CharField()
    people = PersonOut(many=True)
    version = serializers.IntegerField()


class ApprovalListPage(serializers.Serializer):
    results = ApprovalListOut(many=True)
    next = serializers.CharField(allow_null=True)


class RouteTrialIn(serializers.Serializer):
    """«Кто получит, если …»: values by the titles that conditions use."""

    initiator = serializers.IntegerField(help_text="employee who would send the card", **ID)
    values = serializers.DictField(child=serializers.JSONField(allow_null=True), default=dict)
    draft = serializers.BooleanField(default=False, help_text="try what is being drawn, not what is in force")


class TriedPersonOut(serializers.Serializer):
    """Somebody whom a stage would ask."""

    person = PersonOut(allow_null=True)
    instead_of = PersonOut(allow_null=True)


class TriedStageOut(serializers.Serializer):
    code = serializers.CharField()
    title = serializers.CharField()
    kind = serializers.CharField()
    is_passed_over = serializers.BooleanField(
        allow_null=True, help_text="null where it hangs on what is hidden from the reader"
    )
    is_nobody = serializers.BooleanField(help_text="nobody is found: whoever has published the route would be asked")
    people = TriedPersonOut(many=True)


class RouteTrialOut(serializers.Serializer):
    stages = TriedStageOut(many=True)


class ConditionIn(serializers.Serializer):
    """A condition that is being written for cards of a kind."""

    kind = serializers.CharField(max_length=60)
    condition = serializers.CharField(max_length=1000, allow_blank=True, trim_whitespace=False)


class ConditionOut(serializers.Serializer):
    error = serializers.CharField(allow_null=True, help_text="why it is none; null when it is one")
    at = serializers.IntegerField(allow_null=True, help_text="the sign of the text at which it goes wrong")


class ReplayStageOut(serializers.Serializer):
    code = serializers.CharField()
    title = serializers.CharField()
    asked = serializers.IntegerField()
    passed = serializers.IntegerField(help_text="cards that would pass it by")
    nobody = serializers.IntegerField()


class StuckOut(serializers.Serializer):
    ref = serializers.CharField()
    title = serializers.CharField()
    stage = serializers.CharField()


class ReplayOut(serializers.Serializer):
    cards = serializers.IntegerField()
    stages = ReplayStageOut(many=True)
    stuck = StuckOut(many=True)


class FigureOut(serializers.Serializer):
    """One stage over a period, all versions together."""

    code = serializers.CharField()
    title = serializers.CharField()
    passings = serializers.IntegerField()
    open = serializers.IntegerField()
    late = serializers.IntegerField()
    returned = serializers.IntegerField()
    hours = serializers.FloatField(
        allow_null=True, help_text="hours by the clock that a closed passing took, on average"
    )


class FiguresOut(serializers.Serializer):
    results = FigureOut(many=True)
