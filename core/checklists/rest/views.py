"""The checklist of a card, and one point by its own address."""

from typing import Any, ClassVar

from drf_spectacular.utils import extend_schema
from rest_framework.response import Response

from core.entities.kinds import EntityKind
from core.entities.models import Entity
from core.errors import NotFound
from core.organization.people import principals_of
from core.rest.access import SIGNED_IN, Access
from core.rest.belongings import BelongingView
from core.rest.cards import AboutCardView
from core.rest.request import Request

from ..actions import (
    add_points,
    answers_for,
    change_point,
    fail,
    may_be_ticked,
    place_point,
    remove_point,
    reopen,
    tick,
)
from ..models import Point
from ..queries import points_of
from ..rules import Shown, Spot
from .serializers import ChecklistOut, PlaceIn, PointFields, PointOut, PointsIn, ShownIn, points_out


class CardChecklistView(AboutCardView):
    """All points of one card."""

    access: ClassVar[dict[str, Access]] = {"get": SIGNED_IN, "post": SIGNED_IN}

    @extend_schema(responses=ChecklistOut)
    def get(self, request: Request, card_id: int) -> Response:
        return Response(self._shown())

    @extend_schema(request=PointsIn, responses={201: ChecklistOut})
    def post(self, request: Request, card_id: int) -> Response:
        """Add points at the end; the whole checklist as it stands then."""
        told = PointsIn(data=request.data)
        told.is_valid(raise_exception=True)
        points = told.validated_data["points"]
        ids = [point["assignee"] for point in points if point.get("assignee")]
        known = dict(zip(dict.fromkeys(ids), principals_of(ids, field="assignee"), strict=True))
        add_points(self.card, self.kind, points=[_stored(point, known) for point in points], by=self.actor)
        return Response(self._shown(), status=201)

    def _shown(self) -> dict[str, Any]:
        rows = list(points_of(self.card).select_related("shown_file"))
        goes_on = self.kind.goes_on(self.card)
        can_edit = goes_on and answers_for(self.card, self.kind, self.actor)
        ticked = may_be_ticked(self.card, self.kind, self.actor)
        opens = self.kind.opens_files(self.actor, self.card)
        shown = points_out(rows, self.actor, can_edit=can_edit, goes_on=ticked, opens_files=opens)
        return {"results": shown, "can_edit": can_edit}


class _OnePoint(BelongingView):
    """Base of operations on a point: whoever does not see its card does not learn of it."""

    kind: EntityKind
    card: Entity
    point: Point

    def initial(self, request: Any, *args: Any, **kwargs: Any) -> None:
        super().initial(request, *args, **kwargs)
        found = Point.objects.select_related("entity", "shown_file").filter(pk=kwargs["point_id"]).first()
        if found is None:
            raise NotFound()
        self.kind, self.card = self.card_of(found.entity)
        self.point = found

    def answer(self, point: Point) -> Response:
        can_edit = answers_for(self.card, self.kind, self.actor)
        ticked = may_be_ticked(self.card, self.kind, self.actor)
        opens = self.kind.opens_files(self.actor, self.card)
        shown = points_out([point], self.actor, can_edit=can_edit, goes_on=ticked, opens_files=opens)
        return Response(shown[0])


class PointView(_OnePoint):
    """Changing and removing a point."""

    access: ClassVar[dict[str, Access]] = {"patch": SIGNED_IN, "delete": SIGNED_IN}

    @extend_schema(request=PointFields, responses=PointOut)
    def patch(self, request: Request, point_id: int) -> Response:
        told = PointFields(self.point, data=request.data, partial=True)
        told.is_valid(raise_exception=True)
        fields, employee = told.validated_data, told.validated_data.get("assignee")
        keeping = [self.point.assignee_id] if self.point.assignee_id else []
        known = {employee: principals_of([employee], field="assignee", keeping=keeping)[0]} if employee else {}
        point = change_point(self.point, self.card, self.kind, fields=_stored(fields, known), by=self.actor)
        return self.answer(point)

    @extend_schema(responses={204: None})
    def delete(self, request: Request, point_id: int) -> Response:
        remove_point(self.point, self.card, self.kind, by=self.actor)
        return Response(status=204)


class PlaceView(_OnePoint):
    """Moving a point within its checklist."""

    access: ClassVar[dict[str, Access]] = {"put": SIGNED_IN}

    @extend_schema(request=PlaceIn, responses={204: None})
    def put(self, request: Request, point_id: int) -> Response:
        told = PlaceIn(data=request.data)
        told.is_valid(raise_exception=True)
        place_point(self.point, self.card, self.kind, after=told.validated_data["after"], by=self.actor)
        return Response(status=204)


class TickView(_OnePoint):
    """Ticking a point, and taking the tick back."""

    access: ClassVar[dict[str, Access]] = {"post": SIGNED_IN, "delete": SIGNED_IN}

    @extend_schema(request=ShownIn, responses=PointOut)
    def post(self, request: Request, point_id: int) -> Response:
        """With a number outside its tolerance the point is marked as not passed."""
        return self.answer(tick(self.point, self.card, self.kind, **_shown(request), by=self.actor))

    @extend_schema(responses=PointOut)
    def delete(self, request: Request, point_id: int) -> Response:
        return self.answer(reopen(self.point, self.card, self.kind, by=self.actor))


class FailureView(_OnePoint):
    """Saying that a point did not pass."""

    access: ClassVar[dict[str, Access]] = {"post": SIGNED_IN}

    @extend_schema(request=ShownIn, responses=PointOut)
    def post(self, request: Request, point_id: int) -> Response:
        return self.answer(fail(self.point, self.card, self.kind, **_shown(request), by=self.actor))


def _stored(fields: dict[str, Any], known: dict[int, int]) -> dict[str, Any]:
    """Fields as columns: an employee becomes the principal behind him."""
    named = {name: value for name, value in fields.items() if name != "assignee"}
    if "assignee" in fields:
        named["assignee_id"] = known[fields["assignee"]] if fields["assignee"] else None
    return named


def _shown(request: Request) -> dict[str, Any]:
    told = ShownIn(data=request.data)
    told.is_valid(raise_exception=True)
    given = told.validated_data
    there = given["latitude"] is not None and given["longitude"] is not None
    spot = Spot(given["latitude"], given["longitude"]) if there else None
    return {
        "shown": Shown(given["number"], spot, given["accuracy"]),
        "note": given["note"].strip(),
        "file_id": given["file"],
    }
