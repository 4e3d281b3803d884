"""Addresses of the operator console; its screens come with the hosted service."""

from .shared import health, pages

urlpatterns = [*health, *pages]
handler400 = "infra.spa.api_unreadable"
handler404 = "infra.spa.api_not_found"
handler500 = "infra.spa.api_fault"
