"""The port through which core learns of companies; the registry of companies (`tenants`) plugs in."""

from collections.abc import Callable
from importlib import import_module

from django.conf import settings

from core.context import Company


def _source() -> Callable[..., Company | None]:
    return import_module(settings.COMPANY_SOURCE).find


def find_company(schema: str) -> Company | None:
    """The company of a schema, at most a second old; None when it does not exist or is gone."""
    return _source()(schema=schema)


def find_company_at(host: str) -> Company | None:
    """The company of a host without port; None when there is none."""
    return _source()(host=host)
