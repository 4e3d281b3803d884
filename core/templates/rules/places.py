"""The language of templates: what may stand between {{ and }}. Nothing of it is ever run but what is listed here.

`{{ контрагент | родительный }}` prints a value through filters, `{{ = [сумма] * 20% | прописью }}` a formula of the
house. `{{ если [сумма] > 100000 }} … {{ иначе }} … {{ конец }}` keeps one of two pieces,
`{{ для строки }} … {{ конец }}` repeats one for each line of a list.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from core.formulas.errors import FormulaError
from core.formulas.parsing import parse
from core.formulas.tree import Node, names_in
from core.formulas.values import key_of

from .values import TemplateError

LONGEST_PLACE, LONGEST_NAME, MOST_FILTERS, MOST_MARKS, DEEPEST = 600, 120, 6, 5000, 20
_MARK = re.compile(r"\{\{(?P<inner>.*?)\}\}", re.DOTALL)
_NAME = re.compile(r"[^\W\d_][^{}|\"«».=<>']*(?:\.[^{}|\"«».=<>']+){0,3}")
_FILTER = re.compile(r"(?P<name>[^\W\d_][^\W_ ]*(?: [^\W\d_]+)*)\s*(?:\((?P<args>.*)\))?", re.DOTALL)
_ARG = re.compile(r"\s*(?:\"(?P<text>[^\"]*)\"|«(?P<quoted>[^«»]*)»|(?P<number>-?\d+(?:[.,]\d+)?))\s*(?:;|$)")
_IF = re.compile(r"если\b\s*(?P<condition>.*)", re.I | re.DOTALL)
_EACH = re.compile(r"для(?:\s+каждо(?:й|го))?\s+(?:(?:строки|записи)\s+из\s+)?(?P<list>.+)", re.I | re.DOTALL)
_ELSE, _END = re.compile(r"иначе", re.I), re.compile(r"конец(?:\s+(?:если|для))?|(?:/|\\)(?:если|для)", re.I)


@dataclass(frozen=True)
class Filter:
    name: str
    args: tuple[str | Decimal, ...] = ()


@dataclass(frozen=True)
class Mark:
    """One pair of braces: from which to which sign it stands. `sort`: place, if, each, else, end."""

    start: int
    end: int
    text: str
    sort: str
    name: str = ""
    formula: Node | None = None
    filters: tuple[Filter, ...] = ()


@dataclass
class Branch:
    """A piece between two marks and what it ends with: `body` are the marks and branches in it, in their order."""

    mark: Mark
    end: int
    closed: Mark
    body: "list[Mark | Branch]" = field(default_factory=list)
    middle: Mark | None = None
    other: "list[Mark | Branch]" = field(default_factory=list)


def marks_of(text: str) -> list[Mark]:
    """The marks of a text in their order. TemplateError for what is none, with the piece around it."""
    found = []
    at = 0
    for match in _MARK.finditer(text):
        found.append(_mark(match))
        at = match.end()
        if len(found) > MOST_MARKS:
            raise TemplateError(f"В одном абзаце больше {MOST_MARKS} полей")
    if "{{" in text[at:]:
        raise TemplateError(
            "Поле открыто двумя скобками {{ и не закрыто: допишите }}", around(text, text.index("{{", at))
        )
    return found


def around(text: str, at: int) -> str:
    """What a person finds the place by."""
    return " ".join(text[max(0, at - 30) : at + 50].split())


def sole_mark(text: str) -> Mark | None:
    """The mark that is all there is in a text, when it opens, divides or closes a piece."""
    plain = text.strip()
    if not (plain.startswith("{{") and plain.endswith("}}")) or plain.count("{{") != 1:
        return None
    mark = marks_of(plain)[0]
    return mark if mark.sort != "place" else None


def nested(marks: list[Mark], text: str) -> "list[Mark | Branch]":
    """Marks with pieces as branches. TemplateError where a piece is not closed, or closed twice."""
    walk = iter(marks)
    body, closed = _level(walk, text, 0)
    if closed is not None:
        raise TemplateError(f"{{{{ {closed.text} }}}} ничего не закрывает", around(text, closed.start))
    return body


def names_of(mark: Mark) -> list[str]:
    """The names that a mark reads."""
    if mark.formula is not None:
        return [one.name for one in names_in(mark.formula)]
    return [mark.name] if mark.sort == "place" else []


def _level(walk: Iterator[Mark], text: str, depth: int) -> "tuple[list[Mark | Branch], Mark | None]":
    """Everything up to the mark that closes or divides this level, and that mark."""
    if depth > DEEPEST:
        raise TemplateError(f"Условия вложены глубже {DEEPEST} уровней", " ".join(text.split())[:80])
    body: list[Mark | Branch] = []
    for mark in walk:
        if mark.sort == "place":
            body.append(mark)
        elif mark.sort in ("else", "end"):
            return body, mark
        else:
            body.append(_branch(mark, walk, text, depth))
    return body, None


def _branch(mark: Mark, walk: Iterator[Mark], text: str, depth: int) -> Branch:
    inner, last = _level(walk, text, depth + 1)
    middle: Mark | None = None
    other: list[Mark | Branch] = []
    if last is not None and last.sort == "else" and mark.sort == "if":
        middle = last
        other, last = _level(walk, text, depth + 1)
    if last is None or last.sort != "end":
        raise TemplateError(
            f"{{{{ {mark.text} }}}} открыто и не закрыто здесь же. Поставьте {{{{ конец }}}} в том же абзаце, "
            "а для нескольких абзацев — обе пометки отдельными абзацами",
            around(text, mark.start),
        )
    return Branch(mark, last.end, last, inner, middle, other)


def _mark(match: re.Match[str]) -> Mark:
    inner = " ".join(match["inner"].replace("\u00a0", " ").split())
    where = around(match.string, match.start())
    if len(inner) > LONGEST_PLACE:
        raise TemplateError(f"Поле длиннее {LONGEST_PLACE} знаков", where)
    made: dict[str, Any] = {"start": match.start(), "end": match.end(), "text": inner}
    try:
        if found := _IF.fullmatch(inner):
            return Mark(**made, sort="if", formula=parse(found["condition"]))
        if found := _EACH.fullmatch(inner):
            return Mark(**made, sort="each", name=_name(found["list"], where))
        if _ELSE.fullmatch(inner):
            return Mark(**made, sort="else")
        if _END.fullmatch(inner):
            return Mark(**made, sort="end")
        told, *filters = _parts(inner)
        read = tuple(_filter(one, where) for one in filters)
        if len(read) > MOST_FILTERS:
            raise TemplateError(f"Больше {MOST_FILTERS} обработок подряд", where)
        if told.startswith("="):
            return Mark(**made, sort="place", formula=parse(told[1:]), filters=read)
        return Mark(**made, sort="place", name=_name(told, where), filters=read)
    except FormulaError as wrong:
        raise TemplateError(f"{wrong.sentence}. Названия из нескольких слов берут в [ ]", where) from wrong


def _name(text: str, where: str) -> str:
    name = " ".join(text.split())
    if not name:
        raise TemplateError("В скобках {{ }} напишите название поля", where)
    if len(name) > LONGEST_NAME or not _NAME.fullmatch(name):
        raise TemplateError(f"«{name[:60]}» — не название поля. Выберите поле из списка", where)
    return key_of(name)


def _parts(inner: str) -> list[str]:
    """What stands between the bars; one in quotation marks divides nothing."""
    parts, held = [""], ""
    for sign in inner:
        if held:
            held = "" if sign == held else held
        elif sign in '"«':
            held = '"' if sign == '"' else "»"
        if sign == "|" and not held:
            parts.append("")
        else:
            parts[-1] += sign
    return [part.strip() for part in parts]


def _filter(text: str, where: str) -> Filter:
    match = _FILTER.fullmatch(text)
    if match is None:
        raise TemplateError(f"«{text[:60]}» — не обработка значения. Например: {{{{ сумма | прописью }}}}", where)
    return Filter(key_of(match["name"]), tuple(_args(match["args"] or "", where)))


def _args(text: str, where: str) -> Iterator[str | Decimal]:
    at = 0
    while at < len(text):
        found = _ARG.match(text, at)
        if found is None:
            raise TemplateError("В скобках обработки стоят числа и тексты в кавычках через точку с запятой", where)
        if found["number"] is not None:
            if not found["number"].lstrip("-").replace(",", "").replace(".", "").isascii():
                raise TemplateError("Напишите число обычными цифрами", where)
            yield Decimal(found["number"].replace(",", "."))
        else:
            yield found["text"] if found["text"] is not None else found["quoted"]
        at = found.end()
