"""A workbook filled in: cells, rows repeated for each line of a list, formulas that follow their rows.

A cell that is one mark and nothing more gets a number or a day as such, in the format that the cell has; what people
have typed never becomes a formula.
"""

import copy
import io
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from openpyxl import load_workbook
from openpyxl.cell import MergedCell
from openpyxl.formula import Tokenizer
from openpyxl.formula.tokenizer import Token

from .package import opened
from .places import Mark, marks_of, names_of, sole_mark
from .text import Printer, value_of, without_pictures
from .values import Scope, Sort, TemplateError, list_of

MOST_CELLS, MOST_ROWS = 200_000, 20_000
_REFERENCE = re.compile(r"(\$?[A-Z]{1,3})(\$?)(\d+)")
_LONGEST_CELL = 32_000


@dataclass(frozen=True)
class _Row:
    """A row to be written: where it comes from and the values that it is filled in with."""

    source: int
    scope: Scope


def fill_xlsx(content: bytes, scope: Scope) -> bytes:
    """The workbook with its marks filled in. TemplateError."""
    book = _book(content)
    printer = Printer()
    for sheet in book.worksheets:
        _fill_sheet(sheet, scope, printer)
    book.calculation.fullCalcOnLoad = True
    made = io.BytesIO()
    book.save(made)
    return made.getvalue()


def texts_of(content: bytes) -> list[str]:
    """The text of each row of each sheet, for whoever looks for marks."""
    return [_text(sheet, number) for sheet in _book(content).worksheets for number in range(1, sheet.max_row + 1)]


def _book(content: bytes) -> Any:
    opened(content, "xlsx")
    try:
        book = load_workbook(io.BytesIO(content), keep_links=False)
    except (KeyError, ValueError, TypeError, AttributeError, IndexError, OSError) as broken:
        raise TemplateError("Файл повреждён. Откройте его в редакторе и сохраните заново") from broken
    if sum(sheet.max_row * sheet.max_column for sheet in book.worksheets) > MOST_CELLS:
        raise TemplateError(f"В таблице больше {MOST_CELLS} ячеек. Удалите пустые строки и столбцы за её краем")
    return book


def _fill_sheet(sheet: Any, scope: Scope, printer: Printer) -> None:
    rows = list(_planned(sheet, 1, sheet.max_row + 1, scope, printer))
    if len(rows) > MOST_ROWS:
        raise TemplateError(f"Получается больше {MOST_ROWS} строк. Выберите меньше данных")
    places: dict[int, list[int]] = {}
    for number, row in enumerate(rows, start=1):
        places.setdefault(row.source, []).append(number)
    former = {number: _kept(sheet, number) for number in range(1, sheet.max_row + 1)}
    heights = {number: sheet.row_dimensions[number].height for number in former}
    merged = [(one.min_row, one.max_row, one.min_col, one.max_col) for one in sheet.merged_cells.ranges]
    for one in list(sheet.merged_cells.ranges):
        sheet.unmerge_cells(str(one))
    sheet.delete_rows(1, sheet.max_row)
    for number, row in enumerate(rows, start=1):
        printer.take(len(former[row.source]))
        nth = places[row.source].index(number) if len(places[row.source]) > 1 else 0
        for column, (value, style) in former[row.source].items():
            cell = sheet.cell(number, column)
            cell._style = copy.copy(style)
            _write(cell, value, row.scope, printer, lambda text, n=nth: _moved(text, places, n))
        sheet.row_dimensions[number].height = heights[row.source]
    _merge(sheet, merged, places)


def _kept(sheet: Any, number: int) -> dict[int, tuple[Any, Any]]:
    return {
        cell.column: (None if isinstance(cell, MergedCell) else cell.value, cell._style)
        for cell in sheet[number]
        if isinstance(cell, MergedCell) or cell.value is not None or cell.has_style
    }


def _merge(sheet: Any, merged: list[tuple[int, int, int, int]], places: dict[int, list[int]]) -> None:
    """Joined cells where their rows stand now; those of a row that is repeated, in each of its copies."""
    for top, bottom, left, right in merged:
        for number in places.get(top, []) if top == bottom else places.get(top, [])[:1]:
            last = number if top == bottom else max(places.get(bottom, [number])[-1], number)
            sheet.merge_cells(start_row=number, end_row=last, start_column=left, end_column=right)


