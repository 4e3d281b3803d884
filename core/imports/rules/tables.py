"""Rows of XLSX and CSV files as texts, in a process of its own: `python -m core.imports.rules.tables <name> <place>`.

The file comes by stdin. What reads workbooks makes room for every cell and nothing stops it half-way (`core/apart.py`).

Numbers become «1500,5», moments «15.03.2027 18:00»: one reader then understands files and what people type in place.
"""

import csv
import io
import json
import sys
import zipfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from python_calamine import CalamineError, CalamineWorkbook, PasswordError, SheetTypeEnum, SheetVisibleEnum

from core.apart import confine
from core.attachments.rules.tables import cell_text, decoded, delimiter_of
from core.sheets.rules.cells import unguarded

from ..errors import FileIsUnfit
from .weighing import must_have_room

MOST_ROWS, MOST_COLUMNS, MOST_SHEETS = 50_000, 100, 50
LONGEST_CELL = 50_000
_HEADER_WITHIN = 20
# What the product itself writes behind rows that it could not read: brought again, they are as they were without it.
WHY = "Что исправить (Пульт)"
_MEMORY, _SECONDS = 1024 * 1024 * 1024, 90
_CELL_BYTES = 1_048_576
NOT_READ = "Файл не удалось прочитать. Откройте его в табличном редакторе и сохраните как XLSX или CSV"
HEAVY = "Таблица требует слишком много памяти. Разделите её на несколько файлов"
_ENDINGS = ("xlsx", "csv", "txt", "tsv")


@dataclass(frozen=True)
class Table:
    """One sheet: headers, and rows with their numbers as a table program shows them."""

    name: str
    headers: list[str]
    rows: list[tuple[int, list[str]]]


def main(name: str, place: str) -> None:
    """Tell the tables of a file (or the one at a place), or why there is none: heads and rows, a line of JSON each."""
    confine(memory=_MEMORY, seconds=_SECONDS)
    try:
        tables = tables_of(name, sys.stdin.buffer.read())
    except FileIsUnfit as unfit:
        return _say({"refusal": str(unfit)})
    except MemoryError:
        return _say({"refusal": HEAVY})
    for table in [tables[int(place)]] if place else tables:
        _say({"name": table.name, "headers": table.headers, "rows": len(table.rows)})
        for row in table.rows:
            _say(row)
    sys.stdout.flush()


def _say(line: Any) -> None:
    sys.stdout.write(json.dumps(line, ensure_ascii=False, separators=(",", ":")) + "\n")


def ending_of(name: str) -> str:
    """How a file is to be read by its name; FileIsUnfit when it is none of the known sorts."""
    ending = name.rpartition(".")[2].lower()
    if ending not in _ENDINGS:
        raise FileIsUnfit("Ожидается файл XLSX или CSV. Сохраните таблицу в одном из этих видов")
    return ending


def tables_of(name: str, content: bytes) -> list[Table]:
    """All sheets of a file that have a row; FileIsUnfit."""
    found = _sheets(content) if ending_of(name) == "xlsx" else [("", _commas(content))]
    tables = [table for title, rows in found if (table := _table(title, rows)) is not None]
    if not tables:
        raise FileIsUnfit("В файле нет строк. В первой строке ожидаются заголовки столбцов, ниже — данные")
    return tables


def _table(title: str, rows: Iterator[tuple[int, list[str]]]) -> Table | None:
    filled = [(number, cells) for number, cells in rows if any(cells)]
    if not filled:
        return None
    # Reports begin with a few lines of their own: the header is the first row that is filled like the others.
    widths = [sum(1 for cell in cells if cell) for _, cells in filled[:_HEADER_WITHIN]]
    start = next(place for place, width in enumerate(widths) if width * 2 > max(widths))
    data = filled[start + 1 :]
    if len(data) > MOST_ROWS:
        raise FileIsUnfit(f"В файле больше {MOST_ROWS} строк. Разделите его на несколько")
    headers = filled[start][1]
    while headers and not headers[-1] and all(len(cells) < len(headers) or not cells[-1] for _, cells in data):
        headers = headers[:-1]
    if headers[-1:] == [WHY]:
        headers = headers[:-1]
    if len(headers) > MOST_COLUMNS:
        raise FileIsUnfit(f"В файле больше {MOST_COLUMNS} столбцов. Уберите лишние")
    width = len(headers)
    return Table(title, headers, [(number, (cells + [""] * width)[:width]) for number, cells in data])


@contextmanager
def _read_or_refused() -> Iterator[None]:
    """What the reader of workbooks stumbles over is a sentence for the person."""
    try:
        yield
    except FileIsUnfit:
        raise
    except PasswordError as shut:
        raise FileIsUnfit("Файл закрыт паролем. Снимите пароль и загрузите его снова") from shut
    except (CalamineError, zipfile.BadZipFile, ValueError, OverflowError) as broken:
        raise FileIsUnfit(NOT_READ) from broken
    except BaseException as panic:
        # A panic of the library below is no Exception: let through, it would end the worker again and again.
        if type(panic).__name__ != "PanicException":
            raise
        raise FileIsUnfit(NOT_READ) from panic


def _sheets(content: bytes) -> Iterator[tuple[str, Iterator[tuple[int, list[str]]]]]:
    with _read_or_refused():
        must_have_room(content)
        book = CalamineWorkbook.from_filelike(io.BytesIO(content))
        shown = [
            one.name
            for one in book.sheets_metadata
            if one.typ == SheetTypeEnum.WorkSheet and one.visible == SheetVisibleEnum.Visible
        ]
    for name in shown[:MOST_SHEETS]:
        with _read_or_refused():
            # Twenty rows above the header, and one more than may be: it is told then that there are too many.
            rows = book.get_sheet_by_name(name).to_python(skip_empty_area=False, nrows=MOST_ROWS + _HEADER_WITHIN + 2)
        yield name, ((number, _texts(cells)) for number, cells in enumerate(rows, 1))


def _commas(content: bytes) -> Iterator[tuple[int, list[str]]]:
    text = decoded(content)
    csv.field_size_limit(_CELL_BYTES)
    try:
        rows = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter_of(text))
        for number, cells in enumerate(rows, 1):
            if number > MOST_ROWS + _HEADER_WITHIN + 1:
                raise FileIsUnfit(f"В файле больше {MOST_ROWS} строк. Разделите его на несколько")
            yield number, [unguarded(text) for text in _texts(cells)]
    except csv.Error as broken:
        raise FileIsUnfit(NOT_READ) from broken


def _texts(cells: Sequence[Any]) -> list[str]:
    return [cell_text(cell, LONGEST_CELL) for cell in cells]


if __name__ == "__main__":
    main(*sys.argv[1:3])
