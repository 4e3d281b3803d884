"""Work on files of imports: the bytes are read outside of any scope, cards are made in one transaction."""

import io
import tempfile
from functools import partial
from pathlib import Path
from typing import Any

from django.utils import timezone

from core.access.actor import Actor
from core.access.loading import actor_of_principal
from core.attachments.rules.contents import INFECTED, is_infected, refusal_of_zip
from core.attachments.rules.types import HEAD, judge
from core.context import Company, company_scope, owner_scope
from core.entities.models import Entity
from core.entities.sheets import Cell, Column
from core.errors import Refused
from core.events.bus import Told
from core.events.models import Fact
from core.failpoints import Failpoint
from core.realtime.announcing import announce
from core.registry import registry
from core.sheets.jobs import content_type_of
from core.sheets.rules.writing import writer_of
from core.storage import CompanyStore, ObjectChanged, ObjectMissing

from .actions.checks import note_check
from .actions.files import fail, note_tables
from .actions.leftovers import note_bad_file
from .actions.runs import make_cards
from .errors import FileIsUnfit
from .events import ImportUndone
from .models import Import
from .opening import open_table, open_tables
from .permissions import IMPORT
from .queries import State, in_work, kind_to_import, owned_by, reader_of, standing
from .rows import Walk, bad_rows_of, in_chunks, texts_of
from .rules.reading import Reader
from .rules.tables import WHY, Table, ending_of

WRITTEN = Failpoint("imports.written")
TAKEN = Failpoint("imports.taken")
_LONG_MS = 300_000
_NOT_ARRIVED = "Файл не дошёл до хранилища. Загрузите его снова"
_GONE = "Файл хранится неделю и уже удалён. Загрузите его снова"


def look(company: Company, import_id: int) -> None:
    """Take a file out of quarantine, keep the very bytes that were looked at, and read what is in it."""
    found, actor = _at(company, import_id, State.READING)
    if found is None or actor is None:
        return
    store = CompanyStore(company.schema)
    try:
        content = _arrived(store, found)
        tables = open_tables(found.name, content)
        store.put(found.storage_key, content, content_type=found.content_type)
    except FileIsUnfit as unfit:
        with company_scope(company):
            fail(import_id, str(unfit))
        return
    with company_scope(company):
        note_tables(import_id, tables, by=actor)


def check(company: Company, import_id: int) -> None:
    """Read all rows and make nothing."""
    found, actor = _at(company, import_id, State.CHECKING)
    table = _table(company, found) if found else None
    if found is None or actor is None or table is None:
        return
    with company_scope(company):
        kind, sheet = kind_to_import(actor, found.kind)
        reader = reader_of(actor, kind, sheet)
    twins = next((column for column in reader.columns if column.code == found.twins), None)
    walk = Walk(reader, twins, repeats=found.twins_chosen)
    for chunk in in_chunks(texts_of(table, found.mapping, found.edits)):
        with company_scope(company, statement_timeout_ms=_LONG_MS):
            walk.go(chunk, partial(standing, actor, kind))
            Import.objects.filter(pk=import_id).update(seen_count=walk.found.seen)
    with company_scope(company):
        note_check(import_id, walk.found)


def run(company: Company, import_id: int) -> None:
    """Make the cards, all or none."""
    found, actor = _at(company, import_id, State.RUNNING)
    table = _table(company, found) if found else None
    if found is None or actor is None or table is None:
        return
    try:
        with company_scope(company, statement_timeout_ms=_LONG_MS):
            make_cards(import_id, table, by=actor)
            WRITTEN.reach()
    except Refused as refusal:
        with company_scope(company):
            fail(import_id, refusal.detail)


def write_bad(company: Company, import_id: int) -> None:
    """Write the rows of a file that cannot be read to a file of their own. Killed anywhere, it is written anew."""
    with company_scope(company):
        rows = Import.objects.defer("cards").select_related("author")
        found = rows.filter(pk=import_id, bad_file=Import.BadFile.WRITING).first()
        if found is None:
            return
        actor = actor_of_principal(found.author, door="import")
        try:
            actor.must(IMPORT)
            reader = reader_of(actor, *kind_to_import(actor, found.kind))
        except Refused:
            note_bad_file(import_id, found.bad_key, is_ready=False)
            return
    is_ready = _written(CompanyStore(company.schema), found, reader)
    with company_scope(company):
        note_bad_file(import_id, found.bad_key, is_ready=is_ready)


def bad_file_of(found: Import) -> tuple[str, str]:
    """(form, name) of the file of bad rows: as the file itself is."""
    form = "xlsx" if ending_of(found.name) == "xlsx" else "csv"
    return form, f"{found.name.rpartition('.')[0]} — строки с ошибками.{form}"


