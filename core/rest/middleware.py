"""A name for each request, on every log line and in the answer; problems instead of pages for its faults."""

import uuid

from django.http import HttpRequest, HttpResponse

from core.logs import request_id

from .problems import outside_handler


class RequestIdMiddleware:
    def __init__(self, get_response) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        token = request_id.set(uuid.uuid4().hex[:12])
        try:
            response = self.get_response(request)
            response["X-Request-Id"] = request_id.get()
            return response
        finally:
            request_id.reset(token)

    def process_exception(self, request: HttpRequest, failure: Exception) -> HttpResponse | None:
        """What a view throws past its own handler: the scope around it, for one."""
        return outside_handler(failure, request.path)
