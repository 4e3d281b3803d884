"""Bytes on disk: written aside, made durable, and only then given their place."""

import hashlib
import os
import shutil
from collections.abc import AsyncIterator, Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO
from uuid import uuid4

PIECE = 256 * 1024


@dataclass(frozen=True)
class Blob:
    """Durable bytes: `name` on disk, `size` in bytes, hexadecimal `md5`."""

    name: str
    size: int
    md5: str


class Draft:
    """Bytes still arriving; nobody can read them. Ends by `seal` or `discard`."""

    def __init__(self, home: "Blobs") -> None:
        self.size = 0
        self._home = home
        self._name = uuid4().hex
        self._path = home.incoming / self._name
        self._file: BinaryIO = self._path.open("xb")
        self._md5 = hashlib.md5(usedforsecurity=False)

    def write(self, data: bytes) -> None:
        """Take more bytes."""
        self._file.write(data)
        self._md5.update(data)
        self.size += len(data)

    def md5(self) -> bytes:
        """Digest of what came so far."""
        return self._md5.digest()

    def seal(self) -> Blob:
        """Make the bytes durable and give them their place; blocks on the disk."""
        with self._file as file:
            file.flush()
            os.fsync(file.fileno())
        self._home.adopt(self._path, self._name)
        return Blob(self._name, self.size, self._md5.hexdigest())

    def discard(self) -> None:
        """Forget the bytes; nothing happens after `seal`."""
        self._file.close()
        self._path.unlink(missing_ok=True)


class Blobs:
    """The folder of all bytes; which of them are objects, the index alone knows."""

    def __init__(self, directory: Path) -> None:
        self.incoming = directory / "incoming"
        self._kept = directory / "blobs"
        shutil.rmtree(self.incoming, ignore_errors=True)
        self.incoming.mkdir(parents=True)
        for shard in range(256):
            (self._kept / f"{shard:02x}").mkdir(parents=True, exist_ok=True)

    def draft(self) -> Draft:
        """Begin to write."""
        return Draft(self)

    def path(self, name: str) -> Path:
        """Where a blob lies."""
        return self._kept / name[:2] / name

    def adopt(self, path: Path, name: str) -> None:
        """Move durable bytes to their place so that the move itself survives a power cut."""
        target = self.path(name)
        path.rename(target)
        folder = os.open(target.parent, os.O_RDONLY | os.O_DIRECTORY)
        try:
            os.fsync(folder)
        finally:
            os.close(folder)

    def copy(self, name: str, size: int, md5: str) -> Blob:
        """A second name for the same bytes: blobs never change, so a link is a copy."""
        twin = uuid4().hex
        passing = self.incoming / twin
        os.link(self.path(name), passing)
        self.adopt(passing, twin)
        return Blob(twin, size, md5)

    def join(self, names: Iterable[str]) -> Blob:
        """One blob out of several, in order; blocks on the disk."""
        draft = self.draft()
        try:
            for name in names:
                with self.path(name).open("rb") as part:
                    while piece := part.read(PIECE):
                        draft.write(piece)
            return draft.seal()
        finally:
            draft.discard()

    def cut_out(self, name: str, first: int, last: int) -> Blob:
        """A blob out of bytes `first`…`last`, both included; blocks on the disk."""
        draft = self.draft()
        try:
            with self.path(name).open("rb") as source:
                source.seek(first)
                left = last - first + 1
                while left and (piece := source.read(min(PIECE, left))):
                    draft.write(piece)
                    left -= len(piece)
            return draft.seal()
        finally:
            draft.discard()

    def drop(self, names: Iterable[str]) -> None:
        """Free the place; whoever has a blob open reads it to its end."""
        for name in names:
            self.path(name).unlink(missing_ok=True)

    def keep_only(self, known: set[str]) -> int:
        """Drop what the index does not name: traces of uploads broken by a kill. Returns how many."""
        strangers = [path.name for path in self._kept.glob("*/*") if path.name not in known]
        self.drop(strangers)
        return len(strangers)


async def stream(file: BinaryIO, first: int, length: int) -> AsyncIterator[bytes]:
    """`length` bytes from `first`; closes the file at the end or when the reader leaves."""
    with file:
        file.seek(first)
        while length:
            piece = file.read(min(PIECE, length))
            if not piece:
                raise EOFError(f"{file.name} is shorter than the index says")
            length -= len(piece)
            yield piece
