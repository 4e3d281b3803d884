"""Addresses of the bare host: the public site and sign-up."""

from django.urls import include, path
from drf_spectacular.views import SpectacularSwaggerSplitView

from billing.rest.routes import public_routes as prices
from core.notifications.rest.routes import public_routes as hooks
from infra.api_schema import SchemaView
from tenants.rest.routes import public_routes

from .shared import health, pages

urlpatterns = [
    *health,
    path("api/v1/schema/", SchemaView.as_view(side="public"), name="schema"),
    path("api/docs/", SpectacularSwaggerSplitView.as_view(url="/api/v1/schema/", permission_classes=[])),
    path("api/v1/", include([*public_routes, *prices, *hooks])),
    *pages,
]
handler400 = "infra.spa.api_unreadable"
handler404 = "infra.spa.api_not_found"
handler500 = "infra.spa.api_fault"
