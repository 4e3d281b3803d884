"""Files made in memory: honest ones and those that are not what they say."""

import io
import stat
import struct
import zipfile
import zlib

EICAR = b"X5O!P%@AP[4\\PZX54(P^)7CC)7}$EICAR-STANDARD-ANTIVIRUS-TEST-FILE!$H+H*"
PDF = b"%PDF-1.7\n%%EOF\n"
HTML = b"<!DOCTYPE html><html><script>alert(1)</script></html>"
SVG = b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600
EXE = b"MZ" + b"\x90\0" * 100
MB = 1024 * 1024


def png(width: int = 2, height: int = 2) -> bytes:
    """A PNG whose header promises a size; its pixels are not all there."""
    header = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    pixels = zlib.compress(b"\0" * 14)
    return b"\x89PNG\r\n\x1a\n" + _chunk(b"IHDR", header) + _chunk(b"IDAT", pixels) + _chunk(b"IEND", b"")


def gif(width: int = 2, height: int = 2, tail: bytes = b"") -> bytes:
    frame = b"\x2c" + struct.pack("<HHHHB", 0, 0, width, height, 0) + b"\x02\x02\x4c\x01\x00"
    return b"GIF89a" + struct.pack("<HH", width, height) + b"\x80\0\0" + b"\0\0\0\xff\xff\xff" + frame + b";" + tail


def webp(width: int = 2, height: int = 2) -> bytes:
    canvas = b"".join((side - 1).to_bytes(3, "little") for side in (width, height))
    body = b"VP8X" + struct.pack("<I", 10) + b"\0\0\0\0" + canvas
    return b"RIFF" + struct.pack("<I", len(body) + 4) + b"WEBP" + body


def docx(**more: bytes) -> bytes:
    return packed({"[Content_Types].xml": b"<Types/>", "word/document.xml": b"<w:document/>", **more})


def xlsx() -> bytes:
    return packed({"[Content_Types].xml": b"<Types/>", "xl/workbook.xml": b"<workbook/>"})


def odt() -> bytes:
    return packed({"mimetype": b"application/vnd.oasis.opendocument.text", "content.xml": b"<x/>"})


def bomb() -> bytes:
    """A .docx of some 200 KB that unpacks to 200 MB."""
    return docx(**{"word/media/image.bmp": b"\0" * (200 * MB)})


def crowd(entries: int) -> bytes:
    return docx(**{f"word/{number}": b"" for number in range(entries)})


def with_link() -> bytes:
    link = zipfile.ZipInfo("passwd")
    link.create_system, link.external_attr = 3, (stat.S_IFLNK | 0o777) << 16
    return packed({}, (link, b"/etc/passwd"))


def packed(files: dict[str, bytes], *others: tuple[zipfile.ZipInfo, bytes]) -> bytes:
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in [*files.items(), *others]:
            # Without the moment of writing: the bytes stand in names of tests, which are the same in every process.
            entry = name if isinstance(name, zipfile.ZipInfo) else zipfile.ZipInfo(name)
            archive.writestr(entry, content, zipfile.ZIP_DEFLATED)
    return held.getvalue()


def lying_end(directory: int) -> bytes:
    """A ZIP whose end promises a central directory of so many bytes."""
    return b"PK\x03\x04" + b"\0" * 40 + b"PK\x05\x06" + struct.pack("<HHHHIIH", 0, 0, 1, 1, directory, 0, 0)


def _chunk(name: bytes, body: bytes) -> bytes:
    return struct.pack(">I", len(body)) + name + body + struct.pack(">I", zlib.crc32(name + body))
