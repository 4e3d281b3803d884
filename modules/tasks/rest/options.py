"""The company's rules of tasks."""

from typing import ClassVar

from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.response import Response

from core.entities.rest.rows import instant
from core.options.queries import option
from core.rest.access import SIGNED_IN, Access
from core.rest.request import Request
from core.rest.views import CompanyView
from modules.tasks.options import (
    CLOSING,
    NEEDS_APPROVAL,
    NEEDS_REASON,
    REPORT_REQUIRED,
    STARTING,
    Closing,
    Starting,
    usual_due,
)
from modules.tasks.permissions import RULES


class RulesOut(serializers.Serializer):
    """What the company has decided about its tasks, as far as their forms have to know; it is changed in `options/`."""

    closing = serializers.ChoiceField(Closing.choices, help_text="a task with open subtasks")
    starting = serializers.ChoiceField(Starting.choices, help_text="a task that depends on open ones")
    needs_reason = serializers.BooleanField(help_text="moving a due moment asks for a reason")
    report_required = serializers.BooleanField(help_text="handing a task in asks for a text")
    needs_approval = serializers.BooleanField(help_text="a draft is given only when somebody has approved it")
    usual_due_at = serializers.DateTimeField(allow_null=True, help_text="what a new task gets by `due_by_default` now")
    can_edit = serializers.BooleanField()


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
                "needs_approval": option(NEEDS_APPROVAL),
                "usual_due_at": instant(usual_due()),
                "can_edit": self.actor.may(RULES),
            }
        )
