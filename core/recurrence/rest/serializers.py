"""Shapes of plans that come round."""

from datetime import time
from typing import Any
from zoneinfo import ZoneInfo

from django.utils import timezone
from rest_framework import serializers

from core.context import current_company
from core.entities.rest.briefs import BriefOut
from core.organization.rest.serializers import PersonOut
from core.rest.fields import ID, LineField

from ..models import Occurrence, Recurrence
from ..rules import DayOff, Every, Plan, times_a_day
from ..work import LATEST, LONGEST_TITLE

_MOST_TIMES = 24
_MOST_MONTHS = 1200
_EVERY = [(every.value, every.value) for every in Every]
_DAY_OFF = [(way.value, way.value) for way in DayOff]
_CLOCK: dict[str, Any] = {"format": "%H:%M", "input_formats": ["%H:%M"]}


class PlanIn(serializers.Serializer):
    """When it comes round, by the clock on the wall in the company's zone."""

    every = serializers.ChoiceField(_EVERY)
    interval = serializers.IntegerField(min_value=1, max_value=1440, default=1, help_text="counts units of `every`")
    starts_on = serializers.DateField(required=False, help_text="today when it is not given")
    ends_on = serializers.DateField(allow_null=True, default=None)
    times = serializers.ListField(
        child=serializers.TimeField(**_CLOCK), allow_empty=False, max_length=_MOST_TIMES, default=lambda: [time(9)]
    )
    weekdays = serializers.ListField(
        child=serializers.IntegerField(min_value=0, max_value=6), max_length=7, default=list, help_text="0 is Monday"
    )
    month_day = serializers.IntegerField(min_value=-1, max_value=31, default=0, help_text="-1 is the last day")
    nth = serializers.IntegerField(min_value=-1, max_value=4, default=0, help_text="of the one weekday; -1 the last")
    opens = serializers.TimeField(default=lambda: time(0), help_text="`minutes` only", **_CLOCK)
    closes = serializers.TimeField(default=lambda: time(23, 59), help_text="`minutes` only", **_CLOCK)
    day_off = serializers.ChoiceField(_DAY_OFF, default=DayOff.KEEP.value)

    def validate(self, told: dict[str, Any]) -> Plan:
        every, wrong = Every(told["every"]), {}
        today = timezone.now().astimezone(ZoneInfo(current_company().time_zone)).date()
        starts_on = told.get("starts_on") or today
        if not 2000 <= starts_on.year < 2200:
            wrong["starts_on"] = "Проверьте год"
        if told["ends_on"] and told["ends_on"] < max(starts_on, today):
            wrong["ends_on"] = "Дата окончания уже прошла или раньше начала"
        if every is Every.MONTHS and told["nth"] and len(told["weekdays"]) != 1:
            wrong["weekdays"] = "Выберите один день недели"
        if every is Every.MINUTES and told["opens"] > told["closes"]:
            wrong["closes"] = "Конец раньше начала"
        if wrong:
            raise serializers.ValidationError(wrong)
        told |= {"every": every, "day_off": DayOff(told["day_off"]), "starts_on": starts_on}
        return Plan(**told | {"times": tuple(told["times"]), "weekdays": tuple(sorted(set(told["weekdays"])))})


class WorkIn(serializers.Serializer):
    """What is to be done about a card that is no template."""

    title = LineField(max_length=LONGEST_TITLE, help_text="the card's own name is added to it")
    answers = serializers.IntegerField(allow_null=True, default=None, help_text="employee card; null: `usual`", **ID)
    due_in = serializers.IntegerField(min_value=1, max_value=LATEST, allow_null=True, default=None, help_text="days")


