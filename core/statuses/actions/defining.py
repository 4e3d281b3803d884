"""Verbs about the statuses of a type of cards and the moves between them.

Whoever sets up fields sets up statuses. All rows of a type are locked together: two administrators never undo each
other's work unseen.
"""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Any

from django.db import IntegrityError, transaction
from django.utils import timezone

from core.access.actor import Actor
from core.access.models import Role
from core.custom_fields.models import CardType
from core.custom_fields.permissions import MANAGE_FIELDS
from core.entities.kinds import EntityKind
from core.entities.models import OwnStatus
from core.errors import Invalid, NotFound
from core.events.bus import Change, emit
from core.outbox.queries import promise
from core.texts import clean_line
from core.verb import verb

from ..errors import LastOfItsBase, NoSuchStatus, StatusesHaveChanged, StatusTitleTaken, TooManyStatuses
from ..events import MovesDrawn, SchemeBegun, StatusAltered, StatusDefined, StatusesOrdered
from ..rules import LONGEST_BUTTON, MOST_STATUSES, read_title

SETTLE, CARRY = "statuses.settle", "statuses.carry"


@verb
def begin_scheme(kind: EntityKind, *, card_type: str = "", by: Actor) -> list[OwnStatus]:
    """Give cards of a type statuses that the company may change: at first those of the kind itself.

    Cards that stand are led into them by a job. Begun already, nothing happens. Errors: Invalid at `card_type`.
    """
    by.must(MANAGE_FIELDS)
    if card_type and not CardType.objects.filter(kind=kind.code, code=card_type, archived_at__isnull=True).exists():
        raise Invalid({"card_type": "Такого типа карточек нет. Обновите страницу"})
    standing = locked(kind.code, card_type)
    if standing:
        return standing
    rows = [
        OwnStatus(
            kind=kind.code,
            card_type=card_type,
            base=base,
            title=str(title),
            place=place,
            is_plain=True,
            is_default=True,
        )
        for place, (base, title) in enumerate(kind.statuses.items(), start=1)
    ]
    with _unique():
        OwnStatus.objects.bulk_create(rows)
    emit(SchemeBegun(None, kind.code, card_type), by=by)
    for row in rows:
        promise(f"job:{SETTLE}", row.pk)
    return rows


@verb
def define_status(kind: EntityKind, *, card_type: str, base: str, title: str, by: Actor, color: str = "") -> OwnStatus:
    """Add a status that refines one of the kind's own, behind the others of that base; moves out of and into it are
    drawn apart. Errors: Invalid at `base` and `title`, TooManyStatuses, NotFound before `begin_scheme`."""
    by.must(MANAGE_FIELDS)
    rows = _begun(kind.code, card_type)
    if base not in kind.statuses:
        raise Invalid({"base": "Такого этапа у карточки нет"})
    if len([row for row in rows if row.archived_at is None]) >= MOST_STATUSES:
        raise TooManyStatuses(MOST_STATUSES)
    last = max((n for n, row in enumerate(rows) if row.base == base), default=len(rows) - 1)
    made = OwnStatus(
        kind=kind.code, card_type=card_type, base=base, title=read_title(title), color=color, place=rows[last].place
    )
    with _unique():
        made.save(force_insert=True)
    _number([*rows[: last + 1], made, *rows[last + 1 :]])
    told = (Change("title", None, made.title), Change("base", None, str(kind.statuses[base])))
    emit(StatusDefined(None, kind.code, card_type, made.pk, told), by=by)
    return made


