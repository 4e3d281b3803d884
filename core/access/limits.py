"""What roles keep people from in the fields that every card of a kind has (docs/decisions/0014-field-rights.md)."""

from collections.abc import Collection, Iterable, Mapping
from typing import Any

from django.db.models import QuerySet

from core.entities.kinds import EntityKind
from core.errors import Invalid

from .models import FieldLimit, RoleAssignment
from .permissions import EVERYTHING

HIDDEN, READ = FieldLimit.Level.HIDDEN.value, FieldLimit.Level.READ.value
# Kind → field → level; what is not named may be written.
Limits = Mapping[str, Mapping[str, str]]
LimitRow = tuple[int, str | None, str | None, str | None]
_COLUMNS = ("role__limits__kind", "role__limits__field", "role__limits__level")
_REFUSED = "Ваша роль не даёт менять это поле. Попросите администратора"


def most_generous(by_role: Collection[Mapping[tuple[str, str], str]]) -> dict[str, dict[str, str]]:
    """Limits of whoever has these roles, each given as {(kind, field): level}: the widest of them counts."""
    if not by_role:
        return {}
    first, *others = by_role
    found: dict[str, dict[str, str]] = {}
    for (kind, field), level in first.items():
        levels = [level, *(role.get((kind, field), "") for role in others)]
        if "" not in levels:
            found.setdefault(kind, {})[field] = READ if READ in levels else HIDDEN
    return found


def limit_rows(principal_id: int) -> QuerySet:
    """Each role of a principal with its limits, one without any too: (role, kind, field, level)."""
    return RoleAssignment.objects.filter(principal=principal_id).values_list("role_id", *_COLUMNS)


def limits_in(rows: Iterable[LimitRow]) -> Limits:
    """What somebody with these rows of `limit_rows` is kept from."""
    by_role: dict[int, dict[tuple[str, str], str]] = {}
    for role, kind, field, level in rows:
        held = by_role.setdefault(role, {})
        if kind is not None and field is not None and level is not None:
            held[kind, field] = level
    return most_generous(list(by_role.values()))


def kept_from(principals: Iterable[int], kind: str) -> dict[int, frozenset[str]]:
    """Principal → fields of a kind that are hidden from him; one query when nobody is kept from anything."""
    wanted = list(principals)
    if not FieldLimit.objects.filter(kind=kind, level=HIDDEN).exists():
        return {}
    by_person: dict[int, list[LimitRow]] = {}
    almighty = RoleAssignment.objects.filter(principal__in=wanted, role__grants__permission=EVERYTHING)
    free = set(almighty.values_list("principal_id", flat=True))
    rows = RoleAssignment.objects.filter(principal__in=wanted).exclude(principal__in=free)
    for who, *row in rows.values_list("principal_id", "role_id", *_COLUMNS):
        by_person.setdefault(who, []).append(tuple(row))
    return {who: hidden(limits_in(held), kind) for who, held in by_person.items()}


def role_limits(role_id: int) -> Limits:
    """What whoever has this role alone is kept from."""
    rows = FieldLimit.objects.filter(role=role_id).values_list("role_id", "kind", "field", "level")
    return limits_in(rows)


def hidden(limits: Limits, kind: str) -> frozenset[str]:
    """Fields of a kind that are hidden by these limits."""
    return frozenset(field for field, level in limits.get(kind, {}).items() if level == HIDDEN)


def closed_to_somebody(kind: str) -> frozenset[str]:
    """Fields of a kind that some role hides: what one may not see is searched by nobody, for words are kept once."""
    return frozenset(FieldLimit.objects.filter(kind=kind, level=HIDDEN).values_list("field", flat=True))


def must_write(by: Any, kind: EntityKind, names: Iterable[str], *, same: Iterable[str] = ()) -> None:
    """Refuse to change what the roles of `by` only let him see, or not even that; Invalid at each name given.

    `same` are those of the names whose values stand there already: what he sees he may say again, but of what is
    hidden from him he must not learn that he has guessed it.
    """
    refuse_at(unwritable(by, kind, names, same=same))


def unwritable(by: Any, kind: EntityKind, names: Iterable[str], *, same: Iterable[str] = ()) -> set[str]:
    """Which of these names of a body `by` may not fill: a copy made in his name leaves them out. `same` as above."""
    limits = by.limits.get(kind.code)
    if not limits:
        return set()
    asked, still = set(names), set(same)
    shut = {name: limits[field.code] for field in kind.fields if field.code in limits for name in field.written}
    return {name for name, level in shut.items() if name in asked and (level == HIDDEN or name not in still)}


def refuse_at(names: Iterable[str]) -> None:
    """Invalid at each of the names, nothing without any."""
    if shut := sorted(names):
        raise Invalid(dict.fromkeys(shut, _REFUSED))


def found_by(by: Any, kind: EntityKind) -> frozenset[str]:
    """Filters and orders of lists of a kind that would tell `by` what is hidden from him."""
    shut = hidden(by.limits, kind.code)
    return frozenset(name for field in kind.fields if field.code in shut for name in field.found)


def fixed_for(by: Any, kind: EntityKind) -> frozenset[str]:
    """Names under which the history tells what `by` may not change."""
    limits = by.limits.get(kind.code, {})
    return frozenset(name for field in kind.fields if field.code in limits for name in field.told)


def told_by(by: Any, kind: EntityKind) -> frozenset[str]:
    """Names under which the history would tell `by` what is hidden from him."""
    shut = hidden(by.limits, kind.code)
    return frozenset(name for field in kind.fields if field.code in shut for name in field.told)
