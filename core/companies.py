"""The port through which core learns of companies; the registry of companies (`tenants`) plugs in."""

from collections.abc import Callable
from importlib import import_module
from typing import Any

from django.conf import settings

from core.context import Company


def _source() -> Any:
    return import_module(settings.COMPANY_SOURCE)


def find_company(schema: str) -> Company | None:
    """The company of a schema, at most a second old; None when it does not exist or is gone."""
    return _source().find(schema=schema)


def find_company_at(host: str) -> Company | None:
    """The company of a host without port; None when there is none."""
    return _source().find(host=host)


def note_work(schema: str) -> None:
    """Somebody is at work in a company: told to whoever keeps the service, now and then, and no matter if it fails."""
    _source().note_work(schema)


def renewed(schema: str, change: Callable[[int], bool]) -> int:
    """Change a company's own rows, and its version with them if `change` answers yes; the version that stands then.

    `change` gets the version before and runs in the company's scope, with its row in the registry locked: whatever is
    remembered by the version of a company is read anew by every process, and by none too early. Opens its own scopes.
    Errors: NotFound, Unavailable when the new version cannot be said.
    """
    return _source().renew(schema, change)
