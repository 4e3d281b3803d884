"""A formula as a tree. `at` is the place in the text; two trees are equal wherever their parts stand."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal


@dataclass(frozen=True)
class Constant:
    value: Decimal | str | bool | date
    at: int = field(default=0, compare=False)


@dataclass(frozen=True)
class Name:
    """A value of the surroundings: `[Сумма]`."""

    name: str
    at: int = field(default=0, compare=False)


@dataclass(frozen=True)
class Unary:
    """`-x`, `не x`, `x%`; `sign` is one of these."""

    sign: str
    of: "Node"
    at: int = field(default=0, compare=False)


@dataclass(frozen=True)
class Binary:
    sign: str
    left: "Node"
    right: "Node"
    at: int = field(default=0, compare=False)


@dataclass(frozen=True)
class Call:
    """A function by its upper-case name."""

    function: str
    args: tuple["Node", ...]
    at: int = field(default=0, compare=False)


Node = Constant | Name | Unary | Binary | Call


def names_in(node: Node) -> Iterator[Name]:
    """All names of a tree, with repeats."""
    match node:
        case Name():
            yield node
        case Unary():
            yield from names_in(node.of)
        case Binary():
            yield from names_in(node.left)
            yield from names_in(node.right)
        case Call():
            for arg in node.args:
                yield from names_in(arg)


def calls_in(node: Node) -> Iterator[Call]:
    """All calls of functions in a tree."""
    match node:
        case Unary():
            yield from calls_in(node.of)
        case Binary():
            yield from calls_in(node.left)
            yield from calls_in(node.right)
        case Call():
            yield node
            for arg in node.args:
                yield from calls_in(arg)


def renamed(node: Node, rename: Callable[[Name], str]) -> Node:
    """The same tree with other names."""
    match node:
        case Name():
            return replace(node, name=rename(node))
        case Unary():
            return replace(node, of=renamed(node.of, rename))
        case Binary():
            return replace(node, left=renamed(node.left, rename), right=renamed(node.right, rename))
        case Call():
            return replace(node, args=tuple(renamed(arg, rename) for arg in node.args))
    return node
