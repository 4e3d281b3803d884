"""OpenAPI documents: of all modules always, so a switch never changes them, and without any host."""

from typing import Any

from django.http import HttpRequest, JsonResponse
from django.views import View
from drf_spectacular.generators import SchemaGenerator


def build(side: str) -> dict[str, Any]:
    """The OpenAPI 3.1 document of a side: `public`, `company` or `console`."""
    return SchemaGenerator(urlconf=f"infra.urls.{side}").get_schema(request=None, public=True)


class SchemaView(View):
    side = "company"

    def get(self, request: HttpRequest) -> JsonResponse:
        return JsonResponse(build(self.side), json_dumps_params={"ensure_ascii": False})
