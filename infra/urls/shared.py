"""Addresses that every side has."""

from django.urls import path, re_path

from infra.health import healthz, readyz
from infra.spa import manifest, robots, spa

health = [path("healthz", healthz), path("readyz", readyz)]
# Whatever is not an address of the API is a page of the browser application. No page has a dot in its address:
# that is a file that does not stand here (`/.env`, `/wp-login.php`, an asset of a former release).
pages = [
    path("robots.txt", robots),
    path("manifest.webmanifest", manifest),
    re_path(r"^(?!api/|ws/|static/|assets/)[^.]*$", spa),
]