def _planned(sheet: Any, start: int, end: int, scope: Scope, printer: Printer) -> Iterator[_Row]:
    """The rows of a stretch of a sheet as they come out."""
    number = start
    while number < end:
        text = _text(sheet, number)
        mark = sole_mark(text) if "{{" in text else None
        if mark is None:
            for inner in _repeated(text, scope):
                yield _Row(number, inner)
            number += 1
            continue
        if mark.sort in ("else", "end"):
            raise TemplateError(f"{{{{ {mark.text} }}}} ничего не закрывает", f"строка {number}")
        middle, last = _closing(sheet, number, end, mark)
        yield from _chosen(sheet, mark, (number, middle, last), scope, printer)
        number = last + 1


def _chosen(sheet: Any, mark: Mark, at: tuple[int, int, int], scope: Scope, printer: Printer) -> Iterator[_Row]:
    first, middle, last = at
    if mark.sort == "each":
        for line in scope.lines(mark.name):
            yield from _planned(sheet, first + 1, last, line, printer)
    elif printer.holds(mark, scope):
        yield from _planned(sheet, first + 1, middle or last, scope, printer)
    elif middle:
        yield from _planned(sheet, middle + 1, last, scope, printer)


def _closing(sheet: Any, start: int, end: int, opened_by: Mark) -> tuple[int, int]:
    """Rows of «иначе» (0 without) and of «конец» that belong to a mark."""
    depth, middle = 0, 0
    for number in range(start + 1, end):
        text = _text(sheet, number)
        mark = sole_mark(text) if "{{" in text else None
        if mark is None:
            continue
        if mark.sort in ("if", "each"):
            depth += 1
        elif mark.sort == "end" and depth == 0:
            return middle, number
        elif mark.sort == "end":
            depth -= 1
        elif depth == 0:
            middle = number
    raise TemplateError(
        f"{{{{ {opened_by.text} }}}} открыто и не закрыто: добавьте ниже {{{{ конец }}}}", f"строка {start}"
    )


def _repeated(text: str, scope: Scope) -> list[Scope]:
    """A scope for each time that a row comes: once, or for each line of the list whose columns it prints."""
    for mark in marks_of(text) if "{{" in text else ():
        for name in names_of(mark):
            found = list_of(name)
            if found in scope.lists and found != scope.line and name not in scope.values:
                return scope.lines(found)
    return [scope]


def _text(sheet: Any, number: int) -> str:
    return "\t".join(str(cell.value) for cell in sheet[number] if isinstance(cell.value, str) and cell.data_type != "f")


def _write(cell: Any, value: Any, scope: Scope, printer: Printer, moved: Any) -> None:
    if value is None:
        return
    if not isinstance(value, str):
        cell.value = value
        return
    if value.startswith("="):
        cell.value = moved(value)
        return
    if "{{" in value:
        marks = marks_of(value)
        alone = len(marks) == 1 and marks[0].sort == "place" and value.strip() == value[marks[0].start : marks[0].end]
        if alone and not marks[0].filters and (typed := _typed(marks[0], scope)) is not None:
            cell.value = typed
            return
        value = without_pictures(printer.filled(value, scope))[:_LONGEST_CELL]
    cell.value = value
    # Whatever it begins with: words that people have typed are no formula.
    cell.data_type = "s"


def _typed(mark: Mark, scope: Scope) -> Decimal | date | None:
    """A number or a day as such; None where words are to stand."""
    told = value_of(mark, scope)
    if told is None or told.sort not in (Sort.MONEY, Sort.NUMBER, Sort.DAY):
        return None
    return told.value if isinstance(told.value, Decimal | date) else None


def _moved(formula: str, places: dict[int, list[int]], nth: int) -> str:
    """A formula whose references go to where their rows stand now: a range over a repeated row takes in all of them."""
    words = Tokenizer(formula)
    for word in words.items:
        if word.type == Token.OPERAND and word.subtype == Token.RANGE and "!" not in word.value:
            word.value = _moved_range(word.value, places, nth)
    return words.render()


def _moved_range(text: str, places: dict[int, list[int]], nth: int) -> str:
    first, colon, last = text.partition(":")
    if not colon:
        return _REFERENCE.sub(lambda found: _to(found, places, nth), first)
    start = _REFERENCE.sub(lambda found: _to(found, places, 0), first)
    return f"{start}:{_REFERENCE.sub(lambda found: _to(found, places, -1), last)}"


def _to(found: re.Match[str], places: dict[int, list[int]], nth: int) -> str:
    rows = places.get(int(found[3]))
    if not rows:
        return found[0]
    return f"{found[1]}{found[2]}{rows[nth if nth < len(rows) else 0]}"
