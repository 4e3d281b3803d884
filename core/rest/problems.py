"""RFC 9457: one shape for every failure, in Russian, with a pointer to each wrong field."""

import logging
from typing import Any

from django.core.exceptions import RequestDataTooBig
from django.db import DatabaseError, connection
from django.http import Http404
from rest_framework import exceptions
from rest_framework.response import Response

from core.context import current_schema
from core.errors import Invalid, Refused, SlowDown

log = logging.getLogger(__name__)
MEDIA_TYPE = "application/problem+json"

_KNOWN: dict[type[Exception], tuple[int, str, str]] = {
    exceptions.ParseError: (400, "malformed", "Запрос не читается: ожидается JSON"),
    exceptions.UnsupportedMediaType: (415, "media-type", "Запрос принимается только в формате JSON"),
    exceptions.NotAcceptable: (406, "not-acceptable", "Ответ отдаётся только в формате JSON"),
    exceptions.MethodNotAllowed: (405, "method", "Такой способ обращения здесь не поддерживается"),
    exceptions.NotFound: (404, "not-found", "Не найдено: возможно, удалено или у вас нет доступа"),
    exceptions.PermissionDenied: (403, "forbidden", "Недостаточно прав"),
    Http404: (404, "not-found", "Не найдено: возможно, удалено или у вас нет доступа"),
    RequestDataTooBig: (413, "too-large", "Слишком большой запрос"),
}


def problem_handler(failure: Exception, context: dict[str, Any]) -> Response | None:
    """Turn an exception into a problem document and roll the scope's transaction back; None for a fault of ours."""
    if current_schema() is not None and connection.in_atomic_block:
        connection.set_rollback(True)
    if isinstance(failure, Refused):
        return _refused(failure)
    if isinstance(failure, exceptions.ValidationError):
        return _invalid(failure)
    for kind, (status, code, title) in _KNOWN.items():
        if isinstance(failure, kind):
            return answer(status, code, title)
    if isinstance(failure, DatabaseError) and "statement timeout" in str(failure):
        log.warning("statement timeout: %s", context["request"].path)
        return answer(503, "too-slow", "Запрос занял слишком много времени. Сузьте условия и повторите")
    return None


def answer(status: int, code: str, title: str, detail: str = "", **data: Any) -> Response:
    """A problem document."""
    body = {"type": f"/problems/{code}", "title": title, "status": status, "detail": detail or title, **data}
    return Response(body, status=status, content_type=MEDIA_TYPE)


def _refused(refusal: Refused) -> Response:
    data = dict(refusal.data)
    if isinstance(refusal, Invalid):
        data["errors"] = [
            {"pointer": f"/{name.replace('.', '/')}", "detail": text}
            for name, texts in refusal.errors.items()
            for text in texts
        ]
    response = answer(refusal.status, refusal.code, refusal.title, refusal.detail, **data)
    if isinstance(refusal, SlowDown) and "retry_after" in data:
        response["Retry-After"] = str(data["retry_after"])
    return response


def _invalid(failure: exceptions.ValidationError) -> Response:
    errors = list(_pointed(failure.detail, ""))
    return answer(Invalid.status, Invalid.code, Invalid.title, errors=errors)


def _pointed(detail: Any, at: str):
    if isinstance(detail, dict):
        for name, inner in detail.items():
            yield from _pointed(inner, at if name == "non_field_errors" else f"{at}/{name}")
    elif isinstance(detail, list) and detail and isinstance(detail[0], dict | list):
        for index, inner in enumerate(detail):
            if inner:
                yield from _pointed(inner, f"{at}/{index}")
    elif isinstance(detail, list):
        yield from ({"pointer": at or "/", "detail": str(text)} for text in detail)
    else:
        yield {"pointer": at or "/", "detail": str(detail)}