@verb
def alter_status(
    status: OwnStatus,
    kind: EntityKind,
    *,
    by: Actor,
    title: str | None = None,
    color: str | None = None,
    is_default: bool | None = None,
    is_archived: bool | None = None,
) -> OwnStatus:
    """Rename a status, paint it, make it the one where verbs lead, put it away or bring it back.

    Cards that stand in one that is put away stay there. Errors: Invalid at `title`, LastOfItsBase.
    """
    by.must(MANAGE_FIELDS)
    rows = _begun(status.kind, status.card_type)
    row = _among(rows, status.pk)
    before = _told(row)
    if title is not None:
        row.title = read_title(title)
    if color is not None:
        row.color = color
    touched = [row]
    if is_archived is not None and is_archived != (row.archived_at is not None):
        touched += _put_away(row, rows, kind) if is_archived else _bring_back(row)
    if is_default and not row.is_default and row.archived_at is None:
        touched += _make_default(row, rows)
    changes = tuple(Change(name, before[name], now) for name, now in _told(row).items() if before[name] != now)
    if not changes:
        return row
    row.version += 1
    with _unique():
        # The former default goes first: of a base there is one at a time.
        for one in sorted(touched, key=lambda one: one.is_default):
            one.save()
    emit(StatusAltered(None, row.kind, row.card_type, row.pk, changes), by=by)
    return row


@verb
def place_status(status: OwnStatus, *, after: int | None, by: Actor) -> None:
    """Move a status behind another one, or to the beginning. Errors: NoSuchStatus at `after`."""
    by.must(MANAGE_FIELDS)
    rows = _begun(status.kind, status.card_type)
    moved = _among(rows, status.pk)
    order = [row for row in rows if row.pk != moved.pk]
    at = 0 if after is None else next((n for n, row in enumerate(order, start=1) if row.pk == after), None)
    if at is None:
        raise NoSuchStatus("after")
    order.insert(at, moved)
    moved.version += 1
    _number(order)
    titles = tuple(row.title for row in order if row.archived_at is None)
    emit(StatusesOrdered(None, moved.kind, moved.card_type, titles), by=by)


@verb
def draw_moves(
    kind: EntityKind, *, card_type: str, moves: Sequence[Mapping[str, Any]], by: Actor, version: int | None = None
) -> list[OwnStatus]:
    """Say which moves are allowed: {source, to, title, needs_comment, roles}; none for all that the bases allow.

    `version` is what the person has seen of the whole scheme. Errors: Invalid at `moves`, StatusesHaveChanged,
    NotFound before `begin_scheme`.
    """
    by.must(MANAGE_FIELDS)
    rows = _begun(kind.code, card_type)
    if version is not None and version != version_of(rows):
        raise StatusesHaveChanged()
    wanted = _ways(kind, rows, moves)
    changes = []
    for row in rows:
        if wanted[row.pk] != row.ways:
            changes.append(Change(row.title, len(row.ways), len(wanted[row.pk])))
            row.ways = wanted[row.pk]
            row.version += 1
            row.save()
    if changes:
        emit(MovesDrawn(None, kind.code, card_type, tuple(changes)), by=by)
    return rows


@verb
def carry_cards(status: OwnStatus, *, to: int, by: Actor) -> OwnStatus:
    """Put a status away and have its cards moved into another one of the same base; a job does it in parts.

    Errors: NoSuchStatus for one of another base or type, for an archived one, for itself.
    """
    by.must(MANAGE_FIELDS)
    rows = _begun(status.kind, status.card_type)
    row = _among(rows, status.pk)
    target = next((one for one in rows if one.pk == to), None)
    if target is None or target.base != row.base or target.archived_at or target.pk == row.pk:
        raise NoSuchStatus()
    before = _told(row)
    touched = [row]
    if row.archived_at is None:
        row.archived_at = timezone.now()
        if row.is_default:
            row.is_default, target.is_default = False, True
            touched.append(target)
    row.makes_way_for, row.version = target, row.version + 1
    for one in touched:
        one.save()
    changes = [Change(name, before[name], now) for name, now in _told(row).items() if before[name] != now]
    emit(StatusAltered(None, row.kind, row.card_type, row.pk, (*changes, Change("cards", None, target.title))), by=by)
    promise(f"job:{CARRY}", row.pk)
    return row


