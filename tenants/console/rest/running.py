"""The service as a whole: how the queues stand, announcements, operators, the journal."""

import base64
import uuid
from typing import Any

from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework.response import Response

from core.errors import Invalid, NotFound
from core.identity.rest.browser import read
from core.rest.access import needs
from core.rest.filters import Grammar
from core.rest.pages import limit_of, page_of
from core.rest.request import Request
from tenants.console.actions.announcements import announce, withdraw
from tenants.console.actions.health import try_again
from tenants.console.actions.operators import change_operator, create_operator, reset_totp
from tenants.console.models import Announcement, Operator
from tenants.console.permissions import ACT, LOOK, RULE
from tenants.console.queries import DEEDS, by_status, deeds, failing, parked, standing
from tenants.models import Company

from .base import ConsoleView
from .serializers import (
    AnnouncementForm,
    AnnouncementLines,
    AnnouncementOut,
    DeedLines,
    HealthOut,
    OperatorChange,
    OperatorForm,
    OperatorLines,
    OperatorOut,
    ParkedLines,
)
from .shown import deed_out, operator_out

_ANNOUNCEMENTS = Grammar(orderings={"begins_at": "begins_at"}, default_ordering="-begins_at")
_OPERATORS = Grammar(orderings={"full_name": "full_name"}, default_ordering="full_name")
_FAILING = ("kind", "count", "attempts", "error")


class HealthView(ConsoleView):
    """The queues now, companies by status, and kinds of work that fail."""

    access = {"get": needs(LOOK)}

    @extend_schema(responses={200: HealthOut})
    def get(self, request: Request) -> Response:
        now = standing()
        titles = dict(Company.Status.choices)
        told = {
            "waiting": now.waiting,
            "parked": now.parked,
            "oldest_seconds": float(now.oldest),
            "oldest_wakeup_seconds": float(now.oldest_wakeup),
            "workers": now.workers,
            "pool_ready": now.pool_ready,
            "migration_errors": now.migration_errors,
            "companies": [
                {"status": status, "title": titles.get(status, status), "count": count} for status, count in by_status()
            ],
            "failing": [dict(zip(_FAILING, row, strict=True)) for row in failing()],
        }
        return Response(told)


class ParkedView(ConsoleView):
    """Work that was given up, of all companies or of one."""

    access = {"get": needs(LOOK)}

    @extend_schema(
        parameters=[OpenApiParameter(name, str) for name in ("company", "cursor", "limit")],
        responses={200: ParkedLines},
    )
    def get(self, request: Request) -> Response:
        asked = request.query_params
        limit, schema = limit_of(asked.get("limit")), _schema_of(asked.get("company", ""))
        after = _read(asked["cursor"]) if asked.get("cursor") else None
        rows = parked(after=after, schema=schema, limit=limit + 1)
        more = _written(rows[limit - 1].id) if len(rows) > limit else None
        return Response({"results": [row._asdict() for row in rows[:limit]], "next": more})


class RetryView(ConsoleView):
    """«Повторить»: from the beginning, as if it had never failed."""

    access = {"post": needs(ACT)}

    @extend_schema(request=None, responses={204: None})
    def post(self, request: Request, promise_id: uuid.UUID) -> Response:
        try_again(promise_id, by=self.operator)
        return Response(status=204)


class AnnouncementsView(ConsoleView):
    access = {"get": needs(LOOK), "post": needs(ACT)}

    @extend_schema(responses={200: AnnouncementLines})
    def get(self, request: Request) -> Response:
        page = page_of(Announcement.objects.all(), request.query_params, _ANNOUNCEMENTS)
        return Response({"results": [announcement_out(row) for row in page.rows], "next": page.next})

    @extend_schema(request=AnnouncementForm, responses={201: AnnouncementOut})
    def post(self, request: Request) -> Response:
        made = announce(**read(AnnouncementForm, request), by=self.operator)
        return Response(announcement_out(made), status=201)


class AnnouncementView(ConsoleView):
    access = {"delete": needs(ACT)}

    @extend_schema(responses={204: None})
    def delete(self, request: Request, announcement_id: int) -> Response:
        withdraw(announcement_id, by=self.operator)
        return Response(status=204)


class OperatorsView(ConsoleView):
    access = {"get": needs(RULE), "post": needs(RULE)}

    @extend_schema(responses={200: OperatorLines})
    def get(self, request: Request) -> Response:
        page = page_of(Operator.objects.all(), request.query_params, _OPERATORS)
        return Response({"results": [operator_out(row) for row in page.rows], "next": page.next})

    @extend_schema(request=OperatorForm, responses={201: OperatorOut})
    def post(self, request: Request) -> Response:
        return Response(operator_out(create_operator(**read(OperatorForm, request), by=self.operator)), status=201)


class OperatorView(ConsoleView):
    access = {"patch": needs(RULE)}

    @extend_schema(request=OperatorChange, responses={200: OperatorOut})
    def patch(self, request: Request, operator_id: int) -> Response:
        form = read(OperatorChange, request)
        wanted: dict[str, Any] = {"role": form.get("role"), "is_active": form.get("is_active")}
        return Response(operator_out(change_operator(operator_id, **wanted, by=self.operator)))


class ResetTotpView(ConsoleView):
    """For an operator who has lost both his authenticator and his recovery codes."""

    access = {"post": needs(RULE)}

    @extend_schema(request=None, responses={200: OperatorOut})
    def post(self, request: Request, operator_id: int) -> Response:
        return Response(operator_out(reset_totp(operator_id, by=self.operator)))


class AuditView(ConsoleView):
    """The journal of all operators, the newest first."""

    access = {"get": needs(LOOK)}

    @extend_schema(
        parameters=[OpenApiParameter(name, str) for name in ("company", "operator", "kind", "cursor", "limit")],
        responses={200: DeedLines},
    )
    def get(self, request: Request) -> Response:
        page = page_of(DEEDS.narrow(deeds(), request.query_params), request.query_params, DEEDS)
        return Response({"results": [deed_out(row) for row in page.rows], "next": page.next})


def announcement_out(row: Announcement) -> dict[str, Any]:
    named = ("text", "tone", "begins_at", "ends_at", "plans", "withdrawn_at")
    return {"id": row.pk, **{name: getattr(row, name) for name in named}}


def _schema_of(text: str) -> str:
    if not text:
        return ""
    if not text.isascii() or not text.isdigit() or len(text) > 18:
        raise Invalid({"company": "Ожидается номер компании"})
    found = Company.objects.filter(pk=int(text)).values_list("schema_name", flat=True).first()
    if found is None:
        raise NotFound()
    return found


def _written(mark: uuid.UUID) -> str:
    return base64.urlsafe_b64encode(mark.bytes).decode().rstrip("=")


def _read(cursor: str) -> uuid.UUID:
    try:
        return uuid.UUID(bytes=base64.urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4)))
    except ValueError as wrong:
        raise Invalid({"cursor": "Список изменился. Откройте его заново"}) from wrong
