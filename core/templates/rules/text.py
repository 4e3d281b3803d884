"""A text with its marks filled in. The text is read once: what has been put in is words and is never read again."""

import html
import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import TypeVar

from core.formulas.checking import check
from core.formulas.errors import FormulaError
from core.formulas.evaluation import evaluate
from core.formulas.tree import Node
from core.formulas.values import Kind, Value, key_of

from .filters import shown
from .places import Branch, Mark, around, marks_of, names_of, nested
from .values import NOTHING, Scope, Sort, TemplateError, Told, nearest, unknown

T = TypeVar("T")
_MARK, _TAG = re.compile(r"\{\{.*?\}\}", re.DOTALL), re.compile(r"<[^<>]*>")
# What may come out of one template: a loop in a loop grows fast.
MOST_SIGNS, MOST_PARTS = 5_000_000, 300_000
# Where pictures stand in a text until the page is put together; nobody's words keep these signs.
PICTURES = range(0xE000, 0xE040)


@dataclass(frozen=True)
class Edit:
    """What comes in place of a piece of a text."""

    start: int
    end: int
    new: str


class Printer:
    """Fills in texts of one template, and counts how much has come out of it."""

    def __init__(self, pictures: Iterable[str] = ()) -> None:
        self.pictures = list(pictures)[: len(PICTURES)]
        self._signs = self._parts = 0

    def take(self, parts: int, signs: int = 0) -> None:
        """TemplateError when more comes out than may."""
        self._parts += parts
        self._signs += signs
        if self._parts > MOST_PARTS or self._signs > MOST_SIGNS:
            raise TemplateError("По шаблону получается слишком большой документ. Сократите повторы")

    def edits(self, text: str, scope: Scope) -> list[Edit]:
        """What changes in a text, in order and without overlaps."""
        if "{{" not in text:
            return []
        return list(self._walk(nested(marks_of(text), text), text, scope))

    def filled(self, text: str, scope: Scope) -> str:
        """The text as it reads filled in."""
        return _applied(text, 0, len(text), self.edits(text, scope))

    def holds(self, mark: Mark, scope: Scope) -> bool:
        """Whether a condition holds; an empty one does not."""
        assert mark.formula is not None
        told = _computed(mark.formula, scope, mark.text)
        if told is None or isinstance(told, bool):
            return bool(told)
        raise TemplateError("После «если» пишут условие, например [сумма] > 100000", mark.text)

    def _walk(self, body: "list[Mark | Branch]", text: str, scope: Scope) -> Iterable[Edit]:
        for one in body:
            if isinstance(one, Mark):
                yield Edit(one.start, one.end, self._told(one, text, scope))
            elif one.mark.sort == "each":
                yield Edit(one.mark.start, one.end, self._repeated(one, text, scope))
            else:
                yield from self._chosen(one, text, scope)

    def _repeated(self, one: Branch, text: str, scope: Scope) -> str:
        pieces = []
        for line in _placed(lambda: scope.lines(one.mark.name), text, one.mark):
            edits = list(self._walk(one.body, text, line))
            pieces.append(_applied(text, one.mark.end, one.closed.start, edits))
            self.take(1, len(pieces[-1]))
        return "".join(pieces)

    def _chosen(self, one: Branch, text: str, scope: Scope) -> Iterable[Edit]:
        middle = one.middle or one.closed
        if self.holds(one.mark, scope):
            yield Edit(one.mark.start, one.mark.end, "")
            yield from self._walk(one.body, text, scope)
            yield Edit(middle.start, one.end, "")
        elif one.middle is not None:
            yield Edit(one.mark.start, one.middle.end, "")
            yield from self._walk(one.other, text, scope)
            yield Edit(one.closed.start, one.end, "")
        else:
            yield Edit(one.mark.start, one.end, "")

    def _told(self, mark: Mark, text: str, scope: Scope) -> str:
        try:
            said = _placed(lambda: self._said(mark, scope), text, mark)
        except TemplateError:
            if not scope.lenient:
                raise
            said = NOTHING
        self.take(1, len(said))
        return said

    def _said(self, mark: Mark, scope: Scope) -> str:
        told = value_of(mark, scope)
        if told is None:
            return NOTHING
        if told.sort != Sort.PICTURE:
            return without_pictures(shown(told, mark.filters, scope))
        if mark.filters:
            raise TemplateError("К изображению обработки не применяются")
        name = key_of(mark.name)
        return chr(PICTURES[self.pictures.index(name)]) if name in self.pictures else ""