def _written(store: CompanyStore, found: Import, reader: Reader) -> bool:
    """Whether the bad rows stand in the store now; not when the file they come from is gone or unfit."""
    try:
        table = open_table(found.name, store.whole(found.storage_key), found.sheet)
    except (ObjectMissing, FileIsUnfit):
        return False
    headers = [Column(str(place), title, Cell.LINE) for place, title in enumerate(table.headers)]
    known = None if found.bad_rows is None else frozenset(found.bad_rows)
    form, _ = bad_file_of(found)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / f"rows.{form}"
        writer = writer_of(form, path, table.name or "Строки", [*headers, Column("why", WHY, Cell.TEXT)])
        for cells in bad_rows_of(table, found.mapping, found.edits, reader, known):
            writer.row(cells)
        writer.close()
        store.put(found.bad_key, path.read_bytes(), content_type=content_type_of(form))
    return True


def undo(company: Company, import_id: int) -> None:
    """Take away the cards of an import with all that came with them, and have the lists on people's screens read
    again. Killed in between it tells them when it is run anew."""
    _take_away(company, import_id)
    with company_scope(company):
        found = Import.objects.only("pk").filter(pk=import_id, state=State.UNDONE).first()
        facts = Fact.objects.filter(kind=ImportUndone.kind, payload__import_id=import_id).order_by("-pk")
        said = [Told.of(fact, None) for fact in facts[:1]] if found else []
    # The fact was said when the undo was asked for: lists that were read then have the cards still.
    announce(company, said)


def _take_away(company: Company, import_id: int) -> None:
    """In one transaction of the tables' owner: the history lets nobody else. What somebody has begun to work on
    meanwhile stays."""
    with owner_scope(company.schema, side="company"):
        rows = Import.objects.using("owner").select_for_update()
        found = rows.filter(pk=import_id, state=State.UNDOING).first()
        kind = registry.kind(found.kind) if found else None
        if found is None or kind is None:
            return
        living = Entity.objects.using("owner").select_for_update().filter(pk__in=found.cards)
        ids = list(living.order_by("pk").values_list("pk", flat=True))
        worked = in_work(kind, ids, using="owner")
        doomed = [pk for pk in ids if pk not in worked]
        owned = list(owned_by(kind, doomed, using="owner"))
        kind.model._default_manager.using("owner").filter(pk__in=doomed).delete()
        if owned and kind.sheet:
            target: Any = kind.model._meta.get_field(kind.sheet.owned).related_model
            target._base_manager.using("owner").filter(pk__in=owned).delete()
        for code, memory in found.brought.items():
            trait = registry.traits.get(code)
            if trait and trait.sheet and trait.sheet.forget:
                trait.sheet.forget(memory)
        found.state, found.kept_count, found.undone_at = State.UNDONE, len(worked), timezone.now()
        found.cards = sorted(worked)
        found.save(using="owner", update_fields=["state", "kept_count", "undone_at", "cards"])
        TAKEN.reach()


def _at(company: Company, import_id: int, state: str) -> tuple[Import | None, Actor | None]:
    """The import while it stands at a step, and its author with the rights that he has now; failed without them."""
    with company_scope(company):
        rows = Import.objects.defer("cards").select_related("author")
        found = rows.filter(pk=import_id, state=state).first()
        if found is None:
            return None, None
        actor = actor_of_principal(found.author, door="import")
        try:
            actor.must(IMPORT)
            kind_to_import(actor, found.kind)
        except Refused as refusal:
            fail(import_id, refusal.detail)
            return None, None
        return found, actor


def _arrived(store: CompanyStore, found: Import) -> bytes:
    """The bytes of an upload, checked as those of any file are."""
    waiting = store.quarantine_of(found.storage_key)
    try:
        stored = store.look(waiting)
        if stored.size != found.size:
            raise FileIsUnfit("Размер файла не совпал с заявленным. Загрузите его снова")
        content = b"".join(store.chunks(waiting, stored.etag))
    except (ObjectMissing, ObjectChanged) as missing:
        raise FileIsUnfit(_NOT_ARRIVED) from missing
    verdict = judge(found.name, found.content_type, content[:HEAD])
    refusal = verdict.refusal or (INFECTED if is_infected(content[:HEAD]) else "")
    if not refusal and verdict.real == "zip":
        refusal = refusal_of_zip(io.BytesIO(content), found.name, len(content))
    if refusal:
        raise FileIsUnfit(refusal)
    return content


def _table(company: Company, found: Import) -> Table | None:
    """The chosen sheet; None, and the import failed, when the file is gone or had no room."""
    try:
        content = CompanyStore(company.schema).whole(found.storage_key)
    except ObjectMissing:
        with company_scope(company):
            fail(found.pk, _GONE)
        return None
    try:
        return open_table(found.name, content, found.sheet)
    except FileIsUnfit as unfit:
        with company_scope(company):
            fail(found.pk, str(unfit))
        return None
