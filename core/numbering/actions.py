"""Giving out card numbers, and how they look."""

from datetime import date
from zoneinfo import ZoneInfo

from django.utils import timezone

from core.access.actor import Actor
from core.context import current_company
from core.entities.kinds import EntityKind
from core.errors import Invalid
from core.events.bus import Change, emit
from core.verb import verb

from .events import MaskChanged
from .models import NumberCounter, NumberMask
from .permissions import MANAGE_NUMBERS
from .queries import highest_taken, key_of, move_counter, set_counter, stop_counters
from .rules import Mask, WrongMask, read


@verb
def next_number(kind: str, prefix: str) -> str:
    """The next number of a kind, `З-15`; unique and without gaps, because the counter's row stays locked to the end.

    Whoever takes one makes the others wait, so take it last, right before the card is written.
    """
    return take_numbers(kind, prefix, 1)[0]


@verb
def take_numbers(kind: str, prefix: str, count: int) -> list[str]:
    """`count` consecutive numbers of a kind; `prefix` counts only when the company has given the kind no mask."""
    if count < 1:
        raise ValueError(f"cannot take {count} numbers")
    today = company_day()
    given, last = move_counter(kind, count, today)
    if given is None:
        return [f"{prefix}{number}" for number in range(last - count + 1, last + 1)]
    mask = read(given)
    return [mask.write(number, today) for number in range(last - count + 1, last + 1)]


@verb
def set_mask(kind: EntityKind, *, mask: str, period: str, start: int | None = None, by: Actor) -> None:
    """Number the cards of a kind by a mask from now on; `start` is the next counter, by default the first free one.

    Cards that have a number keep it. Errors: Forbidden, Invalid on `mask` and `next`.
    """
    by.must(MANAGE_NUMBERS)
    today = company_day()
    known = _read(mask, period)
    # Nobody may be given a number by the old mask once the highest one has been looked for.
    stop_counters()
    before = NumberMask.objects.filter(pk=kind.code).first()
    free = first_free(kind, mask, period, today)
    if start is not None and start < free:
        raise Invalid({"next": f"Номера до {known.write(free - 1, today)} уже заняты. Наименьший свободный: {free}"})
    NumberMask.objects.update_or_create(kind=kind.code, defaults={"mask": mask, "period": period})
    set_counter(kind.code, period, today, (start or free) - 1)
    changes = (
        Change("mask", before.mask if before else default_mask(kind), mask),
        Change("period", NumberMask.Period(before.period).label if before else None, NumberMask.Period(period).label),
        Change("next", None, known.write(start or free, today)),
    )
    told = tuple(change for change in changes if change.old != change.new)
    emit(MaskChanged(None, kind.code, told), by=by)


def first_free(kind: EntityKind, mask: str, period: str, on: date) -> int:
    """The lowest counter behind all that are taken, by whichever mask."""
    row = NumberCounter.objects.filter(pk=key_of(kind.code, period, on)).first()
    last = row.last if row else 0
    stands = NumberMask.objects.filter(pk=kind.code).values_list("mask", flat=True).first() or default_mask(kind)
    if mask == stands:
        # Its counter knows. Only numbers of another mask have to be looked through.
        return last + 1
    return max(last, highest_taken(kind.code, _read(mask, period).pattern(on))) + 1


def upcoming(kind: EntityKind, mask: str, period: str, start: int | None = None, count: int = 3) -> list[str]:
    """The next numbers as people will read them. Errors: Invalid on `mask`."""
    today, known = company_day(), _read(mask, period)
    first = start or first_free(kind, mask, period, today)
    return [known.write(first + step, today) for step in range(count)]


def default_mask(kind: EntityKind) -> str:
    """The mask of a kind for which the company has none."""
    return f"{getattr(kind.model, 'NUMBER_PREFIX', '')}{{#}}"


def company_day() -> date:
    """Today where the company is."""
    return timezone.now().astimezone(ZoneInfo(current_company().time_zone)).date()


def _read(mask: str, period: str) -> Mask:
    try:
        return read(mask, period)
    except WrongMask as wrong:
        raise Invalid({"mask": str(wrong)}) from wrong
