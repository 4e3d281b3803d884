"""Facts about comments."""

from dataclasses import dataclass
from typing import ClassVar

from core.events.bus import Event


@dataclass(frozen=True)
class Commented(Event):
    """`mentioned` are principals; `excerpt` the beginning of the words.

    `announced` when the words go with another fact whose own letter carries them.
    """

    kind: ClassVar[str] = "comments.added"
    title: ClassVar[str] = "оставил(а) комментарий"
    comment_id: int
    excerpt: str
    mentioned: tuple[int, ...] = ()
    announced: bool = False


@dataclass(frozen=True)
class CommentEdited(Event):
    """`mentioned` are those who were not mentioned before."""

    kind: ClassVar[str] = "comments.edited"
    title: ClassVar[str] = "исправил(а) комментарий"
    comment_id: int
    excerpt: str
    mentioned: tuple[int, ...] = ()


@dataclass(frozen=True)
class CommentRemoved(Event):
    """Says no words: they were taken back."""

    kind: ClassVar[str] = "comments.removed"
    title: ClassVar[str] = "удалил(а) комментарий"
    comment_id: int
