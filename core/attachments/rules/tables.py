"""Cells of tables and texts of files as people read them. No database, and nothing that takes long to load.

Numbers become «1500,5», moments «15.03.2027 18:00»: previews, imports and what people type in place look the same.
"""

import csv
from datetime import date, datetime, time, timedelta
from typing import Any

from core.texts import without_unseen

YES, NO = "да", "нет"
_DELIMITERS = (";", ",", "\t")
_SNIFFED_LINES = 20


def decoded(content: bytes) -> str:
    """A text in the encoding that it is most likely in."""
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        return content.decode("utf-16", "replace")
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        # What Excel of a Russian Windows writes.
        return content.decode("cp1251", "replace")


def delimiter_of(text: str) -> str:
    """The sign that parts the first lines into most columns, and into as many in each."""
    lines = text.split("\n", _SNIFFED_LINES)[:_SNIFFED_LINES]

    def fitness(delimiter: str) -> tuple[int, int]:
        widths = [len(cells) for cells in csv.reader(lines, delimiter=delimiter) if cells]
        common = max(set(widths), key=widths.count, default=0)
        return (widths.count(common) if common > 1 else 0, common)

    try:
        return max(_DELIMITERS, key=fitness)
    except csv.Error:
        return ";"


def cell_text(cell: Any, longest: int) -> str:
    """What a cell says, at most so many signs of it."""
    if isinstance(cell, str):
        return without_unseen(cell[:longest]).strip()
    if isinstance(cell, bool):
        return YES if cell else NO
    if isinstance(cell, float):
        return f"{cell:.15g}".replace(".", ",") if not cell.is_integer() else f"{cell:.0f}"
    if isinstance(cell, datetime):
        return cell.strftime("%d.%m.%Y %H:%M") if cell.time() != time() else cell.strftime("%d.%m.%Y")
    if isinstance(cell, date):
        return cell.strftime("%d.%m.%Y")
    if isinstance(cell, time):
        return cell.strftime("%H:%M")
    return str(cell) if isinstance(cell, int | timedelta) else ""
