"""HTTP: Django behind WSGI, one thread and one database connection per request in flight."""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "infra.settings")
application = get_wsgi_application()

from tenants.startup import refuse_mighty_role_apart  # noqa: E402  (reads settings: Django must stand)

refuse_mighty_role_apart()
