"""Changing what a company decides for itself."""

from collections.abc import Mapping
from typing import Any

from core.access.actor import Actor
from core.access.models import Role
from core.errors import Invalid
from core.events.bus import Change, emit
from core.organization.models import Employee
from core.organization.people import principals_of
from core.registry import registry
from core.verb import verb

from .errors import OptionsChangedMeanwhile, WrongOptions
from .events import OptionsChanged
from .kinds import NOTHING, Employees, Option, Roles, WrongValue
from .models import OptionValue
from .queries import stored_now

_UNKNOWN = "Такого параметра нет. Обновите страницу"


@verb
def change_options(values: Mapping[str, Any], *, version: int, seen: int | None, by: Actor) -> bool:
    """Give options these values, by code, or their defaults where None stands: all of them or none. Whether any moved.

    Runs where `core.companies.renewed` calls it, with the company's row locked: its `version` is what the person has
    `seen`, None when it does not matter. Errors: Forbidden, WrongOptions, OptionsChangedMeanwhile.
    """
    live = registry.live_options()
    if strangers := set(values) - set(live):
        raise WrongOptions(dict.fromkeys(strangers, _UNKNOWN))
    for code in values:
        by.must(live[code].permission)
    stored = stored_now()
    wanted = _read(values, live, stored)
    moved = {code: value for code, value in wanted.items() if value != _stands(live[code], stored)}
    # A repeated request finds its values in place and is answered as the first one was.
    if not moved:
        return False
    if seen is not None and seen != version:
        raise OptionsChangedMeanwhile(current={"version": version})
    changes = tuple(_change(live[code], stored, value) for code, value in moved.items())
    _write(moved, live)
    emit(OptionsChanged(None, changes, {code: live[code].title for code in moved}), by=by)
    return True


def _read(values: Mapping[str, Any], live: Mapping[str, Option[Any]], stored: Mapping[str, Any]) -> dict[str, Any]:
    """JSON of the values as it is kept; all that is wrong is said at once."""
    found, wrong = {}, {}
    for code, raw in values.items():
        what = live[code]
        try:
            value = what.default if raw is None else what.kind.read(raw)
            _must_exist(what, value, _stands(what, stored))
            found[code] = what.kind.kept(value)
        except WrongValue as refusal:
            wrong[code] = str(refusal)
    if wrong:
        raise WrongOptions(wrong)
    return found


def _stands(what: Option[Any], stored: Mapping[str, Any]) -> Any:
    return what.kind.kept(what.of(stored))


def _must_exist(what: Option[Any], value: Any, before: Any) -> None:
    """People and roles that are named anew must be there; who has been blocked since may stay."""
    if isinstance(what.kind, Employees) and (fresh := set(value) - set(before)):
        try:
            principals_of(fresh, field="people")
        except Invalid as refusal:
            raise WrongValue(" ".join(refusal.errors["people"])) from refusal
    if isinstance(what.kind, Roles) and (fresh := set(value) - set(before)):
        known = set(Role.objects.filter(code__in=fresh).values_list("code", flat=True))
        if fresh - known:
            raise WrongValue("Такой роли уже нет. Обновите страницу")


def _write(moved: Mapping[str, Any], live: Mapping[str, Option[Any]]) -> None:
    """Only what differs from the default is kept."""
    kept = {code: value for code, value in moved.items() if value != live[code].kind.kept(live[code].default)}
    OptionValue.objects.filter(code__in=set(moved) - set(kept)).delete()
    OptionValue.objects.bulk_create(
        [OptionValue(code=code, value=value) for code, value in kept.items()],
        update_conflicts=True,
        unique_fields=["code"],
        update_fields=["value"],
    )


def _change(what: Option[Any], stored: Mapping[str, Any], value: Any) -> Change:
    return Change(what.code, _told(what, what.of(stored)), _told(what, what.kind.read(value)))


def _told(what: Option[Any], value: Any) -> str:
    if isinstance(what.kind, Employees):
        names = dict(Employee.objects.filter(pk__in=value).values_list("pk", "title"))
        return ", ".join(names[pk] for pk in value if pk in names) or NOTHING
    if isinstance(what.kind, Roles):
        titles = dict(Role.objects.filter(code__in=value).values_list("code", "title"))
        return ", ".join(titles[code] for code in value if code in titles) or NOTHING
    return what.kind.told(value)
