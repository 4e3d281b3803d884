"""Verbs about the file of an import: make room for it, note what is in it, say which column is which."""

import hashlib
from collections.abc import Mapping, Sequence
from datetime import timedelta
from typing import Any

from django.db.models import QuerySet
from django.utils import timezone

from core.access.actor import Actor
from core.attachments.actions import Wish, discard
from core.attachments.rules.names import clean_name
from core.attachments.rules.types import declared_type
from core.context import current_company
from core.entities.kinds import EntityKind
from core.entities.sheets import Sheet
from core.errors import Invalid, NotFound
from core.outbox.queries import promise
from core.storage import UPLOAD_SECONDS, CompanyStore
from core.verb import verb

from ..errors import FileIsUnfit, ImportIsBusy, ImportIsElsewhere, TooManyImports
from ..models import Import
from ..permissions import IMPORT
from ..queries import AT_WORK, State, columns_to_read, kind_to_import, mapping_before
from ..rules.guessing import fitting, guess, mark_of
from ..rules.tables import Table, ending_of

LOOK = "job:imports.look"
MOST_BYTES = 20 * 1024 * 1024
KEPT = timedelta(days=7)
MOST_AT_ONCE = 3
_SAMPLES, _LONGEST_SAMPLE = 5, 200
_ADDRESS_LIFE = timedelta(seconds=UPLOAD_SECONDS + 60)
_UNFINISHED_LIFE = timedelta(days=1)
# Before cards are made, and while nobody works on it.
_OPEN = (State.MAPPING, State.CHECKED)


@verb
def begin_import(kind_code: str, wish: Wish, *, by: Actor) -> Import:
    """Make room for a file of cards of a kind. Invalid on `name` and `size`; Forbidden, NotFound, TooManyImports."""
    by.must(IMPORT)
    kind, _ = kind_to_import(by, kind_code)
    name = clean_name(wish.name)
    try:
        ending_of(name)
    except FileIsUnfit as unfit:
        raise Invalid({"name": str(unfit)}) from unfit
    if wish.size < 1:
        raise Invalid({"size": "Файл пустой"})
    if wish.size > MOST_BYTES:
        raise Invalid({"size": f"Файл больше {MOST_BYTES // 1024 // 1024} МБ. Разделите его на несколько"})
    own = Import.objects.filter(author=by.principal_id)
    own.filter(state=State.UPLOADING, created_at__lt=timezone.now() - _UNFINISHED_LIFE).delete()
    # One whose job has failed for good must not keep its author from others.
    lately = own.filter(created_at__gt=timezone.now() - _UNFINISHED_LIFE)
    if lately.filter(state__in=AT_WORK).count() >= MOST_AT_ONCE:
        raise TooManyImports()
    store = CompanyStore(current_company().schema)
    found = Import.objects.create(
        kind=kind.code,
        name=name,
        size=wish.size,
        content_type=declared_type(wish.content_type),
        storage_key=store.new_key(),
        author_id=by.principal_id,
    )
    # While the upload's address lives, the bytes could be put there once more.
    discard([store.quarantine_of(found.storage_key)], not_before=found.created_at + _ADDRESS_LIFE + timedelta(hours=1))
    discard([found.storage_key], not_before=found.created_at + KEPT)
    return found


@verb
def complete_import(found: Import, *, by: Actor) -> Import:
    """The browser says that the bytes have arrived: have them read. Asking again changes nothing."""
    found = locked(found.pk)
    if found.state == State.UPLOADING:
        found.state = State.READING
        found.save(update_fields=["state"])
        promise(LOOK, found.pk)
    return found


@verb
def note_tables(import_id: int, tables: Sequence[Table], *, by: Actor) -> None:
    """Keep what the sheets of a file look like and guess which column is which."""
    found = locked(import_id)
    if found.state != State.READING:
        return
    kind, _ = kind_to_import(by, found.kind)
    found.sheets = [_shown(table) for table in tables]
    found.state = State.MAPPING
    _take_sheet(found, kind, 0, by)
    found.save(update_fields=["sheets", "state", *_OF_SHEET])


