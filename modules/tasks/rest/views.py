"""Endpoints of tasks."""

from collections.abc import Mapping, Sequence
from typing import Any, ClassVar

from django.db.models import Exists, Q, QuerySet
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework.response import Response
from rest_framework.serializers import Serializer

from core.access.actor import Actor
from core.access.limits import hidden
from core.access.queries import AskedOfEach, visible
from core.entities import trash
from core.entities.kinds import EntityKind
from core.entities.models import Entity, Participant, Ref
from core.entities.rest.bulk import Bulked
from core.entities.rest.rows import lean
from core.entities.rest.summary import Summed
from core.errors import Invalid
from core.organization.people import principal_of, principals_of
from core.registry import registry
from core.rest.access import Access, needs
from core.rest.cards import with_etag
from core.rest.displays import BOARD_PARAMETERS, WINDOW_PARAMETERS, Displayed, board_out, calendar_out, timeline_out
from core.rest.request import Request
from core.rest.views import CompanyView
from modules.tasks import actions, queries
from modules.tasks.models import Task
from modules.tasks.permissions import CREATE, EDIT, VIEW

from .boards import BOARDS
from .bulk import BULK
from .filters import ADDRESS, grammar, meant
from .groups import GROUPINGS, TOTALS
from .serializers import (
    CoAssigneesIn,
    CountsOut,
    DeedIn,
    TaskChangeIn,
    TaskIn,
    TaskOut,
    TaskRowOut,
    TasksOut,
    card_of,
    task_rows,
)

_TEXT = OpenApiTypes.STR
_FILTERS = [
    OpenApiParameter("tab", _TEXT, enum=queries.TABS, default="all"),
    OpenApiParameter("search", _TEXT, description="words of the title, or the beginning of a number"),
    OpenApiParameter("assignee", _TEXT, description="employee ids through commas"),
    OpenApiParameter("initiator", _TEXT, description="employee ids through commas"),
    OpenApiParameter("status", _TEXT, description="codes through commas"),
    OpenApiParameter("state", _TEXT, description="open, done, cancelled through commas"),
    OpenApiParameter("priority", _TEXT, description="normal, important, urgent through commas"),
    OpenApiParameter("is_private", OpenApiTypes.BOOL),
    OpenApiParameter("due_at__gte", OpenApiTypes.DATETIME),
    OpenApiParameter("due_at__lte", OpenApiTypes.DATETIME),
    OpenApiParameter("due_at__isnull", OpenApiTypes.BOOL),
]
_PAGE = [OpenApiParameter("cursor", _TEXT), OpenApiParameter("limit", OpenApiTypes.INT)]
_LIST = [
    *_FILTERS,
    OpenApiParameter("ordering", _TEXT, description="due_at, late, priority, changed_at, created_at; minus turns"),
    OpenApiParameter("group", _TEXT, enum=[*GROUPINGS], description="by what `in_group` leaves the rows of one"),
    OpenApiParameter("in_group", _TEXT),
    OpenApiParameter("with", _TEXT, description="further columns: tags, fields.<code> through commas"),
    *_PAGE,
]


def named_task(view: CompanyView, task_id: int, *, field: str = "parent") -> Task:
    """A visible task that a request names; Invalid, whether it is not there or may not be known."""
    kind = registry.kind_of(Task.KIND)
    task = visible(view.actor, kind).filter(pk=task_id).first()
    if task is None:
        raise Invalid({field: "Такой задачи нет или она вам не видна"})
    return task


