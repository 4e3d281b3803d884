"""Verbs that make the cards of an import, and that take them back."""

from collections.abc import Mapping, Sequence
from functools import partial
from typing import Any

from django.utils import timezone

from core.access.actor import Actor
from core.entities.bulk import write_cards
from core.entities.kinds import EntityKind
from core.entities.rest.briefs import briefs
from core.errors import NotFound
from core.events.bus import emit
from core.identity.models import Principal
from core.notifications.actions import notify
from core.notifications.mixin import Announced
from core.notifications.reminders import REMIND
from core.outbox.queries import promise, wake
from core.registry import registry
from core.sheets.queries import layout_of
from core.verb import verb

from ..errors import CardsAreInWork, HasBadRows, ImportIsBusy, ImportIsElsewhere, NotChecked, NothingToImport
from ..events import CardsImported, ImportUndone
from ..models import Import
from ..notifications import DONE
from ..queries import AT_WORK, State, in_work, kind_to_import, reader_of, standing
from ..rows import Walk, in_chunks, texts_of
from ..rules.reading import Values
from ..rules.tables import Table
from .checks import note_check
from .files import OF_BAD, forget_bad, locked, open_for_changes

RUN, UNDO = "job:imports.run", "job:imports.undo"
_NAMED = 20
# A smaller import is done before its author looks away.
_WORTH_TELLING = 1_000


@verb
def begin_run(found: Import, *, leave_bad: bool, by: Actor) -> Import:
    """Have the cards made; rows that cannot be read are left out when that is said, and stop everything otherwise.

    Errors: NotChecked, HasBadRows, NothingToImport, ImportIsBusy.
    """
    found = open_for_changes(found.pk)
    kind_to_import(by, found.kind)
    if found.state != State.CHECKED:
        raise NotChecked()
    if found.bad_count and not leave_bad:
        raise HasBadRows(count=found.bad_count)
    if not found.good_count:
        raise NothingToImport()
    found.state, found.leaves_bad, found.reason = State.RUNNING, leave_bad, ""
    found.save(update_fields=["state", "leaves_bad", "reason"])
    promise(RUN, found.pk)
    return found


@verb
def make_cards(import_id: int, table: Table, *, by: Actor) -> None:
    """Make all cards of an import, or none: whoever comes after finds it done. Rights are those of now.

    When rows cannot be read that could be when the file was checked, nothing is made and they are shown.
    """
    found = locked(import_id)
    if found.state != State.RUNNING:
        return
    kind, sheet = kind_to_import(by, found.kind)
    reader = reader_of(by, kind, sheet)
    twins = next((column for column in reader.columns if column.code == found.twins), None)
    walk = Walk(reader, twins, repeats=found.twins_chosen, keeping=True)
    for chunk in in_chunks(texts_of(table, found.mapping, found.edits)):
        walk.go(chunk, partial(standing, by, kind))
    told = walk.found
    if told.bad and not found.leaves_bad or not told.good:
        note_check(import_id, told, reason="За это время в компании что-то изменилось. Посмотрите строки ещё раз")
        return
    if sheet.make is None:
        raise LookupError(kind.code)
    brought: dict[str, Any] = {}
    ids = write_cards(
        kind.model,
        sheet.make(told.values, by),
        numbers=sheet.numbers,
        by=by,
        beside=lambda ids: brought.update(_write_parts(kind, ids, told.values, by)),
    )
    if issubclass(kind.model, Announced):
        # Looks which of them are due soon, and asks to be woken for the next.
        wake(REMIND, timezone.now())
    found.state, found.cards, found.brought = State.DONE, ids, brought
    found.made_count, found.twin_count, found.bad_count, found.good_count = len(ids), told.twins, told.bad, told.good
    found.problems, found.finished_at = [], timezone.now()
    # Left out, they can still be taken along and brought again.
    forget_bad(found, told.bad_rows)
    counts = ("made_count", "twin_count", "bad_count", "good_count")
    found.save(update_fields=["state", "cards", "brought", "problems", "finished_at", *OF_BAD, *counts])
    _tell(found, by)


@verb
def begin_undo(found: Import, *, leave_worked: bool, by: Actor) -> Import:
    """Have everything taken away that an import has made. Cards that people have worked on since stay when that is
    said, and stop everything otherwise. Numbers that were given are not given again.

    Errors: CardsAreInWork, ImportIsElsewhere, ImportIsBusy.
    """
    found = locked(found.pk, Import.objects.all())
    if found.state in AT_WORK:
        raise ImportIsBusy()
    if found.state != State.DONE:
        raise ImportIsElsewhere()
    kind = registry.kind(found.kind)
    if kind is None:
        raise NotFound()
    worked = in_work(kind, found.cards)
    if worked and not leave_worked:
        raise CardsAreInWork(count=len(worked), cards=_named(by, worked))
    found.state, found.kept_count = State.UNDOING, len(worked)
    found.save(update_fields=["state", "kept_count"])
    emit(ImportUndone(None, found.pk, found.kind, found.name, len(found.cards) - len(worked)), by=by)
    promise(UNDO, found.pk)
    return found


def _write_parts(kind: EntityKind, ids: Sequence[int], values: Sequence[Values], by: Actor) -> Mapping[str, Any]:
    """What mechanisms keep of the cards; {their code: what they need to forget it}."""
    brought: dict[str, Any] = {}
    layout = layout_of(by, kind)
    for trait in registry.traits_of(kind.model):
        part = trait.sheet
        columns = next((columns for one, columns in layout.parts if one is part), ())
        if part is None:
            continue
        codes = {column.code for column in columns}
        own = [{code: value for code, value in row.items() if code in codes} for row in values]
        if (memory := part.write(by, kind, ids, own)) is not None:
            brought[trait.code] = memory
    return brought


def _named(by: Actor, card_ids: set[int]) -> list[dict[str, Any]]:
    return list(briefs(by, sorted(card_ids)[:_NAMED]).values())


def _tell(found: Import, by: Actor) -> None:
    fact = emit(CardsImported(None, found.pk, found.kind, found.name, found.made_count), by=by)
    if found.made_count < _WORTH_TELLING:
        return
    author = Principal.objects.filter(pk=found.author_id).values_list("pk", flat=True)
    notify(
        author,
        kind=DONE,
        subject=f"Импорт завершён: {found.name}",
        paragraphs=[f"Создано карточек: {found.made_count}."],
        link_path=f"/settings/imports/{found.pk}",
        fact_id=fact,
        reason="вы загружали файл",
    )
