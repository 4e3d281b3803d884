"""Workbooks of an archive: the lists of a company as its owner reads them, beside the lines for programs."""

import tempfile
from collections.abc import Callable, Iterator, Sequence
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from core.access.actor import Actor
from core.context import enabled_modules
from core.entities.kinds import EntityKind
from core.entities.sheets import Cell, Column
from core.registry import registry
from core.sheets.queries import SheetLayout, layout_of, page_of_list, rows_told, words_of
from core.sheets.rules.cells import Told
from core.sheets.rules.writing import writer_of

PAGE = 1_000
# Excel holds a million; a book that opens at once on an office computer holds this.
MOST_ROWS = 200_000
APPEALS = "Обращения в поддержку"
_APPEALS = (
    Column("number", "Номер", Cell.LINE),
    Column("topic", "Тема", Cell.LINE),
    Column("state", "Состояние", Cell.LINE),
    Column("at", "Когда", Cell.MOMENT),
    Column("author", "Кто", Cell.LINE),
    Column("text", "Что написано", Cell.TEXT),
    Column("files", "Файлы", Cell.LINE),
)
_FORBIDDEN = str.maketrans(dict.fromkeys('/\\:*?"<>|', " "))


def kinds_with_books(actor: Actor) -> list[EntityKind]:
    """Kinds of cards that the actor may see and that have a sheet."""
    return [kind for kind in registry.live_kinds(enabled_modules()) if kind.sheet and actor.may(kind.view)]


def write_book(actor: Actor, kind: EntityKind, put: Callable[[str, Path], None]) -> None:
    """Write the list of a kind to one book or several and give each to `put(name, path)`; in the open scope."""
    layout = layout_of(actor, kind).narrowed(())
    rows, number, last = _rows(actor, kind, layout), 1, False
    title = kind.sheet.title if kind.sheet else kind.title
    while not last:
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder) / "book.xlsx"
            last = _fill(path, title, layout, rows)
            put(_name(title, number), path)
        number += 1


def write_appeals(
    told: Sequence[tuple[int, str, str, datetime, str, str, str]], zone: str, put: Callable[[str, Path], None]
) -> None:
    """Write what the company has asked of the service, and the answers: they stand in no table of its own."""
    if not told:
        return
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "book.xlsx"
        writer = writer_of("xlsx", path, APPEALS, _APPEALS)
        try:
            for number, topic, state, at, *rest in told[:MOST_ROWS]:
                local = at.astimezone(ZoneInfo(zone)).replace(tzinfo=None)
                writer.row([str(number), topic, state, local, *rest])
        finally:
            writer.close()
        put(_name(APPEALS, 1), path)


def _fill(path: Path, title: str, layout: SheetLayout, rows: Iterator[list[Told]]) -> bool:
    """One book; whether there is nothing left for a next one."""
    writer = writer_of("xlsx", path, title, layout.columns)
    try:
        for _ in range(MOST_ROWS):
            row = next(rows, None)
            if row is None:
                return True
            writer.row(row)
        return False
    finally:
        writer.close()


def _rows(actor: Actor, kind: EntityKind, layout: SheetLayout) -> Iterator[list[Told]]:
    words, cursor = words_of(layout.columns), ""
    while True:
        page = page_of_list(actor, kind, {}, cursor=cursor, limit=PAGE)
        yield from rows_told(actor, kind, layout, [row.pk for row in page.rows], words)
        if page.next is None:
            return
        cursor = page.next


def _name(title: str, number: int) -> str:
    plain = " ".join(title.translate(_FORBIDDEN).split())[:60]
    return f"{plain}.xlsx" if number == 1 else f"{plain} {number}.xlsx"