def value_of(mark: Mark, scope: Scope) -> Told | None:
    """What a mark stands for; None for a name nobody knows where that is borne. TemplateError."""
    if mark.formula is None:
        told = scope.values.get(mark.name)
        if told is None and not scope.lenient:
            _refuse(mark.name, scope)
        return told
    value = _computed(mark.formula, scope, mark.text)
    if isinstance(value, Decimal):
        return Told(Sort.MONEY if _is_money(mark, scope) else Sort.NUMBER, value)
    sort = Sort.FLAG if isinstance(value, bool) else Sort.TEXT if isinstance(value, str) or value is None else Sort.DAY
    return Told(sort, value)


def without_pictures(text: str) -> str:
    """A value without the signs that mean pictures here, and without those that no document can hold."""
    return "".join(
        sign for sign in text.replace("\r\n", "\n").replace("\r", "\n")
        if ord(sign) not in PICTURES and (sign in "\n\t" or ord(sign) >= 32) and not 0xD800 <= ord(sign) <= 0xDFFF
        and sign not in "\ufffe\uffff"
    )  # fmt: skip


def fill_text(text: str, scope: Scope) -> str:
    """One text filled in. TemplateError."""
    return Printer().filled(text, scope)


def fill_leniently(text: str, scope: Scope) -> str:
    """The same for what somebody goes on typing in: a mark that is wrong leaves a line to write on, and a piece that is
    not closed the text as it was written."""
    try:
        return Printer().filled(_MARK.sub(_readable, text), replace(scope, lenient=True))
    except TemplateError:
        return text


def _readable(found: re.Match[str]) -> str:
    try:
        marks_of(found.group())
    except TemplateError:
        return NOTHING
    return found.group()


def names_asked(text: str) -> list[str]:
    """The names that a text reads, in their order, each once; of a mark that cannot be read what stands in it."""
    asked: list[str] = []
    for found in _MARK.finditer(text):
        try:
            asked += [key_of(name) for mark in marks_of(found.group()) for name in names_of(mark)]
        except TemplateError:
            asked.append(" ".join(found.group()[2:-2].split()))
    return list(dict.fromkeys(asked))


def fill_markup(text: str, scope: Scope) -> str:
    """The same for HTML that is kept as text: marks may have got marks of HTML into them, values are words."""
    plain = _MARK.sub(lambda found: html.unescape(_TAG.sub("", found.group())), text)
    values = {name: _escaped(told) for name, told in scope.values.items()}
    return fill_leniently(plain, replace(scope, values=values))


def _escaped(told: Told) -> Told:
    if not isinstance(told.value, str):
        return told
    return Told(told.sort, html.escape(told.value, quote=False).replace("\n", "<br>"))


def _refuse(name: str, scope: Scope) -> None:
    owner = name.partition(".")[0]
    if owner in scope.columns and scope.sort_of(name) is not None:
        raise TemplateError(f"«{name}» печатают в строке таблицы или внутри {{{{ для {owner} }}}} … {{{{ конец }}}}")
    raise TemplateError(unknown(f"Поля «{name}» нет", nearest(name, scope.named())))


def _computed(tree: Node, scope: Scope, where: str) -> Value:
    types: dict[str, Kind] = {}
    for name, told in scope.values.items():
        kind = told.sort.kind
        if kind is not None:
            types[name] = kind
    values = {name: scope.values[name].value for name in types}
    try:
        check(tree, types)
        return evaluate(tree, values, today=scope.today)
    except FormulaError as wrong:
        raise TemplateError(wrong.sentence, where) from wrong


def _is_money(mark: Mark, scope: Scope) -> bool:
    """A formula over sums gives a sum: it is printed with its kopecks."""
    return any(scope.sort_of(name) == Sort.MONEY for name in names_of(mark))


def _placed(read: Callable[[], T], text: str, mark: Mark) -> T:
    """What `read` gives; a refusal says where in the text."""
    try:
        return read()
    except TemplateError as wrong:
        raise TemplateError(wrong.sentence, wrong.where or around(text, mark.start)) from wrong


def _applied(text: str, start: int, end: int, edits: Iterable[Edit]) -> str:
    pieces, at = [], start
    for edit in edits:
        pieces += [text[at : edit.start], edit.new]
        at = edit.end
    return "".join([*pieces, text[at:end]])


def edited_piece(former: str, start: int, edits: list[Edit], done: set[int]) -> str:
    """What a piece of a paragraph says after the edits: the first piece that one touches gets all of its new text."""
    pieces, at, end = [], start, start + len(former)
    for edit in edits:
        if edit.end <= start or edit.start >= end:
            continue
        pieces.append(former[at - start : max(edit.start, start) - start])
        if edit.start not in done:
            pieces.append(edit.new)
            done.add(edit.start)
        at = min(edit.end, end)
    return "".join([*pieces, former[at - start :]])
