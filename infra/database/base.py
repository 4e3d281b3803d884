"""The library's PostgreSQL backend without its session-level search path.

django-tenants sets search_path on the session; a rollback silently restores the former company's, and behind a
transaction pooler answers came from other companies. Here the path, the role and the time limit are set by
`core.context` inside one transaction, and the library's own doors refuse.
"""

from django_tenants.postgresql_backend import base
from django_tenants.postgresql_backend.base import FakeTenant


class DatabaseWrapper(base.DatabaseWrapper):
    """Says `public` to whoever asks the connection for its schema, and never touches the session."""

    def set_tenant(self, tenant, include_public: bool = True) -> None:
        if tenant.schema_name != "public":
            raise RuntimeError("A company is entered through core.context.company_scope only.")
        self.tenant, self.schema_name = tenant, tenant.schema_name

    def set_schema_to_public(self) -> None:
        self.set_tenant(FakeTenant(schema_name="public"))

    def _handle_search_path(self, cursor=None) -> None:
        """The scope's first statement has set it."""
