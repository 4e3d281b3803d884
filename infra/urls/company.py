"""A company's addresses, built from the map of the house."""

from django.urls import include, path
from drf_spectacular.views import SpectacularSwaggerSplitView

from core.registry import registry
from core.rest.routing import card_routes
from infra.api_schema import SchemaView
from infra.spa import service_worker

from .shared import health, pages


def _api():
    for trait in registry.traits.values():
        yield from trait.routes
    for module in registry.modules.values():
        yield from module.routes
    for kind in registry.kinds():
        yield from card_routes(kind, registry.traits_of(kind.model))


urlpatterns = [
    *health,
    path("api/v1/schema/", SchemaView.as_view(side="company"), name="schema"),
    path("api/docs/", SpectacularSwaggerSplitView.as_view(url="/api/v1/schema/", permission_classes=[])),
    path("api/v1/", include(list(_api()))),
    path("sw.js", service_worker),
    *pages,
]
handler400 = "infra.spa.api_unreadable"
handler404 = "infra.spa.api_not_found"
handler500 = "infra.spa.api_fault"
