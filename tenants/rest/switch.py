"""Going from one's company to another: the list, a one-time ticket, its redemption on the other host."""

from typing import Any

from django.conf import settings
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.response import Response

from core import throttle
from core.context import company_scope, control_scope, current_company
from core.errors import CrossSite, NotFound
from core.identity.actions.sign_in import by_ticket, enter
from core.identity.errors import EmailUnproved, NotByToken
from core.identity.models import Session, User
from core.identity.rest.browser import give_cookies, read, replace_session, user_id_of, visitor_of
from core.rest.access import ANYBODY, SIGNED_IN
from core.rest.parsers import StrictFormParser, StrictJSONParser
from core.rest.request import Request
from core.rest.views import CompanyView, RegistryView
from tenants.memberships import companies_of, email_hash
from tenants.signup import host_of
from tenants.tickets import issue, redeem


class CompanyLine(serializers.Serializer):
    slug = serializers.CharField()
    name = serializers.CharField()
    host = serializers.CharField()
    current = serializers.BooleanField()


class CompanyLines(serializers.Serializer):
    results = CompanyLine(many=True)


class SwitchForm(serializers.Serializer):
    slug = serializers.CharField(max_length=40)


class SwitchOut(serializers.Serializer):
    url = serializers.CharField()
    ticket = serializers.CharField()


class TicketForm(serializers.Serializer):
    ticket = serializers.CharField(max_length=200)


class ProvedView(RegistryView):
    """Works in the registry for the proved address of whoever calls; empty when he has none."""

    email = ""

    def initial(self, request: Any, *args: Any, **kwargs: Any) -> None:
        super().initial(request, *args, **kwargs)
        with company_scope(request.company):
            self.email = proved_email(user_id_of(self.actor))


class CompaniesView(ProvedView):
    works_unpaid = True
    access = {"get": SIGNED_IN}

    @extend_schema(responses={200: CompanyLines})
    def get(self, request: Request) -> Response:
        with control_scope():
            found = companies_of(self.email) if self.email else []
            lines = [
                {"slug": c.slug, "name": c.name, "host": host_of(c.slug), "current": c.pk == request.company.id}
                for c in found
            ]
        return Response({"results": lines})


class SwitchView(ProvedView):
    """Gives a ticket to a company where the same proved address works; by browser only, not by a token."""

    limited = True
    takes_tokens = False
    works_unpaid = True
    access = {"post": SIGNED_IN}

    @extend_schema(request=SwitchForm, responses={200: SwitchOut})
    def post(self, request: Request) -> Response:
        slug = read(SwitchForm, request)["slug"]
        if self.actor.door != "screen":
            raise NotByToken()
        if not self.email:
            raise EmailUnproved()
        with control_scope():
            company = next((c for c in companies_of(self.email) if c.slug == slug), None)
            throttle.limit("switch", email_hash(self.email), times=60, seconds=600)
        if company is None:
            raise NotFound()
        url = f"{settings.PUBLIC_SCHEME}://{host_of(slug)}"
        return Response({"url": url, "ticket": issue(company.schema_name, email=self.email)})


class TicketView(CompanyView):
    """Takes a form sent by a page of another of our hosts; answers by sending the browser on, whatever happens."""

    works_unpaid = True
    access = {"post": ANYBODY}
    cross_site = True
    parser_classes = [StrictFormParser, StrictJSONParser]

    def perform_content_negotiation(self, request: Any, force: bool = False) -> Any:
        """A browser that sends a form asks for a page; it is sent on without one."""
        return super().perform_content_negotiation(request, force=True)

    @extend_schema(request=TicketForm, responses={303: None})
    def post(self, request: Request) -> Response:
        refuse_foreign_page(request)
        ticket = redeem(read(TicketForm, request)["ticket"], schema=current_company().schema)
        user = by_ticket(ticket.email, issued_at=ticket.issued_at, moved=ticket.moved) if ticket else None
        if ticket is None or user is None:
            return go_on("/sign-in?ticket=expired")
        # Whoever comes from a former address of this very company has shown his second factor there.
        if user.has_totp and not ticket.moved:
            return go_on("/sign-in?mfa=1")
        visitor = visitor_of(request)
        opened = enter(user, kind=Session.Kind.BROWSER, way="ticket", visitor=visitor)
        replace_session(request.actor)
        response = go_on("/")
        give_cookies(response, opened, visitor)
        return response


def proved_email(user_id: int) -> str:
    """The user's address when a letter has proved it, otherwise an empty string."""
    proved = User.objects.filter(pk=user_id, email_verified_at__isnull=False)
    return proved.values_list("email", flat=True).first() or ""


def refuse_foreign_page(request: Request) -> None:
    """Only our own hosts may send tickets, lest a stranger sign somebody in as himself.

    Browsers count every name below a one-word domain (`localhost`) as another site, so there Origin alone can tell;
    our referrer policy makes it `null` between hosts.
    """
    site = request.META.get("HTTP_SEC_FETCH_SITE", "none")
    if site == "cross-site" and "." in settings.BASE_DOMAIN:
        raise CrossSite()
    origin = request.META.get("HTTP_ORIGIN", "null").lower()
    ends = f"{settings.BASE_DOMAIN}{settings.ORIGIN_PORT}"
    ours = origin == f"{settings.PUBLIC_SCHEME}://{ends}" or (
        origin.startswith(f"{settings.PUBLIC_SCHEME}://") and origin.endswith(f".{ends}")
    )
    if origin != "null" and not ours:
        raise CrossSite()


def go_on(path: str) -> Response:
    return Response(status=303, headers={"Location": path})
