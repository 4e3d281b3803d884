"""Facts about checklists."""

from dataclasses import dataclass
from typing import ClassVar

from core.events.bus import Change, Event

LABELS = {
    "point": "Пункт", "points": "Пункты", "note": "Пояснение", "number": "Значение", "section": "Раздел",
    # Not named as the card's own fields are: a role that is kept from those reads of the points all the same.
    "point_assignee": "Кому поручен", "point_due": "Выполнить до", "demand": "Подтверждение", "repair": "Устранять",
}  # fmt: skip


@dataclass(frozen=True)
class PointsAdded(Event):
    """`assignees` are principals who have points of their own now; `points` are the new ones."""

    kind: ClassVar[str] = "checklists.added"
    title: ClassVar[str] = "добавил(а) пункты чек-листа"
    labels: ClassVar[dict[str, str]] = LABELS
    assignees: tuple[int, ...]
    changes: tuple[Change, ...]
    points: tuple[int, ...] = ()


@dataclass(frozen=True)
class PointChanged(Event):
    """`assignees` are principals who have been given the point by this change; `left` those who have none now."""

    kind: ClassVar[str] = "checklists.changed"
    title: ClassVar[str] = "изменил(а) пункт чек-листа"
    labels: ClassVar[dict[str, str]] = LABELS
    point_id: int
    assignees: tuple[int, ...]
    changes: tuple[Change, ...]
    left: tuple[int, ...] = ()


@dataclass(frozen=True)
class PointRemoved(Event):
    """`left` are principals who have no point of their own on the card now."""

    kind: ClassVar[str] = "checklists.removed"
    title: ClassVar[str] = "убрал(а) пункт чек-листа"
    labels: ClassVar[dict[str, str]] = LABELS
    changes: tuple[Change, ...]
    left: tuple[int, ...] = ()


@dataclass(frozen=True)
class PointPassed(Event):
    kind: ClassVar[str] = "checklists.passed"
    title: ClassVar[str] = "отметил(а) пункт чек-листа"
    labels: ClassVar[dict[str, str]] = LABELS
    point_id: int
    changes: tuple[Change, ...]


@dataclass(frozen=True)
class PointFailed(Event):
    """`repair`: somebody must be given the work of putting it right."""

    kind: ClassVar[str] = "checklists.failed"
    title: ClassVar[str] = "отметил(а), что пункт чек-листа не прошёл"
    labels: ClassVar[dict[str, str]] = LABELS
    point_id: int
    repair: bool
    changes: tuple[Change, ...]


@dataclass(frozen=True)
class PointReopened(Event):
    kind: ClassVar[str] = "checklists.reopened"
    title: ClassVar[str] = "снял(а) отметку с пункта чек-листа"
    labels: ClassVar[dict[str, str]] = LABELS
    point_id: int
    changes: tuple[Change, ...]
