"""The browser application's one page and what a browser asks beside it, and problem documents for the rest."""

from functools import cache

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse

# Under a picture on a telephone there is room for no more.
_SHORT_NAME = 30
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


@cache
def _worker() -> str | None:
    script = settings.SPA_ROOT / "worker" / "sw.js"
    return script.read_text(encoding="utf-8") if script.exists() else None


def service_worker(request: HttpRequest) -> HttpResponse:
    """What shows notices while no page is open. At the root, because it stands for all pages of the company's host."""
    script = _worker()
    if script is None:
        raise Http404
    response = HttpResponse(script, content_type="text/javascript; charset=utf-8")
    response["Cache-Control"] = "no-cache"
    return response


def manifest(request: HttpRequest) -> JsonResponse:
    """What the application is called and looks like on the screen of a telephone."""
    company = getattr(request, "company", None)
    icons = [
        {"src": f"/icon-{size}.png", "sizes": f"{size}x{size}", "type": "image/png", "purpose": "any maskable"}
        for size in (192, 512)
    ]
    told = {
        "id": "/",
        "name": f"{company.name} — Пульт" if company else "Пульт",
        "short_name": company.name[:_SHORT_NAME] if company else "Пульт",
        "lang": "ru",
        "start_url": "/",
        "scope": "/",
        "display": "standalone",
        "background_color": "#ffffff",
        "theme_color": "#0b6a62",
        "icons": icons,
    }
    response = JsonResponse(told, content_type="application/manifest+json", json_dumps_params={"ensure_ascii": False})
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
