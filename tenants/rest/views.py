"""The public site's API: sign-up and «найти мою компанию»."""

from dataclasses import asdict
from typing import Any

from django.conf import settings
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework.response import Response

from core import throttle
from core.identity.names import read_email
from core.identity.rest.browser import visitor_of
from core.outbox.queries import promise
from core.rest.access import ANYBODY
from core.rest.csrf import refuse_cross_site
from core.rest.request import Request
from core.rest.views import ControlView, ScopedView
from tenants.models import ControlLetter
from tenants.signup import CODE_LIFE, LETTER_JOB, confirm, form_of, free_slug, propose_free, request_sign_up, send_again

from .serializers import Confirmation, EmailOnly, Founded, ResendForm, SignUpForm, SignUpSent, SlugAnswer


def client_address(request: Request) -> str:
    """The peer's address; behind a proxy uvicorn has already put the forwarded one there."""
    return request.META.get("REMOTE_ADDR", "")


class SignUpView(ControlView):
    limited = True
    access = {"post": ANYBODY}

    @extend_schema(request=SignUpForm, responses={202: SignUpSent})
    def post(self, request: Request) -> Response:
        form = SignUpForm(data=request.data)
        form.is_valid(raise_exception=True)
        row = request_sign_up(**form.validated_data, address=client_address(request))
        sent = {"email": row.email, "expires_in": int(CODE_LIFE.total_seconds()), "sign_up": form_of(row)}
        return Response(sent, status=202)


class ConfirmView(ScopedView):
    """Opens its own scopes, because an empty pool is filled between two of them."""

    of_company = False
    access = {"post": ANYBODY}

    def initial(self, request: Any, *args: Any, **kwargs: Any) -> None:
        self.request.actor = None
        refuse_cross_site(request, signed_in_by_cookie=False)
        super().initial(request, *args, **kwargs)

    @extend_schema(request=Confirmation, responses={201: Founded})
    def post(self, request: Request) -> Response:
        form = Confirmation(data=request.data)
        form.is_valid(raise_exception=True)
        return Response(asdict(confirm(**form.validated_data, visitor=visitor_of(request))), status=201)


class ResendView(ControlView):
    limited = True
    access = {"post": ANYBODY}

    @extend_schema(request=ResendForm, responses={202: None})
    def post(self, request: Request) -> Response:
        form = ResendForm(data=request.data)
        form.is_valid(raise_exception=True)
        throttle.limit("resend", client_address(request), times=20, seconds=3600)
        send_again(**form.validated_data, visitor=visitor_of(request))
        return Response(status=202)


class SlugView(ControlView):
    limited = True
    access = {"get": ANYBODY}

    @extend_schema(
        parameters=[OpenApiParameter("name", str), OpenApiParameter("slug", str)], responses={200: SlugAnswer}
    )
    def get(self, request: Request) -> Response:
        throttle.limit("slug", client_address(request), times=600, seconds=600)
        if name := request.query_params.get("name", "")[:200]:
            slug = propose_free(name)
            return Response({"slug": slug, "free": bool(slug), "reason": None})
        slug = request.query_params.get("slug", "")[:40].lower()
        reason = free_slug(slug)
        return Response({"slug": slug, "free": reason is None, "reason": reason})


class FindCompanyView(ControlView):
    """Always answers the same; the list goes by mail only."""

    limited = True
    access = {"post": ANYBODY}

    @extend_schema(request=EmailOnly, responses={202: None})
    def post(self, request: Request) -> Response:
        form = EmailOnly(data=request.data)
        form.is_valid(raise_exception=True)
        email = read_email(form.validated_data["email"])
        throttle.limit("find", client_address(request), times=settings.SIGNUPS_PER_HOUR, seconds=3600)
        if throttle.count("find-mail", email, seconds=3600) <= 3:
            letter = ControlLetter.objects.create(kind=ControlLetter.Kind.COMPANIES, email=email)
            promise(LETTER_JOB, letter.pk)
        return Response(status=202)
