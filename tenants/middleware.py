"""Which side a request is on: the public site, a company, the console, or nothing we know."""

from typing import Any

from django.conf import settings
from django.http import HttpResponse, HttpResponseRedirect, JsonResponse

from core.budgets import CompanyBusy, Toll, cost_of
from core.logs import request_slug
from core.rest.callers import asker_of
from core.rest.problems import CONNECTION_LOST, database_lost
from core.rest.request import HostRequest
from tenants.pulse import note_fault
from tenants.snapshots import admit, own_hosts, snapshots

SIDELESS = ("/healthz", "/readyz", "/metrics")
_FAULT = 500


class HostMiddleware:
    """Sets `request.side` (`public`, `company`, `console`) and `request.company`; an unknown host is answered 404.

    Only the Host header counts: forwarded hosts and any name of a company elsewhere in the request are ignored.
    """

    def __init__(self, get_response) -> None:
        self.get_response = get_response

    def __call__(self, request: HostRequest) -> HttpResponse:
        request.company = None
        if request.path in SIDELESS:
            request.side = "any"
            return self.get_response(request)
        host = host_name(request.META.get("HTTP_HOST", ""))
        request.side = side_of(host)
        request.urlconf = settings.SIDE_URLS[request.side]
        if request.side == "company":
            try:
                request.company, toll = admit(host, cost_of(str(request.method), request.path), asker_of(request))
            except CONNECTION_LOST as lost:
                return database_lost(lost, request.path)
            if request.company is None:
                request.side, request.urlconf = "unknown", settings.SIDE_URLS["unknown"]
            elif not request.company.is_open and request.path.startswith("/api/"):
                return closed(request.company.status)
            elif toll.wait:
                return busy(toll)
        token = request_slug.set(request.company.slug if request.company else "-")
        try:
            if (elsewhere := moved_away(request, host)) is not None:
                return elsewhere
            response = self.get_response(request)
            if request.company is not None and response.status_code == _FAULT:
                note_fault(request.company.schema)
            return response
        finally:
            request_slug.reset(token)


def moved_away(request: HostRequest, host: str) -> HttpResponse | None:
    """A page at a former address of a company leads to its present one; None when it is answered here.

    A browser that is signed in gets the page: it takes its session along (`auth/move/`). Programs and what the page
    itself asks go on being answered while the address leads anywhere.
    """
    company = request.company
    if company is None or host == f"{company.slug}.{settings.BASE_DOMAIN}":
        return None
    is_page = request.method in ("GET", "HEAD") and "text/html" in request.META.get("HTTP_ACCEPT", "")
    if not is_page or request.path.startswith("/api/") or settings.SESSION_COOKIE in request.COOKIES:
        return None
    there = f"{settings.PUBLIC_SCHEME}://{company.slug}.{settings.BASE_DOMAIN}{settings.ORIGIN_PORT}"
    # For a time only: the address may be another's one day.
    return HttpResponseRedirect(f"{there}{request.get_full_path()}")


def host_name(header: str) -> str:
    """`Acme.localhost:8000` → `acme.localhost`; an empty string for anything that is not one plain host."""
    name, _, port = header.strip().lower().partition(":")
    if port and not port.isdigit():
        return ""
    return name if name.replace("-", "").replace(".", "").isalnum() and name.isascii() else ""


def side_of(host: str) -> str:
    """`public` for the bare host (and the address it is bound to), `console`, otherwise `company`.

    An own server has no public site: nobody signs up there.
    """
    if settings.ONE_COMPANY:
        return "company"
    if host in (settings.BASE_DOMAIN, "127.0.0.1", "localhost"):
        return "public"
    return "console" if host == f"console.{settings.BASE_DOMAIN}" else "company"


def whose(host: str) -> str:
    """One word for all names of a company (its slugs of before and now, its own domains), for counting what it uses.

    `host` as `host_name` says it. The bare host and the console have one each; names that belong to nobody, or to a
    company that this process has not met yet, share the empty one. Told from memory: it is asked before every request.
    """
    if settings.ONE_COMPANY:
        own = f"{settings.ONE_COMPANY}.{settings.BASE_DOMAIN}"
        return own if host in (own, *own_hosts()) else ""
    side = side_of(host)
    return side if side != "company" else snapshots.schema_at(host)


def closed(status: str) -> HttpResponse:
    if status == "maintenance":
        return problem(503, "maintenance", "Идёт обслуживание. Данные в порядке, зайдите через несколько минут")
    if status == "deleting":
        return problem(
            403, "company-erased", "Компания удаляется по решению её владельца. Акт придёт владельцам письмом"
        )
    return problem(403, "company-closed", "Компания приостановлена. Обратитесь к владельцу")


def busy(toll: Toll) -> HttpResponse:
    """The company, or strangers at its address, have asked too often: when they may again stands in the header, too."""
    refusal = CompanyBusy(toll)
    response = problem(refusal.status, refusal.code, refusal.detail, **refusal.data)
    response["Retry-After"] = str(refusal.data["retry_after"])
    return response


def problem(status: int, code: str, title: str, **data: Any) -> JsonResponse:
    body = {"type": f"/problems/{code}", "title": title, "status": status, "detail": title, **data}
    return JsonResponse(body, status=status, content_type="application/problem+json")
