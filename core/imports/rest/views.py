"""From a file to cards, step by step."""

import tempfile
from pathlib import Path
from typing import Any, ClassVar

from django.http import HttpResponse
from django.http.response import HttpResponseBase
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, OpenApiResponse, extend_schema
from rest_framework.response import Response
from rest_framework.serializers import Serializer

from core.access.actor import Actor
from core.attachments.actions import Wish
from core.attachments.rest.serializers import UploadOut
from core.context import current_company
from core.entities.kinds import EntityKind
from core.errors import Invalid, NotFound
from core.rest.access import Access, needs
from core.rest.filters import Grammar, number
from core.rest.pages import limit_of, page_of
from core.rest.request import Request
from core.rest.views import CompanyView
from core.sheets.jobs import content_type_of
from core.sheets.rules.writing import writer_of
from core.storage import CompanyStore, disposition

from ..actions.checks import begin_check, fix_cell
from ..actions.files import begin_import, choose, complete_import
from ..actions.leftovers import begin_bad_file, must_be_kept
from ..actions.runs import begin_run, begin_undo
from ..errors import BadRowsAreNotReady
from ..jobs import bad_file_of
from ..models import Import
from ..permissions import IMPORT
from ..queries import State, columns_to_read, columns_unread, importable_kinds, imports_of, kind_to_import
from .serializers import (
    CellIn,
    ChoiceIn,
    FixedCellOut,
    ImportIn,
    ImportKindsOut,
    ImportOut,
    ImportsOut,
    ProblemsOut,
    RunIn,
    TakeBackIn,
    import_out,
    kind_out,
    rows_out,
)

_NEWEST_FIRST = Grammar(orderings={"created_at": "created_at"}, default_ordering="-created_at")
_FORMS = ("xlsx", "csv")


def _given(request: Request, shape: type[Serializer]) -> dict[str, Any]:
    told = shape(data=request.data)
    told.is_valid(raise_exception=True)
    return told.validated_data


class ImportsView(CompanyView):
    """The caller's imports, newest first; owners and administrators see everybody's."""

    access: ClassVar[dict[str, Access]] = {"get": needs(IMPORT), "post": needs(IMPORT)}

    @extend_schema(parameters=[OpenApiParameter("cursor", str), OpenApiParameter("limit", int)], responses=ImportsOut)
    def get(self, request: Request) -> Response:
        rows = (
            imports_of(self.actor)
            .exclude(state=State.UPLOADING)
            .defer("cards", "sheets", "problems", "edits", "bad_rows")
        )
        page = page_of(rows, request.query_params, _NEWEST_FIRST)
        return Response({"results": rows_out(page.rows), "next": page.next})

    @extend_schema(request=ImportIn, responses={201: UploadOut})
    def post(self, request: Request) -> Response:
        """Begin an import: the bytes go straight to the store by the signed address, then call `complete/`."""
        given = _given(request, ImportIn)
        found = begin_import(given.pop("kind"), Wish(**given), by=self.actor)
        store = CompanyStore(current_company().schema)
        address = store.upload_address(
            store.quarantine_of(found.storage_key), size=found.size, content_type=found.content_type
        )
        upload = {"url": address, "method": "PUT", "headers": {"Content-Type": found.content_type}}
        return Response({"id": found.pk, "upload": upload}, status=201)


def _kind(actor: Actor, kind: EntityKind) -> dict[str, Any]:
    return kind_out(kind, columns_to_read(actor, kind), columns_unread(actor, kind))


class ImportKindsView(CompanyView):
    access: ClassVar[dict[str, Access]] = {"get": needs(IMPORT)}

    @extend_schema(responses=ImportKindsOut)
    def get(self, request: Request) -> Response:
        """What the caller may make from files, with the columns that a file may have."""
        kinds = importable_kinds(self.actor)
        return Response({"results": [_kind(self.actor, kind) for kind in kinds]})


class SampleView(CompanyView):
    access: ClassVar[dict[str, Access]] = {"get": needs(IMPORT)}

    @extend_schema(
        parameters=[OpenApiParameter("file", str, enum=_FORMS, default="xlsx")],
        responses={(200, "application/octet-stream"): OpenApiTypes.BINARY},
    )
    def get(self, request: Request, kind: str) -> HttpResponseBase:
        """A file with all headers and one row, to be filled in and imported."""
        found, sheet = kind_to_import(self.actor, kind)
        form = request.query_params.get("file", "xlsx")
        if form not in _FORMS:
            raise Invalid({"file": f"Ожидается одно из: {', '.join(_FORMS)}"})
        columns = [column for column in columns_to_read(self.actor, found) if column.is_read]
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder) / f"sample.{form}"
            writer = writer_of(form, path, sheet.title, columns)
            writer.row([column.example or None for column in columns])
            writer.close()
            answer = HttpResponse(path.read_bytes(), content_type=content_type_of(form))
        answer["Content-Disposition"] = disposition(f"{sheet.title} — образец.{form}", inline=False)
        return answer


