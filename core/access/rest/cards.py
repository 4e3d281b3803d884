"""Who sees a card and why, and what a person may by which role."""

from typing import Any

from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework.response import Response

from core.access.catalog import MANAGE_ROLES
from core.access.explaining import Explanation, explain, may_explain, parts_in, rights_of, roles_giving, seers
from core.access.reads import RIGHTS_SHOWN, SEERS_SHOWN
from core.entities.kinds import EntityKind
from core.entities.models import Participant
from core.errors import Forbidden, NotFound
from core.organization.models import Employee
from core.organization.people import people
from core.organization.permissions import VIEW_PEOPLE
from core.registry import registry
from core.rest.access import SIGNED_IN, needs
from core.rest.cards import AboutCardView
from core.rest.filters import Grammar
from core.rest.pages import page_of
from core.rest.request import Request
from core.rest.views import CompanyView

from .explained import ExplanationOut, RightsOut, SeersOut
from .views import is_on, permission_out

_BY_NAME = Grammar(orderings={"title": "title"}, default_ordering="title")
_PARTS = {str(value): str(label) for value, label in Participant.Part.choices}
_OTHERS_CARD = "Кто видит карточку, знают её автор и администратор. Спросите их"


class _OwnersView(AboutCardView):
    """About a card, for those who manage access and for the card's owner."""

    recorded = {"get": SEERS_SHOWN}

    def initial(self, request: Any, *args: Any, **kwargs: Any) -> None:
        super().initial(request, *args, **kwargs)
        if not may_explain(self.actor, self.card):
            raise Forbidden(_OTHERS_CARD)


class CardSeersView(_OwnersView):
    """Everybody who sees one card."""

    access = {"get": SIGNED_IN}

    @extend_schema(parameters=[OpenApiParameter("cursor", str), OpenApiParameter("limit", int)], responses=SeersOut)
    def get(self, request: Request, card_id: int) -> Response:
        """By name."""
        asked = {name: request.query_params[name] for name in ("cursor", "limit") if name in request.query_params}
        page = page_of(seers(self.card, self.kind), asked, _BY_NAME)
        ids = [row.principal_id for row in page.rows]
        known, parts = people(ids), parts_in(self.card, ids)
        lines = [
            {"person": known[row.principal_id], "way": row.way, "parts": _titles(parts.get(row.principal_id, ()))}
            for row in page.rows
        ]
        return Response({"results": lines, "next": page.next})


class CardExplanationView(_OwnersView):
    """Why one person sees one card or does not."""

    access = {"get": SIGNED_IN}

    @extend_schema(responses=ExplanationOut)
    def get(self, request: Request, card_id: int, employee_id: int) -> Response:
        who = _somebody(employee_id)
        told = explain(self.card, self.kind, who.principal)
        shown = _explanation(told, self.kind, who)
        if not self.actor.may(VIEW_PEOPLE):
            # Roles stand in the directory of people, which the card's owner may not see.
            shown["roles"] = []
            if shown["opening"]:
                shown["opening"]["roles"] = []
        return Response(shown)


class PersonRightsView(CompanyView):
    """What a person may, how far, and by which of his roles."""

    access = {"get": needs(MANAGE_ROLES)}
    recorded = {"get": RIGHTS_SHOWN}

    @extend_schema(responses=RightsOut)
    def get(self, request: Request, employee_id: int) -> Response:
        who = _somebody(employee_id)
        found = rights_of(who.principal)
        shown = [permission for permission in registry.permissions().values() if is_on(permission)]
        lines = [permission_out(one) | found.of(one) for one in shown]
        return Response(
            {
                "person": people([who.principal_id])[who.principal_id],
                "is_almighty": found.is_almighty,
                "roles": found.roles,
                "results": lines,
            }
        )


def _somebody(employee_id: int) -> Employee:
    found = Employee.objects.select_related("principal").filter(pk=employee_id, trashed_at__isnull=True).first()
    if found is None:
        raise NotFound()
    return found


def _explanation(told: Explanation, kind: EntityKind, who: Employee) -> dict[str, Any]:
    known = people([who.principal_id, *(colleague for colleague, _ in told.colleagues)])
    narrowest = next(iter(told.opening), None) if {"scope", "no-right"} & set(told.obstacles) else None
    return {
        "person": known[who.principal_id],
        "sees": told.sees,
        "permission": kind.view.title,
        "scope": told.scope,
        "roles": [{"title": held.role.title, "scope": held.scope, "opens": held.opens} for held in told.roles],
        "parts": _titles(told.parts),
        "colleagues": [{"person": known[one], "part": _PARTS[part]} for one, part in told.colleagues],
        "ways": told.open_ways,
        "obstacles": told.obstacles,
        "opening": {"scope": narrowest, "roles": roles_giving(kind, narrowest)} if narrowest else None,
        "part": (told.part or None) if not told.sees else None,
    }


def _titles(parts: Any) -> list[str]:
    return [_PARTS[part] for part in parts]
