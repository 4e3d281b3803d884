"""The code as it is, migrated by django-tenants: its own database backend and router, logged in as tables' owner."""

from infra.settings import *  # noqa: F403
from infra.settings import DATABASES as OURS

DATABASES = {"default": OURS["owner"] | {"ENGINE": "django_tenants.postgresql_backend", "TEST": {}}}
TENANT_SYNC_ROUTER = "django_tenants.routers.TenantSyncRouter"
DATABASE_ROUTERS = [TENANT_SYNC_ROUTER]
