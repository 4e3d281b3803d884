"""«Помощь» on a company's host: whom to call, what one has asked, the talk about it, files.

The caller is known in the company's scope, the rows stand in the registry's: one is closed before the other opens.
"""

from typing import Any, ClassVar

from django.conf import settings
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, OpenApiResponse, extend_schema
from rest_framework.response import Response

from core.attachments.rest.serializers import UploadIn, UploadOut
from core.attachments.rules.types import INLINE
from core.context import control_scope
from core.identity.rest.browser import read
from core.rest.access import SIGNED_IN
from core.rest.pages import page_of
from core.rest.request import Request
from core.rest.views import RegistryView
from core.storage import CompanyStore
from tenants.appeals.actions.papers import begin_paper, complete_paper
from tenants.appeals.actions.people import close_own, go_on, make_appeal, reopen
from tenants.appeals.errors import PaperIsNotReady, PaperIsRejected
from tenants.appeals.models import Paper
from tenants.appeals.permissions import SEE_ALL
from tenants.appeals.queries import LINES, OWN, Reader, words
from tenants.appeals.rules import LARGEST_PAPER, MOST_PAPERS

from .serializers import (
    AppealForm,
    AppealLineOut,
    AppealLinesOut,
    AppealOut,
    AppealsOut,
    HelpOut,
    PaperOut,
    WordsForm,
    line_out,
    paper_out,
)
from .shown import appeal_out

_PAGED = [OpenApiParameter(name, str) for name in ("cursor", "limit")]


class HelpersView(RegistryView):
    """What every door here says: it works whatever is paid, and not for the service's people who are in as guests."""

    works_unpaid = True
    closed_to_support: ClassVar[bool] = True

    @property
    def reader(self) -> Reader:
        return Reader(self.request.company.id, self.actor)

    @property
    def me(self) -> int:
        return self.actor.principal_id


class HelpView(HelpersView):
    """Whom to call, and whether one can write from here."""

    access = {"get": SIGNED_IN}

    @extend_schema(responses={200: HelpOut})
    def get(self, request: Request) -> Response:
        told: dict[str, Any] = {
            "phone": settings.SUPPORT_PHONE,
            "email": settings.SUPPORT_EMAIL,
            "takes_appeals": not settings.ONE_COMPANY,
            "sees_all": self.actor.may(SEE_ALL),
            "build": settings.RELEASE,
            "most_files": MOST_PAPERS,
            "largest_file": LARGEST_PAPER,
        }
        return Response(told)


class AppealsView(HelpersView):
    """One's own appeals; with `all` those of the whole company, for whoever may see them."""

    limited = True
    access = {"get": SIGNED_IN, "post": SIGNED_IN}

    @extend_schema(
        parameters=[OpenApiParameter("state", str), OpenApiParameter("all", bool), *_PAGED],
        responses={200: AppealsOut},
    )
    def get(self, request: Request) -> Response:
        asked = request.query_params.copy()
        whole = asked.pop("all", ["false"])[-1] == "true"
        with control_scope():
            rows = OWN.narrow(self.reader.appeals(whole_company=whole), asked)
            page = page_of(rows, asked, OWN)
        return Response({"results": [appeal_out(row, reader=self.me) for row in page.rows], "next": page.next})

    @extend_schema(request=AppealForm, responses={201: AppealOut})
    def post(self, request: Request) -> Response:
        form = read(AppealForm, request)
        with control_scope():
            made = make_appeal(request.company.schema, **form, by=self.actor)
        return Response(appeal_out(made, reader=self.me), status=201)


class AppealView(HelpersView):
    access = {"get": SIGNED_IN}

    @extend_schema(responses={200: AppealOut})
    def get(self, request: Request, appeal_id: int) -> Response:
        with control_scope():
            found = self.reader.appeal(appeal_id)
        return Response(appeal_out(found, reader=self.me))


