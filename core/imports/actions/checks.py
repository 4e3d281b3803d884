"""Verbs about the dry run: begin it, note what it has found, correct a cell."""

from core.access.actor import Actor
from core.errors import Invalid
from core.outbox.queries import promise
from core.texts import without_unseen
from core.verb import verb

from ..errors import NotChecked
from ..models import Import
from ..queries import State, columns_to_read, kind_to_import, reader_of
from ..rows import Found, problem
from ..rules.tables import LONGEST_CELL
from .files import OF_BAD, forget_bad, locked, open_for_changes

CHECK = "job:imports.check"
MOST_EDITED_ROWS = 5_000


@verb
def begin_check(found: Import, *, by: Actor) -> Import:
    """Have all rows read without making anything. Invalid on `mapping` when a column that must be there is not."""
    found = open_for_changes(found.pk)
    kind, _ = kind_to_import(by, found.kind)
    chosen = set(found.mapping.values())
    missing = [column.title for column in columns_to_read(by, kind) if column.required and column.code not in chosen]
    if missing:
        raise Invalid({"mapping": f"Укажите, в каком столбце: {', '.join(missing)}"})
    if not chosen:
        raise Invalid({"mapping": "Выберите хотя бы один столбец"})
    found.state, found.seen_count, found.problems = State.CHECKING, 0, []
    forget_bad(found)
    found.save(update_fields=["state", "seen_count", "problems", *OF_BAD])
    promise(CHECK, found.pk)
    return found


@verb
def note_check(import_id: int, told: Found, *, reason: str = "") -> None:
    """Keep what the dry run has found."""
    found = locked(import_id)
    if found.state not in (State.CHECKING, State.RUNNING):
        return
    found.state, found.problems, found.reason = State.CHECKED, told.problems, reason[:300]
    forget_bad(found, told.bad_rows)
    found.seen_count, found.good_count, found.bad_count = told.seen, told.good, told.bad
    found.twin_count = told.twins
    counts = ("seen_count", "good_count", "bad_count", "twin_count")
    found.save(update_fields=["state", "problems", "reason", *OF_BAD, *counts])


@verb
def fix_cell(found: Import, *, row: int, code: str, text: str, by: Actor) -> Import:
    """Type over a cell of a row that could not be read, and read that row anew; the file stays as it is.

    Errors: NotChecked, ImportIsBusy, Invalid on `row` and `column`.
    """
    found = open_for_changes(found.pk)
    if found.state != State.CHECKED:
        raise NotChecked()
    kind, sheet = kind_to_import(by, found.kind)
    place = next((place for place, one in enumerate(found.problems) if one["row"] == row), None)
    if place is None:
        raise Invalid({"row": "Этой строки нет среди строк с ошибками. Обновите страницу"})
    reader = reader_of(by, kind, sheet)
    if code not in {column.code for column in reader.columns}:
        raise Invalid({"column": "Такого поля нет"})
    if str(row) not in found.edits and len(found.edits) >= MOST_EDITED_ROWS:
        raise Invalid({"row": "Исправлено слишком много строк. Исправьте остальное в файле и загрузите его снова"})
    typed = without_unseen(text[:LONGEST_CELL]).strip()
    found.edits = found.edits | {str(row): found.edits.get(str(row), {}) | {code: typed}}
    texts = found.problems[place]["cells"] | {code: typed}
    _, errors = reader.read(texts)
    if errors:
        found.problems[place] = problem(row, texts, errors)
    else:
        del found.problems[place]
        found.bad_count, found.good_count = found.bad_count - 1, found.good_count + 1
    left = None if found.bad_rows is None else [number for number in found.bad_rows if errors or number != row]
    forget_bad(found, left)
    found.save(update_fields=["edits", "problems", "bad_count", "good_count", *OF_BAD])
    return found
