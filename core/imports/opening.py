"""Files of strangers opened in a process of their own, outside of any scope."""

import io
import json
from collections.abc import Iterator
from typing import Any

from core.apart import OutOfRoom, Stumbled, apart

from .errors import FileIsUnfit
from .rules.tables import HEAVY, NOT_READ, Table

_READER = "core.imports.rules.tables"
# Of the clock; a file at all its limits needs a third of it on a machine that has nothing else to do.
_SECONDS = 110


def open_tables(name: str, content: bytes) -> list[Table]:
    """All sheets of a file that have a row, as `rules.tables.tables_of` finds them; FileIsUnfit."""
    return list(_opened(name, content, ""))


def open_table(name: str, content: bytes, place: int) -> Table:
    """One of them; FileIsUnfit."""
    return next(_opened(name, content, str(place)))


def _opened(name: str, content: bytes, place: str) -> Iterator[Table]:
    try:
        told = apart(_READER, name, place, content=content, seconds=_SECONDS)
    except OutOfRoom as large:
        raise FileIsUnfit(HEAVY) from large
    except Stumbled as broken:
        raise FileIsUnfit(NOT_READ) from broken
    lines = io.BytesIO(told)
    for line in lines:
        head: dict[str, Any] = json.loads(line)
        if "refusal" in head:
            raise FileIsUnfit(head["refusal"])
        rows = [json.loads(next(lines)) for _ in range(head["rows"])]
        yield Table(head["name"], head["headers"], [(number, cells) for number, cells in rows])
