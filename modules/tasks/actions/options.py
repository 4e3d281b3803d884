"""What a company decides about its tasks."""

from collections.abc import Mapping
from typing import Any

from core.access.actor import Actor
from core.events.bus import Change, emit
from core.verb import verb

from ..events import RulesChanged
from ..models import TaskRules
from ..permissions import RULES


@verb
def change_rules(*, fields: Mapping[str, Any], by: Actor) -> TaskRules:
    """Change the rules that are given. Errors: Forbidden."""
    by.must(RULES)
    TaskRules.objects.get_or_create(pk=1)
    rules = TaskRules.objects.select_for_update().get(pk=1)
    touched = [name for name, value in fields.items() if getattr(rules, name) != value]
    if not touched:
        return rules
    changes = tuple(Change(name, getattr(rules, name), fields[name]) for name in touched)
    for name in touched:
        setattr(rules, name, fields[name])
    rules.save(update_fields=touched)
    emit(RulesChanged(None, changes), by=by)
    return rules
