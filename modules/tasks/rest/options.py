"""The company's rules of tasks, and giving a set of drafts."""

from typing import ClassVar

from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.response import Response

from core.access.queries import visible
from core.entities.rest.rows import instant
from core.errors import Invalid
from core.options.queries import option
from core.registry import registry
from core.rest.access import SIGNED_IN, Access, needs
from core.rest.fields import ID
from core.rest.request import Request
from core.rest.views import CompanyView
from modules.tasks.actions.drafts import release_drafts
from modules.tasks.models import Task
from modules.tasks.options import CLOSING, NEEDS_REASON, REPORT_REQUIRED, STARTING, Closing, Starting, usual_due
from modules.tasks.permissions import CREATE, RULES

MOST_AT_ONCE = 200
NOT_DRAFTS = "Среди выбранного есть не черновики. Обновите список"


class RulesOut(serializers.Serializer):
    """What the company has decided about its tasks, as far as their forms have to know; it is changed in `options/`."""

    closing = serializers.ChoiceField(Closing.choices, help_text="a task with open subtasks")
    starting = serializers.ChoiceField(Starting.choices, help_text="a task that depends on open ones")
    needs_reason = serializers.BooleanField(help_text="moving a due moment asks for a reason")
    report_required = serializers.BooleanField(help_text="handing a task in asks for a text")
    usual_due_at = serializers.DateTimeField(allow_null=True, help_text="what a new task gets by `due_by_default` now")
    can_edit = serializers.BooleanField()


class ReleaseIn(serializers.Serializer):
    tasks = serializers.ListField(
        child=serializers.IntegerField(**ID), allow_empty=False, max_length=MOST_AT_ONCE, help_text="ids of drafts"
    )


class RulesView(CompanyView):
    """Everybody may know it."""

    module = "tasks"
    access: ClassVar[dict[str, Access]] = {"get": SIGNED_IN}

    @extend_schema(responses=RulesOut)
    def get(self, request: Request) -> Response:
        return Response(
            {
                "closing": option(CLOSING),
                "starting": option(STARTING),
                "needs_reason": option(NEEDS_REASON),
                "report_required": option(REPORT_REQUIRED),
                "usual_due_at": instant(usual_due()),
                "can_edit": self.actor.may(RULES),
            }
        )


class ReleaseView(CompanyView):
    """Drafts are given together: all of them or none."""

    module = "tasks"
    access: ClassVar[dict[str, Access]] = {"post": needs(CREATE)}

    @extend_schema(request=ReleaseIn, responses={204: None})
    def post(self, request: Request) -> Response:
        told = ReleaseIn(data=request.data)
        told.is_valid(raise_exception=True)
        wanted = set(told.validated_data["tasks"])
        drafts = list(visible(self.actor, registry.kind_of(Task.KIND)).filter(pk__in=wanted, is_draft=True))
        if len(drafts) < len(wanted):
            raise Invalid({"tasks": NOT_DRAFTS})
        release_drafts(drafts, by=self.actor)
        return Response(status=204)
