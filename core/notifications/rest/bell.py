"""The bell: what a person has been told of, newest first."""

from typing import Any, ClassVar

from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import serializers
from rest_framework.response import Response

from core.entities.models import Ref
from core.entities.rest.rows import instant
from core.errors import Invalid
from core.registry import registry
from core.rest.access import SIGNED_IN, Access
from core.rest.fields import ID
from core.rest.filters import Filter, Grammar, flag
from core.rest.pages import page_of
from core.rest.request import Request
from core.rest.views import CompanyView

from ..actions import read_notices
from ..models import Delivery
from ..queries import bell_of, heard_by, unread_of

_GRAMMAR = Grammar(
    filters={"read_at": Filter("read_at", flag, lookups=())}, orderings={"id": "id"}, default_ordering="-id"
)
_MOST = 200


class NoticeOut(serializers.Serializer):
    """One notice; `ref` and `link` are empty for what is about no card."""

    id = serializers.IntegerField()
    kind = serializers.CharField()
    kind_title = serializers.CharField()
    subject = serializers.CharField()
    text = serializers.CharField()
    reason = serializers.CharField()
    ref = serializers.CharField()
    link = serializers.CharField()
    at = serializers.DateTimeField()
    read_at = serializers.DateTimeField(allow_null=True)


class UnreadOut(serializers.Serializer):
    """How many wait, up to 100."""

    unread = serializers.IntegerField()


class NoticesOut(UnreadOut):
    results = NoticeOut(many=True)
    next = serializers.CharField(allow_null=True)


class ReadIn(serializers.Serializer):
    """These notices, those about a card, or all when neither is given."""

    ids = serializers.ListField(child=serializers.IntegerField(**ID), max_length=_MOST, default=list)
    ref = serializers.CharField(max_length=80, default="", allow_blank=True)


class BellView(CompanyView):
    """The feed. Notices about what the reader may not see any more are left out, so a page may be short."""

    access: ClassVar[dict[str, Access]] = {"get": SIGNED_IN}

    @extend_schema(
        parameters=[
            OpenApiParameter("cursor", str),
            OpenApiParameter("limit", int),
            OpenApiParameter("read_at__isnull", bool, description="true: only those that wait"),
        ],
        responses=NoticesOut,
    )
    def get(self, request: Request) -> Response:
        params = request.query_params
        rows = _GRAMMAR.narrow(bell_of(self.actor).select_related("entity"), params)
        page = page_of(rows, params, _GRAMMAR)
        shown = [notice_out(row) for row in heard_by(self.actor, page.rows)]
        return Response({"results": shown, "next": page.next, "unread": unread_of(self.actor)})


class UnreadView(CompanyView):
    """The figure beside the bell."""

    access: ClassVar[dict[str, Access]] = {"get": SIGNED_IN}

    @extend_schema(responses=UnreadOut)
    def get(self, request: Request) -> Response:
        return Response({"unread": unread_of(self.actor)})


class ReadView(CompanyView):
    """«Прочитано»."""

    is_reading = True
    access: ClassVar[dict[str, Access]] = {"post": SIGNED_IN}

    @extend_schema(request=ReadIn, responses=UnreadOut)
    def post(self, request: Request) -> Response:
        told = ReadIn(data=request.data)
        told.is_valid(raise_exception=True)
        read_notices(told.validated_data["ids"], card_id=_card_of(told.validated_data["ref"]), by=self.actor)
        return Response({"unread": unread_of(self.actor)})


def notice_out(row: Delivery) -> dict[str, Any]:
    what = registry.notifications().get(row.kind)
    return {
        "id": row.pk,
        "kind": row.kind,
        "kind_title": what.title if what else "",
        "subject": row.subject,
        "text": "\n".join(row.paragraphs),
        "reason": row.reason,
        "ref": str(row.entity.ref) if row.entity else "",
        "link": row.links[0][1] if row.links else "",
        "at": instant(row.created_at),
        "read_at": instant(row.read_at),
    }


def _card_of(ref: str) -> int | None:
    if not ref:
        return None
    try:
        return Ref.parse(ref).id
    except ValueError as wrong:
        raise Invalid({"ref": "Ожидается адрес карточки: tasks.task/12"}) from wrong
