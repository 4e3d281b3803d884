"""A request as our endpoints get it: with its company, its caller and what the house remembers about it."""

from django.http import HttpRequest
from rest_framework import request as library

from core.access.actor import Actor
from core.context import Company


class HostRequest(HttpRequest):
    """What `tenants.middleware` leaves on every request: the side it is on and, on a company's host, the company."""

    side: str
    company: Company | None


class Request(library.Request):
    """What `ScopedView` gives to its operations.

    `company` stands on a company's host only, where alone operations ask for it. `actor` is None for whoever has not
    signed in; `session_secret` is what a cookie session proves itself by; `idempotent` is the claimed row of the
    request's Idempotency-Key.
    """

    side: str
    company: Company
    actor: Actor | None
    session_secret: str
    idempotent: int | None
