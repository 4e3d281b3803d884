"""Verbs about exports: ask for a file of a list, hand it over when it is written."""

from collections.abc import Mapping, Sequence
from datetime import timedelta

from django.utils import timezone

from core.access.actor import Actor
from core.attachments.actions import discard
from core.context import current_company
from core.entities.kinds import EntityKind
from core.errors import Invalid
from core.events.bus import emit
from core.notifications.actions import notify
from core.numbering.actions import company_day
from core.outbox.queries import promise
from core.reads.actions import write_reads
from core.reads.kinds import LIST_TAKEN
from core.reads.noting import Noted
from core.storage import CompanyStore
from core.verb import verb

from .errors import TooManyExports
from .events import ListExported
from .models import Export
from .notifications import READY
from .permissions import EXPORT
from .queries import exports_of, kind_with_sheet, layout_of, page_of_list

WRITE = "job:sheets.write"
KEPT = timedelta(hours=24)
MOST_AT_ONCE = 3
# A row whose job has failed for good must not keep its author from others; rows whose file is long gone say nothing.
_LONGEST_WAIT, _REMEMBERED = timedelta(hours=1), timedelta(days=30)
# A smaller file is there before its author looks away.
_WORTH_TELLING = 1_000
State = Export.State


@verb
def begin_export(kind_code: str, *, form: str, columns: Sequence[str], query: Mapping[str, str], by: Actor) -> Export:
    """Have a list written to a file as the actor sees it. Invalid on `columns` and on what the list does not know.

    Errors: Forbidden, NotFound for a kind without a sheet, TooManyExports.
    """
    by.must(EXPORT)
    kind, sheet = kind_with_sheet(by, kind_code)
    known = {column.code for column in layout_of(by, kind).columns}
    if strange := [code for code in columns if code not in known]:
        raise Invalid({"columns": f"Нет таких столбцов: {', '.join(strange)}"})
    page_of_list(by, kind, query, limit=1)
    now = timezone.now()
    exports_of(by).filter(created_at__lt=now - _REMEMBERED).delete()
    if exports_of(by).filter(state=State.WAITING, created_at__gt=now - _LONGEST_WAIT).count() >= MOST_AT_ONCE:
        raise TooManyExports()
    export = Export.objects.create(
        kind=kind.code,
        format=form,
        columns=list(dict.fromkeys(columns)),
        query=dict(query),
        name=f"{sheet.title} {company_day():%d.%m.%Y}.{form}",
        storage_key=CompanyStore(current_company().schema).new_key(),
        author_id=by.principal_id,
    )
    promise(WRITE, export.pk)
    discard([export.storage_key], not_before=export.created_at + KEPT)
    return export


@verb
def finish_export(export_id: int, kind: EntityKind, *, count: int, is_cut: bool, recorded: str = "", by: Actor) -> None:
    """The file stands in the store: let its author open it. Said once, however often the file was written.

    `recorded` is what the log of reads tells of it.
    """
    export = Export.objects.select_for_update().filter(pk=export_id, state=State.WAITING).first()
    if export is None:
        return
    export.state, export.rows_count, export.is_cut, export.finished_at = State.READY, count, is_cut, timezone.now()
    export.save(update_fields=["state", "rows_count", "is_cut", "finished_at"])
    told = ListExported(None, export.pk, kind.code, export.format, count, dict(export.query))
    fact = emit(told, by=by)
    if recorded:
        write_reads([Noted(LIST_TAKEN, detail=recorded, count=count)], by=by)
    if count >= _WORTH_TELLING:
        notify(
            [by.principal_id],
            kind=READY,
            subject=f"Выгрузка готова: {export.name}",
            paragraphs=[f"Строк: {count}. Файл хранится сутки."],
            link_path="/settings/imports",
            fact_id=fact,
            reason="вы выгружали список",
        )


@verb
def fail_export(export_id: int, reason: str) -> None:
    """Say to the author why there will be no file."""
    waiting = Export.objects.filter(pk=export_id, state=State.WAITING)
    waiting.update(state=State.FAILED, reason=reason[:300], finished_at=timezone.now())
