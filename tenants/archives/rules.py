"""The form of an archive: a ZIP of JSON Lines per table, files, workbooks for people, a manifest with all checksums."""

import json
import re
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, fields
from typing import Any

from .errors import NotAnArchive

FORMAT = 2
MANIFEST = "manifest.json"
COPY, EXPORT = "copy", "export"
_OBJECT = re.compile(r"[0-9a-f]{32}")
_BOOK = re.compile(r"[\w ,()-]{1,80}\.xlsx")


@dataclass(frozen=True)
class Table:
    """Rows of one table: how many, SHA-256 of the lines."""

    rows: int
    sha256: str


@dataclass(frozen=True)
class File:
    """One object: bytes, SHA-256."""

    size: int
    sha256: str


@dataclass(frozen=True)
class Manifest:
    """What is in an archive.

    `flavour` is `copy` (made for this installation) or `export`. `company` are name, slug, inn, time_zone, accent,
    logo, modules, modules_installed. `place` tells the schema that a copy was made of. `migrations` is what the tables
    stand at, as `app.name`. `sequences` are {table.column: [last value, whether it is used]}. `missing` are objects
    that rows name and the store does not hold. `books` are lists as people read them; they are never read back, and
    only an export that an owner takes has them. `promises` are [kind, id, not before] that are to be kept, `wakeups`
    [kind, moment].
    """

    flavour: str
    made_at: str
    place: str
    company: dict[str, Any]
    migrations: list[str]
    tables: dict[str, Table] = field(default_factory=dict)
    sequences: dict[str, list[Any]] = field(default_factory=dict)
    files: dict[str, File] = field(default_factory=dict)
    missing: list[str] = field(default_factory=list)
    books: dict[str, File] = field(default_factory=dict)
    promises: list[list[Any]] = field(default_factory=list)
    wakeups: list[list[str]] = field(default_factory=list)
    format: int = FORMAT

    def text(self) -> str:
        """JSON in which equal companies are equal texts, but for `made_at`."""
        return json.dumps(asdict(self), ensure_ascii=False, indent=1, sort_keys=True)


def read_manifest(text: str) -> Manifest:
    """The manifest, checked for its form. NotAnArchive."""
    try:
        told = json.loads(text)
    except ValueError as wrong:
        raise NotAnArchive("опись не читается") from wrong
    if not isinstance(told, dict) or told.get("format") != FORMAT:
        raise NotAnArchive("опись другого вида")
    if set(told) != {one.name for one in fields(Manifest)} or told["flavour"] not in (COPY, EXPORT):
        raise NotAnArchive("опись неполна")
    try:
        tables = {name: Table(**one) for name, one in told.pop("tables").items()}
        files = {name: File(**one) for name, one in told.pop("files").items()}
        books = {name: File(**one) for name, one in told.pop("books").items()}
    except (AttributeError, TypeError) as wrong:
        raise NotAnArchive("опись неполна") from wrong
    if not all(map(_OBJECT.fullmatch, files)) or not all(map(_BOOK.fullmatch, books)):
        raise NotAnArchive("у файлов чужие имена")
    return Manifest(tables=tables, files=files, books=books, **told)


def differences(ours: Manifest, theirs: Manifest) -> list[str]:
    """Names of parts in which two archives of the same company differ; nothing when they hold the same."""
    found = [f"таблица {name}" for name in _unlike(ours.tables, theirs.tables)]
    found += [f"файл {name}" for name in _unlike(ours.files, theirs.files)]
    found += [f"счётчик {name}" for name in _unlike(ours.sequences, theirs.sequences)]
    mine, other = ({**one.company, "slug": ""} for one in (ours, theirs))
    return found + [f"сведения {name}" for name in _unlike(mine, other)]


def table_entry(name: str) -> str:
    return f"tables/{name}.jsonl"


def file_entry(name: str) -> str:
    return f"files/{name}"


def book_entry(name: str) -> str:
    return f"books/{name}"


def _unlike(ours: Mapping[str, Any], theirs: Mapping[str, Any]) -> list[str]:
    return sorted(name for name in {*ours, *theirs} if ours.get(name) != theirs.get(name))
