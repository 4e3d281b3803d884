"""Office files as what they are: archives that strangers have packed. What could do harm is refused before it is read.

Nothing is repaired by leaving it out: a template with a macro is refused with a sentence that says so, because its
author must know.
"""

import io
import re
import zipfile
from collections.abc import Iterator
from typing import Any

from lxml import etree

from .values import TemplateError

MOST_ENTRIES, MOST_UNPACKED, MOST_PART = 1000, 60 * 1024 * 1024, 30 * 1024 * 1024
_CHUNK = 65_536
_LIVE = re.compile(r"vbaproject|vbadata|/activex/|/ctrlprops/|macrosheets|dialogsheets|\.bin$", re.I)
_OUTSIDE = re.compile(r"/externallinks/|/connections\.xml|/querytables/|/querytable|/embeddings/|/customui", re.I)
# Fields of Word that read other files or run something.
_FIELDS = re.compile(
    r"\b(?:DDE|DDEAUTO|INCLUDETEXT|INCLUDEPICTURE|INCLUDE|IMPORT|LINK|EMBED|MACROBUTTON|RD|DATABASE|AUTOTEXT)\b", re.I
)
_CALLS = re.compile(r"\b(?:WEBSERVICE|RTD|CALL|REGISTER\.ID|EXEC|FILTERXML|DDE)\s*\(|\|[^|]*!|cmd\|", re.I)
# In one byte a sign or in two.
_DECLARES = re.compile(rb"<\0?!\0?(?:D\0?O\0?C\0?T\0?Y\0?P\0?E|E\0?N\0?T\0?I\0?T\0?Y)", re.I)
_SAFE_LINK = re.compile(r"(?:https?://|mailto:|tel:)", re.I)
_RELS = "{http://schemas.openxmlformats.org/package/2006/relationships}Relationship"
_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_S = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
_TYPES = {
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml",
}
_OLE = b"\xd0\xcf\x11\xe0"


def opened(content: bytes, form: str) -> dict[str, bytes]:
    """All parts of a DOCX or XLSX by name, in their order. TemplateError for what is broken or could do harm."""
    parts = dict(_unpacked(content))
    types = parts.get("[Content_Types].xml", b"").decode("utf-8", "replace")
    if "macroEnabled" in types:
        raise TemplateError("В файле есть макросы. Сохраните его как обычный документ без макросов")
    if _TYPES[form] not in types:
        raise TemplateError(f"Это не файл {form.upper()}. Откройте его в редакторе и сохраните в этом формате")
    for name, body in parts.items():
        _must_be_calm(name)
        if name.endswith((".xml", ".rels", ".vml")):
            _must_be_harmless(name, parsed(body))
    return parts


def parsed(body: bytes) -> Any:
    """A part as a tree; entities are not resolved, and a part that declares any is refused."""
    if _DECLARES.search(body):
        raise TemplateError("В файле объявлены сущности XML: так делают не документы, а атаки. Файл отклонён")
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, dtd_validation=False, huge_tree=False, remove_pis=True
    )
    try:
        root = etree.fromstring(body, parser)
    except etree.XMLSyntaxError as broken:
        raise TemplateError("Файл повреждён. Откройте его в редакторе и сохраните заново") from broken
    # In an encoding that the look at the bytes does not know.
    if root.getroottree().docinfo.internalDTD is not None:
        raise TemplateError("В файле объявлены сущности XML: так делают не документы, а атаки. Файл отклонён")
    return root


def packed(parts: dict[str, bytes]) -> bytes:
    """The file again. Equal parts give equal bytes."""
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, body in parts.items():
            archive.writestr(zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0)), body, zipfile.ZIP_DEFLATED)
    return made.getvalue()


def written(root: Any) -> bytes:
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)


def _unpacked(content: bytes) -> Iterator[tuple[str, bytes]]:
    if content.startswith(_OLE):
        raise TemplateError("Файл закрыт паролем или сохранён в старом формате. Сохраните его как DOCX или XLSX")
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            entries = [one for one in archive.infolist() if not one.is_dir()]
            _must_be_small(entries)
            left = MOST_UNPACKED
            for entry in entries:
                body = _read(archive, entry, min(left, MOST_PART))
                left -= len(body)
                yield entry.filename, body
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, EOFError, OSError, ValueError) as broken:
        raise TemplateError("Файл повреждён. Откройте его в редакторе и сохраните заново") from broken


def _must_be_small(entries: list[zipfile.ZipInfo]) -> None:
    if len(entries) > MOST_ENTRIES or sum(one.file_size for one in entries) > MOST_UNPACKED:
        raise TemplateError("Файл распаковывается в слишком большой. Уберите из шаблона лишние изображения")
    names = [one.filename for one in entries]
    if len({name.lower() for name in names}) != len(names):
        raise TemplateError("Файл повреждён: в нём две части с одним именем")
    if any(name.startswith(("/", "\\")) or ".." in name.split("/") or "\\" in name for name in names):
        raise TemplateError("Файл повреждён: часть документа лежит вне его")


def _read(archive: zipfile.ZipFile, entry: zipfile.ZipInfo, most: int) -> bytes:
    """The part's bytes, counted as they come: what its header says of its size may be a lie."""
    found = bytearray()
    with archive.open(entry) as stream:
        while chunk := stream.read(_CHUNK):
            found += chunk
            if len(found) > most:
                raise TemplateError("Файл распаковывается в слишком большой. Уберите из шаблона лишние изображения")
    return bytes(found)


def _must_be_calm(name: str) -> None:
    path = f"/{name}"
    if "/printersettings/" in path.lower():
        return
    if _OUTSIDE.search(path):
        raise TemplateError("В файле есть вложения или связи с другими файлами. Уберите их и сохраните заново")
    if _LIVE.search(path):
        raise TemplateError("В файле есть макросы или элементы управления. Сохраните его без них")


def _must_be_harmless(name: str, root: Any) -> None:
    for link in root.iter(_RELS):
        kind = link.get("Type", "").rpartition("/")[2]
        if link.get("TargetMode") == "External" and not (
            kind == "hyperlink" and _SAFE_LINK.match(link.get("Target", ""))
        ):
            raise TemplateError("Файл обращается к внешнему адресу или другому файлу. Вставьте содержимое прямо в него")
    # A field may be split over runs as any other text is.
    said = "".join(one.text or "" for one in root.iter(f"{_W}instrText"))
    simple = " ".join(one.get(f"{_W}instr", "") for one in root.iter(f"{_W}fldSimple"))
    if _FIELDS.search(said) or _FIELDS.search(simple):
        raise TemplateError("В файле есть поле, которое читает другие файлы (INCLUDE, DDE, LINK). Уберите его")
    for formula in root.iter(f"{_S}f", f"{_S}definedName"):
        if _CALLS.search(formula.text or ""):
            raise TemplateError("В таблице есть формула, которая обращается наружу. Уберите её")
    if any(True for _ in root.iter(f"{_W}altChunk", f"{_W}subDoc", f"{_W}attachedTemplate", f"{_W}object")):
        raise TemplateError("В файле есть вложенные документы или объекты. Уберите их и сохраните заново")
