"""How much room a workbook will take, found before anything makes that room. No database.

The reader of workbooks copies a text into each cell that refers to it: a file of 9 KB may hold a gigabyte. What it will
take is counted here as it will be read, by reference; what gets past the count meets the memory limit of the process.
"""

import io
import zipfile
from array import array
from collections.abc import Callable
from typing import Any
from xml.parsers import expat

from ..errors import FileIsUnfit

# Excel's own: no honest workbook has a longer one.
LONGEST_TEXT = 32_767
# Signs of all cells together.
MOST_TEXT = 30_000_000
# Cells between the first and the last one of each sheet, empty ones too: the reader makes room for all of them at once.
MOST_CELLS = 6_000_000
_MOST_UNPACKED = 300 * 1024 * 1024
_CHUNK = 1_048_576
_MOST_DIGITS = 12
_LARGE = "Таблица слишком велика. Разделите её на несколько файлов"
_LONG = f"В одной из ячеек больше {LONGEST_TEXT} знаков. Сократите её текст и загрузите файл снова"


def must_have_room(content: bytes) -> None:
    """FileIsUnfit for a workbook that would take more memory than a table of its size may; BadZipFile, ValueError."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        parts = archive.infolist()
        if sum(part.file_size for part in parts) > _MOST_UNPACKED:
            raise FileIsUnfit(_LARGE)
        strings = _Strings()
        for part in parts:
            if part.filename.lower().endswith("sharedstrings.xml"):
                strings.read(archive, part)
        cells = signs = 0
        for part in parts:
            if "sheets/" not in part.filename.lower() or not part.filename.lower().endswith(".xml"):
                continue
            sheet = _Sheet(strings.lengths, MOST_TEXT - signs)
            sheet.read(archive, part)
            cells, signs = cells + sheet.columns * sheet.rows, signs + sheet.signs
            if cells > MOST_CELLS:
                raise FileIsUnfit("В таблице слишком много пустого места. Скопируйте данные в новый файл")


class _Part:
    """One part of a workbook, gone through sign by sign; names come without prefixes."""

    def read(self, archive: zipfile.ZipFile, part: zipfile.ZipInfo) -> None:
        """Go through it. ValueError when it is no XML."""
        parser = expat.ParserCreate()
        parser.buffer_text = True
        start, end = self.start, self.end
        parser.StartElementHandler = lambda name, given: start(name.rpartition(":")[2], given)
        parser.EndElementHandler = lambda name: end(name.rpartition(":")[2])
        parser.CharacterDataHandler = self.text
        try:
            with archive.open(part) as opened:
                for chunk in iter(lambda: opened.read(_CHUNK), b""):
                    parser.Parse(chunk, False)
                parser.Parse(b"", True)
        except expat.ExpatError as broken:
            raise ValueError("no XML") from broken

    start: Callable[[str, dict[str, Any]], None]
    end: Callable[[str], None]
    text: Callable[[str], None]


class _Strings(_Part):
    """How long each of the texts is that cells refer to."""

    def __init__(self) -> None:
        self.lengths = array("I")
        self._length = 0
        self._is_text = self._is_aside = False

    def start(self, name: str, given: dict[str, Any]) -> None:
        if name == "si":
            self._length = 0
        elif name == "rPh":
            self._is_aside = True
        elif name == "t":
            self._is_text = not self._is_aside

    def text(self, text: str) -> None:
        if self._is_text:
            self._length += len(text)
            if self._length > LONGEST_TEXT:
                raise FileIsUnfit(_LONG)

    def end(self, name: str) -> None:
        if name == "t":
            self._is_text = False
        elif name == "rPh":
            self._is_aside = False
        elif name == "si":
            self.lengths.append(self._length)


class _Sheet(_Part):
    """How far the cells of a sheet reach that say something, and how many signs they say."""

    def __init__(self, lengths: "array[int]", most: int) -> None:
        self.columns = self.rows = self.signs = 0
        self._lengths, self._most = lengths, most
        self._column = self._row = self._length = 0
        self._is_shared = self._is_text = False
        self._digits = ""

    def start(self, name: str, given: dict[str, Any]) -> None:
        if name == "c":
            self._stand_at(given.get("r", ""))
            self._is_shared, self._length, self._digits = given.get("t") == "s", 0, ""
        elif name == "row":
            self._row = _number(given.get("r", "")) or self._row + 1
            self._column = 0
        elif name in ("v", "t"):
            self._is_text = True
            self.columns, self.rows = max(self.columns, self._column), max(self.rows, self._row)

    def text(self, text: str) -> None:
        if not self._is_text:
            return
        if self._is_shared and len(self._digits) < _MOST_DIGITS:
            self._digits += text[:_MOST_DIGITS]
        self._length += len(text)
        if self._length > LONGEST_TEXT:
            raise FileIsUnfit(_LONG)

    def end(self, name: str) -> None:
        if name in ("v", "t"):
            self._is_text = False
        elif name == "c":
            place = _number(self._digits.strip()) if self._is_shared else -1
            self.signs += self._lengths[place] if 0 <= place < len(self._lengths) else self._length
            if self.signs > self._most:
                raise FileIsUnfit(_LARGE)

    def _stand_at(self, place: str) -> None:
        # Where a cell stands need not be written: it is then behind the one before.
        letters = place.rstrip("0123456789")
        self._column = _column(letters) if letters.isalpha() and len(letters) <= 3 else self._column + 1
        self._row = _number(place[len(letters) :]) or self._row


def _number(digits: str) -> int:
    return int(digits) if digits.isascii() and digits.isdigit() and len(digits) <= _MOST_DIGITS else 0


def _column(letters: str) -> int:
    number = 0
    for sign in letters.upper():
        number = number * 26 + ord(sign) - 64
    return number
