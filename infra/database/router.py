"""Which tables are made on which side: the public schema or a company's."""

from django.conf import settings
from django_tenants.routers import TenantSyncRouter

from core.context import migrating_side


class SidesRouter(TenantSyncRouter):
    """Allows an app's migrations only on its side, chosen by `core.context.migrating`."""

    def allow_migrate(self, db, app_label, model_name=None, **hints):
        side = migrating_side()
        if side is None:
            return False
        return self.app_in_list(app_label, settings.SHARED_APPS if side == "public" else settings.TENANT_APPS)
