"""Resolutions of a document."""

from typing import Any, ClassVar

from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.response import Response

from core.entities.rest.briefs import BriefOut, briefs
from core.entities.rest.rows import instant
from core.organization.people import people, principals_of
from core.organization.rest.serializers import PersonOut
from core.rest.access import Access, needs
from core.rest.cards import AboutCardView
from core.rest.fields import ID, LineField, MomentField
from core.rest.request import Request
from modules.documents.actions.resolutions import Line, give_resolution
from modules.documents.models import Resolution
from modules.documents.permissions import VIEW
from modules.documents.rules import MOST_LINES

_SHOWN = 100


class ResolutionLineIn(serializers.Serializer):
    """«Что — кому — когда»."""

    title = LineField()
    assignee = serializers.IntegerField(**ID, help_text="employee id")
    due_at = MomentField(allow_null=True, default=None)


class ResolutionIn(serializers.Serializer):
    text = serializers.CharField(max_length=2000, allow_blank=True, default="")
    lines = serializers.ListField(child=ResolutionLineIn(), max_length=MOST_LINES, default=list)


class ResolutionOut(serializers.Serializer):
    """`tasks` are those of its tasks that the reader may see."""

    id = serializers.IntegerField()
    author = PersonOut()
    text = serializers.CharField()
    given_at = serializers.DateTimeField()
    tasks = BriefOut(many=True)


class ResolutionsOut(serializers.Serializer):
    results = ResolutionOut(many=True)


class ResolutionsView(AboutCardView):
    """What was written on a document, oldest first, with the tasks that came of it."""

    access: ClassVar[dict[str, Access]] = {"get": needs(VIEW), "post": needs(VIEW)}

    @extend_schema(responses=ResolutionsOut)
    def get(self, request: Request, card_id: int) -> Response:
        return Response(self._shown())

    @extend_schema(request=ResolutionIn, responses={201: ResolutionsOut})
    def post(self, request: Request, card_id: int) -> Response:
        told = ResolutionIn(data=request.data)
        told.is_valid(raise_exception=True)
        given = told.validated_data
        lines = [
            Line(one["title"], principals_of([one["assignee"]], field="lines")[0], one["due_at"])
            for one in given["lines"]
        ]
        give_resolution(self.card, text=given["text"], lines=lines, by=self.actor)
        return Response(self._shown(), status=201)

    def _shown(self) -> dict[str, Any]:
        rows = list(Resolution.objects.filter(document=self.card.pk).order_by("pk")[:_SHOWN])
        known = people({row.author_id for row in rows})
        tasks = briefs(self.actor, [pk for row in rows for pk in row.tasks])
        return {
            "results": [
                {
                    "id": row.pk,
                    "author": known[row.author_id],
                    "text": row.text,
                    "given_at": instant(row.given_at),
                    "tasks": [tasks[pk] for pk in row.tasks if pk in tasks],
                }
                for row in rows
            ]
        }
