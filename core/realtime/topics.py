"""What a socket may listen to: one card it shows, or one kind's list."""

from collections.abc import Iterable
from dataclasses import dataclass

from core.access.actor import Actor
from core.access.queries import visible
from core.context import current_company
from core.entities.models import Ref
from core.registry import registry

# Facts about no single card after which a kind's list is another one; their payload names the kind as `card_kind`.
OF_LISTS = frozenset({"entities.added", "imports.undone"})


@dataclass(frozen=True)
class Topic:
    """`ref:tasks.task/12` or `list:tasks.task`."""

    text: str
    kind: str
    card_id: int | None = None

    def group(self, schema: str) -> str:
        """The channel layer's group of the topic in one company."""
        return f"{schema}.list.{self.kind}" if self.card_id is None else f"{schema}.ref.{self.kind}.{self.card_id}"


def parse(text: object) -> Topic | None:
    """A topic, None when the text is not one."""
    if not isinstance(text, str) or len(text) > 100:
        return None
    sort, _, rest = text.partition(":")
    if sort == "list" and registry.kind(rest):
        return Topic(text, rest)
    if sort != "ref":
        return None
    try:
        ref = Ref.parse(rest)
    except ValueError:
        return None
    return Topic(text, ref.kind, ref.id) if registry.kind(ref.kind) else None


def allowed(actor: Actor, topics: Iterable[Topic]) -> set[Topic]:
    """Those of the topics that the actor may listen to now: the same query as for reading; one per kind of card."""
    modules = current_company().modules
    granted: set[Topic] = set()
    cards: dict[str, list[Topic]] = {}
    for topic in topics:
        kind = registry.kind(topic.kind)
        if kind is None or (kind.module in registry.modules and kind.module not in modules) or not actor.may(kind.view):
            continue
        if topic.card_id is None:
            granted.add(topic)
        else:
            cards.setdefault(topic.kind, []).append(topic)
    for code, wanted in cards.items():
        ids = [topic.card_id for topic in wanted]
        seen = set(visible(actor, registry.kind_of(code)).filter(pk__in=ids).values_list("pk", flat=True))
        granted |= {topic for topic in wanted if topic.card_id in seen}
    return granted
