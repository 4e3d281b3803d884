"""A route tried without sending anything: «кто получит, если …», and on cards of last month before it is published."""

from collections.abc import Collection
from datetime import date, timedelta
from decimal import Decimal, InvalidOperation
from typing import Any

from django.utils import timezone

from core.access.actor import Actor
from core.access.queries import visible
from core.entities.kinds import EntityKind
from core.entities.models import Ref
from core.errors import Invalid
from core.formulas.values import Kind, Value
from core.history.queries import concealed
from core.organization.people import people

from .casting import Cast
from .contents import routes_of, types_of
from .foreseeing import Ahead, ahead
from .schemes import Scheme
from .strips import called_out

REPLAYED, MONTH = 50, timedelta(days=30)
_LONGEST = 3000


def simulated(scheme: Scheme, kind: EntityKind, *, initiator: int, values: dict[str, Any]) -> list[dict[str, Any]]:
    """«Кто получит, если сумма 300 000». Errors: Invalid for a value that its field cannot have."""
    return foreseen(scheme, Cast(None, kind, initiator, None, read_values(kind, values)))


def foreseen(scheme: Scheme, cast: Cast, *, shut: Collection[str] = ()) -> list[dict[str, Any]]:
    """Whom each stage would ask if everybody agreed, as a reader is told from whom `shut` is hidden."""
    return _told(ahead(scheme.stages, cast, shut=shut))


def replayed(scheme: Scheme, kind: EntityKind, *, by: Actor) -> dict[str, Any]:
    """The newest cards of last month that the actor sees, led along a scheme without a trace: per stage how many would
    come to it and how many pass by, and the cards for which nobody would be found."""
    since = timezone.now() - MONTH
    cards = visible(by, kind).filter(created_at__gte=since, is_draft=False).order_by("-created_at", "-pk")[:REPLAYED]
    tally: dict[str, dict[str, Any]] = {
        stage.code: {"code": stage.code, "title": stage.title, "asked": 0, "passed": 0, "nobody": 0}
        for stage in scheme.stages
    }
    stuck: list[dict[str, Any]] = []
    count, shut = 0, concealed(by, kind)
    for card in cards:
        count += 1
        cast = Cast.of(card, kind, routes_of(kind).initiator(card), None)
        for one in ahead(scheme.stages, cast, shut=shut):
            # Whom a sender would have picked nobody knows.
            tally[one.stage.code]["passed" if one.is_passed_over else "nobody" if one.is_nobody else "asked"] += 1
            if one.is_nobody:
                stuck.append({"ref": str(Ref(kind.code, card.pk)), "title": card.title, "stage": one.stage.title})
    return {"cards": count, "stages": list(tally.values()), "stuck": stuck}


def read_values(kind: EntityKind, given: dict[str, Any]) -> dict[str, Value]:
    """Values of conditions as people type them. Errors: Invalid."""
    types = types_of(kind)
    if unknown := set(given) - set(types):
        raise Invalid({"values": f"Такого поля в условиях нет: {sorted(unknown)[0][:100]}"})
    return {title: _read(title, types[title], raw) for title, raw in given.items()}


def _read(title: str, what: Kind, raw: Any) -> Value:
    if raw is None or raw == "":
        return None
    try:
        if what == Kind.FLAG and isinstance(raw, bool):
            return raw
        if what == Kind.NUMBER and isinstance(raw, int | float | str) and not isinstance(raw, bool):
            number = Decimal(str(raw).replace(",", ".").replace(" ", ""))
            if number.is_finite() and abs(number) < Decimal(10) ** 15:
                return number
        if what == Kind.DAY and isinstance(raw, str):
            return date.fromisoformat(raw)
        if what == Kind.TEXT and isinstance(raw, str):
            return raw[:_LONGEST]
    except (ValueError, InvalidOperation) as wrong:
        raise Invalid({"values": f"«{title}»: ожидается {what.label}"}) from wrong
    raise Invalid({"values": f"«{title}»: ожидается {what.label}"})


def _told(found: list[Ahead]) -> list[dict[str, Any]]:
    known = people({who for one in found for called in one.called for who in (called.who, called.instead_of)})
    return [
        {
            "code": one.stage.code,
            "title": one.stage.title,
            "kind": one.stage.kind.value,
            "is_passed_over": one.is_passed_over,
            "is_nobody": one.is_nobody,
            "people": [called_out(called, known) for called in one.called],
        }
        for one in found
    ]
