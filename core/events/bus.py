"""A fact is said once: written beside the change that made it true, with a promise to tell its readers."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, fields
from datetime import datetime
from typing import Any, ClassVar

from core.access.actor import Actor
from core.access.permissions import Permission
from core.entities.models import Ref

from .models import Fact
from .queries import insert_fact


@dataclass(frozen=True)
class Change:
    """One field before and after, as the history tells it: values that JSON knows.

    `back` holds the value before as the card's own verb takes it (ids, codes, whole texts), where the verb can put it
    back; it is empty where it cannot.
    """

    field: str
    old: Any
    new: Any
    back: tuple[Any, ...] = ()

    def told(self) -> dict[str, Any]:
        """As it stands in the fact's row; `back` is there only when the value can be put back."""
        kept = {"back": _plain(self.back[0])} if self.back else {}
        return {"field": self.field, "old": self.old, "new": self.new, **kept}


@dataclass(frozen=True)
class Event:
    """Base of facts: past tense, frozen, JSON values only besides `of` and `changes`.

    `kind` is the fact's code (`tasks.assigned`), `title` its Russian line in the history («передал(а) задачу»).
    `private` facts are about somebody's account: only he and administrators read them. Facts that `needs` a permission,
    one of the whole company, are for its holders: whoever may not ask for a thing does not read of it in a history.
    """

    kind: ClassVar[str]
    title: ClassVar[str]
    private: ClassVar[bool] = False
    needs: ClassVar[Permission | None] = None
    of: Ref | None

    def payload(self) -> dict[str, Any]:
        """The fact's own fields as JSON."""
        return {f.name: _plain(getattr(self, f.name)) for f in fields(self) if f.name != "of"}

    @classmethod
    def words(cls, payload: Mapping[str, Any]) -> str:
        """What the history says of such a fact with this payload, of former years too; continues its doer's name."""
        return cls.title


@dataclass(frozen=True)
class Told:
    """A fact as its readers get it."""

    id: int
    kind: str
    ref: Ref | None
    payload: dict[str, Any]
    actor_id: int
    on_behalf_of: int | None
    at: Any
    is_private: bool = False

    @classmethod
    def of(cls, fact: Fact, ref: Ref | None) -> "Told":
        return cls(fact.pk, fact.kind, ref, fact.payload, fact.actor_id, fact.on_behalf_of_id, fact.at, fact.is_private)


# A company and facts of it.
Push = Callable[[Any, Sequence[Told]], None]


@dataclass(frozen=True)
class Reader:
    """Who listens: `kinds` of facts (empty: all) and what to do.

    `effect` runs in a transaction of the company's scope together with the inbox mark: exactly once.
    `push` runs after it, outside any scope, and must bear repetition; it gets the company and the facts that came
    together, oldest first. When it fails with several it is asked again with each alone.
    """

    code: str
    kinds: tuple[str, ...] = ()
    effect: Callable[[Told], None] | None = None
    push: Push | None = None

    def listens(self, kind: str) -> bool:
        return not self.kinds or kind in self.kinds


def emit(event: Event, *, by: Actor) -> int:
    """Say a fact in the open company scope; its id. Readers hear of it after commit, whatever happens to us."""
    return insert_fact(
        kind=event.kind,
        entity_id=event.of.id if event.of else None,
        payload=event.payload(),
        actor_id=by.principal_id,
        on_behalf_of_id=by.on_behalf_of,
        door=by.door,
        is_private=event.private,
    )


def recall(memories: Iterable[tuple[Event, Actor, datetime]]) -> None:
    """Write facts of the past, each with its doer and moment: the history shows them, no reader hears of them."""
    Fact.objects.bulk_create(
        Fact(
            kind=event.kind,
            entity_id=event.of.id if event.of else None,
            payload=event.payload(),
            actor_id=by.principal_id,
            on_behalf_of_id=by.on_behalf_of,
            door="import",
            is_private=event.private,
            at=at,
        )
        for event, by, at in memories
    )


def _plain(value: Any) -> Any:
    if isinstance(value, Ref):
        return str(value)
    if isinstance(value, Change):
        return value.told()
    if isinstance(value, tuple | list):
        return [_plain(item) for item in value]
    if hasattr(value, "isoformat"):
        return value.isoformat()
    return value
