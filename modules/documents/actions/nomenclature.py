"""The nomenclature: files of a year, what lies in them, and what is destroyed when its term has passed."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.db import IntegrityError, transaction

from core.access.actor import Actor
from core.custom_fields.queries import today
from core.entities.locks import lock
from core.errors import Invalid, NotFound, Stale
from core.events.bus import Change, emit
from core.verb import verb

from ..errors import CaseFileHasOpen, CaseFileIsClosed, CaseFileTaken, NotYetDestroyed
from ..events import CaseFileChanged, CaseFilesDestroyed, DocumentFiled
from ..models import CaseFile, Document
from ..permissions import FILES
from ..queries import to_destroy, unfinished_in
from ..rules import why_over
from .guards import must_keep

_COLUMNS = ("index", "title", "year", "department_id", "years", "article", "closed_on")


@verb
def make_case_file(*, given: Mapping[str, Any], by: Actor) -> CaseFile:
    """Add a file to the nomenclature; `given` are its columns. Errors: Forbidden, CaseFileTaken."""
    by.must(FILES)
    made = CaseFile(**given)
    _write(made)
    changes = tuple(_change(name, None, getattr(made, name)) for name in _COLUMNS if getattr(made, name))
    emit(CaseFileChanged(None, made.pk, changes), by=by)
    return made


@verb
def change_case_file(
    case_file: CaseFile, *, given: Mapping[str, Any], by: Actor, version: int | None = None
) -> CaseFile:
    """Change a file, close it (`closed_on`) or open it again. Errors: Forbidden, Stale, NotFound, CaseFileTaken,
    CaseFileHasOpen for closing over documents that are not in the archive."""
    by.must(FILES)
    found = CaseFile.objects.select_for_update().filter(pk=case_file.pk, destroyed_on__isnull=True).first()
    if found is None:
        raise NotFound()
    if version is not None and found.version != version:
        raise Stale(version=found.version)
    if given.get("closed_on") and not found.closed_on and (count := unfinished_in(found)):
        raise CaseFileHasOpen(count)
    changed = [name for name in _COLUMNS if name in given and getattr(found, name) != given[name]]
    changes = tuple(_change(name, getattr(found, name), given[name]) for name in changed)
    if not changed:
        return found
    for name in changed:
        setattr(found, name, given[name])
    found.version += 1
    _write(found)
    emit(CaseFileChanged(None, found.pk, changes), by=by)
    return found


@verb
def put_into_file(document: Document, *, case_file: CaseFile | None, by: Actor, version: int | None = None) -> Document:
    """Lay a document into a file of the nomenclature, or take it out. Errors: NotYourDocument, Stale,
    CaseFileIsClosed, DocumentIsOver."""
    must_keep(document, by)
    # The file before the document: who closes it must find all that lies in it.
    opened = CaseFile.objects.select_for_update().filter(pk=case_file.pk).first() if case_file else None
    document = lock(document, version=version)
    must_keep(document, by)
    if (refusal := why_over(document)) is not None:
        raise refusal
    if case_file is not None and (opened is None or opened.closed_on is not None):
        raise CaseFileIsClosed()
    if document.case_file_id == (opened.pk if opened else None):
        return document
    before = str(document.case_file) if document.case_file else None
    document.case_file = opened
    document.save_change("case_file")
    emit(DocumentFiled(document.ref, (Change("case_file", before, str(opened) if opened else None),)), by=by)
    return document


@verb
def destroy_files(ids: Sequence[int], *, act: str, by: Actor) -> list[CaseFile]:
    """Note that files were destroyed by an act; cards of their documents stay. Errors: Forbidden, NotFound,
    NotYetDestroyed for a file whose term has not passed, Invalid."""
    by.must(FILES)
    if not act.strip():
        raise Invalid({"act": "Укажите номер и дату акта об уничтожении"})
    held = {row.pk: row for row in CaseFile.objects.select_for_update().filter(pk__in=ids).order_by("pk")}
    if set(ids) - set(held):
        raise NotFound()
    due = {row.pk for row, _ in to_destroy()}
    if set(ids) - due:
        raise NotYetDestroyed()
    for row in held.values():
        row.destroyed_on, row.destroyed_by_act, row.version = today(), act.strip()[:60], row.version + 1
        row.save()
    emit(CaseFilesDestroyed(None, tuple(sorted(held)), act.strip()[:60]), by=by)
    return list(held.values())


def _write(row: CaseFile) -> None:
    try:
        with transaction.atomic():
            row.save()
    except IntegrityError as clash:
        if "case_file_index_once" in str(clash):
            raise CaseFileTaken() from clash
        raise


def _change(name: str, before: Any, after: Any) -> Change:
    return Change(name, _plain(before), _plain(after))


def _plain(value: Any) -> Any:
    return value.isoformat() if hasattr(value, "isoformat") else value
