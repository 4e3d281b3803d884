"""One page of a table, read in a process of its own: `python -m core.attachments.rules.book <form> <offset> <name>`.

The table comes by stdin, the answer goes to stdout as JSON. What reads tables makes room for every cell between the
first and the last one, and nothing stops it half-way: a hostile file ends this process and no other.
"""

import csv
import io
import json
import sys
import zipfile
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import islice
from typing import Any

from python_calamine import CalamineError, CalamineWorkbook, PasswordError, SheetTypeEnum, SheetVisibleEnum

from core.apart import confine

from .tables import cell_text, decoded, delimiter_of

PAGE, MOST_ROWS, MOST_COLUMNS, MOST_SHEETS = 200, 10_000, 100, 50
LONGEST_CELL, MOST_SIGNS = 500, 500_000
COMMAS = "csv"
LOCKED, BROKEN, LARGE, NO_SUCH_SHEET = "locked", "broken", "large", "no-such-sheet"
_MEMORY, _SECONDS = 768 * 1024 * 1024, 8
_MOST_UNPACKED = 200 * 1024 * 1024
_CELL_BYTES = 1_048_576
# An office document behind a password is an old container with this stream in it.
_OLE, _ENCRYPTED = b"\xd0\xcf\x11\xe0", "EncryptedPackage".encode("utf-16-le")


class Unread(ValueError):
    """Why nothing of a table is shown: one of the words above."""


@dataclass(frozen=True)
class _Sheet:
    """Rows of one sheet from the first; `width` and `height` count up to the last cell that says something."""

    names: list[str]
    name: str
    rows: Iterable[list[Any]]
    width: int
    height: int


def main(form: str, offset: str, name: str) -> None:
    """Read the table from stdin and tell its page, or why there is none."""
    confine(memory=_MEMORY, seconds=_SECONDS)
    try:
        told = page_of(form, sys.stdin.buffer.read(), int(offset), name)
    except Unread as refusal:
        told = {"refusal": str(refusal)}
    except MemoryError:
        told = {"refusal": LARGE}
    sys.stdout.write(json.dumps(told))


def page_of(form: str, content: bytes, offset: int, name: str = "") -> dict[str, Any]:
    """Rows of a sheet from `offset` on with the names of all sheets; the first sheet without a name. Unread."""
    sheet = _commas(content) if form == COMMAS else _book(content, name)
    height = min(sheet.height, MOST_ROWS)
    rows = _taken(islice(sheet.rows, offset, min(offset + PAGE, height)))
    end = offset + len(rows)
    return {
        "sheets": sheet.names,
        "name": sheet.name,
        "width": min(sheet.width, MOST_COLUMNS),
        "height": height,
        "rows": rows,
        "next": end if rows and end < height else None,
        "is_cut": sheet.height > MOST_ROWS or sheet.width > MOST_COLUMNS,
    }


def _taken(rows: Iterable[list[Any]]) -> list[list[str]]:
    """Texts of rows, as many as one answer bears; empty cells at the end of a row are left out."""
    taken: list[list[str]] = []
    signs = 0
    for cells in rows:
        told = [cell_text(cell, LONGEST_CELL) for cell in cells[:MOST_COLUMNS]]
        while told and not told[-1]:
            told.pop()
        signs += sum(map(len, told))
        if taken and signs > MOST_SIGNS:
            break
        taken.append(told)
    return taken


def _commas(content: bytes) -> _Sheet:
    text = decoded(content)
    csv.field_size_limit(_CELL_BYTES)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter_of(text))
    try:
        rows: list[list[Any]] = list(islice(reader, MOST_ROWS + 1))
    except csv.Error as broken:
        raise Unread(BROKEN) from broken
    return _Sheet([], "", rows, max(map(len, rows), default=0), len(rows))


def _book(content: bytes, name: str) -> _Sheet:
    if content.startswith(_OLE) and _ENCRYPTED in content:
        raise Unread(LOCKED)
    try:
        _must_be_small(content)
        book = CalamineWorkbook.from_filelike(io.BytesIO(content))
        names = [one.name for one in book.sheets_metadata if _is_shown(one)][:MOST_SHEETS]
        if name and name not in names:
            raise Unread(NO_SUCH_SHEET)
        if not names:
            return _Sheet([], "", [], 0, 0)
        sheet = book.get_sheet_by_name(name or names[0])
    except PasswordError as shut:
        raise Unread(LOCKED) from shut
    except (CalamineError, zipfile.BadZipFile, OverflowError) as broken:
        raise Unread(BROKEN) from broken
    if sheet.start is None or sheet.end is None:
        return _Sheet(names, name or names[0], [], 0, 0)
    rows = _from_the_first_column(sheet.iter_rows(), sheet.start[1])
    return _Sheet(names, name or names[0], rows, sheet.end[1] + 1, sheet.end[0] + 1)


def _is_shown(sheet: Any) -> bool:
    return sheet.typ == SheetTypeEnum.WorkSheet and sheet.visible == SheetVisibleEnum.Visible


def _from_the_first_column(rows: Iterable[list[Any]], lead: int) -> Iterator[list[Any]]:
    # The reader begins with the first column that is not empty.
    before: list[Any] = [""] * min(lead, MOST_COLUMNS)
    for cells in rows:
        yield before + cells


def _must_be_small(content: bytes) -> None:
    if not content.startswith(b"PK"):
        return
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        if sum(entry.file_size for entry in archive.infolist()) > _MOST_UNPACKED:
            raise Unread(LARGE)


if __name__ == "__main__":
    main(*sys.argv[1:4])
