"""A name for each request, on every log line and in the answer; problems instead of pages for its faults."""

import time
import uuid

from django.http import HttpRequest, HttpResponse

from core.logs import request_id
from core.metrics import REQUESTS

from .problems import outside_handler

_METHODS = frozenset({"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"})
_HEALTH = frozenset({"healthz", "readyz", "metrics"})


class RequestIdMiddleware:
    def __init__(self, get_response) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        token, begun = request_id.set(uuid.uuid4().hex[:12]), time.perf_counter()
        try:
            response = self.get_response(request)
            response["X-Request-Id"] = request_id.get()
            REQUESTS.labels(*_counted_as(request, response)).observe(time.perf_counter() - begun)
            return response
        finally:
            request_id.reset(token)

    def process_exception(self, request: HttpRequest, failure: Exception) -> HttpResponse | None:
        """What a view throws past its own handler: the scope around it, for one."""
        return outside_handler(failure, request.path)


def _counted_as(request: HttpRequest, response: HttpResponse) -> tuple[str, str, str]:
    """Method, pattern of the address, class of the status. Nothing that a client may invent becomes a label."""
    method = request.method if request.method in _METHODS else "other"
    found = request.resolver_match
    if found is None:
        return str(method), "none", f"{response.status_code // 100}xx"
    # What is no address of the API is one page with many names.
    route = found.route if found.route.startswith("api/") or found.route in _HEALTH else "page"
    return str(method), route, f"{response.status_code // 100}xx"
