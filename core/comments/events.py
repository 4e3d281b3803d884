"""Facts about comments."""

from dataclasses import dataclass
from typing import ClassVar

from core.events.bus import Change, Event


@dataclass(frozen=True)
class Commented(Event):
    """`mentioned` are principals who see the card; `excerpt` the beginning of the words.

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
    """`mentioned` are those who see the card and were not mentioned before, or were let in only now."""

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


@dataclass(frozen=True)
class MentionedLetIn(Event):
    """A mention has shown the card to people (principals) who did not see it; `changes` names them."""

    kind: ClassVar[str] = "comments.let_in"
    title: ClassVar[str] = "открыл(а) карточку упомянутым"
    labels: ClassVar[dict[str, str]] = {"mentioned": "Упомянуты"}
    people: tuple[int, ...] = ()
    changes: tuple[Change, ...] = ()


@dataclass(frozen=True)
class MentionedLetOut(Event):
    """The last words that mentioned people (`left`, principals) are gone, and with them what the mention showed."""

    kind: ClassVar[str] = "comments.let_out"
    title: ClassVar[str] = "убрал(а) упоминание, и карточка закрылась для упомянутых"
    labels: ClassVar[dict[str, str]] = {"mentioned": "Упомянуты"}
    left: tuple[int, ...] = ()
    changes: tuple[Change, ...] = ()