def locked(kind: str, card_type: str) -> list[OwnStatus]:
    """All statuses of a type in their order; nobody else changes any of them until the transaction ends."""
    rows = OwnStatus.objects.select_for_update(of=("self",), no_key=True).filter(kind=kind, card_type=card_type)
    return sorted(rows.order_by("pk"), key=lambda row: (row.place, row.pk))


def version_of(rows: Sequence[OwnStatus]) -> int:
    """What a scheme as a whole has been changed to: rows are never deleted, and the version of each only grows."""
    return sum(row.version for row in rows)


def _begun(kind: str, card_type: str) -> list[OwnStatus]:
    rows = locked(kind, card_type)
    if not rows:
        raise NotFound()
    return rows


def _among(rows: Sequence[OwnStatus], pk: int) -> OwnStatus:
    found = next((row for row in rows if row.pk == pk), None)
    if found is None:
        raise NotFound()
    return found


def _told(row: OwnStatus) -> dict[str, Any]:
    plain = {name: getattr(row, name) for name in ("title", "color", "is_default")}
    return plain | {"is_archived": row.archived_at is not None}


def _put_away(row: OwnStatus, rows: Sequence[OwnStatus], kind: EntityKind) -> list[OwnStatus]:
    """The others that change with it: its place as a default goes to the next of its base."""
    left = [one for one in rows if one.base == row.base and one.archived_at is None and one.pk != row.pk]
    if not left:
        raise LastOfItsBase(str(kind.statuses[row.base]))
    row.archived_at = timezone.now()
    if not row.is_default:
        return []
    row.is_default, left[0].is_default = False, True
    return [left[0]]


def _bring_back(row: OwnStatus) -> list[OwnStatus]:
    # Cards that are still being moved out of it stay where they are by then.
    row.archived_at, row.makes_way_for = None, None
    return []


def _make_default(row: OwnStatus, rows: Sequence[OwnStatus]) -> list[OwnStatus]:
    former = [one for one in rows if one.base == row.base and one.is_default]
    for one in former:
        one.is_default = False
    row.is_default = True
    return former


def _ways(kind: EntityKind, rows: Sequence[OwnStatus], moves: Sequence[Mapping[str, Any]]) -> dict[int, list[Any]]:
    """{status: its ways} as they are kept; Invalid on `moves`."""
    by_id, places = {row.pk: row for row in rows}, {row.pk: n for n, row in enumerate(rows)}
    leads = kind.lifecycle.leads if kind.lifecycle else frozenset()
    known = set(Role.objects.values_list("code", flat=True))
    found: dict[int, dict[int, Any]] = {row.pk: {} for row in rows}
    for move in moves:
        source, target = by_id.get(move["source"]), by_id.get(move["to"])
        if source is None or target is None or source is target:
            raise Invalid({"moves": "Такого статуса здесь нет. Обновите страницу"})
        if source.base != target.base and (source.base, target.base) not in leads:
            raise Invalid(
                {"moves": f"Из «{source.title}» в «{target.title}» карточка не переходит: так устроен процесс"}
            )
        if set(move["roles"]) - known:
            raise Invalid({"moves": "Такой роли нет. Обновите страницу"})
        title = clean_line(move["title"])[:LONGEST_BUTTON]
        found[source.pk][target.pk] = {
            "to": target.pk,
            "title": title,
            "needs_comment": move["needs_comment"],
            "roles": sorted(set(move["roles"])),
        }
    return {pk: sorted(ways.values(), key=lambda way: places[way["to"]]) for pk, ways in found.items()}


def _number(order: Sequence[OwnStatus]) -> None:
    for place, row in enumerate(order, start=1):
        row.place = place
    OwnStatus.objects.bulk_update(order, ["place", "version"])


@contextmanager
def _unique() -> Iterator[None]:
    try:
        with transaction.atomic():
            yield
    except IntegrityError as clash:
        if "own_status_title_once" in str(clash):
            raise StatusTitleTaken() from clash
        if "own_status_plain_once" in str(clash):
            # Two have begun at the same moment.
            raise StatusesHaveChanged() from clash
        raise
