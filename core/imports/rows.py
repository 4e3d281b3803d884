"""Going through the rows of an import: which are good, which are not, and which stand in the company already."""

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from core.entities.sheets import Column

from .rules.reading import Errors, Reader, Values
from .rules.tables import Table

MOST_PROBLEMS = 1_000
CHUNK = 2_000
_LONGEST_SHOWN = 1_000
_READABLE = "Теперь строка читается: загрузите её снова"
Texts = dict[str, str]
# Values of a column → those of them that a card has already.
Standing = Callable[[Column, list[str]], set[str]]


@dataclass
class Found:
    """What going through the rows has given so far: the first bad ones whole, all of them by number. `values` are kept
    only where cards are to be made of them."""

    seen: int = 0
    good: int = 0
    bad: int = 0
    twins: int = 0
    problems: list[dict[str, Any]] = field(default_factory=list)
    bad_rows: list[int] = field(default_factory=list)
    values: list[Values] = field(default_factory=list)


def texts_of(table: Table, mapping: Mapping[str, str], edits: Mapping[str, Texts]) -> Iterator[tuple[int, Texts]]:
    """(number, {code: text}) of each row, with what was typed over it; rows that say nothing are left out."""
    places = [(int(place), code) for place, code in mapping.items() if code]
    for number, cells in table.rows:
        texts = {code: cells[place] for place, code in places} | edits.get(str(number), {})
        if any(texts.values()):
            yield number, texts


def bad_rows_of(
    table: Table, mapping: Mapping[str, str], edits: Mapping[str, Texts], reader: Reader, known: Collection[int] | None
) -> Iterator[list[str]]:
    """Cells of the rows that are known to be bad (of all that are, when none is known) with what was typed over them,
    and behind them what is wrong with each now."""
    places = {code: int(place) for place, code in mapping.items() if code}
    titles = {column.code: column.title for column in reader.columns}
    cells_of = dict(table.rows)
    for number, texts in texts_of(table, mapping, edits):
        if known is not None and number not in known:
            continue
        _, errors = reader.read(texts)
        if not errors and known is None:
            continue
        cells = list(cells_of[number])
        for code, typed in edits.get(str(number), {}).items():
            if code in places:
                cells[places[code]] = typed
        said = [f"{titles.get(code, code)}: {sentence}" for code, sentence in errors.items()]
        yield [*cells, "; ".join(said) or _READABLE]


class Walk:
    """Goes through rows chunk by chunk. `standing` may ask the database, everything else only thinks."""

    def __init__(self, reader: Reader, twins: Column | None, *, repeats: bool = True, keeping: bool = False) -> None:
        self.found = Found()
        self._reader, self._twins, self._keeping = reader, twins, keeping
        # Whether a row is left out for one before it in the file: where nobody has asked for that, none is.
        self._repeats = repeats
        self._met: set[str] = set()

    def go(self, rows: Sequence[tuple[int, Texts]], standing: Standing) -> None:
        """Judge the next rows."""
        read = [(number, texts, *self._reader.read(texts)) for number, texts in rows]
        known = self._known([values for _, _, values, errors in read if not errors], standing)
        for number, texts, values, errors in read:
            self.found.seen += 1
            if errors:
                self._refuse(number, texts, errors)
            elif self._is_twin(values, known):
                self.found.twins += 1
            else:
                self.found.good += 1
                if self._keeping:
                    self.found.values.append(values)

    def _known(self, rows: list[Values], standing: Standing) -> set[str]:
        if self._twins is None:
            return set()
        code = self._twins.code
        return standing(self._twins, [row[code] for row in rows if row.get(code)])

    def _is_twin(self, values: Values, known: set[str]) -> bool:
        name = values.get(self._twins.code) if self._twins else None
        if not name:
            return False
        is_twin = name in known or self._repeats and name in self._met
        self._met.add(name)
        return is_twin

    def _refuse(self, number: int, texts: Texts, errors: Errors) -> None:
        self.found.bad += 1
        self.found.bad_rows.append(number)
        if len(self.found.problems) < MOST_PROBLEMS:
            self.found.problems.append(problem(number, texts, errors))


def problem(number: int, texts: Texts, errors: Errors) -> dict[str, Any]:
    """A row that cannot be read, as it is kept and shown."""
    cells = {code: text[:_LONGEST_SHOWN] for code, text in texts.items()}
    return {"row": number, "cells": cells, "errors": errors}


def in_chunks(rows: Iterator[tuple[int, Texts]]) -> Iterator[list[tuple[int, Texts]]]:
    """Rows in pieces small enough to tell of the progress between them."""
    chunk: list[tuple[int, Texts]] = []
    for row in rows:
        chunk.append(row)
        if len(chunk) == CHUNK:
            yield chunk
            chunk = []
    if chunk:
        yield chunk
