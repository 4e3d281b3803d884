"""RFC 9457: one shape for every failure, in Russian, with a pointer to each wrong field."""

import logging
from typing import Any

from django.core.exceptions import BadRequest, RequestDataTooBig, SuspiciousOperation
from django.db import InterfaceError, OperationalError, connection
from django.http import Http404, JsonResponse
from rest_framework import exceptions
from rest_framework.response import Response

from core.context import current_schema
from core.errors import Invalid, Refused, SlowDown, Unavailable

log = logging.getLogger(__name__)
# The framework says it past its own catalogue, when the whole body is `null`.
_NOTHING = "Запрос пустой: заполните поля и отправьте его снова"
# No more of what somebody sent comes back to him, nor into logs on the way.
_MOST_ECHOED = 50
_NULL_BODY = ({"non_field_errors": ["null"]}, ["null"])
MEDIA_TYPE = "application/problem+json"
# After so many seconds a database that was lost may have come back.
RETRY_SECONDS = 5
# The server or the way to it, not a statement of ours: those are IntegrityError, DataError, ProgrammingError.
CONNECTION_LOST = (OperationalError, InterfaceError)
# Of that family too: what exceeds the server's limits, and will tomorrow.
_BEYOND_LIMITS = "54"

_KNOWN: dict[type[Exception], tuple[int, str, str]] = {
    exceptions.ParseError: (400, "malformed", "Запрос не читается: ожидается JSON"),
    exceptions.UnsupportedMediaType: (415, "media-type", "Запрос принимается только в формате JSON"),
    exceptions.NotAcceptable: (406, "not-acceptable", "Ответ отдаётся только в формате JSON"),
    exceptions.MethodNotAllowed: (405, "method", "Такой способ обращения здесь не поддерживается"),
    exceptions.NotFound: (404, "not-found", "Не найдено: возможно, удалено или у вас нет доступа"),
    exceptions.PermissionDenied: (403, "forbidden", "Недостаточно прав"),
    Http404: (404, "not-found", "Не найдено: возможно, удалено или у вас нет доступа"),
}
# What the framework below throws; a subclass stands before its base.
_FOREIGN: dict[type[Exception], tuple[int, str, str]] = {
    RequestDataTooBig: (413, "too-large", "Слишком большой запрос"),
    SuspiciousOperation: (400, "malformed", "Запрос не читается"),
    BadRequest: (400, "malformed", "Запрос не читается"),
}
_KNOWN |= _FOREIGN


def problem_handler(failure: Exception, context: dict[str, Any]) -> Response | None:
    """Turn an exception into a problem document and roll the scope's transaction back; None for a fault of ours."""
    if current_schema() is not None and connection.in_atomic_block:
        connection.set_rollback(True)
    if isinstance(failure, Refused):
        return _refused(failure)
    if isinstance(failure, exceptions.ValidationError):
        return _invalid(failure)
    for kind, known in _KNOWN.items():
        if isinstance(failure, kind):
            return answer(*known)
    if _is_lost(failure):
        return _lost(failure, context["request"].path)
    return None


def outside_handler(failure: Exception, path: str) -> JsonResponse | None:
    """The same for what is thrown around the framework's handler, as by opening or committing a scope."""
    if _is_lost(failure):
        return database_lost(failure, path)
    if isinstance(failure, Refused):
        return _plain(_refused(failure))
    known = next((known for kind, known in _FOREIGN.items() if isinstance(failure, kind)), None)
    return _plain(answer(*known)) if known else None


def database_lost(failure: Exception, path: str) -> JsonResponse:
    """What is said when the database cannot be reached, or did not answer in time."""
    return _plain(_lost(failure, path))


def answer(status: int, code: str, title: str, detail: str = "", **data: Any) -> Response:
    """A problem document."""
    body = {"type": f"/problems/{code}", "title": title, "status": status, "detail": detail or title, **data}
    return Response(body, status=status, content_type=MEDIA_TYPE)


def _is_lost(failure: Exception) -> bool:
    state = getattr(failure.__cause__, "sqlstate", None) or ""
    return isinstance(failure, CONNECTION_LOST) and not state.startswith(_BEYOND_LIMITS)


def _plain(response: Response) -> JsonResponse:
    told = {name: value for name, value in response.items() if name != "Content-Type"}
    headers = {"Cache-Control": "no-store", **told}
    return JsonResponse(response.data, status=response.status_code, headers=headers, content_type=MEDIA_TYPE)


def _lost(failure: Exception, path: str) -> Response:
    if "statement timeout" in str(failure):
        log.warning("statement timeout: %s", path)
        return answer(503, "too-slow", "Запрос занял слишком много времени. Сузьте условия и повторите")
    log.warning("the database is lost: %s", path, exc_info=failure)
    response = answer(Unavailable.status, Unavailable.code, Unavailable.title)
    response["Retry-After"] = str(RETRY_SECONDS)
    return response


def _refused(refusal: Refused) -> Response:
    data = dict(refusal.data)
    if isinstance(refusal, Invalid):
        data["errors"] = [
            {"pointer": f"/{name[:_MOST_ECHOED].replace('.', '/')}", "detail": text}
            for name, texts in refusal.errors.items()
            for text in texts
        ]
    response = answer(refusal.status, refusal.code, refusal.title, refusal.detail, **data)
    if isinstance(refusal, SlowDown) and "retry_after" in data:
        response["Retry-After"] = str(data["retry_after"])
    return response


def _invalid(failure: exceptions.ValidationError) -> Response:
    errors = list(_pointed(failure.detail, ""))
    if [found["pointer"] for found in errors] == ["/"] and failure.get_codes() in _NULL_BODY:
        errors[0]["detail"] = _NOTHING
    return answer(Invalid.status, Invalid.code, Invalid.title, errors=errors)


def _pointed(detail: Any, at: str):
    if isinstance(detail, dict):
        for name, inner in detail.items():
            yield from _pointed(inner, at if name == "non_field_errors" else f"{at}/{str(name)[:_MOST_ECHOED]}")
    elif isinstance(detail, list) and detail and isinstance(detail[0], dict | list):
        for index, inner in enumerate(detail):
            if inner:
                yield from _pointed(inner, f"{at}/{index}")
    elif isinstance(detail, list):
        yield from ({"pointer": at or "/", "detail": str(text)} for text in detail)
    else:
        yield {"pointer": at or "/", "detail": str(detail)}
