"""Workbooks of an archive: the lists of a company as its owner reads them, beside the lines for programs."""

import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

from core.access.actor import Actor
from core.context import enabled_modules
from core.entities.kinds import EntityKind
from core.registry import registry
from core.sheets.queries import SheetLayout, layout_of, page_of_list, rows_told, words_of
from core.sheets.rules.cells import Told
from core.sheets.rules.writing import writer_of

PAGE = 1_000
# Excel holds a million; a book that opens at once on an office computer holds this.
MOST_ROWS = 200_000
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