class TaskViewSet(Summed, Bulked, Displayed):
    """Tasks that the caller may see."""

    grammar = grammar
    card_shape = TaskOut
    address = ADDRESS
    groupings = GROUPINGS
    totals = TOTALS
    boards = BOARDS
    bulk_actions = BULK
    versioned = frozenset({"partial_update", "destroy", "deed", "co_assignees"})
    access: ClassVar[dict[str, Access]] = {
        "list": needs(VIEW),
        "create": needs(CREATE),
        "counts": needs(VIEW),
        "summary": needs(VIEW),
        "bulk": needs(VIEW),
        "bulk_undo": needs(VIEW),
        "board": needs(VIEW),
        "calendar": needs(VIEW),
        "timeline": needs(VIEW),
        "retrieve": needs(VIEW),
        "partial_update": needs(VIEW),
        "destroy": needs(VIEW),
        "deed": needs(VIEW),
        "co_assignees": needs(VIEW),
        "restore": needs(EDIT),
    }
    extra_routes: ClassVar[dict[str, dict[str, str]]] = {
        "counts/": {"get": "counts"},
        "summary/": {"get": "summary"},
        "bulk/": {"post": "bulk"},
        "bulk/undo/": {"post": "bulk_undo"},
        "board/": {"get": "board"},
        "calendar/": {"get": "calendar"},
        "timeline/": {"get": "timeline"},
        "<int:card_id>/do/<slug:deed>/": {"post": "deed"},
        "<int:card_id>/co-assignees/": {"put": "co_assignees"},
        "<int:card_id>/restore/": {"post": "restore"},
    }

    @classmethod
    def meant(cls, words: Mapping[str, str]) -> dict[str, str]:
        return meant(super().meant(words), dict(words))

    @classmethod
    def rows_for(
        cls, actor: Actor, kind: EntityKind, params: Any, asked: type[Exists] = AskedOfEach
    ) -> QuerySet[Entity]:
        """Common rows of the tab that the parameters name."""
        return queries.rows_asked(actor, kind, params, asked)

    @classmethod
    def behind(cls, actor: Actor, kind: EntityKind, tab: str, *, each: bool) -> Q:
        queries.must_see_tab(actor, kind, tab)
        return queries.of_tab(actor, tab, each=each)

    def read(self, rows: QuerySet) -> QuerySet:
        return lean(rows, self.kind)

    def rows_out(self, rows: Sequence[Any]) -> list[dict[str, Any]]:
        return task_rows(rows, self.kind)

    def arrows(self, ids: Sequence[int]) -> list[tuple[int, int]]:
        return queries.waits_among(ids)

    @extend_schema(parameters=_LIST, responses=TasksOut)
    def list(self, request: Request) -> Response:
        page = self.page(self.read(self.listed(request.query_params)))
        return Response({"results": self.with_cells(self.rows_out(page.rows)), "next": page.next})

    @extend_schema(
        parameters=[OpenApiParameter("by", _TEXT, enum=(*BOARDS,), required=True), *BOARD_PARAMETERS, *_LIST],
        responses=board_out("Task", TaskRowOut),
    )
    def board(self, request: Request) -> Response:
        return Response(self.board_answer())

    @extend_schema(parameters=[*WINDOW_PARAMETERS, *_FILTERS], responses=calendar_out("Task", TaskRowOut))
    def calendar(self, request: Request) -> Response:
        return Response(self.calendar_answer(BOARDS["due"].moves))

    @extend_schema(parameters=[*WINDOW_PARAMETERS, *_FILTERS, *_PAGE], responses=timeline_out("Task", TaskRowOut))
    def timeline(self, request: Request) -> Response:
        return Response(self.timeline_answer())

    @extend_schema(request=TaskIn, responses={201: TaskOut})
    def create(self, request: Request) -> Response:
        given = self._given(TaskIn)
        named = {
            "assignee": principal_of(given["assignee"], field="assignee"),
            "watchers": principals_of(given["watchers"], field="watchers"),
            "co_assignees": principals_of(given["co_assignees"], field="co_assignees"),
            "parent": named_task(self, given["parent"]) if given["parent"] else None,
        }
        task = actions.create_task(**(given | named), by=self.actor)
        response = self._answer(task.pk)
        response.status_code, response["Location"] = 201, f"/api/v1/{self.kind.plural}/{task.pk}/"
        return response

    @extend_schema(responses=CountsOut)
    def counts(self, request: Request) -> Response:
        counted = queries.counts(self.actor, self.kind)
        if "due_at" in hidden(self.actor.limits, self.kind.code):
            counted["overdue"] = 0
        return Response(counted)

    @extend_schema(responses=TaskOut)
    def retrieve(self, request: Request, card_id: int) -> Response:
        return self._answer(card_id)

    @extend_schema(request=TaskChangeIn, responses=TaskOut)
    def partial_update(self, request: Request, card_id: int) -> Response:
        task, fields = self.card(card_id), self._given(TaskChangeIn)
        if "assignee" in fields:
            keeping = [task.responsible_id]
            fields["assignee"] = principals_of([fields["assignee"]], field="assignee", keeping=keeping)[0]
        actions.change_task(task, fields=fields, by=self.actor, version=self.seen_version())
        return self._answer(card_id)

    @extend_schema(responses={204: None})
    def destroy(self, request: Request, card_id: int) -> Response:
        trash.trash(self.card(card_id), by=self.actor, version=self.seen_version())
        return Response(status=204)

    @extend_schema(request=DeedIn, responses=TaskOut)
    def deed(self, request: Request, card_id: int, deed: str) -> Response:
        actions.do_deed(self.card(card_id), deed, by=self.actor, version=self.seen_version(), **self._given(DeedIn))
        return self._answer(card_id)

    @extend_schema(request=CoAssigneesIn, responses=TaskOut)
    def co_assignees(self, request: Request, card_id: int) -> Response:
        task, named = self.card(card_id), self._given(CoAssigneesIn)["co_assignees"]
        keeping = queries.part_holders(task, Participant.Part.CO_WORKER)
        principals = principals_of(named, field="co_assignees", keeping=keeping)
        actions.set_co_assignees(task, principals, by=self.actor, version=self.seen_version())
        return self._answer(card_id)

    @extend_schema(request=None, responses=TaskOut)
    def restore(self, request: Request, card_id: int) -> Response:
        trash.restore(Ref(self.kind.code, card_id), by=self.actor)
        return self._answer(card_id)

    def shown(self, card_id: int) -> dict[str, Any]:
        """The card as the caller sees it now."""
        return card_of(queries.whole_card.read(self.actor, self.kind, card_id), self.kind, self.actor)

    def _answer(self, card_id: int) -> Response:
        task = queries.whole_card.read(self.actor, self.kind, card_id)
        return with_etag(Response(card_of(task, self.kind, self.actor)), task)

    def _given(self, shape: type[Serializer]) -> dict[str, Any]:
        given = shape(data=self.request.data)
        given.is_valid(raise_exception=True)
        return given.validated_data
