"""Lists narrowed by groups: `in_view=5,7` is in any of them, `not_in_view=5,7` in none."""

from collections.abc import Collection

from core.access.actor import Actor
from core.entities.kinds import EntityKind
from core.rest.filters import Filter, Ordering

from ..groups import filters_of


def widen(actor: Actor, kind: EntityKind, names: Collection[str]) -> tuple[dict[str, Filter], dict[str, Ordering]]:
    """What lists of a kind understand about groups."""
    return filters_of(actor, kind, names), {}
