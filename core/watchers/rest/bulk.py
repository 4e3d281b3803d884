"""Somebody put among the watchers of many cards."""

from collections.abc import Mapping
from typing import Any

from core.access.actor import Actor
from core.entities.kinds import EntityKind
from core.entities.locks import lock
from core.rest.bulk import BulkAction

from ..actions import set_watchers
from ..queries import watchers_of
from .serializers import WatcherIn


def _add(card: Any, kind: EntityKind, values: Mapping[str, Any], by: Actor) -> Any:
    card = lock(card)
    held = watchers_of(card.pk)
    if values["watcher"] in held:
        return None
    set_watchers(card, kind, principals=[*held, values["watcher"]], by=by)
    return held


def _back(card: Any, kind: EntityKind, told: Any, by: Actor) -> None:
    set_watchers(card, kind, principals=told, by=by)


BULK = (BulkAction("watch", "Добавить наблюдателя", _add, _back, WatcherIn),)
