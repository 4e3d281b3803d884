"""What the console has on a company's host: consent, the support's own doors, announcements, a moved address.

Names of the company's schema are read in its scope, which is closed before the registry's opens.
"""

from collections.abc import Collection, Iterable
from typing import Any

from django.conf import settings
from django.db.models import Q
from django.http.response import HttpResponseBase
from django.urls import path
from django.utils import timezone
from drf_spectacular.utils import extend_schema
from rest_framework.response import Response

from core.access.actor import Actor
from core.access.queries import visible
from core.context import company_scope, control_scope, enabled_modules
from core.errors import Forbidden, NotSignedIn
from core.events.models import Fact
from core.events.sight import kinds_kept_from
from core.identity.models import Principal, User
from core.identity.rest.browser import drop_cookie, read, user_id_of, visitor_of
from core.registry import registry
from core.rest.access import ANYBODY, SIGNED_IN, needs
from core.rest.callers import actor_of
from core.rest.filters import Grammar
from core.rest.pages import page_of
from core.rest.parsers import StrictFormParser, StrictJSONParser
from core.rest.request import Request
from core.rest.views import CompanyView, RegistryView, ScopedView
from tenants.console.actions.support import allow_support, begin_changes, come_in, forbid_support, leave
from tenants.console.errors import NoConsent
from tenants.console.events import FACTS
from tenants.console.parts import plan_of
from tenants.console.permissions import LET_SUPPORT_IN
from tenants.console.queries import announced, living_consent
from tenants.rest.switch import TicketForm, go_on, refuse_foreign_page
from tenants.signup import host_of
from tenants.tickets import issue, redeem

from .serializers import AnnouncedLines, ConsentForm, PresentAddress, SupportAccess, SupportLines
from .shown import consent_out

_HISTORY = Grammar(orderings={"id": "id"}, default_ordering="-id")
_KINDS = tuple(fact.kind for fact in FACTS)
_UNSEEN = "карточка, которую вы не видите"


class ConsentView(RegistryView):
    """Whether the support may come in, and until when; the owner says it."""

    works_unpaid = True
    access = {"get": needs(LET_SUPPORT_IN), "post": needs(LET_SUPPORT_IN), "delete": needs(LET_SUPPORT_IN)}

    @extend_schema(responses={200: SupportAccess})
    def get(self, request: Request) -> Response:
        with control_scope():
            return Response({"consent": consent_out(living_consent(request.company.id))})

    @extend_schema(request=ConsentForm, responses={200: SupportAccess})
    def post(self, request: Request) -> Response:
        form = read(ConsentForm, request)
        with control_scope():
            consent = allow_support(request.company.schema, **form, by=self.actor)
        return Response({"consent": consent_out(consent)})

    @extend_schema(responses={204: None})
    def delete(self, request: Request) -> Response:
        with control_scope():
            forbid_support(request.company.schema, by=self.actor)
        return Response(status=204)


class SupportHistoryView(CompanyView):
    """Whatever the service's people have done here, and who has let them in; the newest first."""

    works_unpaid = True
    access = {"get": needs(LET_SUPPORT_IN)}

    @extend_schema(responses={200: SupportLines})
    def get(self, request: Request) -> Response:
        theirs = list(Principal.objects.filter(kind=Principal.Kind.SERVICE).values_list("pk", flat=True))
        rows = Fact.objects.filter(Q(actor__in=theirs) | Q(kind__in=_KINDS, entity__isnull=True))
        # That his session has moved concerns sockets, nobody else.
        rows = rows.exclude(kind__startswith="identity.").exclude(kind__in=kinds_kept_from(self.actor))
        page = page_of(rows.select_related("entity", "actor"), request.query_params, _HISTORY)
        seen = _seen(page.rows, self.actor)
        lines = [_line(fact, seen, is_support=fact.actor_id in theirs) for fact in page.rows]
        return Response({"results": lines, "next": page.next})


class SupportEnterView(ScopedView):
    """Takes the form that the console's page sends; answers by sending the browser on, whatever happens."""

    access = {"post": ANYBODY}
    cross_site = True
    works_unpaid = True
    parser_classes = [StrictFormParser, StrictJSONParser]

    def initial(self, request: Any, *args: Any, **kwargs: Any) -> None:
        with company_scope(request.company):
            # Whoever brings a key brings a right one; it lets nobody in here.
            self.request.actor = actor_of(request).actor
        super().initial(request, *args, **kwargs)

    def perform_content_negotiation(self, request: Any, force: bool = False) -> Any:
        """A browser that sends a form asks for a page; it is sent on without one."""
        return super().perform_content_negotiation(request, force=True)

    @extend_schema(request=TicketForm, responses={303: None})
    def post(self, request: Request) -> HttpResponseBase:
        refuse_foreign_page(request)
        schema = request.company.schema
        ticket = redeem(read(TicketForm, request)["ticket"], schema=schema)
        if ticket is None or not ticket.operator:
            return go_on("/sign-in?ticket=expired")
        visitor = visitor_of(request)
        try:
            with control_scope():
                opened = come_in(schema, operator_id=ticket.operator, consent_id=ticket.consent, visitor=visitor)
        except NoConsent:
            return go_on("/sign-in?ticket=expired")
        response = go_on("/")
        response.set_cookie(
            settings.SESSION_COOKIE,
            opened.secret,
            expires=opened.session.expires_at,
            path="/",
            secure=settings.SESSION_COOKIE_SECURE,
            httponly=True,
            samesite="Lax",
        )
        return response


