"""Shapes of runs: the strip of a card, what people decide."""

from rest_framework import serializers

from core.organization.rest.serializers import PersonOut, TitledOut
from core.rest.fields import ID

from ..rules import Outcome, StepIs, Verdict
from ..schemes import StageKind
from .shapes import TriedPersonOut

MOST_AT_ONCE, MOST_PICKED = 100, 50
_LONGEST = 5000
_VERDICTS = [one.value for one in Verdict]


class StartIn(serializers.Serializer):
    route = serializers.IntegerField(
        required=False, allow_null=True, help_text="the one that suits the card unless it is named", **ID
    )
    people = serializers.ListField(
        child=serializers.IntegerField(**ID), max_length=MOST_PICKED, default=list,
        help_text="employees, for a route whose people the sender picks",
    )  # fmt: skip


class WordsIn(serializers.Serializer):
    text = serializers.CharField(max_length=_LONGEST, allow_blank=True, default="")


class DecideIn(WordsIn):
    verdict = serializers.ChoiceField(choices=_VERDICTS)
    seen = serializers.CharField(max_length=64, help_text="hash of the content that the person has looked at")
    to = serializers.CharField(
        max_length=40, allow_blank=True, default="", help_text="where a return leads: a stage, empty for the initiator"
    )


class SteppedIn(serializers.Serializer):
    step = serializers.IntegerField(**ID)
    seen = serializers.CharField(max_length=64)


class DecideManyIn(WordsIn):
    """One word on many cards; each is decided or refused by itself."""

    verdict = serializers.ChoiceField(choices=_VERDICTS)
    steps = serializers.ListField(child=SteppedIn(), min_length=1, max_length=MOST_AT_ONCE)


class DecidedOut(serializers.Serializer):
    step = serializers.IntegerField()
    is_done = serializers.BooleanField()
    detail = serializers.CharField(help_text="why it was refused; empty when it is done")


class DecidedManyOut(serializers.Serializer):
    results = DecidedOut(many=True)


class RedirectIn(WordsIn):
    to = serializers.IntegerField(help_text="employee who is to decide", **ID)


class AskIn(serializers.Serializer):
    person = serializers.IntegerField(help_text="employee who is asked", **ID)
    text = serializers.CharField(max_length=_LONGEST)


class ColleagueAnswerIn(serializers.Serializer):
    text = serializers.CharField(max_length=_LONGEST)


class QuestionOut(serializers.Serializer):
    id = serializers.IntegerField()
    person = PersonOut(allow_null=True)
    text = serializers.CharField()
    answer = serializers.CharField()
    asked_at = serializers.DateTimeField()
    answered_at = serializers.DateTimeField(allow_null=True)


class DifferenceOut(serializers.Serializer):
    """A field of the card, in words; null where nothing stood."""

    title = serializers.CharField()
    old = serializers.CharField(allow_null=True)
    new = serializers.CharField(allow_null=True)


class StripPersonOut(serializers.Serializer):
    """One person in one passing of a stage, and what he has said."""

    step = serializers.IntegerField()
    round = serializers.IntegerField()
    person = PersonOut(allow_null=True)
    instead_of = PersonOut(allow_null=True, help_text="for whom he acts")
    state = serializers.ChoiceField(choices=[one.value for one in StepIs])
    since = serializers.DateTimeField(allow_null=True)
    verdict = serializers.ChoiceField(choices=["", *_VERDICTS])
    verdict_title = serializers.CharField()
    text = serializers.CharField()
    decided_at = serializers.DateTimeField(allow_null=True)
    door = serializers.CharField()
    hash = serializers.CharField(help_text="of the content decided upon")
    is_void = serializers.BooleanField(help_text="an edit or a return has made it void")
    changes = DifferenceOut(many=True, help_text="of a void decision: what it was made on, and what stands now")
    questions = QuestionOut(many=True)


class StripStageOut(serializers.Serializer):
    """`expected` and `is_passed_over` are told of a stage that is next while the run goes on."""

    code = serializers.CharField()
    title = serializers.CharField()
    kind = serializers.ChoiceField(choices=[one.value for one in StageKind])
    place = serializers.ChoiceField(choices=["done", "now", "next", "skipped", "returned"])
    round = serializers.IntegerField(help_text="0 before it has opened")
    since = serializers.DateTimeField(allow_null=True)
    due_at = serializers.DateTimeField(allow_null=True)
    closed_at = serializers.DateTimeField(allow_null=True)
    is_late = serializers.BooleanField()
    planned_hours = serializers.IntegerField(allow_null=True)
    worked_minutes = serializers.IntegerField(help_text="working minutes that it has taken so far, all rounds together")
    rule = serializers.CharField(help_text="whom it asks or what it waits for, in words; empty for rework")
    people = StripPersonOut(many=True)
    expected = TriedPersonOut(many=True, help_text="whom it would ask if it opened now")
    is_passed_over = serializers.BooleanField(
        allow_null=True, help_text="its condition does not hold now; null where that may not be told"
    )


class StripRouteOut(TitledOut):
    version = serializers.IntegerField()


class TargetOut(serializers.Serializer):
    code = serializers.CharField()
    title = serializers.CharField()


class MineOut(serializers.Serializer):
    """Where the caller is asked now."""

    step = serializers.IntegerField()
    stage = serializers.CharField()
    verdicts = serializers.ListField(child=serializers.ChoiceField(choices=_VERDICTS))
    returns_to = TargetOut(many=True)


class RunOut(serializers.Serializer):
    id = serializers.IntegerField()
    route = StripRouteOut()
    outcome = serializers.ChoiceField(choices=["", *[one.value for one in Outcome]], help_text="empty while it goes on")
    initiator = PersonOut(allow_null=True)
    started_at = serializers.DateTimeField()
    ended_at = serializers.DateTimeField(allow_null=True)
    hash = serializers.CharField()
    stages = StripStageOut(many=True)
    mine = MineOut(many=True)


class StripOut(serializers.Serializer):
    """The latest run of a card; `content` is the hash of what the card says now: it is sent back with a decision."""

    run = RunOut(allow_null=True)
    content = serializers.CharField()
    can_start = serializers.BooleanField()
    can_recall = serializers.BooleanField()


class OfferedRouteOut(TitledOut):
    picks = serializers.BooleanField(help_text="whoever sends the card picks people for it")


class OfferedListOut(TitledOut):
    people = PersonOut(many=True)


class OfferedOut(serializers.Serializer):
    """Routes along which a card may be sent; `suits` is the one that is taken unless another is named. `lists` are
    named lists of people, for routes that are sent with people."""

    results = OfferedRouteOut(many=True)
    lists = OfferedListOut(many=True)
    suits = serializers.IntegerField(allow_null=True)
