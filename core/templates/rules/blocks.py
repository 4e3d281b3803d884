"""Paragraphs, tables and rows filled in: what stands between two marks is kept, left out or repeated as a whole.

A row of a table that prints columns of a list is repeated for each line by itself. The engine knows no format: a
dialect says what is a paragraph, what is a row, and how a paragraph takes its edits.
"""

import copy
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any, Protocol

from .places import Mark, marks_of, names_of, sole_mark
from .text import Edit, Printer
from .values import Scope, TemplateError, list_of


class Dialect(Protocol):
    """How a format is built. Elements are mutable and know their parents (lxml)."""

    def blocks(self, element: Any) -> list[Any]:
        """Paragraphs, tables, rows and cells that stand directly in an element, in their order."""

    def is_leaf(self, element: Any) -> bool:
        """Whether it is a paragraph: text and no blocks, but for what is drawn over it."""

    def is_row(self, element: Any) -> bool: ...

    def text(self, element: Any) -> str:
        """The text of a paragraph; of anything else that of all paragraphs in it, a line for each."""

    def rewrite(self, element: Any, edits: list[Edit]) -> None:
        """Make these changes in a paragraph."""

    def inner(self, element: Any) -> list[Any]:
        """Containers that stand in a paragraph: text boxes."""

    def renew(self, element: Any) -> None:
        """Take away from a copy what there may be one of."""

    def settle(self, element: Any) -> None:
        """Give an emptied container what it may not be without."""


@dataclass
class _Piece:
    """A block, or a piece between two marks: `body` is kept where it holds or repeated, `other` where it does not."""

    element: Any
    mark: Mark | None = None
    covers: list[Any] = field(default_factory=list)
    body: "list[_Piece]" = field(default_factory=list)
    other: "list[_Piece]" = field(default_factory=list)


class Filler:
    """Fills one document in by a dialect."""

    def __init__(self, dialect: Dialect, printer: Printer) -> None:
        self._dialect = dialect
        self._printer = printer
        self._used: dict[int, Any] = {}

    def fill(self, container: Any, scope: Scope) -> None:
        """Fill in everything in a container. TemplateError says what is wrong and where."""
        blocks = self._dialect.blocks(container)
        for piece in self._pieces(iter(blocks), None)[0]:
            made = list(self._made(piece, scope))
            self._put(piece, made)
            for element, inner in made:
                self._fill_one(element, inner)
        self._dialect.settle(container)

    def _fill_one(self, element: Any, scope: Scope) -> None:
        if not self._dialect.is_leaf(element):
            self.fill(element, scope)
            return
        text = self._dialect.text(element)
        edits = self._printer.edits(text, scope)
        boxes = self._dialect.inner(element)
        if edits:
            self._dialect.rewrite(element, edits)
        for box in boxes:
            self.fill(box, scope)

    def _put(self, piece: _Piece, made: list[tuple[Any, Scope]]) -> None:
        """Stand what was made in the place of the piece."""
        elements = [element for element, _ in made]
        if piece.covers:
            # The first of them is a mark, which is never among what was made.
            for element in elements:
                piece.covers[0].addprevious(element)
            kept = set(map(id, elements))
            for old in piece.covers:
                if id(old) not in kept:
                    _drop(old)
            return
        if not elements:
            _drop(piece.element)
        # The first is the element itself, where it stands.
        for before, element in zip(elements, elements[1:], strict=False):
            before.addnext(element)

    def _made(self, piece: _Piece, scope: Scope) -> Iterator[tuple[Any, Scope]]:
        """The elements that come of a piece, each with the values that it is filled in with."""
        mark = piece.mark
        if mark is None:
            yield from self._rows(piece.element, scope)
            return
        if mark.sort == "if":
            for one in piece.body if self._printer.holds(mark, scope) else piece.other:
                yield from self._made(one, scope)
            return
        for line in self._lines(mark.name, scope, piece.element):
            for one in piece.body:
                yield from self._made(one, line)

    def _rows(self, element: Any, scope: Scope) -> Iterator[tuple[Any, Scope]]:
        repeated = self._list_in(element, scope) if self._dialect.is_row(element) else ""
        if not repeated:
            yield self._use(element), scope
            return
        for line in self._lines(repeated, scope, element):
            yield self._use(element), line

    def _lines(self, name: str, scope: Scope, element: Any) -> list[Scope]:
        try:
            return scope.lines(name)
        except TemplateError as wrong:
            raise TemplateError(wrong.sentence, wrong.where or self._dialect.text(element)[:80]) from wrong

    def _use(self, element: Any) -> Any:
        """The element itself for the first time, then copies: all are made before any is filled in."""
        if id(element) not in self._used:
            # Held, so that no other element gets its id.
            self._used[id(element)] = element
            return element
        self._printer.take(sum(1 for _ in element.iter()))
        made = copy.deepcopy(element)
        made.tail = None
        self._dialect.renew(made)
        return made

    def _list_in(self, row: Any, scope: Scope) -> str:
        """The list whose columns a row prints, unless the row stands in a loop over it already."""
        text = self._dialect.text(row)
        if "{{" not in text:
            return ""
        for mark in marks_of(text):
            for name in names_of(mark):
                found = list_of(name)
                if found in scope.lists and found != scope.line and name not in scope.values:
                    return found
        return ""

    def _pieces(self, walk: Iterator[Any], opened: Any) -> "tuple[list[_Piece], Any]":
        """Blocks up to the one that closes or divides `opened`, and that one; all of them at the top."""
        found: list[_Piece] = []
        for element in walk:
            mark = self._mark_of(element)
            if mark is None:
                found.append(_Piece(element))
            elif mark.sort in ("else", "end"):
                if opened is None:
                    raise TemplateError(f"{{{{ {mark.text} }}}} ничего не закрывает", self._dialect.text(element)[:80])
                return found, (element, mark)
            else:
                found.append(self._between(element, mark, walk))
        if opened is not None:
            raise TemplateError(
                f"{{{{ {opened.text} }}}} открыто и не закрыто: добавьте ниже {{{{ конец }}}}", opened.text
            )
        return found, None

    def _between(self, element: Any, mark: Mark, walk: Iterator[Any]) -> _Piece:
        body, (last, closed) = self._pieces(walk, mark)
        other: list[_Piece] = []
        covers = [element, *_covered(body)]
        if closed.sort == "else":
            if mark.sort != "if":
                raise TemplateError("{{ иначе }} бывает только у условия", mark.text)
            covers.append(last)
            other, (last, closed) = self._pieces(walk, mark)
            covers += _covered(other)
            if closed.sort == "else":
                raise TemplateError("У условия два {{ иначе }}", mark.text)
        return _Piece(element, mark, [*covers, last], body, other)

    def _mark_of(self, element: Any) -> Mark | None:
        """The mark that is all that stands in a paragraph or a row."""
        if not (self._dialect.is_leaf(element) or self._dialect.is_row(element)):
            return None
        text = self._dialect.text(element)
        return sole_mark(text) if "{{" in text else None


def _covered(pieces: list[_Piece]) -> list[Any]:
    """All elements that pieces stand for, marks included."""
    return [element for piece in pieces for element in (piece.covers or [piece.element])]


def _drop(element: Any) -> None:
    """Take an element away; text behind it, which is the page's and not its own, stays."""
    parent, tail = element.getparent(), element.tail
    if tail and tail.strip():
        before = element.getprevious()
        if before is not None:
            before.tail = (before.tail or "") + tail
        else:
            parent.text = (parent.text or "") + tail
    parent.remove(element)
