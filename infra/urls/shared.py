"""Addresses that every side has."""

from django.urls import path, re_path

from infra.health import healthz, readyz
from infra.spa import spa

health = [path("healthz", healthz), path("readyz", readyz)]
# Whatever is not an address of the API is a page of the browser application.
pages = [re_path(r"^(?!api/|ws/|static/|assets/).*$", spa)]
