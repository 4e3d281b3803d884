"""A host that belongs to nobody: health, and a page that says so. Metrics are asked here, whatever host is named."""

from django.urls import path

from infra.metrics import metrics

from .shared import health, pages

urlpatterns = [*health, path("metrics", metrics), *pages]
handler400 = "infra.spa.api_unreadable"
handler404 = "infra.spa.api_not_found"
handler500 = "infra.spa.api_fault"
