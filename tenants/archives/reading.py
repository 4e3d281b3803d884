"""Reading an archive: nothing in it is believed before it has been checked against the manifest."""

import hashlib
import zipfile
from collections.abc import Iterator
from typing import IO

from .errors import NotAnArchive
from .rules import MANIFEST, File, Manifest, book_entry, file_entry, read_manifest, table_entry

_MOST_MANIFEST = 64 * 1024 * 1024
# A row of ours is some kilobytes; texts of people are limited far below this.
_MOST_LINE = 32 * 1024 * 1024
_BLOCK = 1024 * 1024
_LINES = 1000


class ArchiveFile:
    """An archive open for reading. NotAnArchive from every method when a part is not what the manifest says."""

    def __init__(self, source: IO[bytes]) -> None:
        try:
            self._zip = zipfile.ZipFile(source)
            told = self._zip.getinfo(MANIFEST)
        except (zipfile.BadZipFile, KeyError) as wrong:
            raise NotAnArchive("в нём нет описи") from wrong
        if told.file_size > _MOST_MANIFEST:
            raise NotAnArchive("опись слишком велика")
        self.manifest: Manifest = read_manifest(self._zip.read(MANIFEST).decode(errors="replace"))
        told_of = self.manifest
        known = {MANIFEST, *map(table_entry, told_of.tables), *map(file_entry, told_of.files)}
        known |= set(map(book_entry, told_of.books))
        if sorted(self._zip.namelist()) != sorted(known):
            raise NotAnArchive("состав не тот, что в описи")

    def check(self) -> None:
        """Read all of it once and compare with the checksums."""
        for table in self.manifest.tables:
            for _ in self.lines(table):
                pass
        for name in self.manifest.files:
            for _ in self.blocks(name):
                pass
        for name, book in self.manifest.books.items():
            for _ in self._blocks(book_entry(name), name, book):
                pass

    def lines(self, table: str) -> Iterator[list[str]]:
        """Rows of a table as JSON texts, some at a time."""
        told, checksum, rows = self.manifest.tables[table], hashlib.sha256(), 0
        batch: list[str] = []
        with self._entry(table_entry(table)) as entry:
            while line := entry.readline(_MOST_LINE):
                if not line.endswith(b"\n"):
                    raise NotAnArchive(f"строка таблицы {table} слишком длинна")
                checksum.update(line)
                rows += 1
                batch.append(line.decode(errors="replace"))
                if len(batch) == _LINES:
                    yield batch
                    batch = []
        if rows != told.rows or checksum.hexdigest() != told.sha256:
            raise NotAnArchive(f"таблица {table} не сходится с описью")
        if batch:
            yield batch

    def blocks(self, name: str) -> Iterator[bytes]:
        """Bytes of a file."""
        yield from self._blocks(file_entry(name), name, self.manifest.files[name])

    def _blocks(self, place: str, name: str, told: File) -> Iterator[bytes]:
        checksum, size = hashlib.sha256(), 0
        with self._entry(place) as entry:
            while block := entry.read(_BLOCK):
                checksum.update(block)
                size += len(block)
                if size > told.size:
                    break
                yield block
        if size != told.size or checksum.hexdigest() != told.sha256:
            raise NotAnArchive(f"файл {name} не сходится с описью")

    def _entry(self, name: str) -> IO[bytes]:
        try:
            return self._zip.open(name)
        except (zipfile.BadZipFile, NotImplementedError, RuntimeError) as wrong:
            raise NotAnArchive(f"часть {name} не открывается") from wrong
