"""Files of rows, written row by row: what is written is kept on the disk and not in memory. No database."""

import csv
from collections.abc import Sequence
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Protocol

import xlsxwriter

from core.entities.sheets import Cell, Column

from .cells import Told, as_text, harmless

# A cell of a workbook holds no more.
_LONGEST_CELL = 32_767
# Excel keeps fifteen digits of a number.
_DIGITS = 15
_WIDTHS = {Cell.TEXT: 60, Cell.LINE: 32, Cell.PERSON: 28, Cell.WORDS: 24}
_WIDTH = 16
_LONGEST_SHEET_NAME = 31


class Writer(Protocol):
    """A file being written."""

    def row(self, cells: Sequence[Told]) -> None: ...

    def close(self) -> None: ...


def writer_of(form: str, path: Path, title: str, columns: Sequence[Column]) -> Writer:
    """A file of a format (`xlsx`, `csv`) with its headers written; to be closed."""
    return _Workbook(path, title, columns) if form == "xlsx" else _Commas(path, columns)


class _Workbook:
    """XLSX, row after row through a temporary file beside it. A text is never a formula, a link or a number."""

    def __init__(self, path: Path, title: str, columns: Sequence[Column]) -> None:
        self._book = xlsxwriter.Workbook(
            str(path),
            {
                "constant_memory": True,
                "tmpdir": str(path.parent),
                "strings_to_formulas": False,
                "strings_to_urls": False,
                "strings_to_numbers": False,
            },
        )
        self._sheet = self._book.add_worksheet(title[:_LONGEST_SHEET_NAME])
        self._day = self._book.add_format({"num_format": "dd.mm.yyyy"})
        self._moment = self._book.add_format({"num_format": "dd.mm.yyyy hh:mm"})
        header = self._book.add_format({"bold": True, "bottom": 1})
        for place, column in enumerate(columns):
            self._sheet.set_column(place, place, _WIDTHS.get(column.cell, _WIDTH))
        self._sheet.freeze_panes(1, 0)
        for place, column in enumerate(columns):
            self._sheet.write_string(0, place, column.title, header)
        self._next = 1

    def row(self, cells: Sequence[Told]) -> None:
        for place, cell in enumerate(cells):
            self._write(place, cell)
        self._next += 1

    def close(self) -> None:
        self._book.close()

    def _write(self, place: int, cell: Told) -> None:
        if cell is None:
            return
        if isinstance(cell, datetime):
            self._sheet.write_datetime(self._next, place, cell, self._moment)
        elif isinstance(cell, date):
            self._sheet.write_datetime(self._next, place, cell, self._day)
        elif isinstance(cell, Decimal) and len(cell.as_tuple().digits) <= _DIGITS:
            self._sheet.write_number(self._next, place, float(cell))
        else:
            # A longer number would lose digits in a cell.
            self._sheet.write_string(self._next, place, as_text(cell)[:_LONGEST_CELL])


class _Commas:
    """CSV as Excel opens it by a double click: UTF-8 with a mark, semicolons."""

    def __init__(self, path: Path, columns: Sequence[Column]) -> None:
        self._file = path.open("w", encoding="utf-8-sig", newline="")
        self._rows = csv.writer(self._file, delimiter=";", lineterminator="\r\n")
        self._rows.writerow([harmless(column.title) for column in columns])

    def row(self, cells: Sequence[Told]) -> None:
        self._rows.writerow([harmless(cell) if isinstance(cell, str) else as_text(cell) for cell in cells])

    def close(self) -> None:
        self._file.close()
