"""What a file really is by its first bytes, whether its name and its declared type agree, and how it is given out."""

import re
from dataclasses import dataclass

from .names import extension_of

HEAD = 4096
OCTETS = "application/octet-stream"
# The only types a browser may show by itself: it draws them and runs nothing.
INLINE = frozenset({"image/png", "image/jpeg", "image/gif", "image/webp"})
# What the browser draws in a closed viewer of its own; only for a page that asks to show it, otherwise it is saved.
VIEWED = frozenset({"application/pdf"})

# (offset, bytes, what it is); the first that fits wins.
_MAGIC: tuple[tuple[int, bytes, str], ...] = (
    (0, b"\x89PNG\r\n\x1a\n", "png"),
    (0, b"\xff\xd8\xff", "jpeg"),
    (0, b"GIF87a", "gif"),
    (0, b"GIF89a", "gif"),
    (8, b"WEBP", "webp"),
    (8, b"WAVE", "wav"),
    (8, b"AVI ", "avi"),
    (0, b"II*\x00", "tiff"),
    (0, b"MM\x00*", "tiff"),
    (4, b"ftypavif", "avif"),
    (4, b"ftyphei", "heif"),
    (4, b"ftyphev", "heif"),
    (4, b"ftypmif1", "heif"),
    (4, b"ftypmsf1", "heif"),
    (4, b"ftyp", "mp4"),
    (4, b"moov", "mp4"),
    (4, b"mdat", "mp4"),
    (0, b"%PDF-", "pdf"),
    (0, b"%!PS", "postscript"),
    (0, b"PK\x03\x04", "zip"),
    (0, b"PK\x05\x06", "zip"),
    (0, b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "ole"),
    (0, b"{\\rtf", "rtf"),
    (0, b"7z\xbc\xaf\x27\x1c", "7z"),
    (0, b"Rar!\x1a\x07", "rar"),
    (0, b"\x1f\x8b", "gzip"),
    (0, b"BZh", "bzip2"),
    (0, b"\xfd7zXZ\x00", "xz"),
    (257, b"ustar", "tar"),
    (0, b"ID3", "mp3"),
    (0, b"fLaC", "flac"),
    (0, b"OggS", "ogg"),
    (0, b"\x1aE\xdf\xa3", "matroska"),
    (0, b"8BPS", "psd"),
    (0, b"AC10", "dwg"),
    (0, b"\x7fELF", "program"),
    (0, b"\xfe\xed\xfa\xce", "program"),
    (0, b"\xfe\xed\xfa\xcf", "program"),
    (0, b"\xcf\xfa\xed\xfe", "program"),
    (0, b"\xca\xfe\xba\xbe", "program"),
)
_MARKUP = re.compile(rb"<(!doctype|html|head|body|script|svg|iframe|\?xml|\?php|math|x:|xsl)", re.IGNORECASE)
_PDF_LIKE, _OFFICE = ("pdf", "postscript"), ("zip", "ole")
# Bank clients and accounting programs write tables as HTML or text and call them .xls; Excel reads them.
_OLD_OFFICE = ("ole", "zip", "rtf", "text", "markup")
_WORDS = ("text", "markup")
# Pictures are often saved under another picture's ending; the real type is what they are given out with.
_PICTURES = ("png", "jpeg", "gif", "webp", "bmp", "tiff", "heif", "avif")
_PICTURE_ENDINGS = ("png", "jpg", "jpeg", "jpe", "jfif", "gif", "webp", "bmp", "tif", "tiff", "heic", "heif", "avif")
_PICTURE_TYPES = frozenset(f"image/{name}" for name in ("png", "jpeg", "gif", "webp", "bmp", "tiff", "heic", "avif"))

# Ending → what such a file may be; endings that are not here may be anything but a program.
_EXPECTED: dict[str, tuple[str, ...]] = {
    **dict.fromkeys(_PICTURE_ENDINGS, _PICTURES),
    **{ending: (ending,) for ending in ("pdf", "rtf", "7z", "rar", "tar", "flac", "psd", "dwg", "wav", "avi")},
    **dict.fromkeys(("ai", "ps", "eps"), _PDF_LIKE),
    **dict.fromkeys(("docx", "xlsx", "pptx", "docm", "xlsm", "pptm", "dotx", "xltx", "potx"), _OFFICE),
    **dict.fromkeys(("doc", "xls", "ppt", "dot", "xlt"), _OLD_OFFICE),
    **dict.fromkeys(("odt", "ods", "odp", "odg", "epub", "zip"), ("zip",)),
    **dict.fromkeys(("msg",), ("ole",)),
    **dict.fromkeys(("gz", "tgz"), ("gzip",)),
    **dict.fromkeys(("bz2",), ("bzip2",)),
    **dict.fromkeys(("xz",), ("xz",)),
    **dict.fromkeys(("mp4", "m4v", "m4a", "mov", "3gp"), ("mp4",)),
    **dict.fromkeys(("mkv", "webm"), ("matroska",)),
    **dict.fromkeys(("ogg", "oga", "ogv", "opus"), ("ogg",)),
    **dict.fromkeys(
        ("txt", "csv", "tsv", "log", "md", "json", "xml", "yaml", "yml", "ini", "sql", "html", "htm", "svg", "eml",
         "ics", "vcf"), _WORDS,
    ),
}  # fmt: skip

