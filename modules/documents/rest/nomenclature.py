"""The nomenclature of files, and what of it may be destroyed."""

from typing import Any, ClassVar

from django.db.models import Count, Q
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import serializers
from rest_framework.response import Response

from core.errors import Invalid, NotFound
from core.organization.models import Department
from core.rest.access import Access, needs
from core.rest.cards import seen_version, with_etag
from core.rest.fields import ID, LineField
from core.rest.filters import Filter, Grammar, number
from core.rest.pages import page_of
from core.rest.request import Request
from core.rest.views import CompanyView
from modules.documents.actions.nomenclature import change_case_file, destroy_files, make_case_file
from modules.documents.models import CaseFile
from modules.documents.permissions import FILES, VIEW
from modules.documents.queries import case_files, to_destroy
from modules.documents.rules import destroyed_from

_MOST = 200
_GRAMMAR = Grammar(filters={"year": Filter("year", number)}, orderings={"index": "index"}, default_ordering="index")


class CaseFileIn(serializers.Serializer):
    """A file; with partial data only what is given changes."""

    index = LineField(max_length=30)
    title = LineField(max_length=300)
    year = serializers.IntegerField(min_value=1990, max_value=2200)
    department = serializers.IntegerField(allow_null=True, required=False, help_text="whose it is", **ID)
    years = serializers.IntegerField(
        min_value=1, max_value=100, allow_null=True, required=False, help_text="kept so long once closed; null for ever"
    )
    article = LineField(max_length=60, allow_blank=True, required=False)
    closed_on = serializers.DateField(allow_null=True, required=False)


class CaseFileOut(serializers.Serializer):
    """A file of the nomenclature; `documents_count` are its documents, whoever may see them."""

    id = serializers.IntegerField()
    index = serializers.CharField()
    title = serializers.CharField()
    year = serializers.IntegerField()
    department = serializers.IntegerField(allow_null=True)
    department_title = serializers.CharField(allow_null=True)
    years = serializers.IntegerField(allow_null=True)
    article = serializers.CharField()
    closed_on = serializers.DateField(allow_null=True)
    destroyed_from = serializers.DateField(allow_null=True, help_text="the first day on which it may be destroyed")
    destroyed_on = serializers.DateField(allow_null=True)
    destroyed_by_act = serializers.CharField()
    documents_count = serializers.IntegerField()
    version = serializers.IntegerField()


class CaseFilesOut(serializers.Serializer):
    results = CaseFileOut(many=True)
    next = serializers.CharField(allow_null=True)


class CaseFilesDestroyIn(serializers.Serializer):
    ids = serializers.ListField(child=serializers.IntegerField(**ID), min_length=1, max_length=_MOST)
    act = LineField(max_length=60, help_text="number and day of the act")


class CaseFilesView(CompanyView):
    """Files of the nomenclature, of all years or of one."""

    module = "documents"
    access: ClassVar[dict[str, Access]] = {"get": needs(VIEW), "post": needs(FILES)}

    @extend_schema(
        parameters=[OpenApiParameter("year", int), OpenApiParameter("cursor", str), OpenApiParameter("limit", int)],
        responses=CaseFilesOut,
    )
    def get(self, request: Request) -> Response:
        rows = _GRAMMAR.narrow(_counted(case_files().order_by()), request.query_params)
        page = page_of(rows, request.query_params, _GRAMMAR)
        return Response({"results": [_shown(row) for row in page.rows], "next": page.next})

    @extend_schema(request=CaseFileIn, responses={201: CaseFileOut})
    def post(self, request: Request) -> Response:
        made = make_case_file(given=_given(request), by=self.actor)
        return with_etag(Response(_read(made.pk), status=201), made)


class CaseFileView(CompanyView):
    """One file."""

    module = "documents"
    versioned = frozenset({"patch"})
    access: ClassVar[dict[str, Access]] = {"patch": needs(FILES)}

    @extend_schema(request=CaseFileIn, responses=CaseFileOut)
    def patch(self, request: Request, file_id: int) -> Response:
        found = CaseFile.objects.filter(pk=file_id).first()
        if found is None:
            raise NotFound()
        given = _given(request, partial=True)
        changed = change_case_file(found, given=given, by=self.actor, version=seen_version(request))
        return with_etag(Response(_read(changed.pk)), changed)


class DestructionView(CompanyView):
    """Files whose term has passed: the list of an act, and the note that they were destroyed by one."""

    module = "documents"
    access: ClassVar[dict[str, Access]] = {"get": needs(FILES), "post": needs(FILES)}

    @extend_schema(responses=CaseFilesOut)
    def get(self, request: Request) -> Response:
        ids = [row.pk for row, _ in to_destroy()[:_MOST]]
        rows = _counted(case_files().filter(pk__in=ids))
        return Response({"results": [_shown(row) for row in rows], "next": None})

    @extend_schema(request=CaseFilesDestroyIn, responses=CaseFilesOut)
    def post(self, request: Request) -> Response:
        told = CaseFilesDestroyIn(data=request.data)
        told.is_valid(raise_exception=True)
        gone = destroy_files(told.validated_data["ids"], act=told.validated_data["act"], by=self.actor)
        rows = _counted(case_files().filter(pk__in=[row.pk for row in gone]))
        return Response({"results": [_shown(row) for row in rows], "next": None})


def _counted(rows: Any) -> Any:
    return rows.annotate(held=Count("documents", filter=Q(documents__trashed_at__isnull=True)))


def _read(pk: int) -> dict[str, Any]:
    return _shown(_counted(case_files()).get(pk=pk))


def _given(request: Request, *, partial: bool = False) -> dict[str, Any]:
    told = CaseFileIn(data=request.data, partial=partial)
    told.is_valid(raise_exception=True)
    given = dict(told.validated_data)
    if "department" in given:
        given["department_id"] = place = given.pop("department")
        if place is not None and not Department.objects.filter(pk=place).exists():
            raise Invalid({"department": "Такого отдела нет. Обновите страницу"})
    return given


def _shown(row: Any) -> dict[str, Any]:
    free_from = destroyed_from(row.closed_on, row.years)
    days = {"closed_on": row.closed_on, "destroyed_from": free_from, "destroyed_on": row.destroyed_on}
    return {
        "id": row.pk,
        "index": row.index,
        "title": row.title,
        "year": row.year,
        "department": row.department_id,
        "department_title": row.department.title if row.department else None,
        "years": row.years,
        "article": row.article,
        **{name: day.isoformat() if day else None for name, day in days.items()},
        "destroyed_by_act": row.destroyed_by_act,
        "documents_count": row.held,
        "version": row.version,
    }
