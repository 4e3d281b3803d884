"""What every endpoint does before its own work: the scope, the actor, the module, the promise not to act twice."""

from typing import Any, ClassVar

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from rest_framework import request as library
from rest_framework.response import Response
from rest_framework.views import APIView

from core.access.actor import Actor
from core.context import company_scope, control_scope
from core.errors import NotSignedIn
from core.reads.kinds import ReadKind
from core.reads.noting import listening

from .access import Access
from .callers import actor_of, remember_seen
from .csrf import refuse_cross_site
from .idempotency import Replayed, claim, remember
from .recording import record_reads
from .request import Request


class ScopedView(APIView):
    """Base of all endpoints. `access` declares each operation; without a line there it answers nobody."""

    access: ClassVar[dict[str, Access]] = {}
    module: str | None = None
    request: Request
    # A page of another host may send a form here: only the redemption of one-time tickets says so.
    cross_site: ClassVar[bool] = False
    # What the OpenAPI document tells: operations that compare If-Match, those that answer with the whole card, doors
    # that count how often they are tried, whether there are callers to be known (a company's host), and whether a
    # bearer token opens it.
    versioned: ClassVar[frozenset[str]] = frozenset()
    answers_card: ClassVar[frozenset[str]] = frozenset()
    limited: ClassVar[bool] = False
    of_company: ClassVar[bool] = True
    takes_tokens: ClassVar[bool] = True
    # Signing in, one's own account and paying: they work whatever the company has not paid.
    works_unpaid: ClassVar[bool] = False
    # The service's people: their own doors in a company (in, out, who they are), and what they may not even look at.
    for_support: ClassVar[bool] = False
    closed_to_support: ClassVar[bool] = False
    # Its POST serves reading alone, as taking data out does: it works while a company may only read.
    is_reading: ClassVar[bool] = False
    # Operations that tell something sensitive: {operation: what is written into the log of reads}.
    recorded: ClassVar[dict[str, ReadKind]] = {}

    @property
    def actor(self) -> Actor:
        """Whoever has signed in; operations open to anybody ask `request.actor`, which may be None."""
        if self.request.actor is None:
            raise NotSignedIn()
        return self.request.actor

    def initialize_request(self, request: HttpRequest, *args: Any, **kwargs: Any) -> library.Request:
        return Request(
            request,
            parsers=self.get_parsers(),
            authenticators=self.get_authenticators(),
            negotiator=self.get_content_negotiator(),
            parser_context=self.get_parser_context(request),
        )


class ControlView(ScopedView):
    """An endpoint of the public site or the console: works in the registry's scope."""

    of_company = False

    def dispatch(self, request: Any, *args: Any, **kwargs: Any) -> HttpResponseBase:
        with control_scope():
            return super().dispatch(request, *args, **kwargs)

    def initial(self, request: Any, *args: Any, **kwargs: Any) -> None:
        self.request.actor = None
        if not self.cross_site:
            refuse_cross_site(request, signed_in_by_cookie=False)
        super().initial(request, *args, **kwargs)


class CompanyView(ScopedView):
    """An endpoint of a company: one transaction under the company's role around the whole request."""

    statement_timeout_ms: ClassVar[int] = 15_000

    def dispatch(self, request: Any, *args: Any, **kwargs: Any) -> HttpResponseBase:
        with listening() as heard, company_scope(request.company, statement_timeout_ms=self.statement_timeout_ms):
            response = super().dispatch(request, *args, **kwargs)
        record_reads(self, request.company, response, heard)
        remember_seen(request.company, getattr(self.request, "actor", None))
        return response

    def initial(self, request: Any, *args: Any, **kwargs: Any) -> None:
        caller = actor_of(request)
        self.request.actor = caller.actor
        self.request.session_secret = caller.secret
        if not self.cross_site:
            refuse_cross_site(request, signed_in_by_cookie=caller.by_cookie, secret=caller.secret)
        super().initial(request, *args, **kwargs)
        if caller.actor is not None:
            claim(request)

    def handle_exception(self, failure: Exception) -> Response:
        if isinstance(failure, Replayed):
            return failure.response
        return super().handle_exception(failure)

    def finalize_response(self, request: Any, response: Response, *args: Any, **kwargs: Any) -> Response:
        final = super().finalize_response(request, response, *args, **kwargs)
        remember(request, final)
        final.setdefault("Cache-Control", "no-store")
        return final


class RegistryView(ScopedView):
    """An endpoint on a company's host that writes in the registry, which the company's role cannot.

    The caller is checked in the company's scope, which is closed before the registry's opens. What it does sets values,
    so a repetition finds them in place: no Idempotency-Key is needed.
    """

    def dispatch(self, request: Any, *args: Any, **kwargs: Any) -> HttpResponseBase:
        with listening() as heard:
            response = super().dispatch(request, *args, **kwargs)
        record_reads(self, request.company, response, heard)
        return response

    def initial(self, request: Any, *args: Any, **kwargs: Any) -> None:
        with company_scope(request.company):
            caller = actor_of(request)
            self.request.actor = caller.actor
            refuse_cross_site(request, signed_in_by_cookie=caller.by_cookie, secret=caller.secret)
            super().initial(request, *args, **kwargs)
        remember_seen(request.company, caller.actor)

    def finalize_response(self, request: Any, response: Response, *args: Any, **kwargs: Any) -> Response:
        final = super().finalize_response(request, response, *args, **kwargs)
        final.setdefault("Cache-Control", "no-store")
        return final
