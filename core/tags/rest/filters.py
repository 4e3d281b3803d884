"""Lists narrowed by tags: `tag=1,2` has any of them, `tag__isnull=true` none at all."""

from collections.abc import Callable, Collection
from dataclasses import dataclass
from typing import Any

from django.db.models import Exists, OuterRef, Q

from core.access.actor import Actor
from core.entities.kinds import EntityKind
from core.rest.filters import Filter, Ordering, among_few, number

from ..models import Tagging

TAG = "tag"


@dataclass(frozen=True)
class TagFilter(Filter):
    read: Callable[[str], Any] = number

    def among(self, values: list[Any]) -> Q:
        return among_few(Tagging.objects.filter(tag__in=values), "entity", each=self.each)

    def empty(self, is_empty: bool) -> Q:
        carried = Q(Exists(Tagging.objects.filter(entity=OuterRef("pk"))))
        return ~carried if is_empty else carried


def widen(actor: Actor, kind: EntityKind, names: Collection[str]) -> tuple[dict[str, Filter], dict[str, Ordering]]:
    """What lists of a kind understand about tags."""
    asked = any(name.partition("__")[0] == TAG for name in names)
    return ({TAG: TagFilter("tag")} if asked else {}), {}
