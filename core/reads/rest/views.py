"""The log of reads, for whoever answers for safety. Reading it is written down, too."""

from typing import Any, ClassVar

from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework.response import Response

from core.entities.rest.briefs import briefs
from core.organization.people import people
from core.registry import registry
from core.rest.access import Access, needs
from core.rest.pages import page_of
from core.rest.request import Request
from core.rest.views import CompanyView

from ..kinds import READS_SHOWN
from ..models import Read
from ..permissions import SEE_READS
from ..queries import KEPT, LOG, reads
from .serializers import ReadsOut

_ASKED = [
    OpenApiParameter("kind", str, description="codes with commas"),
    OpenApiParameter("reader", int, description="employee who has read"),
    OpenApiParameter("whose", int, description="employee whose data were read"),
    OpenApiParameter("at__gte", str),
    OpenApiParameter("at__lte", str),
    OpenApiParameter("ordering", str, enum=["-at", "at"]),
    OpenApiParameter("cursor", str),
    OpenApiParameter("limit", int),
]


class ReadsView(CompanyView):
    """Who has looked at what is sensitive, the newest first."""

    closed_to_support = True
    access: ClassVar[dict[str, Access]] = {"get": needs(SEE_READS)}
    recorded = {"get": READS_SHOWN}

    @extend_schema(parameters=_ASKED, responses=ReadsOut)
    def get(self, request: Request) -> Response:
        page = page_of(LOG.narrow(reads(), request.query_params), request.query_params, LOG)
        persons = people(who for row in page.rows for who in (row.reader_id, row.whose_id))
        cards = briefs(self.actor, (row.card for row in page.rows if row.card is not None))
        titles = {kind.code: kind.title for kind in registry.reads()}
        told = {
            "results": [_line(row, persons, cards, titles) for row in page.rows],
            "next": page.next,
            "kinds": [{"code": code, "title": title} for code, title in titles.items()],
            "kept_days": KEPT.days,
        }
        return Response(told)


def _line(row: Read, persons: dict[int, Any], cards: dict[int, Any], titles: dict[str, str]) -> dict[str, Any]:
    return {
        "id": row.pk,
        "at": row.at,
        "kind": row.kind,
        "title": titles.get(row.kind, row.kind),
        "reader": persons.get(row.reader_id),
        "door": row.door,
        "whose": persons.get(row.whose_id) if row.whose_id else None,
        "card": cards.get(row.card) if row.card is not None else None,
        "detail": row.detail,
        "count": row.count,
    }
