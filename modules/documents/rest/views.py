"""Endpoints of documents."""

from collections.abc import Mapping, Sequence
from typing import Any, ClassVar

from django.db.models import Exists, Q, QuerySet
from django.utils import timezone
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework.response import Response
from rest_framework.serializers import Serializer

from core.access.actor import Actor
from core.access.queries import AskedOfEach, visible_card
from core.entities import trash
from core.entities.kinds import EntityKind
from core.entities.models import Entity, Ref
from core.entities.rest.bulk import Bulked
from core.entities.rest.rows import lean
from core.entities.rest.summary import Summed
from core.errors import Invalid, NotFound
from core.organization.people import principals_of
from core.rest.access import Access, needs
from core.rest.cards import with_etag
from core.rest.request import Request
from modules.documents import actions, queries, reports
from modules.documents.actions.cards import PEOPLE, name_text, set_secrecy
from modules.documents.actions.filling import beginning_of
from modules.documents.actions.nomenclature import put_into_file
from modules.documents.models import CaseFile, DocumentTemplate
from modules.documents.permissions import CREATE, EDIT, VIEW

from .bulk import BULK
from .filters import ADDRESS, grammar, meant
from .groups import GROUPINGS, TOTALS
from .reports import DocumentReportOut
from .serializers import (
    DocumentChangeIn,
    DocumentCountsOut,
    DocumentDeedIn,
    DocumentIn,
    DocumentOut,
    DocumentPlaceIn,
    DocumentsOut,
    DocumentTextIn,
    RegisterIn,
    SecrecyIn,
    card_of,
    document_rows,
)

_TEXT = OpenApiTypes.STR
_LIST = [
    OpenApiParameter("tab", _TEXT, enum=queries.TABS, default="all"),
    OpenApiParameter("search", _TEXT, description="words of the title, or a part of a number"),
    OpenApiParameter("responsible", _TEXT, description="employee ids through commas"),
    OpenApiParameter("author", _TEXT, description="employee ids through commas"),
    OpenApiParameter("addressee", _TEXT, description="employee ids through commas"),
    OpenApiParameter("status", _TEXT, description="codes through commas"),
    OpenApiParameter("state", _TEXT, description="open, done, cancelled through commas"),
    OpenApiParameter("secrecy", _TEXT, description="open, office, confidential through commas"),
    OpenApiParameter("case_file", _TEXT, description="ids through commas"),
    OpenApiParameter("correspondent", _TEXT, description="a part of the other side's name"),
    OpenApiParameter("holder", _TEXT, description="who is to decide upon it now: employee ids through commas"),
    OpenApiParameter("stage", _TEXT, description="where it stands now: <route>.<stage> through commas"),
    OpenApiParameter("stage_late", bool, description="whether the term of a stage has passed"),
    OpenApiParameter("registered_on__gte", OpenApiTypes.DATE),
    OpenApiParameter("registered_on__lte", OpenApiTypes.DATE),
    OpenApiParameter("valid_until__lte", OpenApiTypes.DATE),
    OpenApiParameter("ordering", _TEXT, description="registered, due_at, priority, changed_at, created_at"),
    OpenApiParameter("group", _TEXT, enum=[*GROUPINGS], description="by what `in_group` leaves the rows of one"),
    OpenApiParameter("in_group", _TEXT),
    OpenApiParameter("with", _TEXT, description="further columns: tags, fields.<code> through commas"),
    OpenApiParameter("cursor", _TEXT),
    OpenApiParameter("limit", OpenApiTypes.INT),
]


