"""What may lie inside archives, office documents and pictures. Sentences are for the person who attached the file."""

import lzma
import stat
import struct
import zipfile
import zlib
from typing import BinaryIO

from PIL import Image, UnidentifiedImageError

from .names import extension_of

_MB = 1024 * 1024
# An honest office document of 100 MB unpacked packs some twenty times; the bomb of TRUST.md IN5 a thousand times.
UNPACKED, RATIO = 100 * _MB, 100
OFFICE_ENTRIES, ARCHIVE_ENTRIES = 10_000, 100_000
_DIRECTORY = 32 * _MB
_END, _END64, _LOCATOR64 = b"PK\x05\x06", b"PK\x06\x06", b"PK\x06\x07"
_END_SIZE, _LONGEST_COMMENT = 22, 65_535

PIXELS = 150_000_000
Image.MAX_IMAGE_PIXELS = PIXELS
_READ_BY_PILLOW = {"png": "PNG", "jpeg": "JPEG", "gif": "GIF", "bmp": "BMP", "tiff": "TIFF"}

_EICAR = b"X5O!P%@AP[4\\PZX54(P^)7CC)7}$EICAR-STANDARD-ANTIVIRUS-TEST-FILE!$H+H*"
_EICAR_LONGEST = 128
# Each look inside an archive may be a request to the store.
_LOOKS = 100

_OFFICE_FOLDERS = {"doc": "word/", "dot": "word/", "xls": "xl/", "xlt": "xl/", "ppt": "ppt/", "pot": "ppt/"}
_OPEN_DOCUMENT = ("odt", "ods", "odp", "odg")
INFECTED = "В файле найден вирус"
_BROKEN_ARCHIVE = "Архив повреждён. Проверьте файл и приложите его снова"
_BOMB = "Файл распаковывается в несоразмерно большой. Похоже, он опасен"
_BROKEN_PICTURE = "Картинка повреждена. Проверьте файл и приложите его снова"
_BROKEN = (zipfile.BadZipFile, zlib.error, lzma.LZMAError, struct.error, ValueError, EOFError, NotImplementedError)
_FLOOD = f"В картинке слишком много точек: можно не больше {PIXELS // 1_000_000} мегапикселей"


def is_infected(head: bytes) -> bool:
    """Whether a file is the harmless test string by which virus scanners are tried (eicar.org)."""
    return head.startswith(_EICAR) and len(head) <= _EICAR_LONGEST


def refusal_of_zip(file: BinaryIO, name: str, size: int) -> str:
    """What is wrong with a ZIP or an office document, empty when nothing; reads the directory, unpacks nothing big."""
    ending = extension_of(name)
    try:
        entries, directory = _directory(file, size)
        if entries > _most_entries(ending) or directory > _DIRECTORY:
            return "В файле слишком много вложенных файлов"
        with zipfile.ZipFile(file) as archive:
            return _refusal_of_entries(archive, ending, size) or _refusal_of_format(archive, ending)
    except _BROKEN:
        return _BROKEN_ARCHIVE


def refusal_of_picture(file: BinaryIO, real: str, head: bytes) -> str:
    """What is wrong with a picture, empty when nothing; what is none of the known sorts is not judged."""
    if real != "webp" and real not in _READ_BY_PILLOW:
        return ""
    area = area_of_picture(file, real, head)
    if area is None:
        return _BROKEN_PICTURE
    return _FLOOD if area > PIXELS else ""


def area_of_picture(file: BinaryIO, real: str, head: bytes) -> int | None:
    """How many points a picture has by its header, None when that cannot be read; its pixels are never unpacked."""
    return _webp_area(head) if real == "webp" else _area(file, _READ_BY_PILLOW[real])


def _directory(file: BinaryIO, size: int) -> tuple[int, int]:
    """Entries and bytes of the central directory as the archive's end tells, before anything is allocated for them."""
    length = min(size, _END_SIZE + _LONGEST_COMMENT + 76)
    file.seek(size - length)
    tail = file.read(length)
    at = tail.rfind(_END)
    if at < 0 or len(tail) < at + _END_SIZE:
        raise zipfile.BadZipFile("no end of directory")
    entries, directory = struct.unpack("<HI", tail[at + 10 : at + 16])
    locator = at - 20
    if locator >= 0 and tail.startswith(_LOCATOR64, locator):
        record = locator - 56
        if record < 0 or not tail.startswith(_END64, record):
            raise zipfile.BadZipFile("unusual 64-bit end of directory")
        entries, directory = struct.unpack("<QQ", tail[record + 32 : record + 48])
    return entries, directory


def _most_entries(ending: str) -> int:
    return ARCHIVE_ENTRIES if ending == "zip" else OFFICE_ENTRIES


def _refusal_of_entries(archive: zipfile.ZipFile, ending: str, size: int) -> str:
    entries = archive.infolist()
    if len(entries) > _most_entries(ending):
        return "В файле слишком много вложенных файлов"
    unpacked = sum(entry.file_size for entry in entries)
    if unpacked > UNPACKED and unpacked > size * RATIO:
        return _BOMB
    for entry in entries:
        if entry.filename.startswith(("/", "\\")) or ".." in entry.filename.replace("\\", "/").split("/"):
            return "В архиве есть файлы с опасными именами"
        if stat.S_ISLNK(entry.external_attr >> 16):
            return "В архиве есть ссылки на чужие файлы"
    small = [entry for entry in entries if len(_EICAR) <= entry.file_size <= _EICAR_LONGEST and not entry.flag_bits & 1]
    return INFECTED if any(is_infected(archive.read(entry)) for entry in small[:_LOOKS]) else ""


def _refusal_of_format(archive: zipfile.ZipFile, ending: str) -> str:
    names = set(archive.namelist())
    folder = _OFFICE_FOLDERS.get(ending[:3]) if len(ending) == 4 else None
    unlike = f"Содержимое не похоже на файл .{ending}. Проверьте файл и приложите его снова"
    if folder is not None:
        if "[Content_Types].xml" not in names or not any(name.startswith(folder) for name in names):
            return unlike
        if not ending.endswith("m") and any(name.endswith("vbaProject.bin") for name in names):
            return "В документе есть макросы, хотя его имя обещает, что их нет"
    return unlike if ending in _OPEN_DOCUMENT and "content.xml" not in names else ""


def _area(file: BinaryIO, form: str) -> int | None:
    file.seek(0)
    try:
        with Image.open(file, formats=(form,)) as picture:
            return picture.width * picture.height
    except (Image.DecompressionBombError, Image.DecompressionBombWarning):
        return PIXELS + 1
    except (UnidentifiedImageError, OSError, ValueError, SyntaxError, struct.error, EOFError, KeyError, IndexError):
        return None


def _webp_area(head: bytes) -> int | None:
    # Pillow reads a whole WebP and allocates its canvas only to learn its size, so the header is read here
    # (RFC 9649, sections 2.5 to 2.7).
    form, body = head[12:16], head[20:]
    if len(body) < 10:
        return None
    if form == b"VP8X":
        width, height = (int.from_bytes(body[at : at + 3], "little") + 1 for at in (4, 7))
    elif form == b"VP8L" and body[0] == 0x2F:
        packed = int.from_bytes(body[1:5], "little")
        width, height = (packed & 0x3FFF) + 1, (packed >> 14 & 0x3FFF) + 1
    elif form == b"VP8 " and body[3:6] == b"\x9d\x01\x2a":
        width, height = (int.from_bytes(body[at : at + 2], "little") & 0x3FFF for at in (6, 8))
    else:
        return None
    return width * height
