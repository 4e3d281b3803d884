"""Departments and positions."""

from typing import Any

from drf_spectacular.utils import extend_schema
from rest_framework.response import Response

from core.errors import NotFound, Stale
from core.organization.models import Department, Position
from core.organization.people import people
from core.organization.permissions import MANAGE_STRUCTURE, VIEW_PEOPLE
from core.organization.queries import departments_in_order, positions_in_order
from core.organization.structure.actions import (
    change_department,
    create_department,
    create_position,
    remove_department,
    remove_position,
    rename_position,
)
from core.rest.access import needs
from core.rest.cards import seen_version
from core.rest.request import Request
from core.rest.views import CompanyView

from .serializers import (
    DepartmentChanges,
    DepartmentList,
    DepartmentNew,
    DepartmentOut,
    PositionList,
    PositionOut,
    PositionTitle,
)


class DepartmentsView(CompanyView):
    access = {"get": needs(VIEW_PEOPLE), "post": needs(MANAGE_STRUCTURE)}

    @extend_schema(responses={200: DepartmentList})
    def get(self, request: Request) -> Response:
        return Response({"results": departments_out()})

    @extend_schema(request=DepartmentNew, responses={201: DepartmentOut})
    def post(self, request: Request) -> Response:
        form = DepartmentNew(data=request.data)
        form.is_valid(raise_exception=True)
        department = create_department(**form.validated_data, by=self.actor)
        return _answer(department.pk, status=201)


class DepartmentView(CompanyView):
    versioned = frozenset({"patch"})
    access = {"get": needs(VIEW_PEOPLE), "patch": needs(MANAGE_STRUCTURE), "delete": needs(MANAGE_STRUCTURE)}

    @extend_schema(responses={200: DepartmentOut})
    def get(self, request: Request, department_id: int) -> Response:
        return _answer(_department(department_id).pk)

    @extend_schema(request=DepartmentChanges, responses={200: DepartmentOut})
    def patch(self, request: Request, department_id: int) -> Response:
        form = DepartmentChanges(data=request.data)
        form.is_valid(raise_exception=True)
        department, seen = _department(department_id), seen_version(request)
        try:
            change_department(department, given=form.validated_data, version=seen, by=self.actor)
        except Stale as stale:
            raise Stale(current=_one(department_id)) from stale
        return _answer(department_id)

    @extend_schema(responses={204: None})
    def delete(self, request: Request, department_id: int) -> Response:
        remove_department(_department(department_id), by=self.actor)
        return Response(status=204)


class PositionsView(CompanyView):
    access = {"get": needs(VIEW_PEOPLE), "post": needs(MANAGE_STRUCTURE)}

    @extend_schema(responses={200: PositionList})
    def get(self, request: Request) -> Response:
        return Response({"results": [_position_out(row) for row in positions_in_order()]})

    @extend_schema(request=PositionTitle, responses={201: PositionOut})
    def post(self, request: Request) -> Response:
        form = PositionTitle(data=request.data)
        form.is_valid(raise_exception=True)
        position = create_position(**form.validated_data, by=self.actor)
        return Response({"id": position.pk, "title": position.title, "employees_count": 0}, status=201)


class PositionView(CompanyView):
    access = {"patch": needs(MANAGE_STRUCTURE), "delete": needs(MANAGE_STRUCTURE)}

    @extend_schema(request=PositionTitle, responses={200: PositionOut})
    def patch(self, request: Request, position_id: int) -> Response:
        form = PositionTitle(data=request.data)
        form.is_valid(raise_exception=True)
        rename_position(_position(position_id), **form.validated_data, by=self.actor)
        return Response(next(_position_out(row) for row in positions_in_order() if row.pk == position_id))

    @extend_schema(responses={204: None})
    def delete(self, request: Request, position_id: int) -> Response:
        remove_position(_position(position_id), by=self.actor)
        return Response(status=204)


def departments_out() -> list[dict[str, Any]]:
    """The whole tree with its heads, in two queries."""
    rows = departments_in_order()
    heads = people(row["head_principal"] for row in rows)
    for row in rows:
        row["head"] = heads.get(row.pop("head_principal"))
    return rows


def _one(department_id: int) -> dict[str, Any]:
    return next(row for row in departments_out() if row["id"] == department_id)


def _answer(department_id: int, status: int = 200) -> Response:
    row = _one(department_id)
    response = Response(row, status=status)
    response["ETag"] = f'"{row["version"]}"'
    return response


def _department(department_id: int) -> Department:
    found = Department.objects.filter(pk=department_id).first()
    if found is None:
        raise NotFound()
    return found


def _position(position_id: int) -> Position:
    found = Position.objects.filter(pk=position_id).first()
    if found is None:
        raise NotFound()
    return found


def _position_out(row: Any) -> dict[str, Any]:
    return {"id": row.pk, "title": row.title, "employees_count": row.held}
