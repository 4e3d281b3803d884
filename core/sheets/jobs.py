"""Writing a list to a file: page after page, each in a scope of its own, the bytes to the store when all is written."""

import tempfile
from pathlib import Path

from core.access.actor import Actor
from core.access.loading import actor_of_principal
from core.context import Company, company_scope
from core.entities.kinds import EntityKind
from core.errors import Refused
from core.failpoints import Failpoint
from core.storage import CompanyStore

from .actions import fail_export, finish_export
from .models import Export
from .permissions import EXPORT
from .queries import SheetLayout, kind_with_sheet, layout_of, page_of_list, rows_told, words_of
from .rules.writing import Writer, writer_of

MOST_ROWS, PAGE = 50_000, 1_000
STORED = Failpoint("sheets.stored")
_LONG_MS = 60_000
_TYPES = {
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "csv": "text/csv",
}


def write_export(company: Company, export_id: int) -> None:
    """Write the file of an export and hand it over; rights are those that its author has now.

    Killed anywhere, it is written anew under the same key.
    """
    with company_scope(company):
        export = Export.objects.select_related("author").filter(pk=export_id, state=Export.State.WAITING).first()
        if export is None:
            return
        actor = actor_of_principal(export.author, door="job")
        try:
            kind, columns = _allowed(export, actor)
        except Refused as refusal:
            fail_export(export_id, refusal.detail)
            return
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / f"list.{export.format}"
        title = kind.sheet.title if kind.sheet else kind.title
        writer = writer_of(export.format, path, title, columns.columns)
        try:
            count, is_cut = _write(company, export, (actor, kind, columns), writer)
        finally:
            writer.close()
        CompanyStore(company.schema).put(export.storage_key, path.read_bytes(), content_type=_TYPES[export.format])
    STORED.reach()
    with company_scope(company):
        finish_export(export_id, kind, count=count, is_cut=is_cut, recorded=_recorded(kind, columns), by=actor)


def content_type_of(form: str) -> str:
    return _TYPES[form]


def _allowed(export: Export, actor: Actor) -> tuple[EntityKind, SheetLayout]:
    actor.must(EXPORT)
    kind, _ = kind_with_sheet(actor, export.kind)
    return kind, layout_of(actor, kind).narrowed(export.columns)


def _recorded(kind: EntityKind, layout: SheetLayout) -> str:
    """What of a file is to stand in the log of reads; empty when nothing is."""
    told = [column.title for column in layout.columns if column.is_recorded]
    title = kind.sheet.title if kind.sheet else kind.title
    return f"{title}: {', '.join(told)}" if told else title if kind.sheet and kind.sheet.is_recorded else ""


def _write(
    company: Company, export: Export, sheet: tuple[Actor, EntityKind, SheetLayout], writer: Writer
) -> tuple[int, bool]:
    """All rows of the list: how many, and whether the list goes on behind them."""
    actor, kind, layout = sheet
    cursor, count = "", 0
    while count < MOST_ROWS:
        with company_scope(company, statement_timeout_ms=_LONG_MS):
            words = words_of(layout.columns)
            page = page_of_list(actor, kind, export.query, cursor=cursor, limit=PAGE)
            rows = rows_told(actor, kind, layout, [row.pk for row in page.rows], words)
            Export.objects.filter(pk=export.pk).update(rows_count=count + len(rows))
        for row in rows:
            writer.row(row)
        count += len(rows)
        if page.next is None:
            return count, False
        cursor = page.next
    return count, True