class RecurrenceIn(serializers.Serializer):
    plan = PlanIn()
    work = WorkIn(allow_null=True, default=None, help_text="asked where `asks_work` says so, and nowhere else")
    catch_up = serializers.ChoiceField(Recurrence.CatchUp.choices, default=Recurrence.CatchUp.LATEST)
    one_open = serializers.BooleanField(required=False, help_text="true for `minutes` when it is not given")
    most = serializers.IntegerField(min_value=1, max_value=100_000, allow_null=True, default=None)

    def validate(self, told: dict[str, Any]) -> dict[str, Any]:
        plan: Plan = told["plan"]
        return {"one_open": plan.every is Every.MINUTES} | told


class SwitchIn(serializers.Serializer):
    is_on = serializers.BooleanField()


class PlanOut(serializers.Serializer):
    every = serializers.ChoiceField(_EVERY)
    interval = serializers.IntegerField()
    starts_on = serializers.DateField()
    ends_on = serializers.DateField(allow_null=True)
    times = serializers.ListField(child=serializers.CharField())
    weekdays = serializers.ListField(child=serializers.IntegerField())
    month_day = serializers.IntegerField()
    nth = serializers.IntegerField()
    opens = serializers.CharField()
    closes = serializers.CharField()
    day_off = serializers.ChoiceField(_DAY_OFF)


class ForecastOut(serializers.Serializer):
    """What a plan will do; `a_day` is how often it comes round on one of its days."""

    text = serializers.CharField(help_text="the plan in words: «Каждые 2 недели, пн и пт, в 09:00»")
    next = serializers.ListField(child=serializers.DateTimeField(), help_text="up to ten moments")
    a_day = serializers.IntegerField()


class CompletionOut(serializers.Serializer):
    """Cards of the last 365 days; `late` are open past their date, `on_time` done not later than it."""

    made = serializers.IntegerField()
    done = serializers.IntegerField()
    on_time = serializers.IntegerField()
    open = serializers.IntegerField()
    late = serializers.IntegerField()
    share = serializers.IntegerField(
        allow_null=True, help_text="percent of `on_time` among the done and the late; null while there are none"
    )


class WorkOut(serializers.Serializer):
    """`answers` is null where nobody is named and the kind names whoever it is; `giver` is in whose name it comes."""

    title = serializers.CharField()
    answers = PersonOut(allow_null=True)
    giver = PersonOut()
    due_in = serializers.IntegerField(allow_null=True, help_text="days")


class RecurrenceOut(serializers.Serializer):
    """`plan` is null when the card does not come round. Templates make cards themselves; where `asks_work` a plan says
    what is to be done about the card."""

    plan = PlanOut(allow_null=True)
    forecast = ForecastOut(allow_null=True)
    catch_up = serializers.ChoiceField(Recurrence.CatchUp.choices)
    one_open = serializers.BooleanField()
    most = serializers.IntegerField(allow_null=True)
    made = serializers.IntegerField()
    is_on = serializers.BooleanField()
    completion = CompletionOut(
        allow_null=True, help_text="null: work is done about the card, and the reader does not set its plan"
    )
    asks_work = serializers.BooleanField()
    work = WorkOut(allow_null=True)
    usual = PersonOut(
        allow_null=True, help_text="who answers for work unless somebody is named; null: who set the plan"
    )
    usual_hidden = serializers.BooleanField(help_text="the reader may not know who that is")
    why_none = serializers.CharField(allow_blank=True, help_text="what is to be switched on before work is made")
    can_edit = serializers.BooleanField()


class OccurrenceOut(serializers.Serializer):
    """`card` is null when none was made or the reader may not see it; `person` answers for the card."""

    id = serializers.IntegerField()
    at = serializers.DateTimeField()
    outcome = serializers.ChoiceField(Occurrence.Outcome.choices)
    reason = serializers.CharField(allow_blank=True)
    card = BriefOut(allow_null=True)
    person = PersonOut(allow_null=True)


class OccurrencesOut(serializers.Serializer):
    """A page, newest first."""

    results = OccurrenceOut(many=True)
    next = serializers.CharField(allow_null=True)


def forecast(plan: Plan, text: str, upcoming: list[Any]) -> dict[str, Any]:
    return {"text": text, "next": upcoming, "a_day": times_a_day(plan)}
