"""Sending drafts to be approved, and deciding."""

from typing import ClassVar

from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.response import Response

from core.access.queries import visible
from core.errors import Invalid
from core.organization.people import principal_of
from core.registry import registry
from core.rest.access import Access, needs
from core.rest.fields import ID
from core.rest.request import Request
from core.rest.views import CompanyView
from modules.tasks.actions.drafts import approve_drafts, ask_approval, recall_draft, return_drafts
from modules.tasks.models import Task
from modules.tasks.permissions import CREATE, VIEW

from .answers import AboutTaskView
from .options import MOST_AT_ONCE, NOT_DRAFTS
from .serializers import SentDraftIn, TaskOut


class ApprovalIn(serializers.Serializer):
    """Drafts of one's own, and who is to approve them."""

    tasks = serializers.ListField(
        child=serializers.IntegerField(**ID), allow_empty=False, max_length=MOST_AT_ONCE, help_text="ids of drafts"
    )
    approver = serializers.IntegerField(**ID, help_text="employee id")


class DraftDecisionIn(serializers.Serializer):
    """All drafts of one sending, each with what the person has seen of it."""

    # The stub does not know that `many` makes a list of them, which takes more.
    drafts = SentDraftIn(many=True, allow_empty=False, max_length=MOST_AT_ONCE)  # type: ignore[call-arg]
    approves = serializers.BooleanField()
    text = serializers.CharField(max_length=1000, allow_blank=True, default="", help_text="why it is returned")


class ApprovalView(CompanyView):
    """«На утверждение»: all drafts that are named, or none."""

    module = "tasks"
    access: ClassVar[dict[str, Access]] = {"post": needs(CREATE)}

    @extend_schema(request=ApprovalIn, responses={204: None})
    def post(self, request: Request) -> Response:
        told = ApprovalIn(data=request.data)
        told.is_valid(raise_exception=True)
        wanted = set(told.validated_data["tasks"])
        drafts = list(visible(self.actor, registry.kind_of(Task.KIND)).filter(pk__in=wanted, is_draft=True))
        if len(drafts) < len(wanted):
            raise Invalid({"tasks": NOT_DRAFTS})
        approver = principal_of(told.validated_data["approver"], field="approver")
        ask_approval(drafts, approver=approver, by=self.actor)
        return Response(status=204)


class DraftDecisionView(CompanyView):
    """One press of whoever approves; what was sent together is decided together."""

    module = "tasks"
    access: ClassVar[dict[str, Access]] = {"post": needs(VIEW)}

    @extend_schema(request=DraftDecisionIn, responses={204: None})
    def post(self, request: Request) -> Response:
        told = DraftDecisionIn(data=request.data)
        told.is_valid(raise_exception=True)
        given = told.validated_data
        seen = {one["request"]: one["seen"] for one in given["drafts"]}
        if given["approves"]:
            approve_drafts(seen, by=self.actor)
        else:
            return_drafts(list(seen), reason=given["text"], by=self.actor)
        return Response(status=204)


class RecallView(AboutTaskView):
    """The author takes one draft back."""

    access: ClassVar[dict[str, Access]] = {"delete": needs(VIEW)}

    @extend_schema(responses=TaskOut)
    def delete(self, request: Request, card_id: int) -> Response:
        recall_draft(self.card, by=self.actor)
        return self.answer()