class SupportsOwnView(RegistryView):
    """A door for the service's people alone."""

    for_support = True
    works_unpaid = True
    takes_tokens = False

    def initial(self, request: Any, *args: Any, **kwargs: Any) -> None:
        super().initial(request, *args, **kwargs)
        if self.actor.door != "support":
            raise Forbidden("Это делает только поддержка, вошедшая по согласию компании")


class BeginChangesView(SupportsOwnView):
    """From looking to changing cards, where the owner has allowed it."""

    access = {"post": SIGNED_IN}

    @extend_schema(request=None, responses={204: None})
    def post(self, request: Request) -> Response:
        with control_scope():
            begin_changes(request.company.schema, by=self.actor, visitor=visitor_of(request))
        return Response(status=204)


class LeaveView(SupportsOwnView):
    access = {"post": SIGNED_IN}

    @extend_schema(request=None, responses={204: None})
    def post(self, request: Request) -> Response:
        with control_scope():
            leave(request.company.schema, by=self.actor, visitor=visitor_of(request))
        response = Response(status=204)
        drop_cookie(response)
        return response


class AnnouncedView(RegistryView):
    """What the service tells this company now."""

    works_unpaid = True
    access = {"get": SIGNED_IN}

    @extend_schema(responses={200: AnnouncedLines})
    def get(self, request: Request) -> Response:
        with control_scope():
            rows = announced(plan_of(request.company.id), timezone.now())
        return Response({"results": [{"id": row.pk, "text": row.text, "tone": row.tone} for row in rows]})


class MoveView(RegistryView):
    """From a former address of the company to its present one, with the session that this browser has."""

    works_unpaid = True
    for_support = True
    takes_tokens = False
    access = {"post": SIGNED_IN}

    @extend_schema(request=None, responses={200: PresentAddress})
    def post(self, request: Request) -> Response:
        company = request.company
        there = host_of(company.slug)
        url = f"{settings.PUBLIC_SCHEME}://{there}"
        if self.actor.door != "screen" or request.META.get("HTTP_HOST", "").lower() == there:
            return Response({"url": url, "ticket": None})
        with company_scope(company):
            email = User.objects.values_list("email", flat=True).filter(pk=user_id_of(self.actor)).first()
        if email is None:
            raise NotSignedIn()
        return Response({"url": url, "ticket": issue(company.schema, email=email, moved=True)})


def _seen(facts: Iterable[Fact], actor: Actor) -> set[int]:
    """Ids of those cards of the facts that the reader sees himself; one query per kind."""
    named: dict[str, set[int]] = {}
    for fact in facts:
        if fact.entity:
            named.setdefault(fact.entity.kind, set()).add(fact.entity.pk)
    kinds = [kind for kind in registry.live_kinds(enabled_modules()) if kind.code in named]
    return {
        pk for kind in kinds for pk in visible(actor, kind).filter(pk__in=named[kind.code]).values_list("pk", flat=True)
    }


def _line(fact: Fact, seen: Collection[int], *, is_support: bool) -> dict[str, Any]:
    """That the support has touched a card is told of every card; what it is called and why, as the card itself is."""
    declared = registry.facts().get(fact.kind)
    is_told = fact.entity is None or fact.entity.pk in seen
    card = fact.entity and (fact.entity.title if is_told else _UNSEEN)
    return {
        "id": fact.pk,
        "at": fact.at,
        "who": fact.actor.name,
        "title": declared.title if declared else "изменил(а) карточку",
        "is_support": is_support,
        "card": card,
        "note": (fact.payload.get("reason") or "") if is_told else "",
    }


inside_routes = [
    path("support/consent/", ConsentView.as_view()),
    path("support/history/", SupportHistoryView.as_view()),
    path("support/enter/", SupportEnterView.as_view()),
    path("support/changes/", BeginChangesView.as_view()),
    path("support/leave/", LeaveView.as_view()),
    path("announcements/", AnnouncedView.as_view()),
    path("auth/move/", MoveView.as_view()),
]
