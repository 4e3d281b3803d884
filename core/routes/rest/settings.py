"""Routes and approval lists as they are set up, tried and measured."""

from collections.abc import Mapping
from typing import Any, ClassVar

from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework.response import Response

from core.context import enabled_modules
from core.entities.kinds import EntityKind
from core.entities.rest.rows import instant
from core.errors import Invalid, NotFound
from core.organization.people import people, principal_of, principals_of
from core.registry import registry
from core.rest.access import Access, needs
from core.rest.cards import seen_version
from core.rest.filters import Filter, Grammar
from core.rest.pages import page_of
from core.rest.request import Request
from core.rest.views import CompanyView

from ..actions.defining import archive_route, change_route, make_route, publish_route, save_draft
from ..actions.lists import archive_list, change_list, make_list
from ..contents import FILES, routes_of, types_of
from ..figures import figures_of
from ..models import ApprovalList, Route
from ..permissions import MANAGE_ROUTES
from ..queries import drafts_and_live, going_along, in_force
from ..reading import fault_of, kept_scheme, scheme_of
from ..schemes import By, Scheme
from ..trying import replayed, simulated
from .shapes import (
    ApprovalListIn,
    ApprovalListNew,
    ApprovalListOut,
    ApprovalListPage,
    ConditionIn,
    ConditionOut,
    FiguresOut,
    ReplayOut,
    RouteChanges,
    RoutedKindsOut,
    RouteNew,
    RouteOut,
    RoutePage,
    RouteTrialIn,
    RouteTrialOut,
    RouteVersionPage,
    SchemeShape,
)

_LIST = [OpenApiParameter("kind", str), OpenApiParameter("cursor", str), OpenApiParameter("limit", int)]
_PAGING = _LIST[1:]
_BY_PLACE = Grammar(filters={"kind": Filter("kind", str)}, orderings={"place": "place"}, default_ordering="place")
_BY_TITLE = Grammar(filters={"kind": Filter("kind", str)}, orderings={"id": "id"}, default_ordering="id")
_BY_NUMBER = Grammar(orderings={"number": "number"}, default_ordering="-number")
_MINE = needs(MANAGE_ROUTES)


class _SettingsView(CompanyView):
    """Base of everything that those who set up routes do."""

    def given(self, shape: Any) -> dict[str, Any]:
        told = shape(data=self.request.data)
        told.is_valid(raise_exception=True)
        return dict(told.validated_data)

    def kind_named(self, code: str) -> EntityKind:
        """A kind whose cards go along routes. Errors: Invalid."""
        found = next((kind for kind in registry.live_kinds(enabled_modules()) if kind.code == code), None)
        if found is None or found.routes is None:
            raise Invalid({"kind": "Карточки этого вида по маршрутам не ходят"})
        return found

    def route(self, route_id: int) -> tuple[Route, EntityKind]:
        row = Route.objects.filter(pk=route_id, archived_at__isnull=True).first()
        if row is None:
            raise NotFound()
        return row, self.kind_named(row.kind)


class RoutesView(_SettingsView):
    access: ClassVar[dict[str, Access]] = {"get": _MINE, "post": _MINE}

    @extend_schema(parameters=_LIST, responses=RoutePage)
    def get(self, request: Request) -> Response:
        """Routes in the order in which they are tried."""
        params = request.query_params
        page = page_of(_BY_PLACE.narrow(Route.objects.filter(archived_at__isnull=True), params), params, _BY_PLACE)
        return Response({"results": _lines(page.rows), "next": page.next})

    @extend_schema(request=RouteNew, responses={201: RouteOut})
    def post(self, request: Request) -> Response:
        """Begin a route."""
        told = self.given(RouteNew)
        row = make_route(self.kind_named(told.pop("kind")), given=told, by=self.actor)
        return Response(_whole(row), status=201)


class RouteView(_SettingsView):
    access: ClassVar[dict[str, Access]] = {"get": _MINE, "patch": _MINE, "delete": _MINE}

    @extend_schema(responses=RouteOut)
    def get(self, request: Request, route_id: int) -> Response:
        return Response(_whole(self.route(route_id)[0]))

    @extend_schema(request=RouteChanges, responses=RouteOut)
    def patch(self, request: Request, route_id: int) -> Response:
        """Rename it, or say otherwise when it is the one to take."""
        row, kind = self.route(route_id)
        told = self.given(RouteChanges)
        return Response(_whole(change_route(row, kind, version=seen_version(request), given=told, by=self.actor)))

    @extend_schema(responses={204: None})
    def delete(self, request: Request, route_id: int) -> Response:
        """Send nothing along it any more."""
        archive_route(self.route(route_id)[0], by=self.actor)
        return Response(status=204)


