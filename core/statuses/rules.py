"""Which status a card stands in and where it may go from there. No database."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from core.entities.kinds import Passage
from core.errors import Invalid
from core.texts import clean_line

MOST_STATUSES, LONGEST_TITLE, LONGEST_BUTTON = 40, 60, 40
# How the filter, the grouping and the board by the company's statuses are called.
OWN_STATUS = "own_status"
# How a move is called in the history.
STATUS = "status"
# Colours of the interface's own palette, so that they suit both themes.
COLOURS = ("", "grey", "blue", "green", "amber", "red", "violet")


@dataclass(frozen=True)
class Way:
    """An allowed move; `title` is what its button says, `roles` those whose people alone go it, none for everybody."""

    to: int
    title: str = ""
    needs_comment: bool = False
    roles: frozenset[str] = frozenset()

    def is_open(self, roles: Collection[str] | None) -> bool:
        """Whether somebody with these roles goes it; None for those to whom everything is open."""
        return roles is None or not self.roles or not self.roles.isdisjoint(roles)


@dataclass(frozen=True)
class Node:
    """A status as rules read it."""

    id: int
    base: str
    title: str
    color: str = ""
    is_plain: bool = False
    is_default: bool = False
    is_living: bool = True
    ways: Mapping[int, Way] = field(default_factory=dict)

    @classmethod
    def read(cls, told: Sequence[Any]) -> "Node":
        """Of id, base, title, color, is_plain, is_default, is_living and ways, as the database tells them."""
        pk, base, title, color, is_plain, is_default, is_living, ways = told
        ways_out = {one["to"]: way_of(one) for one in ways}
        return cls(pk, base, title, color, is_plain, is_default, is_living, ways_out)


def way_of(told: Mapping[str, Any]) -> Way:
    return Way(told["to"], told["title"], told["needs_comment"], frozenset(told["roles"]))


@dataclass(frozen=True)
class Scheme:
    """Statuses of one type of cards in their order. Where no move is drawn, all of them are allowed."""

    nodes: tuple[Node, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.nodes)

    @property
    def is_free(self) -> bool:
        return not any(node.ways for node in self.nodes)

    @property
    def names_roles(self) -> bool:
        """Whether it matters which roles somebody has."""
        return any(way.roles for node in self.nodes for way in node.ways.values())

    def by_id(self, pk: int | None) -> Node | None:
        return next((node for node in self.nodes if node.id == pk), None)

    def stands(self, own_status: int | None, base: str) -> Node | None:
        """Where a card stands: in its own status while that refines its base, in the plain one otherwise."""
        own = self.by_id(own_status)
        return own if own and own.base == base else self.plain(base)

    def plain(self, base: str) -> Node | None:
        return next((node for node in self.nodes if node.base == base and node.is_plain), None)

    def entries(self, base: str) -> list[Node]:
        """Statuses of a base that a card may come into, the default one first."""
        living = [node for node in self.nodes if node.base == base and node.is_living]
        return sorted(living, key=lambda node: not node.is_default)

    def entry(self, base: str) -> Node | None:
        """Where a card lands that nobody has led to one of them."""
        return next(iter(self.entries(base)), None)

    def way(self, source: Node | None, target: Node) -> Way | None:
        """The move between two statuses; None when the company has not drawn it."""
        if source is None or self.is_free:
            return Way(target.id)
        return source.ways.get(target.id)

    def lead(self, source: Node | None, base: str, roles: Collection[str] | None) -> tuple[Node, Way] | None:
        """Where a verb that names a base alone leads: into its default status, or the first one that is allowed."""
        for node in self.entries(base):
            way = self.way(source, node)
            if way is not None and way.is_open(roles):
                return node, way
        return None


@dataclass(frozen=True)
class Step:
    """A move that somebody may make with a card now; `do` is the deed behind it, empty within one base."""

    node: Node
    do: str
    title: str
    needs_text: bool
    is_named: bool


def steps(
    scheme: Scheme,
    source: Node | None,
    passages: Iterable[Passage],
    roles: Collection[str] | None,
    *,
    works: bool,
    status: str,
) -> list[Step]:
    """Into which statuses somebody may move a card of this status, in the order of the statuses."""
    deeds: dict[str, Passage] = {}
    for one in passages:
        deeds.setdefault(one.to, one)
    found = []
    for node in scheme.nodes:
        way = scheme.way(source, node)
        if way is None or not node.is_living or (source and node.id == source.id) or not way.is_open(roles):
            continue
        deed = deeds.get(node.base)
        if node.base == status and works:
            found.append(Step(node, "", way.title or node.title, way.needs_comment, bool(way.title)))
        elif node.base != status and deed is not None:
            needs_text = deed.needs_text or way.needs_comment
            found.append(Step(node, deed.code, way.title or node.title, needs_text, bool(way.title)))
    return found


def verb_way(scheme: Scheme, source: Node | None, base: str, roles: Collection[str] | None) -> Way | None:
    """The move that a verb makes which names a base alone; None when it would be refused."""
    if not scheme.entries(base):
        return Way(0)
    found = scheme.lead(source, base, roles)
    return found[1] if found else None


def read_title(title: str) -> str:
    line = clean_line(title)
    if not 1 <= len(line) <= LONGEST_TITLE:
        raise Invalid({"title": f"Название статуса — от 1 до {LONGEST_TITLE} знаков"})
    return line