class DocumentViewSet(Summed, Bulked):
    """Documents that the caller may see."""

    grammar = grammar
    card_shape = DocumentOut
    address = ADDRESS
    groupings = GROUPINGS
    totals = TOTALS
    bulk_actions = BULK
    versioned = frozenset({"partial_update", "destroy", "deed", "register", "secrecy", "place", "text"})
    access: ClassVar[dict[str, Access]] = {
        "list": needs(VIEW),
        "create": needs(CREATE),
        "counts": needs(VIEW),
        "report": needs(VIEW),
        "summary": needs(VIEW),
        "bulk": needs(VIEW),
        "bulk_undo": needs(VIEW),
        "retrieve": needs(VIEW),
        "partial_update": needs(VIEW),
        "destroy": needs(VIEW),
        "deed": needs(VIEW),
        "register": needs(VIEW),
        "secrecy": needs(VIEW),
        "place": needs(VIEW),
        "text": needs(VIEW),
        "restore": needs(EDIT),
    }
    extra_routes: ClassVar[dict[str, dict[str, str]]] = {
        "counts/": {"get": "counts"},
        "report/": {"get": "report"},
        "summary/": {"get": "summary"},
        "bulk/": {"post": "bulk"},
        "bulk/undo/": {"post": "bulk_undo"},
        "<int:card_id>/do/<slug:deed>/": {"post": "deed"},
        "<int:card_id>/register/": {"post": "register"},
        "<int:card_id>/secrecy/": {"put": "secrecy"},
        "<int:card_id>/case-file/": {"put": "place"},
        "<int:card_id>/text/": {"put": "text"},
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
        queries.must_know_tab(tab)
        return queries.of_tab(actor, tab, each=each)

    @extend_schema(parameters=_LIST, responses=DocumentsOut)
    def list(self, request: Request) -> Response:
        page = self.page(lean(self.listed(request.query_params), self.kind))
        return Response({"results": self.with_cells(document_rows(page.rows, self.kind)), "next": page.next})

    @extend_schema(request=DocumentIn, responses={201: DocumentOut})
    def create(self, request: Request) -> Response:
        given = self._people(self._given(DocumentIn))
        given["watchers"] = principals_of(given["watchers"], field="watchers")
        source, template = given.pop("source"), given.pop("template")
        if source is not None:
            given["source"] = self._source(source)
        begun = beginning_of(self._template(template), given, by=self.actor) if template is not None else {}
        as_written = begun.keys() - given.keys()
        given = {**begun, **given}
        if not given.get("title"):
            if "source" not in given:
                raise Invalid({"title": "Назовите документ"})
            given["title"] = given["source"].title
        document = actions.create_document(**given, as_written=as_written, by=self.actor)
        response = self._answer(document.pk)
        response.status_code, response["Location"] = 201, f"/api/v1/{self.kind.plural}/{document.pk}/"
        return response

    @extend_schema(responses=DocumentCountsOut)
    def counts(self, request: Request) -> Response:
        return Response(queries.counts(self.actor, self.kind))

    @extend_schema(responses=DocumentReportOut)
    def report(self, request: Request) -> Response:
        """How all documents that the caller sees stand now; drafts are their authors' alone and in no report."""
        return Response(reports.report(self.actor, self.kind))

    @extend_schema(responses=DocumentOut)
    def retrieve(self, request: Request, card_id: int) -> Response:
        return self._answer(card_id)

    @extend_schema(request=DocumentChangeIn, responses=DocumentOut)
    def partial_update(self, request: Request, card_id: int) -> Response:
        document = self.card(card_id)
        keeping = [who for column in PEOPLE.values() if (who := getattr(document, column)) is not None]
        fields = self._people(self._given(DocumentChangeIn), keeping)
        actions.change_document(document, fields=fields, by=self.actor, version=self.seen_version())
        return self._answer(card_id)

    @extend_schema(responses={204: None})
    def destroy(self, request: Request, card_id: int) -> Response:
        actions.throw_away(self.card(card_id), by=self.actor, version=self.seen_version())
        return Response(status=204)

    @extend_schema(request=DocumentDeedIn, responses=DocumentOut)
    def deed(self, request: Request, card_id: int, deed: str) -> Response:
        given = self._given(DocumentDeedIn)
        actions.do_deed(self.card(card_id), deed, by=self.actor, version=self.seen_version(), **given)
        return self._answer(card_id)

    @extend_schema(request=RegisterIn, responses=DocumentOut)
    def register(self, request: Request, card_id: int) -> Response:
        """Give the document its number, the next one or one that the caller has kept."""
        given = self._given(RegisterIn)
        actions.register_document(self.card(card_id), by=self.actor, version=self.seen_version(), **given)
        return self._answer(card_id)

    @extend_schema(request=SecrecyIn, responses={200: DocumentOut, 204: None})
    def secrecy(self, request: Request, card_id: int) -> Response:
        """Put a mark on the document; 204 when the caller sees it no more by that."""
        given = self._given(SecrecyIn)
        set_secrecy(self.card(card_id), by=self.actor, version=self.seen_version(), **given)
        return self._answer(card_id) if self.visible().filter(pk=card_id).exists() else Response(status=204)

    @extend_schema(request=DocumentPlaceIn, responses=DocumentOut)
    def place(self, request: Request, card_id: int) -> Response:
        """Lay the document into a file of the nomenclature."""
        document, wanted = self.card(card_id), self._given(DocumentPlaceIn)["case_file"]
        found = CaseFile.objects.filter(pk=wanted).first() if wanted is not None else None
        if wanted is not None and found is None:
            raise Invalid({"case_file": "Такого дела нет. Обновите страницу"})
        put_into_file(document, case_file=found, by=self.actor, version=self.seen_version())
        return self._answer(card_id)

    @extend_schema(request=DocumentTextIn, responses=DocumentOut)
    def text(self, request: Request, card_id: int) -> Response:
        """Say which of the document's files is its text."""
        given = self._given(DocumentTextIn)
        name_text(self.card(card_id), by=self.actor, version=self.seen_version(), **given)
        return self._answer(card_id)

    @extend_schema(request=None, responses=DocumentOut)
    def restore(self, request: Request, card_id: int) -> Response:
        trash.restore(Ref(self.kind.code, card_id), by=self.actor)
        return self._answer(card_id)

    def shown(self, card_id: int) -> dict[str, Any]:
        """The card as the caller sees it now."""
        row = queries.whole_card.read(self.actor, self.kind, card_id)
        return card_of(row, self.kind, self.actor, timezone.now())

    def _answer(self, card_id: int) -> Response:
        row = queries.whole_card.read(self.actor, self.kind, card_id)
        return with_etag(Response(card_of(row, self.kind, self.actor, timezone.now())), row)

    def _given(self, shape: type[Serializer]) -> dict[str, Any]:
        told = shape(data=self.request.data)
        told.is_valid(raise_exception=True)
        return dict(told.validated_data)

    def _people(self, given: dict[str, Any], keeping: Sequence[int] = ()) -> dict[str, Any]:
        """The same with principals in place of employees."""
        for name in PEOPLE.keys() & given.keys():
            if given[name] is not None:
                given[name] = principals_of([given[name]], field=name, keeping=keeping)[0]
        return given

    def _source(self, pk: int) -> Any:
        try:
            return visible_card(self.actor, self.kind, pk)
        except NotFound as missing:
            raise Invalid({"source": "Такого документа нет или он вам не виден"}) from missing

    def _template(self, pk: int) -> DocumentTemplate:
        found = DocumentTemplate.objects.filter(pk=pk, archived_at__isnull=True).first()
        if found is None:
            raise Invalid({"template": "Такого шаблона нет. Обновите страницу"})
        return found