class DraftView(_SettingsView):
    access: ClassVar[dict[str, Access]] = {"put": _MINE}

    @extend_schema(request=SchemeShape, responses=RouteOut)
    def put(self, request: Request, route_id: int) -> Response:
        """Keep what is being drawn: 422 names the stage that no card could go along."""
        row, kind = self.route(route_id)
        scheme = _read(self.given(SchemeShape))
        save_draft(row, kind, scheme=scheme, version=seen_version(request), by=self.actor)
        return Response(_whole(self.route(route_id)[0]))


class PublishView(_SettingsView):
    access: ClassVar[dict[str, Access]] = {"post": _MINE}

    @extend_schema(request=None, responses={200: RouteOut})
    def post(self, request: Request, route_id: int) -> Response:
        """Let cards go along the draft from now on; those on their way keep their version."""
        row, kind = self.route(route_id)
        publish_route(row, kind, version=seen_version(request), by=self.actor)
        return Response(_whole(self.route(route_id)[0]))


class VersionsView(_SettingsView):
    access: ClassVar[dict[str, Access]] = {"get": _MINE}

    @extend_schema(parameters=_PAGING, responses=RouteVersionPage)
    def get(self, request: Request, route_id: int) -> Response:
        """Versions, the newest first."""
        row, _ = self.route(route_id)
        page = page_of(row.versions.all(), request.query_params, _BY_NUMBER)
        numbers = [one.number + 1 for one in page.rows]
        retired = dict(row.versions.filter(number__in=numbers).values_list("number", "published_at"))
        known = people({who for one in page.rows for who in (one.author_id, one.published_by_id)})
        counts = going_along(version__in=[one.pk for one in page.rows], by="version")
        results = [
            {
                "number": one.number,
                "created_at": one.created_at,
                "author": known.get(one.author_id),
                "published_at": one.published_at,
                "published_by": known.get(one.published_by_id),
                "retired_at": retired.get(one.number + 1),
                "going": counts.get(one.pk, 0),
                "scheme": _shown(one.scheme),
            }
            for one in page.rows
        ]
        return Response({"results": results, "next": page.next})


class TrialView(_SettingsView):
    access: ClassVar[dict[str, Access]] = {"post": _MINE}
    is_reading = True

    @extend_schema(request=RouteTrialIn, responses={200: RouteTrialOut})
    def post(self, request: Request, route_id: int) -> Response:
        """«Кто получит, если …»: nothing is sent."""
        row, kind = self.route(route_id)
        told = self.given(RouteTrialIn)
        initiator = principal_of(told["initiator"], field="initiator")
        stages = simulated(_chosen(row, draft=told["draft"]), kind, initiator=initiator, values=told["values"])
        return Response({"stages": stages})


class ReplayView(_SettingsView):
    access: ClassVar[dict[str, Access]] = {"get": _MINE}

    @extend_schema(responses=ReplayOut)
    def get(self, request: Request, route_id: int) -> Response:
        """The draft, or what is in force where there is none, tried on cards of last month."""
        row, kind = self.route(route_id)
        return Response(replayed(_chosen(row, draft=row.draft is not None), kind, by=self.actor))


class FiguresView(_SettingsView):
    access: ClassVar[dict[str, Access]] = {"get": _MINE}

    @extend_schema(responses=FiguresOut)
    def get(self, request: Request, route_id: int) -> Response:
        """Where time is lost: the stages of a route over the last 90 days."""
        return Response({"results": figures_of(self.route(route_id)[0])})


class RoutedKindsView(_SettingsView):
    access: ClassVar[dict[str, Access]] = {"get": _MINE}

    @extend_schema(responses=RoutedKindsOut)
    def get(self, request: Request) -> Response:
        """Kinds whose cards go along routes, and what schemes of each may name."""
        live = [kind for kind in registry.live_kinds(enabled_modules()) if kind.routes is not None]
        return Response({"results": [_kind_out(kind) for kind in live]})


class ConditionView(_SettingsView):
    access: ClassVar[dict[str, Access]] = {"post": _MINE}
    is_reading = True

    @extend_schema(request=ConditionIn, responses={200: ConditionOut})
    def post(self, request: Request) -> Response:
        """Check a condition while it is being written."""
        told = self.given(ConditionIn)
        error, at = fault_of(told["condition"], types_of(self.kind_named(told["kind"])))
        return Response({"error": error, "at": at})


