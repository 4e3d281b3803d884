"""Addresses of the operators' console; each part that stands above the registry of companies adds its own."""

from django.urls import include, path

from infra.api_schema import SchemaView
from tenants.console.parts import parts
from tenants.console.rest.routes import console_routes

from .shared import health, pages

urlpatterns = [
    *health,
    path("api/v1/schema/", SchemaView.as_view(side="console"), name="schema"),
    path("api/v1/", include([*console_routes, *(route for part in parts() for route in part.routes)])),
    *pages,
]
handler400 = "infra.spa.api_unreadable"
handler404 = "infra.spa.api_not_found"
handler500 = "infra.spa.api_fault"
