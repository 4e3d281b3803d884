"""Inviting colleagues, and the page on which they accept."""

from collections.abc import Iterable
from typing import Any

from django.utils import timezone
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework.response import Response

from core import throttle
from core.access.actor import Actor
from core.access.models import Role
from core.context import current_company
from core.identity.actions.invitations import (
    accept,
    find,
    invite_by_link,
    invite_by_mail,
    may_hand_out,
    path_of,
    revoke,
    waiting,
)
from core.identity.models import Invitation
from core.notifications.rules import address_of
from core.organization.models import Department
from core.organization.people import people
from core.organization.permissions import INVITE
from core.organization.queries import card_without_account
from core.rest.access import ANYBODY, needs
from core.rest.csrf import csrf_token
from core.rest.filters import Filter, Grammar, word
from core.rest.pages import page_of
from core.rest.request import Request
from core.rest.views import CompanyView

from .browser import SecretView, give_cookies, read, replace_session, visitor_of
from .invitation_serializers import (
    AcceptForm,
    InvitationFace,
    InvitationLinkForm,
    InvitationPage,
    InvitedOut,
    MailForm,
    UrlOut,
)
from .serializers import CsrfOut

_GRAMMAR = Grammar(
    filters={"kind": Filter("kind", word("mail", "link"))},
    orderings={"created_at": "created_at", "expires_at": "expires_at"},
    default_ordering="-created_at",
)


class InvitationsView(CompanyView):
    """Invitations that nobody has accepted yet."""

    limited = True
    closed_to_support = True
    access = {"get": needs(INVITE), "post": needs(INVITE)}

    @extend_schema(responses={200: InvitationPage})
    def get(self, request: Request) -> Response:
        page = page_of(_GRAMMAR.narrow(waiting(), request.query_params), request.query_params, _GRAMMAR)
        return Response({"results": lines_of(page.rows, self.actor), "next": page.next})

    @extend_schema(request=MailForm, responses={201: InvitedOut})
    def post(self, request: Request) -> Response:
        form = read(MailForm, request)
        invited = invite_by_mail(
            emails=form["emails"], role_code=form["role"], department_id=form["department"], by=self.actor
        )
        sent = [one.invitation for one in invited if one.invitation]
        lines = {line["id"]: line for line in lines_of(sent, self.actor)}
        results = [
            {
                "email": one.email,
                "outcome": one.outcome,
                "invitation": lines[one.invitation.pk] if one.invitation else None,
            }
            for one in invited
        ]
        return Response({"results": results}, status=201)


class InvitationLinkView(SecretView):
    works_unpaid = False
    access = {"post": needs(INVITE)}

    @extend_schema(request=InvitationLinkForm, responses={201: UrlOut})
    def post(self, request: Request) -> Response:
        form = read(InvitationLinkForm, request)
        made = invite_by_link(
            role_code=form["role"], department_id=form["department"], days=form["expires_days"], by=self.actor
        )
        url = address_of(current_company(), path_of(made))
        return Response({"url": url, "id": made.pk, "expires_at": made.expires_at}, status=201)


class InvitationView(CompanyView):
    access = {"delete": needs(INVITE)}

    @extend_schema(responses={204: None})
    def delete(self, request: Request, invitation_id: int) -> Response:
        revoke(invitation_id, by=self.actor)
        return Response(status=204)


class InvitationFaceView(CompanyView):
    """What an invited person sees before joining."""

    limited = True
    access = {"get": ANYBODY}

    @extend_schema(parameters=[OpenApiParameter("token", str, required=True)], responses={200: InvitationFace})
    def get(self, request: Request) -> Response:
        throttle.limit("invitation-face", visitor_of(request).network, times=100, seconds=600)
        found = find(request.query_params.get("token", "")[:300])
        card = card_without_account(found.email) if found.email else None
        known = card.full_name if card else None
        return Response({"company": current_company().name, "email": found.email or None, "full_name": known})


class AcceptView(SecretView):
    works_unpaid = False
    limited = True
    access = {"post": ANYBODY}

    @extend_schema(request=AcceptForm, responses={201: CsrfOut})
    def post(self, request: Request) -> Response:
        visitor = visitor_of(request)
        opened = accept(**read(AcceptForm, request), visitor=visitor)
        replace_session(request.actor)
        response = Response({"csrf_token": csrf_token(current_company().schema, opened.secret)}, status=201)
        give_cookies(response, opened, visitor)
        return response


def lines_of(invitations: Iterable[Invitation], reader: Actor) -> list[dict[str, Any]]:
    """Rows as the list shows them; roles, departments and people in one query each.

    The address of a link is shown to those only who could have made it themselves.
    """
    found = list(invitations)
    roles = dict(Role.objects.filter(code__in={row.role_code for row in found}).values_list("code", "title"))
    wanted = {row.department_id for row in found if row.department_id}
    departments = dict(Department.objects.filter(pk__in=wanted).values_list("pk", "title"))
    persons = people(row.invited_by_id for row in found)
    lines = [_line(row, roles, departments, persons) for row in found]
    for row, line in zip(found, lines, strict=True):
        is_open = row.kind == Invitation.Kind.LINK and not line["is_expired"]
        line["url"] = address_of(current_company(), path_of(row)) if is_open and may_hand_out(row, reader) else None
    return lines


def _line(
    row: Invitation,
    roles: dict[str, str],
    departments: dict[int, str],
    persons: dict[int, dict[str, Any]],
) -> dict[str, Any]:
    return {
        "id": row.pk,
        "kind": row.kind,
        "email": row.email or None,
        "role": {"code": row.role_code, "title": roles[row.role_code]} if row.role_code in roles else None,
        "department": _named(row.department_id, departments),
        "invited_by": persons[row.invited_by_id],
        "created_at": row.created_at,
        "expires_at": row.expires_at,
        "is_expired": row.expires_at <= timezone.now(),
    }


def _named(pk: int | None, titles: dict[int, str]) -> dict[str, Any] | None:
    return {"id": pk, "title": titles[pk]} if pk in titles else None
