"""Reading the registry; all in a control scope."""

from core.errors import NotFound
from tenants.models import Company


def locked(schema: str) -> Company:
    """A company's row, kept from other writers until the scope ends."""
    company = Company.objects.select_for_update().filter(schema_name=schema).first()
    if company is None:
        raise NotFound()
    return company
