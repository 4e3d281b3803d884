"""Reading an archive: nothing in it is believed before it has been checked against the manifest."""

import hashlib
import zipfile
import zlib
from collections.abc import Iterator
from typing import IO

from .errors import NotAnArchive
from .rules import MANIFEST, File, Manifest, book_entry, file_entry, read_manifest, table_entry

_MOST_MANIFEST = 64 * 1024 * 1024
# A row of ours is some kilobytes; texts of people are limited far below this.
_MOST_LINE = 32 * 1024 * 1024
_BLOCK = 1024 * 1024
# As much as goes to the server at once: rows are small as a rule, and whatever they are, memory stays bounded.
_LINES = 2000
_BATCH = 4 * 1024 * 1024


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
        for table, told in self.manifest.tables.items():
            checksum, rows = hashlib.sha256(), 0
            with self._entry(table_entry(table)) as entry:
                while block := self._read(entry, table):
                    checksum.update(block)
                    rows += block.count(b"\n")
            if rows != told.rows or checksum.hexdigest() != told.sha256:
                raise _unlike(table)
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
        size = 0
        with self._entry(table_entry(table)) as entry:
            while line := entry.readline(_MOST_LINE):
                if not line.endswith(b"\n"):
                    raise NotAnArchive(f"строка таблицы {table} слишком длинна")
                checksum.update(line)
                rows += 1
                size += len(line)
                batch.append(line.decode(errors="replace"))
                if len(batch) == _LINES or size >= _BATCH:
                    yield batch
                    batch, size = [], 0
        if rows != told.rows or checksum.hexdigest() != told.sha256:
            raise _unlike(table)
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

    def _read(self, entry: IO[bytes], table: str) -> bytes:
        try:
            return entry.read(_BLOCK)
        except (zipfile.BadZipFile, zlib.error, EOFError) as wrong:
            raise _unlike(table) from wrong

    def _entry(self, name: str) -> IO[bytes]:
        try:
            return self._zip.open(name)
        except (zipfile.BadZipFile, NotImplementedError, RuntimeError) as wrong:
            raise NotAnArchive(f"часть {name} не открывается") from wrong


def _unlike(table: str) -> NotAnArchive:
    return NotAnArchive(f"таблица {table} не сходится с описью")
