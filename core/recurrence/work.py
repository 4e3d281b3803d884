"""Work that comes round about a card: who gives it, who answers for it, who makes it (decision 0026).

A template makes its cards itself (`EntityKind.repeat`). About any other card that comes round a module that is on makes
a piece of work (`Module.work`), in the name of whoever has set the plan and with the rights that he has then.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from core.access.actor import Actor
from core.context import enabled_modules
from core.entities.kinds import EntityKind, Regular
from core.entities.models import Entity
from core.errors import Invalid
from core.identity.models import Principal
from core.registry import registry

from .errors import GiverIsGone, NobodyMakesWork
from .models import PlannedWork
from .registry import WorkMaker

LONGEST_TITLE, LATEST = 200, 3650


@dataclass(frozen=True)
class Work:
    """What a plan asks to be done: `answers` is a principal, None for whom the kind names; `due_in` is in days."""

    title: str
    answers: int | None = None
    due_in: int | None = None


def must_fit(kind: EntityKind, work: Work | None, by: Actor) -> None:
    """Refuse work that nobody would make. Errors: Invalid at `work`, NobodyMakesWork, those of whoever makes it."""
    if kind.repeat is not None and work is not None:
        raise Invalid({"work": "Шаблон сам говорит, что создавать"})
    if kind.repeat is None:
        if work is None:
            raise Invalid({"work": "Напишите, что делать"})
        maker().must(by)


def may_plan(kind: EntityKind, card: Entity, by: Actor) -> bool:
    """Whether somebody sets, stops and takes away the plan of a card."""
    return by.may(kind.edit, card) and (kind.regular is None or card.pk in kind.regular.planned(by, [card]))


def maker() -> WorkMaker:
    """Who makes such work in this company. Errors: NobodyMakesWork."""
    if reason := why_nobody():
        raise NobodyMakesWork(reason)
    return next(module.work for module in registry.working_modules(enabled_modules()) if module.work)


def why_nobody() -> str:
    """What is to be switched on before work can be made; empty while somebody makes it."""
    if any(module.work for module in registry.working_modules(enabled_modules())):
        return ""
    able = [f"«{module.title}»" for module in registry.modules.values() if module.work]
    return f"Дела по расписанию создаёт модуль {' или '.join(able)}, а он выключен. Включите его в настройках"


def regular_of(kind: EntityKind) -> Regular:
    """How work comes round about cards of a kind; LookupError for a kind that has not said it."""
    if kind.regular is None:
        raise LookupError(f"{kind.code} comes round and says neither `repeat` nor `regular`")
    return kind.regular


def rests(common: Entity) -> str:
    """Why nothing comes round about a card now; empty while it does, and always for templates."""
    kind = registry.kind_of(common.kind)
    return "" if kind.repeat else regular_of(kind).rests(_whole(kind, common))


def make_about(work: PlannedWork, common: Entity, at: datetime, *, by: Actor) -> Entity:
    """The piece of work that a plan owes for a moment; `by` is its giver. Errors: GiverIsGone, NobodyMakesWork, those
    of whoever makes it."""
    kind = registry.kind_of(common.kind)
    card, regular = _whole(kind, common), regular_of(kind)
    if not (work.giver.is_active and may_plan(kind, card, by)):
        raise GiverIsGone()
    due_at = at + timedelta(days=work.due_in) if work.due_in else None
    title = f"{work.title}: {regular.named(card)}"
    return maker().make(card, title=title, answers=answering(work, card), due_at=due_at, by=by)


def _whole(kind: EntityKind, common: Entity) -> Any:
    return kind.model._default_manager.get(pk=common.pk)


def answering(work: PlannedWork, common: Entity) -> int:
    """Whoever is named, else whom the kind names, else the giver: the first who still works here."""
    kind = registry.kind_of(common.kind)
    usual = regular_of(kind).answers(_whole(kind, common))
    named = [who for who in (work.answerer_id, usual) if who is not None]
    able = set(Principal.objects.filter(pk__in=named, is_active=True).values_list("pk", flat=True))
    return next((who for who in named if who in able), work.giver_id)
