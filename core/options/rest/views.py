"""The company's options: seen and changed by whoever may change them."""

from functools import partial
from typing import Any, ClassVar

from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework.response import Response

from core.access.actor import Actor
from core.access.models import Role
from core.companies import find_company, renewed
from core.context import company_scope
from core.errors import NotFound
from core.organization.models import Employee
from core.organization.people import people
from core.registry import registry
from core.rest.access import SIGNED_IN, Access
from core.rest.cards import seen_version
from core.rest.filters import Grammar
from core.rest.pages import page_of
from core.rest.request import Request
from core.rest.views import CompanyView, RegistryView

from ..actions import change_options
from ..errors import NoOptionsForYou
from ..kinds import Employees, Option, Roles
from ..queries import changes_of, stored_now
from .serializers import OptionHistoryOut, OptionsIn, OptionsOut, option_out

_NEWEST_FIRST = Grammar(orderings={"id": "id"}, default_ordering="-id")
_PAGE = [OpenApiParameter("cursor", str), OpenApiParameter("limit", int)]
_COMMON = {"code": "core", "title": "Общие", "icon": "settings-2"}


class OptionsView(RegistryView):
    """What the company decides for itself, as far as the caller has a say in it."""

    versioned = frozenset({"patch"})
    access: ClassVar[dict[str, Access]] = {"get": SIGNED_IN, "patch": SIGNED_IN}

    @extend_schema(responses=OptionsOut)
    def get(self, request: Request) -> Response:
        return self._answer()

    @extend_schema(request=OptionsIn, responses=OptionsOut)
    def patch(self, request: Request) -> Response:
        """Change several options at once; null puts a default back."""
        told = OptionsIn(data=request.data)
        told.is_valid(raise_exception=True)
        values, seen = told.validated_data["values"], seen_version(request)
        renewed(
            request.company.schema,
            lambda version: change_options(values, version=version, seen=seen, by=self.actor),
        )
        return self._answer()

    def _answer(self) -> Response:
        company = find_company(self.request.company.schema)
        if company is None:
            raise NotFound()
        with company_scope(company):
            sections = _sections(_own(self.actor))
        return Response({"results": sections, "version": company.version}, headers={"ETag": f'"{company.version}"'})


class OptionHistoryView(CompanyView):
    """Who has changed which options."""

    access: ClassVar[dict[str, Access]] = {"get": SIGNED_IN}

    @extend_schema(parameters=_PAGE, responses=OptionHistoryOut)
    def get(self, request: Request) -> Response:
        """Newest first."""
        own = _own(self.actor)
        page = page_of(changes_of(own), request.query_params, _NEWEST_FIRST)
        known = people({fact.actor_id for fact in page.rows})
        shown = [_line(fact, known, own) for fact in page.rows]
        return Response({"results": shown, "next": page.next})


def _own(actor: Actor) -> dict[str, Option[Any]]:
    """Options that the actor may change. NoOptionsForYou when there are none."""
    found = {code: what for code, what in registry.live_options().items() if actor.may(what.permission)}
    if not found:
        raise NoOptionsForYou()
    return found


def _sections(own: dict[str, Option[Any]]) -> list[dict[str, Any]]:
    """Sections in the order of modules, core's first; two statements at most besides the values."""
    stored = stored_now()
    values = {code: what.of(stored) for code, what in own.items()}
    named = {pk for code, what in own.items() if isinstance(what.kind, Employees) for pk in values[code]}
    asks_roles = any(isinstance(what.kind, Roles) for what in own.values())
    show = partial(option_out, people=_people(named), roles=_roles() if asks_roles else [])
    found: dict[str, dict[str, Any]] = {}
    for code, what in own.items():
        head = _head(code)
        found.setdefault(head["code"], {**head, "options": []})["options"].append(show(what, values[code]))
    return list(found.values())


def _head(code: str) -> dict[str, str]:
    module = registry.modules.get(code.partition(".")[0])
    return {"code": module.code, "title": module.title, "icon": module.icon} if module else _COMMON


def _people(employee_ids: set[int]) -> dict[int, Any]:
    if not employee_ids:
        return {}
    held = Employee.objects.filter(pk__in=employee_ids, trashed_at__isnull=True)
    return {person["id"]: person for person in people(held.values_list("principal_id", flat=True)).values()}


def _roles() -> list[dict[str, str]]:
    named = Role.objects.order_by("title").values_list("code", "title")
    return [{"code": code, "title": title} for code, title in named]


def _line(fact: Any, known: dict[int, Any], own: dict[str, Option[Any]]) -> dict[str, Any]:
    titles = fact.payload["titles"]
    return {
        "id": fact.pk,
        "actor": known.get(fact.actor_id),
        "at": fact.at,
        "changes": [
            {"code": one["field"], "title": titles[one["field"]], "old": one["old"], "new": one["new"]}
            for one in fact.payload["changes"]
            if one["field"] in own
        ],
    }