class ApprovalListsView(_SettingsView):
    access: ClassVar[dict[str, Access]] = {"get": _MINE, "post": _MINE}

    @extend_schema(parameters=_LIST, responses=ApprovalListPage)
    def get(self, request: Request) -> Response:
        params = request.query_params
        rows = ApprovalList.objects.filter(archived_at__isnull=True).prefetch_related("lines")
        page = page_of(_BY_TITLE.narrow(rows, params), params, _BY_TITLE)
        return Response({"results": _lists_out(page.rows), "next": page.next})

    @extend_schema(request=ApprovalListNew, responses={201: ApprovalListOut})
    def post(self, request: Request) -> Response:
        """Name a list of people."""
        told = self.given(ApprovalListNew)
        kind = self.kind_named(told["kind"]).code
        named = principals_of(told["people"], field="people")
        row = make_list(kind=kind, card_type=told["card_type"], title=told["title"], people=named, by=self.actor)
        return Response(_lists_out([row])[0], status=201)


class ApprovalListView(_SettingsView):
    access: ClassVar[dict[str, Access]] = {"put": _MINE, "delete": _MINE}

    @extend_schema(request=ApprovalListIn, responses=ApprovalListOut)
    def put(self, request: Request, list_id: int) -> Response:
        told, row = self.given(ApprovalListIn), self._list(list_id)
        keeping = [line.principal_id for line in row.lines.all()]
        named = principals_of(told["people"], field="people", keeping=keeping)
        row = change_list(row, version=seen_version(request), title=told["title"], people=named, by=self.actor)
        return Response(_lists_out([row])[0])

    @extend_schema(responses={204: None})
    def delete(self, request: Request, list_id: int) -> Response:
        archive_list(self._list(list_id), by=self.actor)
        return Response(status=204)

    def _list(self, list_id: int) -> ApprovalList:
        row = ApprovalList.objects.filter(pk=list_id, archived_at__isnull=True).first()
        if row is None:
            raise NotFound()
        return row


def _chosen(row: Route, *, draft: bool) -> Scheme:
    if draft and row.draft is not None:
        return scheme_of(row.draft)
    live = None if draft else in_force(row)
    if live is None:
        raise NotFound()
    return scheme_of(live.scheme)


def _lines(rows: Any) -> list[dict[str, Any]]:
    ids = [row.pk for row in rows]
    numbers, drafts = drafts_and_live(ids)
    counts = going_along(version__route__in=ids, by="version__route")
    return [
        {
            name: getattr(row, name)
            for name in ("kind", "card_type", "title", "place", "condition", "by_hand", "version")
        }
        | {"id": row.pk, "in_force": numbers.get(row.pk), "has_draft": row.pk in drafts}
        | {"going": counts.get(row.pk, 0)}
        for row in rows
    ]


def _whole(row: Route) -> dict[str, Any]:
    live = in_force(row)
    schemes = {"scheme": _shown(live.scheme) if live else None, "draft": _shown(row.draft) if row.draft else None}
    drawn = {"draft_by": people([row.draft_by_id]).get(row.draft_by_id or 0), "draft_at": instant(row.draft_at)}
    return _lines([row])[0] | schemes | drawn


def _read(told: Mapping[str, Any]) -> Scheme:
    """A scheme as the API has it: people are named by their employee cards there. Errors: Invalid."""
    stages = [dict(stage) for stage in told["stages"]]
    rules = [dict(one) for stage in stages for one in stage["performers"] if one["by"] == By.PERSON]
    wanted = [one["value"] for one in rules]
    known = dict(zip(dict.fromkeys(wanted), principals_of(wanted, field="stages"), strict=True))
    for stage in stages:
        stage["performers"] = [
            {**one, "value": known[one["value"]]} if one["by"] == By.PERSON else dict(one)
            for one in stage["performers"]
        ]
    return scheme_of({"stages": stages, "from_start": told["from_start"]})


def _shown(kept: dict[str, Any]) -> dict[str, Any]:
    told = kept_scheme(scheme_of(kept))
    rules = [one for stage in told["stages"] for one in stage["performers"] if one["by"] == By.PERSON]
    known = people({one["value"] for one in rules})
    for one in rules:
        one["value"] = known[one["value"]]["id"] if one["value"] in known else 0
    return told


def _kind_out(kind: EntityKind) -> dict[str, Any]:
    declared = routes_of(kind)
    fields = [*kind.history.items(), (FILES, "Файлы")]
    return {
        "kind": kind.code,
        "title": kind.title,
        "values": [{"title": title, "kind": what.value} for title, what in types_of(kind).items()],
        "people": [{"code": code, "title": title} for code, (title, _) in declared.people.items()],
        "signals": [{"code": code, "title": title} for code, title in declared.signals.items()],
        "fields_of_card": [{"code": code, "title": title} for code, title in fields],
    }


def _lists_out(rows: Any) -> list[dict[str, Any]]:
    named = {row.pk: [line.principal_id for line in sorted(row.lines.all(), key=lambda one: one.place)] for row in rows}
    known = people({who for one in named.values() for who in one})
    return [
        {name: getattr(row, name) for name in ("kind", "card_type", "title", "version")}
        | {"id": row.pk, "people": [known[who] for who in named[row.pk]]}
        for row in rows
    ]
