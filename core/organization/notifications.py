"""What those who watch a colleague's card hear of it besides words: its changes, as far as each may read them."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from core.access.limits import kept_from
from core.comments.queries import split_by_sight
from core.entities.kinds import EntityKind
from core.events.bus import Reader, Told
from core.notifications.actions import notify
from core.notifications.kinds import BELL, Notification
from core.registry import registry
from core.watchers.queries import watchers_of

from .events import EmployeeBlocked, EmployeeChanged, EmployeeUnblocked
from .models import Employee
from .people import people

# Who only looks on is not written letters to, unless he wants them.
FOLLOWED = Notification(
    "organization.followed", "Изменения в карточке сотрудника, за которой вы наблюдаете", "Сотрудники", channels=(BELL,)
)
_EMPTY = "не указано"
_BY_DEED = {
    EmployeeBlocked.kind: "{} закрывает сотруднику вход: он больше не работает в Пульте.",
    EmployeeUnblocked.kind: "{} снова открывает сотруднику вход.",
}
# What stands there is a file: who may see files of the card is another question.
_WITHOUT_VALUE = ("photo",)
Change = Mapping[str, Any]


def tell_followers(told: Told) -> None:
    """Write it to those who watch and still see the card, but not to the doer; each field only to who may read it."""
    card = Employee.objects.filter(pk=told.ref.id, trashed_at__isnull=True).first() if told.ref else None
    if card is None:
        return
    kind = registry.kind_of(Employee.KIND)
    seeing, _ = split_by_sight(set(watchers_of(card.pk)) - {told.actor_id}, kind, card.pk)
    if not seeing:
        return
    kept = kept_from(seeing, kind.code)
    alike: dict[frozenset[str], set[int]] = {}
    for who in seeing:
        alike.setdefault(kept.get(who, frozenset()), set()).add(who)
    for shut, to in alike.items():
        if lines := _lines(told, kind, shut):
            _send(told, card, to, lines)


def _lines(told: Told, kind: EntityKind, shut: frozenset[str]) -> list[str]:
    """What has happened, without what is hidden; nothing when all of it is."""
    if told.kind in _BY_DEED:
        return [_BY_DEED[told.kind].format(_doer(told))]
    names = {name for field in kind.fields if field.code in shut for name in field.told}
    shown = [change for change in told.payload["changes"] if change["field"] not in names]
    return [f"{_doer(told)} изменяет карточку сотрудника.", *_said(shown, kind)] if shown else []


def _said(changes: Sequence[Change], kind: EntityKind) -> list[str]:
    lines = []
    for change in changes:
        label = kind.history.get(change["field"], change["field"])
        values = f"{_value(change['old'])} → {_value(change['new'])}"
        lines.append(f"{label}: изменено." if change["field"] in _WITHOUT_VALUE else f"{label}: {values}")
    return lines


def _value(value: Any) -> str:
    if not value:
        return _EMPTY
    try:
        return date.fromisoformat(value).strftime("%d.%m.%Y")
    except ValueError:
        return str(value)


def _doer(told: Told) -> str:
    known = people([told.actor_id])
    return str(known[told.actor_id]["name"]) if told.actor_id in known else "Пульт"


def _send(told: Told, card: Employee, to: set[int], lines: list[str]) -> None:
    notify(
        to,
        kind=FOLLOWED,
        subject=f"Изменилась карточка сотрудника: {card.title}",
        paragraphs=lines,
        link_path=f"{registry.kind_of(Employee.KIND).route}/{card.pk}",
        fact_id=told.id,
        card=card,
        reason="вы наблюдаете",
    )


following = Reader(
    "organization.following",
    (EmployeeChanged.kind, EmployeeBlocked.kind, EmployeeUnblocked.kind),
    effect=tell_followers,
)
