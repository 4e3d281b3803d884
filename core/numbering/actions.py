"""Giving out card numbers, how they look, and numbers that are kept for later."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from itertools import count as naturals
from itertools import islice
from types import MappingProxyType
from zoneinfo import ZoneInfo

from django.utils import timezone

from core.access.actor import Actor
from core.context import current_company
from core.custom_fields.mixin import Customizable
from core.custom_fields.queries import types_of
from core.entities.kinds import EntityKind
from core.errors import Invalid
from core.events.bus import Change, emit
from core.outbox.queries import wake
from core.texts import clean_line
from core.verb import verb

from .errors import NotReserved, NotYourReserve, TooManyReserved
from .events import MaskChanged, NumberGivenBack, NumbersReserved
from .models import NumberCounter, NumberMask, ReservedNumber
from .permissions import MANAGE_NUMBERS, RESERVE_NUMBERS
from .queries import (
    current_number,
    department_signs,
    departments_of,
    doubt_counters,
    free_counters,
    highest_taken,
    lay_out,
    mask_of,
    move_counter,
    reserved_numbers,
    set_counter,
    settle_counter,
    soonest_end,
    stop_counters,
    taken_below,
)
from .rules import (
    LONGEST_NUMBER,
    NO_SIGN,
    NO_SIGNS,
    Mask,
    Signs,
    WrongMask,
    below,
    below_place,
    is_below,
    must_be_plain,
    read,
    read_sign,
)

EXPIRE = "numbering.expire"
# So many numbers lie ready where nobody is to wait for another.
LAID_OUT = 20
MOST_AT_ONCE, MOST_RESERVED, LONGEST_WAIT = 20, 500, timedelta(days=366)
_SHOWN = 5
_BATCH = 200
Period, Mode = NumberMask.Period, NumberMask.Mode


@dataclass(frozen=True)
class Given:
    """A number as it will be read, with the counter that gave it and the mask it was written by."""

    number: str
    counter: int
    counted_by: str
    mask: str


@verb
def next_number(kind: str, prefix: str, *, whose: int | None = None, card_type: str = "") -> str:
    """The next number of a kind, `З-15`; unique and without gaps, because the counter's row stays locked to the end.

    `whose` is the principal who is responsible for the card, or else its author: his department may stand in the
    number; `card_type` is the code of the card's type. Whoever takes one makes the others wait, so take it last, right
    before the card is written.
    """
    return _take(kind, prefix, 1, whose, card_type)[0].number


@verb
def take_numbers(kind: str, prefix: str, whose: Sequence[int | None], *, card_type: str = "") -> list[str]:
    """Numbers of a kind for cards of these principals, in their order and consecutive for each counter.

    `prefix` counts only when the company has given the kind no mask.
    """
    if not whose:
        raise ValueError("no cards to number")
    found = [""] * len(whose)
    for places in _by_counter(kind, whose):
        taken = _take(kind, prefix, len(places), whose[places[0]], card_type)
        for place, given in zip(places, taken, strict=True):
            found[place] = given.number
    return found


def _by_counter(kind: str, whose: Sequence[int | None]) -> list[list[int]]:
    """Places of cards that are counted together."""
    people = {who for who in whose if who is not None}
    if len(people) < 2 or not NumberMask.objects.filter(pk=kind, per_department=True).exists():
        return [list(range(len(whose)))]
    signs = departments_of(people)
    found: dict[str, list[int]] = {}
    for place, who in enumerate(whose):
        found.setdefault(signs.get(who, "") if who is not None else "", []).append(place)
    return list(found.values())


def _take(kind: str, prefix: str, count: int, whose: int | None, card_type: str) -> list[Given]:
    today, own = company_day(), f"{prefix}{{#}}"
    taken = move_counter(kind, count, today, mask=own, whose=whose, card_type=card_type)
    text = taken.mask or own
    mask, fresh = read(text), count - len(taken.freed)
    counters = list(taken.freed)
    if taken.last is not None:
        last = taken.last
        if taken.is_stale:
            last = settle_counter(taken.key, fresh, highest_taken(kind, mask.pattern(today, taken.signs)))
        counters += range(last - fresh + 1, last + 1)
        if taken.mode == Mode.FAST:
            lay_out(kind, taken.key, text, LAID_OUT)
    return [Given(mask.write(counter, today, taken.signs), counter, taken.key, text) for counter in counters]


# -- masks ---------------------------------------------------------------------------------------------------------


@verb
def set_mask(
    kind: EntityKind,
    *,
    mask: str,
    period: str,
    by: Actor,
    start: int | None = None,
    mode: str = Mode.STRICT,
    types: Mapping[str, str] = MappingProxyType({}),
) -> None:
    """Number the cards of a kind by a mask from now on; `start` is the next counter, by default the first free one.

    `types` are short codes of its types. Cards that have a number keep it. Errors: Forbidden, Invalid on `mask`,
    `types` and `next`.
    """
    by.must(MANAGE_NUMBERS)
    refuse_signs(mask)
    today, known, signs = company_day(), _read(mask, period, kind), _read_types(types)
    many = known.has_department or known.has_type
    if many and start is not None:
        raise Invalid({"next": "У каждого отдела и типа свой счётчик, он начнётся с первого свободного номера"})
    # Nobody may be given a number by the old mask once the highest one has been looked for.
    stop_counters()
    before = mask_of(kind.code)
    free = 1 if many else first_free(kind, mask, period, today)
    if start is not None and start < free:
        raise Invalid({"next": f"Номера до {known.write(free - 1, today)} уже заняты. Наименьший свободный: {free}"})
    if not _is_same(before, kind, mask, period):
        doubt_counters(kind.code)
        ReservedNumber.objects.filter(kind=kind.code, holder__isnull=True).delete()
    per = {"per_department": known.has_department, "per_type": known.has_type}
    row = {"mask": mask, "period": period, "mode": mode, "types": signs} | per
    NumberMask.objects.update_or_create(kind=kind.code, defaults=row)
    if not many:
        set_counter(known.place(kind.code, period, today), (start or free) - 1)
    changes = (
        Change("mask", before.mask if before else default_mask(kind), mask),
        Change("period", Period(before.period).label if before else None, Period(period).label),
        Change("mode", Mode(before.mode if before else Mode.STRICT).label, Mode(mode).label),
        Change("next", None, None if many else known.write(start or free, today)),
    )
    told = tuple(change for change in changes if change.old != change.new)
    emit(MaskChanged(None, kind.code, told), by=by)


def first_free(kind: EntityKind, mask: str, period: str, on: date, signs: Signs = NO_SIGNS) -> int:
    """The lowest counter behind all that are taken, by whichever mask."""
    known, stands = _read(mask, period, kind), mask_of(kind.code)
    row = NumberCounter.objects.filter(pk=known.place(kind.code, period, on, signs)).first()
    last = row.last if row else 0
    is_sure = stands is None if row is None else not row.is_stale
    if is_sure and _is_same(stands, kind, mask, period):
        # Its counter knows. Only numbers of another mask have to be looked through.
        return last + 1
    return max(last, highest_taken(kind.code, known.pattern(on, signs))) + 1


def upcoming(
    kind: EntityKind,
    mask: str,
    period: str,
    start: int | None = None,
    types: Mapping[str, str] = MappingProxyType({}),
) -> list[str]:
    """The next numbers as people will read them: three in a row, or the next one of some departments and types.

    Errors: Invalid on `mask` and `types`.
    """
    today, known, by_type = company_day(), _read(mask, period, kind), _read_types(types)
    samples = _samples(known, by_type)
    places = {signs: known.place(kind.code, period, today, signs) for signs in samples}
    freed = free_counters(places.values(), mask, 3) if _is_same(mask_of(kind.code), kind, mask, period) else {}
    each = 3 if len(samples) == 1 else 1
    found = []
    for signs in samples:
        first = start or first_free(kind, mask, period, today, signs)
        counters = ([] if start else freed.get(places[signs], [])) + [first + step for step in range(each)]
        found += [known.write(counter, today, signs) for counter in counters[:each]]
    return found


def default_mask(kind: EntityKind) -> str:
    """The mask of a kind for which the company has none."""
    return f"{getattr(kind.model, 'NUMBER_PREFIX', '')}{{#}}"


def company_day() -> date:
    """Today where the company is."""
    return timezone.now().astimezone(_zone()).date()


def _end_of(day: date) -> datetime:
    """The midnight after a day, where the company is."""
    return datetime.combine(day + timedelta(days=1), time(), _zone())


def _zone() -> ZoneInfo:
    return ZoneInfo(current_company().time_zone)


def _is_same(stands: NumberMask | None, kind: EntityKind, mask: str, period: str) -> bool:
    return (stands.mask, stands.period) == (mask, period) if stands else (mask, period) == (default_mask(kind), "none")


def _samples(known: Mask, types: Mapping[str, str]) -> list[Signs]:
    """Signs of some cards, for whom the next numbers are shown."""
    departments = [*department_signs(_SHOWN), NO_SIGNS.department] if known.has_department else [NO_SIGNS.department]
    named = [sign for sign in dict.fromkeys(types.values()) if sign]
    shown = [*named, NO_SIGNS.card_type] if known.has_type and not types.get("") else named
    card_types = shown if known.has_type else [NO_SIGNS.card_type]
    found = [Signs(department, card_type) for department in departments for card_type in card_types]
    return list(dict.fromkeys(found))[:_SHOWN]


def refuse_signs(mask: str) -> None:
    """Invalid on `mask` when it has signs that no new mask may have."""
    try:
        must_be_plain(mask)
    except WrongMask as wrong:
        raise Invalid({"mask": str(wrong)}) from wrong


def _read(mask: str, period: str, kind: EntityKind) -> Mask:
    try:
        known = read(mask, period)
    except WrongMask as wrong:
        raise Invalid({"mask": str(wrong)}) from wrong
    if known.has_type and not issubclass(kind.model, Customizable):
        raise Invalid({"mask": "У этих карточек нет типов. Уберите {ТИП} из маски"})
    return known


def _read_types(types: Mapping[str, str]) -> dict[str, str]:
    try:
        found = {code: read_sign(clean_line(sign)) for code, sign in types.items()}
    except WrongMask as wrong:
        raise Invalid({"types": str(wrong)}) from wrong
    named = [sign.casefold() for sign in found.values() if sign]
    if len(set(named)) < len(named):
        raise Invalid({"types": "У двух типов один код. Дайте каждому свой"})
    return {code: sign for code, sign in found.items() if sign}


# -- numbers kept for later ----------------------------------------------------------------------------------------


@verb
def reserve(
    kind: EntityKind,
    *,
    count: int,
    until: date,
    by: Actor,
    purpose: str = "",
    card_type: str = "",
    back_dated: date | None = None,
) -> list[ReservedNumber]:
    """Keep the next numbers of a kind for oneself until the end of a day; one's own department stands in them.

    With `back_dated` they are the next free ones under the number that was the last on that day: «З-15/1».
    Errors: Forbidden, TooManyReserved, Invalid on `count`, `until`, `card_type`, `back_dated`.
    """
    by.must(RESERVE_NUMBERS)
    today = company_day()
    if not 1 <= count <= MOST_AT_ONCE:
        raise Invalid({"count": f"За один раз можно забронировать от 1 до {MOST_AT_ONCE} номеров"})
    if not today <= until <= today + LONGEST_WAIT:
        raise Invalid({"until": "Выберите день не раньше сегодняшнего и не дальше чем через год"})
    if reserved_numbers().count() + count > MOST_RESERVED:
        raise TooManyReserved()
    if card_type and card_type not in {one.code for one in types_of(kind.code)}:
        raise Invalid({"card_type": "Такого типа нет. Обновите страницу"})
    over = _end_of(until)
    if back_dated is None:
        taken = _take(kind.code, getattr(kind.model, "NUMBER_PREFIX", ""), count, by.principal_id, card_type)
    else:
        taken = _take_below(kind, count, back_dated, by.principal_id, card_type)
    purpose = clean_line(purpose)
    own = {"kind": kind.code, "holder_id": by.principal_id, "until": over, "purpose": purpose}
    rows = [ReservedNumber(**vars(given), **own) for given in taken]
    kept = ReservedNumber.objects.bulk_create(rows)
    wake(EXPIRE, over)
    numbers = tuple(row.number for row in kept)
    emit(NumbersReserved(None, kind.code, numbers, over.isoformat(), purpose), by=by)
    return kept


def _take_below(kind: EntityKind, count: int, on: date, whose: int, card_type: str) -> list[Given]:
    """The lowest free numbers under the one that was the last on a day gone by."""
    if on >= company_day():
        raise Invalid({"back_dated": "Задним числом номер дают за прошедший день. Выберите день раньше сегодняшнего"})
    stands = mask_of(kind.code)
    text, period = (stands.mask, stands.period) if stands else (default_mask(kind), Period.NONE)
    mask, types = read(text, period), stands.types if stands else {}
    signs = Signs(departments_of([whose]).get(whose, NO_SIGN), types.get(card_type) or NO_SIGN)
    numbered_at = getattr(kind.model, "NUMBERED_AT", "created_at")
    found = current_number(kind.code, mask.trace(on, period, signs), _end_of(on), numbered_at=numbered_at)
    if found is None:
        raise Invalid({"back_dated": "К этому дню ещё не было ни одного номера. Выберите день позже"})
    base, counter = found
    key = below_place(mask.place(kind.code, period, on, signs), counter)
    taken = taken_below(kind.code, base, key)
    free = list(islice((number for number in naturals(1) if number not in taken), count))
    if len(below(base, free[-1])) > LONGEST_NUMBER:
        raise Invalid({"back_dated": "Номер получился бы слишком длинным. Выберите другой день"})
    return [Given(below(base, number), number, key, text) for number in free]


@verb
def use_reserved(kind: str, reserved_number: int, *, by: Actor) -> str:
    """The number that its holder has kept for a card he makes now; it is kept no longer. Errors: NotReserved."""
    mine = reserved_numbers(kind=kind, of=by).filter(until__gt=timezone.now())
    row = mine.select_for_update().filter(pk=reserved_number).first()
    if row is None:
        raise NotReserved()
    row.delete()
    return row.number


@verb
def give_back(row: ReservedNumber, *, by: Actor) -> None:
    """Let whoever comes next have a number that was kept. Errors: NotYourReserve, NotReserved."""
    if row.holder_id != by.principal_id and not by.may(MANAGE_NUMBERS):
        raise NotYourReserve()
    locked = reserved_numbers().select_for_update().filter(pk=row.pk).first()
    if locked is None:
        raise NotReserved()
    _release(locked, is_expired=False, by=by)


@verb
def release_expired(*, by: Actor) -> int:
    """Let go of some of the numbers whose time is over, and ask to be woken for the next; how many there were."""
    due = reserved_numbers().filter(until__lte=timezone.now()).order_by("until", "pk")
    rows = list(due.select_for_update(skip_locked=True)[:_BATCH])
    for row in rows:
        _release(row, is_expired=True, by=by)
    if moment := soonest_end():
        wake(EXPIRE, moment)
    return len(rows)


def _release(row: ReservedNumber, *, is_expired: bool, by: Actor) -> None:
    number, stands = row.number, mask_of(row.kind)
    if is_below(row.counted_by) or (stands is not None and stands.mask != row.mask):
        # Nobody will ask for a number of a mask that is gone; a free one under another is looked for each time.
        row.delete()
    else:
        row.holder, row.until, row.number, row.purpose = None, None, "", ""
        row.save(update_fields=["holder", "until", "number", "purpose"])
    emit(NumberGivenBack(None, row.kind, number, is_expired), by=by)