@verb
def choose(
    found: Import,
    *,
    by: Actor,
    sheet: int | None = None,
    mapping: Mapping[str, str] | None = None,
    twins: str | None = None,
) -> Import:
    """Choose the sheet, which column is which (codes once each, empty for none), and how twins are known.

    What was checked is to be checked anew. Errors: ImportIsBusy, ImportIsElsewhere, Invalid by field.
    """
    found = open_for_changes(found.pk)
    kind, own = kind_to_import(by, found.kind)
    if sheet is not None and sheet != found.sheet:
        if not 0 <= sheet < len(found.sheets):
            raise Invalid({"sheet": "Такого листа в файле нет"})
        _take_sheet(found, kind, sheet, by)
    if mapping is not None:
        found.mapping = _read_mapping(mapping, found, kind, by)
        found.is_remembered = False
    if twins is not None:
        if twins and twins not in own.twins:
            raise Invalid({"twins": "По этому столбцу повторы не ищутся"})
        found.twins, found.twins_chosen = twins, True
    elif not found.twins_chosen:
        found.twins = usual_twins(own, found.mapping)
    found.state, found.problems = State.MAPPING, []
    forget_bad(found)
    found.seen_count = found.good_count = found.bad_count = found.twin_count = 0
    found.save(update_fields=[*_OF_SHEET, "state", "twins_chosen", "problems", *OF_BAD, *_COUNTS])
    return found


@verb
def fail(import_id: int, reason: str) -> None:
    """Say why nothing comes of an import; cards that it has made stay."""
    at_work = Import.objects.filter(pk=import_id, state__in=AT_WORK).exclude(state=State.UNDOING)
    at_work.update(state=State.FAILED, reason=reason[:300], finished_at=timezone.now())


def locked(import_id: int, rows: QuerySet[Import] | None = None) -> Import:
    """The import as it stands now, locked until the transaction ends. NotFound."""
    rows = Import.objects.defer("cards") if rows is None else rows
    found = rows.select_for_update().filter(pk=import_id).first()
    if found is None:
        raise NotFound()
    return found


def open_for_changes(import_id: int) -> Import:
    """The import, locked, while its columns and cells may be changed. ImportIsBusy, ImportIsElsewhere."""
    found = locked(import_id)
    if found.state in AT_WORK:
        raise ImportIsBusy()
    if found.state not in _OPEN:
        raise ImportIsElsewhere()
    return found


def forget_bad(found: Import, numbers: list[int] | None = None) -> None:
    """These are the bad rows now; a file of former ones would bring rows a second time that have been corrected."""
    found.bad_rows, found.bad_file, found.bad_key = numbers, Import.BadFile.NONE, ""


OF_BAD = ("bad_rows", "bad_file", "bad_key")
_OF_SHEET = ("sheet", "headers", "mapping", "is_remembered", "rows_count", "edits", "twins")
_COUNTS = ("seen_count", "good_count", "bad_count", "twin_count")


def _take_sheet(found: Import, kind: EntityKind, number: int, by: Actor) -> None:
    told = found.sheets[number]
    columns = columns_to_read(by, kind)
    found.sheet, found.rows_count, found.edits = number, told["rows"], {}
    found.headers = hashlib.sha256(mark_of(told["headers"]).encode()).hexdigest()
    before = mapping_before(kind.code, found.headers)
    found.is_remembered = before is not None
    known = fitting(before, told["headers"], columns) if before is not None else None
    found.mapping = known if known is not None else guess(told["headers"], told["samples"], columns)
    if kind.sheet is not None and not found.twins_chosen:
        found.twins = usual_twins(kind.sheet, found.mapping)


def usual_twins(sheet: Sheet, mapping: Mapping[str, str]) -> str:
    """By which column cards that stand are left out until somebody says: our own file brought back doubles nothing."""
    return next((code for code in sheet.sure_twins if code in mapping.values()), "")


def _shown(table: Table) -> dict[str, Any]:
    samples = [[cell[:_LONGEST_SAMPLE] for cell in cells] for _, cells in table.rows[:_SAMPLES]]
    headers = [header[:_LONGEST_SAMPLE] for header in table.headers]
    return {"name": table.name, "headers": headers, "samples": samples, "rows": len(table.rows)}


def _read_mapping(mapping: Mapping[str, str], found: Import, kind: EntityKind, by: Actor) -> dict[str, str]:
    known = {column.code: column.title for column in columns_to_read(by, kind)}
    width = len(found.sheets[found.sheet]["headers"])
    chosen = {place: code for place, code in mapping.items() if code}
    if any(not place.isascii() or not place.isdigit() or int(place) >= width for place in chosen):
        raise Invalid({"mapping": "Такого столбца в файле нет"})
    if strange := [code for code in chosen.values() if code not in known]:
        raise Invalid({"mapping": f"Нет таких полей: {', '.join(strange)}"})
    twice = {known[code] for code in chosen.values() if list(chosen.values()).count(code) > 1}
    if twice:
        raise Invalid({"mapping": f"Выбрано дважды: {', '.join(sorted(twice))}"})
    return {str(int(place)): code for place, code in sorted(chosen.items(), key=lambda pair: int(pair[0]))}
