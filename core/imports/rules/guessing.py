"""Which column of a file is which column of a kind. No database."""

from collections.abc import Mapping, Sequence

from core.entities.sheets import Cell, Column

from .values import is_day, key_of

_SAME, _ALIAS, _PART, _LOOKS = 100, 90, 50, 30
_LEAST_WORD = 4


def guess(headers: Sequence[str], samples: Sequence[Sequence[str]], columns: Sequence[Column]) -> dict[str, str]:
    """{place of a file's column: code}, each code once; columns that fit nothing are absent.

    A header that is known goes before one that is like it, and that before what stands below it.
    """
    fits = [
        (weight, -place, -rank, place, column.code)
        for place, header in enumerate(headers)
        for rank, column in enumerate(columns)
        if (weight := _fitness(header, _below(samples, place), column))
    ]
    found: dict[str, str] = {}
    for _, _, _, place, code in sorted(fits, reverse=True):
        if str(place) not in found and code not in found.values():
            found[str(place)] = code
    return dict(sorted(found.items(), key=lambda pair: int(pair[0])))


def mark_of(headers: Sequence[str]) -> str:
    """What two files of the same make have in common: their headers, whatever their order of signs."""
    return "|".join(key_of(header) for header in headers)


def fitting(mapping: Mapping[str, str], headers: Sequence[str], columns: Sequence[Column]) -> dict[str, str]:
    """A remembered mapping as far as its columns are still there."""
    known = {column.code for column in columns}
    return {place: code for place, code in mapping.items() if int(place) < len(headers) and code in known}


def _below(samples: Sequence[Sequence[str]], place: int) -> list[str]:
    return [row[place] for row in samples if place < len(row) and row[place]]


def _fitness(header: str, below: Sequence[str], column: Column) -> int:
    key = key_of(header)
    names = [key_of(column.title), *(key_of(alias) for alias in column.aliases)]
    if key and key == names[0]:
        return _SAME
    if key and key in names:
        return _ALIAS
    if key and any(_is_part(key, name) for name in names):
        return _PART
    if below and column.looks is not None and all(column.looks(text) for text in below):
        return _LOOKS
    is_dated = column.cell in (Cell.MOMENT, Cell.DAY) and column.required
    return _LOOKS if is_dated and below and all(is_day(text) for text in below) else 0


def _is_part(key: str, name: str) -> bool:
    """Whether one begins with all the words of the other: «Срок задачи» and «Срок»."""
    shorter, longer = sorted((key.split(), name.split()), key=len)
    return len(" ".join(shorter)) >= _LEAST_WORD and longer[: len(shorter)] == shorter
