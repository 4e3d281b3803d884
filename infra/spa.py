"""The browser application's one page, and problem documents for addresses that do not exist."""

from functools import cache

from django.conf import settings
from django.http import HttpRequest, HttpResponse, JsonResponse

_MISSING = "<!doctype html><meta charset=utf-8><title>Пульт</title><p>Интерфейс не собран: запустите make run."


@cache
def _page() -> str:
    index = settings.SPA_ROOT / "index.html"
    return index.read_text(encoding="utf-8") if index.exists() else _MISSING


def spa(request: HttpRequest) -> HttpResponse:
    """The page with the side of this host written in; an unknown host gets it with 404."""
    side = getattr(request, "side", "unknown")
    body = _page().replace("%PULT_HOST%", side)
    response = HttpResponse(body, status=404 if side == "unknown" else 200)
    response["Cache-Control"] = "no-cache"
    return response


def robots(request: HttpRequest) -> HttpResponse:
    """Crawlers may read the public site; a company's address is nobody's business."""
    rule = "Allow: /" if getattr(request, "side", "") == "public" else "Disallow: /"
    return HttpResponse(f"User-agent: *\n{rule}\n", content_type="text/plain; charset=utf-8")


def api_unreadable(request: HttpRequest, exception: Exception | None = None) -> JsonResponse:
    return _problem(400, "malformed", "Запрос не читается")


def api_not_found(request: HttpRequest, exception: Exception | None = None) -> JsonResponse:
    if getattr(request, "side", "") == "unknown":
        return _problem(404, "unknown-company", "Такой компании нет. Проверьте адрес")
    return _problem(404, "not-found", "Такого адреса нет")


def api_fault(request: HttpRequest) -> JsonResponse:
    return _problem(500, "fault", "Ошибка на нашей стороне. Мы о ней уже знаем, повторите позже")


def _problem(status: int, code: str, title: str) -> JsonResponse:
    body = {"type": f"/problems/{code}", "title": title, "status": status, "detail": title}
    return JsonResponse(body, status=status, content_type="application/problem+json")