class _OneImport(CompanyView):
    """Finds the import of the address among those the caller answers for; 404 for all others."""

    found: Import

    def initial(self, request: Any, *args: Any, **kwargs: Any) -> None:
        super().initial(request, *args, **kwargs)
        found = imports_of(self.actor).filter(pk=kwargs["import_id"]).first()
        if found is None:
            raise NotFound()
        self.found = found


class ImportView(_OneImport):
    access: ClassVar[dict[str, Access]] = {"get": needs(IMPORT), "patch": needs(IMPORT)}

    @extend_schema(responses=ImportOut)
    def get(self, request: Request, import_id: int) -> Response:
        return Response(import_out(self.found))

    @extend_schema(request=ChoiceIn, responses=ImportOut)
    def patch(self, request: Request, import_id: int) -> Response:
        """Choose the sheet, the columns, and how cards that stand already are known."""
        return Response(import_out(choose(self.found, by=self.actor, **_given(request, ChoiceIn))))


class CompleteView(_OneImport):
    access: ClassVar[dict[str, Access]] = {"post": needs(IMPORT)}

    @extend_schema(request=None, responses=ImportOut)
    def post(self, request: Request, import_id: int) -> Response:
        """The bytes have arrived: read them."""
        return Response(import_out(complete_import(self.found, by=self.actor)))


class CheckView(_OneImport):
    access: ClassVar[dict[str, Access]] = {"post": needs(IMPORT)}

    @extend_schema(request=None, responses=ImportOut)
    def post(self, request: Request, import_id: int) -> Response:
        """Read all rows without making anything."""
        return Response(import_out(begin_check(self.found, by=self.actor)))


class ProblemsView(_OneImport):
    access: ClassVar[dict[str, Access]] = {"get": needs(IMPORT)}

    @extend_schema(parameters=[OpenApiParameter("after", int), OpenApiParameter("limit", int)], responses=ProblemsOut)
    def get(self, request: Request, import_id: int) -> Response:
        """Rows that cannot be read, in the order of the file."""
        after, limit = _row_of(request.query_params.get("after")), limit_of(request.query_params.get("limit"))
        rows = [row for row in self.found.problems if row["row"] > after]
        return Response({"results": rows[:limit], "next": rows[limit - 1]["row"] if len(rows) > limit else None})


class BadRowsView(_OneImport):
    """All rows that cannot be read as a file, to be corrected there and brought again."""

    access: ClassVar[dict[str, Access]] = {"get": needs(IMPORT), "post": needs(IMPORT)}

    @extend_schema(request=None, responses=ImportOut)
    def post(self, request: Request, import_id: int) -> Response:
        """Have the file written; it is ready in a moment, `bad_file` tells."""
        return Response(import_out(begin_bad_file(self.found, by=self.actor)))

    @extend_schema(responses={302: OpenApiResponse(OpenApiTypes.NONE, "the file itself, at an address for a minute")})
    def get(self, request: Request, import_id: int) -> Response:
        if self.found.bad_file != Import.BadFile.READY:
            raise BadRowsAreNotReady()
        must_be_kept(self.found)
        form, name = bad_file_of(self.found)
        address = CompanyStore(current_company().schema).download_address(
            self.found.bad_key, name=name, content_type=content_type_of(form), inline=False
        )
        return Response(status=302, headers={"Location": address, "Referrer-Policy": "no-referrer"})


class CellsView(_OneImport):
    access: ClassVar[dict[str, Access]] = {"patch": needs(IMPORT)}

    @extend_schema(request=CellIn, responses=FixedCellOut)
    def patch(self, request: Request, import_id: int) -> Response:
        """Type over one cell of a row that cannot be read."""
        given = _given(request, CellIn)
        row = given["row"]
        found = fix_cell(self.found, row=row, code=given["column"], text=given["text"], by=self.actor)
        problem = next((one for one in found.problems if one["row"] == row), None)
        return Response({"problem": problem, "good_count": found.good_count, "bad_count": found.bad_count})


class RunView(_OneImport):
    access: ClassVar[dict[str, Access]] = {"post": needs(IMPORT)}

    @extend_schema(request=RunIn, responses=ImportOut)
    def post(self, request: Request, import_id: int) -> Response:
        """Make the cards."""
        return Response(import_out(begin_run(self.found, by=self.actor, **_given(request, RunIn))))


class UndoView(_OneImport):
    access: ClassVar[dict[str, Access]] = {"post": needs(IMPORT)}

    @extend_schema(request=TakeBackIn, responses=ImportOut)
    def post(self, request: Request, import_id: int) -> Response:
        """Take away everything that the import has made."""
        return Response(import_out(begin_undo(self.found, by=self.actor, **_given(request, TakeBackIn))))


def _row_of(text: str | None) -> int:
    try:
        return number(text) if text else 0
    except ValueError as wrong:
        raise Invalid({"after": str(wrong)}) from wrong
