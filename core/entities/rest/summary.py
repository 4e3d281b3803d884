"""Figures of a list: the same rows by the same words, counted and summed up by the database."""

from typing import ClassVar

from django.db.models import Exists
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework.response import Response

from core.rest.cards import CardViewSet
from core.rest.groups import Total, grouping_of, summary_of
from core.rest.request import Request

from .serializers import SummaryOut


class Summed(CardViewSet):
    """Gives a kind's list its `summary/`; `totals` are what is summed up over its rows."""

    totals: ClassVar[dict[str, Total]] = {}

    @extend_schema(
        parameters=[OpenApiParameter("group", str, description="by what; the list's own filters are taken, too")],
        responses=SummaryOut,
    )
    def summary(self, request: Request) -> Response:
        """How many rows the list has, what they come to, and the same for each group of them."""
        params = request.query_params
        grouping = grouping_of(self.seen(self.groupings), params.get("group", ""))
        # All of them are counted: PostgreSQL may match parts and cards whole.
        rows = self._grammar(params).narrow(self.listed(params, Exists), params)
        return Response(summary_of(rows, self.kind.model, grouping, self.seen(self.totals)))
