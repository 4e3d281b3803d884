"""The company's rules of tasks, and giving a set of drafts."""

from typing import Any, ClassVar

from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.response import Response

from core.access.queries import visible
from core.errors import Invalid
from core.registry import registry
from core.rest.access import SIGNED_IN, Access, needs
from core.rest.fields import ID
from core.rest.request import Request
from core.rest.views import CompanyView
from modules.tasks.actions.drafts import release_drafts
from modules.tasks.actions.options import change_rules
from modules.tasks.models import Task, TaskRules
from modules.tasks.permissions import CREATE, RULES
from modules.tasks.queries import rules_now

MOST_AT_ONCE = 200


class RulesFields(serializers.Serializer):
    """What the company has decided about its tasks; only the given fields change."""

    closing = serializers.ChoiceField(TaskRules.Closing.choices, help_text="a task with open subtasks")
    starting = serializers.ChoiceField(TaskRules.Starting.choices, help_text="a task that depends on open ones")
    needs_reason = serializers.BooleanField(help_text="moving a due moment asks for a reason")


class RulesOut(RulesFields):
    can_edit = serializers.BooleanField()


class ReleaseIn(serializers.Serializer):
    tasks = serializers.ListField(
        child=serializers.IntegerField(**ID), allow_empty=False, max_length=MOST_AT_ONCE, help_text="ids of drafts"
    )


class RulesView(CompanyView):
    """The rules; everybody may know them."""

    module = "tasks"
    access: ClassVar[dict[str, Access]] = {"get": SIGNED_IN, "patch": needs(RULES)}

    @extend_schema(responses=RulesOut)
    def get(self, request: Request) -> Response:
        return Response(self._shown(rules_now()))

    @extend_schema(request=RulesFields(partial=True), responses=RulesOut)
    def patch(self, request: Request) -> Response:
        told = RulesFields(data=request.data, partial=True)
        told.is_valid(raise_exception=True)
        return Response(self._shown(change_rules(fields=told.validated_data, by=self.actor)))

    def _shown(self, rules: TaskRules) -> dict[str, Any]:
        return {
            "closing": rules.closing,
            "starting": rules.starting,
            "needs_reason": rules.needs_reason,
            "can_edit": self.actor.may(RULES),
        }


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
            raise Invalid({"tasks": "Среди выбранного есть не черновики. Обновите список"})
        release_drafts(drafts, by=self.actor)
        return Response(status=204)
