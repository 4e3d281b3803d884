"""A tree as text again, in one form whoever typed it."""

from datetime import date
from decimal import Decimal

from .parsing import BINDS, COMPARISON, MINUS, NOT, PERCENT
from .tree import Binary, Call, Constant, Name, Node, Unary

_HIGHEST = PERCENT + 1


def printed(tree: Node) -> str:
    """The text of a tree; parsed, it gives the same tree."""
    return _text(tree)[0]


def _text(node: Node) -> tuple[str, int]:
    """The text, and how tightly its weakest sign binds."""
    match node:
        case Constant():
            return _constant(node.value), _HIGHEST
        case Name():
            return f"[{node.name}]", _HIGHEST
        case Call():
            return f"{node.function}({'; '.join(printed(arg) for arg in node.args)})", _HIGHEST
        case Unary():
            return _unary(node)
        case Binary():
            return _binary(node)


def _unary(node: Unary) -> tuple[str, int]:
    if node.sign == "%":
        return f"{_guarded(node.of, PERCENT)}%", PERCENT
    if node.sign == "не":
        return f"не {_guarded(node.of, NOT)}", NOT
    return f"-{_guarded(node.of, MINUS)}", MINUS


def _binary(node: Binary) -> tuple[str, int]:
    binds = BINDS[node.sign]
    # Comparisons do not chain on either side; the others lean to the left.
    left = binds + 1 if binds == COMPARISON else binds
    return f"{_guarded(node.left, left)} {node.sign} {_guarded(node.right, binds + 1)}", binds


def _guarded(node: Node, least: int) -> str:
    text, binds = _text(node)
    return text if binds >= least else f"({text})"


def _constant(value: Decimal | str | bool | date) -> str:
    if isinstance(value, bool):
        return "да" if value else "нет"
    if isinstance(value, Decimal):
        return f"{value:f}".replace(".", ",")
    if isinstance(value, date):
        return f"{value.day:02}.{value.month:02}.{value.year:04}"
    return '"' + value.replace('"', '""') + '"'
