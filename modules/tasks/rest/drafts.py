"""Giving drafts, sending them to be approved, and deciding."""

from collections.abc import Iterable
from typing import ClassVar

from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.response import Response

from core.access.actor import Actor
from core.access.queries import visible
from core.errors import Invalid
from core.organization.people import principal_of
from core.registry import registry
from core.rest.access import Access, needs
from core.rest.fields import ID
from core.rest.request import Request
from core.rest.views import CompanyView
from modules.tasks.actions.drafts import approve_drafts, ask_approval, recall_draft, release_drafts, return_drafts
from modules.tasks.models import Task
from modules.tasks.permissions import CREATE, VIEW
from modules.tasks.rules import LONGEST_REASON

from .answers import AboutTaskView
from .serializers import SentDraftIn, TaskOut

MOST_AT_ONCE = 200


class ReleaseIn(serializers.Serializer):
    tasks = serializers.ListField(
        child=serializers.IntegerField(**ID), allow_empty=False, max_length=MOST_AT_ONCE, help_text="ids of drafts"
    )


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
    text = serializers.CharField(
        max_length=LONGEST_REASON, allow_blank=True, default="", help_text="why it is returned"
    )


class ReleaseView(CompanyView):
    """Drafts are given together: all of them or none."""

    module = "tasks"
    access: ClassVar[dict[str, Access]] = {"post": needs(CREATE)}

    @extend_schema(request=ReleaseIn, responses={204: None})
    def post(self, request: Request) -> Response:
        told = ReleaseIn(data=request.data)
        told.is_valid(raise_exception=True)
        release_drafts(_drafts(self.actor, told.validated_data["tasks"]), by=self.actor)
        return Response(status=204)


class ApprovalView(CompanyView):
    """«На утверждение»: all drafts that are named, or none."""

    module = "tasks"
    access: ClassVar[dict[str, Access]] = {"post": needs(CREATE)}

    @extend_schema(request=ApprovalIn, responses={204: None})
    def post(self, request: Request) -> Response:
        told = ApprovalIn(data=request.data)
        told.is_valid(raise_exception=True)
        drafts = _drafts(self.actor, told.validated_data["tasks"])
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


def _drafts(actor: Actor, ids: Iterable[int]) -> list[Task]:
    """The drafts of these ids, all of them; Invalid on `tasks`."""
    wanted = set(ids)
    found = list(visible(actor, registry.kind_of(Task.KIND)).filter(pk__in=wanted, is_draft=True))
    if len(found) < len(wanted):
        raise Invalid({"tasks": "Среди выбранного есть не черновики. Обновите список"})
    return found
