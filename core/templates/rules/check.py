"""A template looked through before it is used: each mark with what it prints, or what is wrong with it."""

import re
from collections.abc import Iterable
from typing import Any

from core.language.cases import Case

from .filters import CASES, sort_after
from .places import Mark, marks_of, names_of
from .text import Printer
from .values import Scope, Sort, TemplateError, list_of, nearest

MOST_LINES = 1000
_ALONE = frozenset({Sort.TEXT, Sort.PERSON})
# What stands right before a mark asks for a case of what is printed there.
_ASKS: tuple[tuple[Case, str], ...] = (
    (
        Case.GENITIVE,
        r"в лице|на основании|от имени|от|для|из|до|без|у|около|согласия|подписи|работы|со стороны|в адрес",
    ),
    (Case.DATIVE, r"согласно|благодаря|к|ко|по|поручить|выдать|предоставить|передать|кому"),
    (Case.INSTRUMENTAL, r"с|со|между|над|перед|подписан\w*|утвержд[её]н\w*|составлен\w*|именуем\w*|назначить"),
    (Case.PREPOSITIONAL, r"о|об|обо|при"),
    (Case.ACCUSATIVE, r"принять|уволить|командировать|направить|уполномочить|про|через"),
)
_BEFORE = tuple((case, re.compile(rf"(?<![\w-])({words})[\s«\"]*$", re.I)) for case, words in _ASKS)


def lines_of(texts: Iterable[str], scope: Scope) -> list[dict[str, Any]]:
    """A line for each place of a template: what stands there on this card, or what is wrong with it."""
    found: list[dict[str, Any]] = []
    opened: list[str] = []
    for text in texts:
        try:
            marks = marks_of(text) if "{{" in text else []
        except TemplateError as wrong:
            found.append(_line(" ".join(text.split())[:80], error=wrong.sentence))
            continue
        for mark in marks:
            _follow(opened, mark)
            if mark.sort not in ("else", "end"):
                line = _checked(mark, text[: mark.start], scope)
                # What stands in a condition is printed when there is something to print.
                found.append(line | {"is_empty": line["is_empty"] and "if" not in opened})
        if len(found) >= MOST_LINES:
            break
    return found[:MOST_LINES]


def _follow(opened: list[str], mark: Mark) -> None:
    if mark.sort in ("if", "each"):
        opened.append(mark.sort)
    elif mark.sort == "end" and opened:
        opened.pop()


def marks_told(texts: Iterable[str]) -> list[dict[str, Any]]:
    """All marks of texts in order, as they are kept beside a template. TemplateError for what is none."""
    return [
        {
            "text": mark.text,
            "sort": mark.sort,
            "name": mark.name,
            "is_formula": mark.formula is not None,
            "filters": [[one.name, [str(arg) for arg in one.args]] for one in mark.filters],
        }
        for text in texts
        if "{{" in text
        for mark in marks_of(text)
    ]


def suggested_case(before: str) -> tuple[str, str]:
    """The case that the words before a place ask for, and those words; empty when they ask for none."""
    plain = " ".join(before.split())
    for case, pattern in _BEFORE:
        if asked := pattern.search(plain):
            return case.value, asked[1]
    return "", ""


def _checked(mark: Mark, before: str, scope: Scope) -> dict[str, Any]:
    inner = _with_line(mark, scope)
    unknown = [name for name in names_of(mark) if inner.sort_of(name) is None]
    if unknown:
        near = nearest(unknown[0], scope.named())
        return _line(mark.text, error=f"Поля «{unknown[0]}» нет", suggestion=near)
    if any(not scope.lists[name] for name in _lists_of(mark, scope)):
        # A row of a table that has no lines is left out: nothing is printed, and nothing is missing.
        return _line(mark.text, sort="list")
    try:
        if mark.sort == "each":
            return _line(mark.text, value=f"строк: {len(scope.lines(mark.name))}", sort="list")
        if mark.sort == "if":
            return _line(mark.text, value="да" if Printer().holds(mark, inner) else "нет", sort="flag")
        return _place(mark, before, inner)
    except TemplateError as wrong:
        return _line(mark.text, error=wrong.sentence)


def _place(mark: Mark, before: str, scope: Scope) -> dict[str, Any]:
    sort = scope.sort_of(mark.name) if mark.formula is None else None
    if sort is not None:
        sort_after(sort, mark.filters)
    if sort == Sort.PICTURE:
        return _line(mark.text, value="изображение", sort=sort.value)
    value = Printer().filled(f"{{{{ {mark.text} }}}}", scope)
    told = scope.values.get(mark.name) if mark.formula is None else None
    is_empty = told is not None and told.value is None and not any(one.name == "или" for one in mark.filters)
    line = _line(mark.text, value=value, sort=(sort or Sort.TEXT).value, is_empty=is_empty)
    if sort in _ALONE and not any(one.name in CASES for one in mark.filters):
        case, words = suggested_case(before)
        line |= {"case": case, "because": words}
    return line


def _with_line(mark: Mark, scope: Scope) -> Scope:
    """The scope in which a mark stands: of a column, the first line of its list."""
    for name in _lists_of(mark, scope):
        scope = next(iter(scope.lines(name)), scope)
    return scope


def _lists_of(mark: Mark, scope: Scope) -> list[str]:
    """Lists whose columns a mark reads."""
    return sorted({list_of(name) for name in names_of(mark)} & set(scope.lists))


def _line(text: str, **told: Any) -> dict[str, Any]:
    empty = {"value": "", "sort": "", "is_empty": False, "error": "", "suggestion": "", "case": "", "because": ""}
    return {"text": text, **empty, **told}
