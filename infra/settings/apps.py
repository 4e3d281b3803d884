"""Which applications exist and on which side of the wall their tables stand."""

from core.discovery import company_apps, public_apps
from infra.env import ROOT

# The library's database backend imports the content-type model, so the app is installed;
# no table of it is ever made and nothing of ours refers to it.
LIBRARY_APPS = [
    "django.contrib.contenttypes",
    "django.contrib.staticfiles",
    "rest_framework",
    "drf_spectacular",
    "drf_spectacular_sidecar",
    "channels",
    "infra.commands",
]

SHARED_APPS = ["django_tenants", *public_apps()]
TENANT_APPS = company_apps()
INSTALLED_APPS = [*SHARED_APPS, *LIBRARY_APPS, *TENANT_APPS, "core"]

TENANT_MODEL = "tenants.Company"
TENANT_DOMAIN_MODEL = "tenants.Domain"
TENANT_SYNC_ROUTER = "infra.database.router.SidesRouter"

# The host decides which addresses exist at all (tenants.middleware).
SIDE_URLS = {side: f"infra.urls.{side}" for side in ("public", "company", "console", "unknown")}
# Only the readable API documents are rendered by templates.
TEMPLATES = [{"BACKEND": "django.template.backends.django.DjangoTemplates", "APP_DIRS": True}]
ROOT_URLCONF = "infra.urls.unknown"
WSGI_APPLICATION = "infra.wsgi.application"
ASGI_APPLICATION = "infra.asgi.application"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

LANGUAGE_CODE = "ru"
# What libraries say in English only.
LOCALE_PATHS = [ROOT / "core" / "locale"]
USE_TZ = True
TIME_ZONE = "UTC"

COMPANY_SOURCE = "tenants.snapshots"
