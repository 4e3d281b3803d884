"""«Обращения» at the console: the queue, one appeal, the talk about it."""

from django.urls import path
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, OpenApiResponse, extend_schema
from rest_framework.response import Response

from core.identity.rest.browser import read
from core.rest.access import needs
from core.rest.pages import page_of
from core.rest.request import Request
from tenants.appeals.actions.operators import answer, close, note, open_paper, take
from tenants.appeals.queries import LINES, QUEUE, queue, queued, thread, unanswered
from tenants.console.permissions import ANSWER
from tenants.console.rest.base import ConsoleView
from tenants.models import Company

from .serializers import AnswerForm, AppealCard, NoteForm, QueuedAppeals, ThreadLine, ThreadLines, thread_line_out
from .shown import card_out, queued_out
from .views import sent_to

_ASKED = [OpenApiParameter(name, str) for name in ("state", "company", "operator", "free", "cursor", "limit")]


class AppealView(ConsoleView):
    """Base of what concerns one appeal: each answers with the whole of it."""

    def told(self, appeal_id: int) -> Response:
        return Response(card_out(queued(appeal_id), self.operator))


class QueueView(ConsoleView):
    access = {"get": needs(ANSWER)}

    @extend_schema(parameters=_ASKED, responses={200: QueuedAppeals})
    def get(self, request: Request) -> Response:
        page = page_of(QUEUE.narrow(queue(), request.query_params), request.query_params, QUEUE)
        rows = [queued_out(row) for row in page.rows]
        return Response({"results": rows, "next": page.next, "unanswered": unanswered()})


class OneView(AppealView):
    access = {"get": needs(ANSWER)}

    @extend_schema(responses={200: AppealCard})
    def get(self, request: Request, appeal_id: int) -> Response:
        return self.told(appeal_id)


class ThreadView(ConsoleView):
    """Both sides and the operators' notes, the newest first."""

    access = {"get": needs(ANSWER)}

    @extend_schema(
        parameters=[OpenApiParameter(name, str) for name in ("cursor", "limit")], responses={200: ThreadLines}
    )
    def get(self, request: Request, appeal_id: int) -> Response:
        page = page_of(thread(queued(appeal_id)), request.query_params, LINES)
        return Response({"results": [thread_line_out(row) for row in page.rows], "next": page.next})


class TakeView(AppealView):
    access = {"post": needs(ANSWER)}

    @extend_schema(request=None, responses={200: AppealCard})
    def post(self, request: Request, appeal_id: int) -> Response:
        take(appeal_id, by=self.operator)
        return self.told(appeal_id)


class AnswerView(AppealView):
    access = {"post": needs(ANSWER)}

    @extend_schema(request=AnswerForm, responses={201: ThreadLine})
    def post(self, request: Request, appeal_id: int) -> Response:
        line = answer(appeal_id, **read(AnswerForm, request), by=self.operator)
        return Response(thread_line_out(line), status=201)


class NoteView(AppealView):
    access = {"post": needs(ANSWER)}

    @extend_schema(request=NoteForm, responses={201: ThreadLine})
    def post(self, request: Request, appeal_id: int) -> Response:
        line = note(appeal_id, **read(NoteForm, request), by=self.operator)
        return Response(thread_line_out(line), status=201)


class CloseView(AppealView):
    access = {"post": needs(ANSWER)}

    @extend_schema(request=None, responses={200: AppealCard})
    def post(self, request: Request, appeal_id: int) -> Response:
        close(appeal_id, by=self.operator)
        return self.told(appeal_id)


class FileView(ConsoleView):
    """A file that went along: that it was opened stands in the journal."""

    access = {"get": needs(ANSWER)}

    @extend_schema(responses={302: OpenApiResponse(OpenApiTypes.NONE, "the file itself, at an address for a minute")})
    def get(self, request: Request, appeal_id: int, file_id: int) -> Response:
        paper = open_paper(appeal_id, file_id, by=self.operator)
        return sent_to(paper, Company.objects.values_list("schema_name", flat=True).get(pk=paper.company_id))


console_routes = [
    path("appeals/", QueueView.as_view()),
    path("appeals/<int:appeal_id>/", OneView.as_view()),
    path("appeals/<int:appeal_id>/lines/", ThreadView.as_view()),
    path("appeals/<int:appeal_id>/take/", TakeView.as_view()),
    path("appeals/<int:appeal_id>/answer/", AnswerView.as_view()),
    path("appeals/<int:appeal_id>/note/", NoteView.as_view()),
    path("appeals/<int:appeal_id>/close/", CloseView.as_view()),
    path("appeals/<int:appeal_id>/files/<int:file_id>/", FileView.as_view()),
]
