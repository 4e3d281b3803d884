"""Writing a notice about a task: the same to all, without what somebody may not see."""

from collections.abc import Iterable
from typing import NamedTuple

from core.access.limits import kept_from
from core.events.bus import Told
from core.notifications.actions import notify
from core.notifications.kinds import Notification
from core.notifications.moments import open_moment
from core.richtext import plain_of

from ..models import Task

_LONGEST = 2000


class About(NamedTuple):
    """A line that tells a field of the task: whoever may not see the field gets the letter without it."""

    field: str
    text: str


Line = str | About


def write(
    told: Told,
    task: Task,
    receivers: Iterable[int | None],
    what: Notification,
    reason: str,
    said: list[Line],
    asked: Iterable[str] = (),
) -> None:
    """Tell these people, but never the doer, the lines of a letter; the first is its subject. A letter about a field
    alone is for those who may see the field."""
    to = {who for who in receivers if who is not None} - {told.actor_id}
    if not to:
        return
    subject, *lines = said
    if told.payload.get("text"):
        lines.append(f"«{told.payload['text']}»")
    for shut, people_so in _alike(to, task.KIND).items():
        if not (title := _open_text(subject, shut)):
            continue
        notify(
            people_so,
            kind=what,
            subject=f"{title}: {task.title} ({task.number})",
            paragraphs=[text for line in lines if (text := _open_text(line, shut))],
            link_path=f"/tasks/{task.pk}",
            fact_id=told.id,
            card=task,
            reason=reason,
            asked=tuple(asked),
        )


def _alike(people_told: set[int], kind: str) -> dict[frozenset[str], set[int]]:
    """Receivers by the fields that are hidden from them."""
    kept = kept_from(people_told, kind)
    found: dict[frozenset[str], set[int]] = {}
    for who in people_told:
        found.setdefault(kept.get(who, frozenset()), set()).add(who)
    return found


def _open_text(line: Line, shut: frozenset[str]) -> str:
    if isinstance(line, About):
        return "" if line.field in shut else line.text
    return line


def words_of(task: Task) -> list[Line]:
    """The description without its marks, a paragraph for each line; the whole of a long one is on the card."""
    text = plain_of(task.description)
    shown = text if len(text) <= _LONGEST else f"{text[:_LONGEST]}…"
    return [About("description", line) for line in shown.split("\n")]


def due_line(task: Task) -> About:
    """The line that tells when a task is due."""
    said = f"Срок: {open_moment(task.due_at)}." if task.due_at else "Срок не указан."
    return About("due_at", said)
