"""Views of lists."""

from collections.abc import Iterable
from typing import Any, ClassVar

from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework.response import Response
from rest_framework.serializers import Serializer

from core.access.models import Role
from core.context import enabled_modules
from core.entities.kinds import EntityKind
from core.errors import Invalid, NotFound
from core.organization.people import people
from core.registry import registry
from core.rest.access import SIGNED_IN, Access
from core.rest.request import Request
from core.rest.views import CompanyView

from ..actions import arrange_list, change_view, make_view, may_hold, order_views, remove_view
from ..models import SavedView
from ..permissions import SHARE_VIEWS
from ..queries import choice_of, seen_views, views_of
from ..wording import Wording
from .serializers import ArrangementIn, OrderIn, ViewChangesIn, ViewIn, ViewOut, ViewsOut, view_out

_KIND = OpenApiParameter("kind", str, required=True, description="whose list: tasks.task")


class ListsView(CompanyView):
    """Base: the list that a request is about must be one that the caller may see."""

    def kind_of(self, code: str) -> EntityKind:
        """Invalid alike for a kind that is not there, is switched off, or whose cards the caller may not see."""
        kind = next((kind for kind in registry.live_kinds(enabled_modules()) if kind.code == code), None)
        if kind is None or not self.actor.may(kind.view):
            raise Invalid({"kind": "Такого списка нет или он вам не виден"})
        return kind

    def given(self, shape: type[Serializer]) -> dict[str, Any]:
        told = shape(data=self.request.data)
        told.is_valid(raise_exception=True)
        return dict(told.validated_data)

    def shown(self, kind: EntityKind, views: Iterable[SavedView], wording: Wording) -> list[dict[str, Any]]:
        rows = list(views)
        owners = people({row.owner_id for row in rows})
        roles = dict(Role.objects.values_list("pk", "code")) if any(row.roles for row in rows) else {}
        return [
            view_out(
                row,
                params=wording.params(row),
                columns=wording.columns(row.columns),
                is_shut=wording.is_shut(row),
                owner=owners[row.owner_id],
                is_mine=row.owner_id == self.actor.principal_id,
                can_edit=may_hold(row, self.actor),
                roles=roles,
            )
            for row in rows
        ]

    def answer(self, kind: EntityKind, view: SavedView, status: int = 200) -> Response:
        wording = Wording(self.actor, kind, [view])
        return Response(self.shown(kind, [view], wording)[0], status=status)


class ViewsView(ListsView):
    """The views of one list: the caller's own, and those that others share with him."""

    access: ClassVar[dict[str, Access]] = {"get": SIGNED_IN, "post": SIGNED_IN}

    @extend_schema(parameters=[_KIND], responses=ViewsOut)
    def get(self, request: Request) -> Response:
        kind = self.kind_of(request.query_params.get("kind", ""))
        views, choice = views_of(self.actor, kind.code), choice_of(self.actor, kind.code)
        wording = Wording(self.actor, kind, views, choice.columns)
        seen = {view.pk for view in views}
        return Response(
            {
                "results": self.shown(kind, views, wording),
                "view": choice.view_id if choice.view_id in seen else None,
                "counted": [pk for pk in choice.counted if pk in seen],
                "columns": wording.columns(choice.columns),
                "can_share": self.actor.may(SHARE_VIEWS),
            }
        )

    @extend_schema(request=ViewIn, responses={201: ViewOut})
    def post(self, request: Request) -> Response:
        """Keep a state of the list under a name."""
        given = self.given(ViewIn)
        kind = self.kind_of(given.pop("kind"))
        return self.answer(kind, make_view(kind, given=given, by=self.actor), 201)


class ViewsOrderView(ListsView):
    """The order of the caller's own views."""

    access: ClassVar[dict[str, Access]] = {"put": SIGNED_IN}

    @extend_schema(request=OrderIn, responses={204: None})
    def put(self, request: Request) -> Response:
        given = self.given(OrderIn)
        order_views(self.kind_of(given["kind"]), ids=given["ids"], by=self.actor)
        return Response(status=204)


class ArrangementView(ListsView):
    """What the caller alone remembers of a list: which view opens first, which columns stand where no view is open."""

    access: ClassVar[dict[str, Access]] = {"patch": SIGNED_IN}

    @extend_schema(request=ArrangementIn, responses={204: None})
    def patch(self, request: Request) -> Response:
        given = self.given(ArrangementIn)
        arrange_list(self.kind_of(given.pop("kind")), given=given, by=self.actor)
        return Response(status=204)


class ViewView(ListsView):
    """One view: whoever does not see it does not learn of it."""

    access: ClassVar[dict[str, Access]] = {"patch": SIGNED_IN, "delete": SIGNED_IN}
    view: SavedView
    kind: EntityKind

    def initial(self, request: Any, *args: Any, **kwargs: Any) -> None:
        super().initial(request, *args, **kwargs)
        found = seen_views(self.actor).filter(pk=kwargs["view_id"]).first()
        if found is None:
            raise NotFound()
        try:
            self.view, self.kind = found, self.kind_of(found.kind)
        except Invalid as unseen:
            raise NotFound() from unseen

    @extend_schema(request=ViewChangesIn, responses=ViewOut)
    def patch(self, request: Request, view_id: int) -> Response:
        return self.answer(self.kind, change_view(self.view, self.kind, given=self.given(ViewChangesIn), by=self.actor))

    @extend_schema(responses={204: None})
    def delete(self, request: Request, view_id: int) -> Response:
        remove_view(self.view, by=self.actor)
        return Response(status=204)