class LinesView(HelpersView):
    """The talk, the newest first."""

    limited = True
    access = {"get": SIGNED_IN, "post": SIGNED_IN}

    @extend_schema(parameters=_PAGED, responses={200: AppealLinesOut})
    def get(self, request: Request, appeal_id: int) -> Response:
        with control_scope():
            page = page_of(words(self.reader.appeal(appeal_id)), request.query_params, LINES)
            told = [line_out(row, reader=self.me) for row in page.rows]
        return Response({"results": told, "next": page.next})

    @extend_schema(request=WordsForm, responses={201: AppealLineOut})
    def post(self, request: Request, appeal_id: int) -> Response:
        form = read(WordsForm, request)
        with control_scope():
            line = go_on(request.company.schema, appeal_id, **form, by=self.actor)
            told = line_out(line, reader=self.me)
        return Response(told, status=201)


class CloseView(HelpersView):
    access = {"post": SIGNED_IN}

    @extend_schema(request=None, responses={200: AppealOut})
    def post(self, request: Request, appeal_id: int) -> Response:
        with control_scope():
            row = close_own(request.company.schema, appeal_id, by=self.actor)
        return Response(appeal_out(row, reader=self.me))


class ReopenView(HelpersView):
    access = {"post": SIGNED_IN}

    @extend_schema(request=None, responses={200: AppealOut})
    def post(self, request: Request, appeal_id: int) -> Response:
        with control_scope():
            row = reopen(request.company.schema, appeal_id, by=self.actor)
        return Response(appeal_out(row, reader=self.me))


class PapersView(HelpersView):
    """Begin an upload: the bytes go straight to the store by the signed address, then call `complete/`."""

    limited = True
    access = {"post": SIGNED_IN}

    @extend_schema(request=UploadIn, responses={201: UploadOut})
    def post(self, request: Request) -> Response:
        form, store = read(UploadIn, request), CompanyStore(request.company.schema)
        with control_scope():
            paper = begin_paper(request.company.schema, **form, by=self.actor)
        address = store.upload_address(
            store.quarantine_of(paper.storage_key), size=paper.size, content_type=paper.content_type
        )
        upload = {"url": address, "method": "PUT", "headers": {"Content-Type": paper.content_type}}
        return Response({"id": paper.pk, "upload": upload}, status=201)


class PaperView(HelpersView):
    access = {"get": SIGNED_IN}

    @extend_schema(responses={200: PaperOut})
    def get(self, request: Request, file_id: int) -> Response:
        with control_scope():
            return Response(paper_out(self.reader.paper(file_id)))


class PaperCompletionView(HelpersView):
    access = {"post": SIGNED_IN}

    @extend_schema(request=None, responses={200: PaperOut})
    def post(self, request: Request, file_id: int) -> Response:
        with control_scope():
            return Response(paper_out(complete_paper(request.company.schema, file_id, by=self.actor)))


class PaperContentView(HelpersView):
    access = {"get": SIGNED_IN}

    @extend_schema(responses={302: OpenApiResponse(OpenApiTypes.NONE, "the file itself, at an address for a minute")})
    def get(self, request: Request, file_id: int) -> Response:
        with control_scope():
            paper = self.reader.paper(file_id)
        return sent_to(paper, request.company.schema)


def sent_to(paper: Paper, schema: str) -> Response:
    """The browser is sent to the bytes. Errors: PaperIsRejected, PaperIsNotReady."""
    if paper.state == Paper.State.REJECTED:
        raise PaperIsRejected("Файл не прошёл проверку, и его содержимого нет")
    if paper.state != Paper.State.READY:
        raise PaperIsNotReady()
    address = CompanyStore(schema).download_address(
        paper.storage_key, name=paper.name, content_type=paper.content_type, inline=paper.content_type in INLINE
    )
    return Response(status=302, headers={"Location": address, "Referrer-Policy": "no-referrer"})
