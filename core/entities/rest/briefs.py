"""Cards of any kind in a few words: what chips, pickers and found lines show, and only to whoever may see them."""

from collections import defaultdict
from collections.abc import Iterable
from typing import Any

from django.db.models import F
from rest_framework import serializers

from core.access.actor import Actor
from core.access.queries import within
from core.context import enabled_modules
from core.entities.kinds import EntityKind
from core.entities.models import Entity
from core.registry import registry

from .rows import instant

_COLUMNS = ("pk", "kind", "number", "title", "status", "state", "due_at", "own_title")


class BriefOut(serializers.Serializer):
    """A card in a few words; `route` is its page in the company's application."""

    ref = serializers.CharField(help_text="tasks.task/123")
    kind_title = serializers.CharField()
    icon = serializers.CharField()
    route = serializers.CharField()
    number = serializers.CharField()
    title = serializers.CharField()
    status_title = serializers.CharField()
    state = serializers.ChoiceField(["open", "done", "cancelled"])
    due_at = serializers.DateTimeField(allow_null=True)


def briefs(actor: Actor, card_ids: Iterable[int]) -> dict[int, dict[str, Any]]:
    """Cards among these ids that the actor may see, by id; one query for each kind among them, and one more."""
    by_kind: dict[str, list[int]] = defaultdict(list)
    for pk, code in Entity.objects.filter(pk__in=set(card_ids)).values_list("pk", "kind"):
        by_kind[code].append(pk)
    found: dict[int, dict[str, Any]] = {}
    for kind in registry.live_kinds(enabled_modules()):
        if ids := by_kind.get(kind.code):
            # A few cards are asked one by one, whatever the size of the person's list.
            living = Entity.objects.filter(pk__in=ids, kind=kind.code, trashed_at__isnull=True)
            rows = within(actor, kind.view, living).annotate(own_title=F("own_status__title"))
            found |= {row.pk: brief(row, kind) for row in rows.values_list(*_COLUMNS, named=True)}
    return found


def brief(row: Any, kind: EntityKind) -> dict[str, Any]:
    """One card, or a row with the columns of one, as a chip shows it; `own_title` is the company's word for where it
    stands, None without one."""
    return {
        "ref": f"{kind.code}/{row.pk}",
        "kind_title": kind.title,
        "icon": kind.icon,
        "route": f"{kind.route}/{row.pk}",
        "number": row.number,
        "title": row.title,
        "status_title": getattr(row, "own_title", None) or kind.statuses[row.status],
        "state": row.state,
        "due_at": instant(row.due_at),
    }
