"""The value of an option, which costs no statement while the company's version stands."""

import threading
from collections.abc import Collection
from typing import Any, TypeVar

from django.db.models import QuerySet

from core.context import current_company, is_unsettled
from core.events.models import Fact

from .events import OptionsChanged
from .kinds import Option
from .models import OptionValue

T = TypeVar("T")
_LIMIT = 20_000
# Schema → (version of the company, what it has stored).
_held: dict[str, tuple[int, dict[str, Any]]] = {}
_lock = threading.Lock()


def option(what: Option[T]) -> T:
    """What the company has decided, or the default; in its scope."""
    return what.of(_stored())


def stored_now() -> dict[str, Any]:
    """Code → JSON of everything that the company has decided otherwise, read anew."""
    return dict(OptionValue.objects.values_list("code", "value"))


def changes_of(codes: Collection[str]) -> QuerySet[Fact]:
    """Facts that tell of changes of any of these options."""
    told = Fact.objects.filter(entity__isnull=True, kind=OptionsChanged.kind)
    return told.filter(payload__titles__has_any_keys=list(codes))


def _stored() -> dict[str, Any]:
    """Remembered per company and version: whatever changes an option moves the company's version (decision 0018)."""
    company = current_company()
    if is_unsettled():
        # Should this transaction fail, its version will be given again, to other values.
        return stored_now()
    known = _held.get(company.schema)
    if known is not None and known[0] == company.version:
        return known[1]
    found = stored_now()
    with _lock:
        if len(_held) >= _LIMIT:
            _held.clear()
        newest = _held.get(company.schema)
        # A request that is still under way with an older snapshot must not drive out what the newer one reads.
        if newest is None or newest[0] <= company.version:
            _held[company.schema] = (company.version, found)
    return found
