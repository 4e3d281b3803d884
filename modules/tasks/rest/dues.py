"""Asking for another due moment, and deciding."""

from typing import ClassVar

from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.response import Response

from core.errors import NotFound
from core.rest.access import Access, needs
from core.rest.fields import ID, LineField, MomentField
from core.rest.request import Request
from modules.tasks.actions.dues import ask_to_move, decide_move, take_back
from modules.tasks.models import DueRequest
from modules.tasks.permissions import VIEW

from .answers import AboutTaskView
from .serializers import TaskOut


class DueRequestIn(serializers.Serializer):
    due_at = MomentField()
    reason = LineField(max_length=1000)


class DecisionIn(serializers.Serializer):
    """`request` is what the person has seen: another one may have come instead of it."""

    request = serializers.IntegerField(**ID)
    consents = serializers.BooleanField()
    text = serializers.CharField(max_length=1000, allow_blank=True, default="", help_text="what is said with a refusal")


class _OfTask(AboutTaskView):
    def asked(self, request_id: int | None = None) -> DueRequest:
        """The request that stands on the task, or the named one of it."""
        found = DueRequest.objects.filter(task=self.card)
        found = found.filter(pk=request_id) if request_id else found.filter(outcome="")
        if (row := found.first()) is None:
            raise NotFound()
        return row


class DueRequestView(_OfTask):
    """«Попросить перенести»."""

    access: ClassVar[dict[str, Access]] = {"post": needs(VIEW), "delete": needs(VIEW)}

    @extend_schema(request=DueRequestIn, responses={201: TaskOut})
    def post(self, request: Request, card_id: int) -> Response:
        ask_to_move(self.card, by=self.actor, **self.given(DueRequestIn))
        return self.answer(status=201)

    @extend_schema(responses=TaskOut)
    def delete(self, request: Request, card_id: int) -> Response:
        take_back(self.asked(), self.card, by=self.actor)
        return self.answer()


class DecisionView(_OfTask):
    """One press of the initiator."""

    access: ClassVar[dict[str, Access]] = {"post": needs(VIEW)}

    @extend_schema(request=DecisionIn, responses=TaskOut)
    def post(self, request: Request, card_id: int) -> Response:
        given = self.given(DecisionIn)
        asked = self.asked(given["request"])
        decide_move(asked, self.card, consents=given["consents"], reason=given["text"], by=self.actor)
        return self.answer()