_SERVED = {
    "png": "image/png",
    "jpeg": "image/jpeg",
    "gif": "image/gif",
    "webp": "image/webp",
    "bmp": "image/bmp",
    "tiff": "image/tiff",
    "heif": "image/heic",
    "avif": "image/avif",
    "pdf": "application/pdf",
    "rtf": "application/rtf",
    "zip": "application/zip",
    "7z": "application/x-7z-compressed",
    "gzip": "application/gzip",
    "mp4": "video/mp4",
    "matroska": "video/x-matroska",
    "mp3": "audio/mpeg",
    "ogg": "application/ogg",
    "wav": "audio/wav",
    "flac": "audio/flac",
    "text": "text/plain",
}
_OFFICE_SERVED = {
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "pptx": "application/vnd.openxmlformats-officedocument.presentationml.presentation",
    "odt": "application/vnd.oasis.opendocument.text",
    "ods": "application/vnd.oasis.opendocument.spreadsheet",
    "odp": "application/vnd.oasis.opendocument.presentation",
    "doc": "application/msword",
    "xls": "application/vnd.ms-excel",
    "ppt": "application/vnd.ms-powerpoint",
}
_PACKED, _OLD_BOOK, _WRITTEN = "application/zip", "application/vnd.ms-excel", "text/plain"
# Ending of a table → the types it may be given out with, and by whom it is read.
_TABLES: dict[str, tuple[tuple[str, ...], str]] = {
    **{ending: ((_OFFICE_SERVED[ending], _PACKED), "book") for ending in ("xlsx", "ods")},
    **dict.fromkeys(("xlsm", "xltx", "xlsb"), ((_PACKED,), "book")),
    "xls": ((_OLD_BOOK,), "book"),
    **dict.fromkeys(("csv", "tsv"), ((_WRITTEN,), "csv")),
}
_MANY_PARTS = ("multipart/", "message/")
_DECLARED = re.compile(r"[a-z]+/[a-z0-9][a-z0-9.+-]*")


@dataclass(frozen=True)
class Verdict:
    """What a file is; `served` is the type it is given out with, `refusal` a Russian sentence or empty."""

    real: str
    served: str
    refusal: str = ""


def declared_type(text: str) -> str:
    """The declared type without parameters; octets when it is not one, or is one of many parts.

    The bytes travel to and from quarantine under it, and readers of HTTP answers try to take a body of parts apart.
    """
    found = text.partition(";")[0].strip().lower()
    is_plain = _DECLARED.fullmatch(found) and len(found) <= 150 and not found.startswith(_MANY_PARTS)
    return found if is_plain else OCTETS


def judge(name: str, declared: str, head: bytes) -> Verdict:
    """Compare the first bytes of a file with its name and its declared type."""
    real, ending = real_type(head), extension_of(name)
    served = _SERVED.get(real, OCTETS)
    if real in ("zip", "ole"):
        served = _OFFICE_SERVED.get(ending, served)
    expected = _EXPECTED.get(ending)
    if real == "program":
        return Verdict(real, served, "Это программа. Программы прикладывать нельзя: упакуйте её в архив")
    if expected is not None and real not in expected:
        return Verdict(real, served, f"Содержимое не похоже на файл .{ending}. Проверьте файл и приложите его снова")
    if declared in _PICTURE_TYPES and real not in _PICTURES:
        return Verdict(real, served, "Файл назван картинкой, но это не картинка")
    if declared == "application/pdf" and real != "pdf":
        return Verdict(real, served, "Файл назван документом PDF, но это не PDF")
    return Verdict(real, served)


def table_form(name: str, content_type: str) -> str:
    """How a checked file is read as a table: `book`, `csv`, or empty when it is none."""
    types, form = _TABLES.get(extension_of(name), ((), ""))
    return form if content_type in types else ""


def real_type(head: bytes) -> str:
    """What the first bytes say: a code such as `png`, `zip`, `text`, `markup`, `program`, or `binary` for all else."""
    for offset, mark, found in _MAGIC:
        if head.startswith(mark, offset) and (offset != 8 or head.startswith(b"RIFF")):
            return found
    if head.startswith(b"MZ") and len(head) >= 64:
        return "program"
    if head.startswith(b"BM") and head[6:10] == b"\x00\x00\x00\x00":
        return "bmp"
    if head[:2] in (b"\xff\xfb", b"\xff\xf3", b"\xff\xf2"):
        return "mp3"
    return _words(head)


def _words(head: bytes) -> str:
    if head.startswith((b"\xff\xfe", b"\xfe\xff")):
        return _flavour(head.decode("utf-16", "ignore").encode())
    if any(byte < 9 or 13 < byte < 27 or 27 < byte < 32 for byte in head):
        return "binary"
    return _flavour(head)


def _flavour(text: bytes) -> str:
    return "markup" if _MARKUP.search(text) else "text"
