"""Lists narrowed by the company's statuses: `own_status=12,15`, `own_status__isnull=true`."""

from collections.abc import Collection

from core.access.actor import Actor
from core.entities.kinds import EntityKind
from core.rest.filters import Filter, Ordering, number

from ..rules import OWN_STATUS


def widen(actor: Actor, kind: EntityKind, names: Collection[str]) -> tuple[dict[str, Filter], dict[str, Ordering]]:
    """What lists of a kind understand about statuses of the company's own."""
    asked = any(name.partition("__")[0] == OWN_STATUS for name in names)
    return ({OWN_STATUS: Filter(OWN_STATUS, number)} if asked else {}), {}
