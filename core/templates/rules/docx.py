"""A Word file filled in: paragraphs wherever they stand (body, tables, headers, footers, notes, text boxes).

A mark that Word has split over runs is found all the same: the text of a paragraph is read as a whole, what comes in
place of a mark takes the looks of its first sign.
"""

import base64
import re
import struct
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from lxml import etree

from .blocks import Filler
from .package import opened, packed, parsed, written
from .text import PICTURES, Edit, Printer, edited_piece
from .values import Scope, TemplateError

_NS = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_W = f"{{{_NS}}}"
_W14 = "{http://schemas.microsoft.com/office/word/2010/wordml}"
_XML_SPACE = "{http://www.w3.org/XML/1998/namespace}space"
_R = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PARTS = re.compile(r"word/(?:document|header\d*|footer\d*|footnotes|endnotes)\.xml")
_BLOCKS = frozenset(f"{_W}{name}" for name in ("p", "tbl", "tr", "tc", "sdt", "sdtContent", "customXml"))
_BREAKS = {f"{_W}tab": "\t", f"{_W}br": "\n", f"{_W}cr": "\n", f"{_W}noBreakHyphen": "-"}
_ONCE = frozenset(f"{_W}{name}" for name in ("bookmarkStart", "bookmarkEnd", "commentRangeStart", "commentRangeEnd"))
_PIECES = re.compile(f"[{chr(PICTURES[0])}-{chr(PICTURES[-1])}\n\t]")
_EMU_PER_MM = 36_000


@dataclass(frozen=True)
class Picture:
    """A PNG of ours, and how wide it stands on the page."""

    png: bytes
    width_mm: float

    @property
    def height_mm(self) -> float:
        width, height = struct.unpack(">II", self.png[16:24])
        return self.width_mm * height / width


def fill_docx(content: bytes, scope: Scope, pictures: Mapping[str, Picture]) -> bytes:
    """The document with its marks filled in. TemplateError."""
    parts = opened(content, "docx")
    printer = Printer(pictures)
    for name in [one for one in parts if _PARTS.fullmatch(one)]:
        root = parsed(parts[name])
        dialect = WordDialect()
        Filler(dialect, printer).fill(_container(root), scope)
        _draw(root, name, parts, printer, pictures)
        parts[name] = written(root)
    return packed(parts)


def texts_of(content: bytes) -> list[str]:
    """The text of each paragraph in all parts, in order, for whoever looks for marks."""
    parts = opened(content, "docx")
    dialect = WordDialect()
    return [
        dialect.text(paragraph)
        for name in parts
        if _PARTS.fullmatch(name)
        for paragraph in parsed(parts[name]).iter(f"{_W}p")
    ]


def _container(root: Any) -> Any:
    body = root.find(f"{_W}body")
    return root if body is None else body


class WordDialect:
    """How a Word document is built."""

    def blocks(self, element: Any) -> list[Any]:
        # Notes and headers hold paragraphs one level deeper or at once.
        return [one for one in element if one.tag in _BLOCKS or one.tag in (f"{_W}footnote", f"{_W}endnote")]

    def is_leaf(self, element: Any) -> bool:
        return element.tag == f"{_W}p"

    def is_row(self, element: Any) -> bool:
        return element.tag == f"{_W}tr"

    def text(self, element: Any) -> str:
        if element.tag == f"{_W}p":
            return "".join(said for _, said in _slots(element))
        # A table in a cell is a table of its own.
        paragraphs = [one for one in element.iter(f"{_W}p") if _nearest_row(one) is element or not self.is_row(element)]
        return "\n".join(text for one in paragraphs if (text := self.text(one)))

    def rewrite(self, element: Any, edits: list[Edit]) -> None:
        at = 0
        done: set[int] = set()
        for node, former in _slots(element):
            if node is not None:
                said = edited_piece(former, at, edits, done)
                if said != former:
                    node.text = said
                    node.set(_XML_SPACE, "preserve")
                    _broken(node)
            at += len(former)

    def inner(self, element: Any) -> list[Any]:
        boxes = element.iter(f"{_W}txbxContent")
        return [one for one in boxes if _holder(one) is element]

    def renew(self, element: Any) -> None:
        for one in list(element.iter()):
            if one.tag in _ONCE:
                one.getparent().remove(one)
                continue
            for name in (f"{_W14}paraId", f"{_W14}textId"):
                one.attrib.pop(name, None)

    def settle(self, element: Any) -> None:
        if element.tag == f"{_W}tc" and element.find(f"{_W}p") is None:
            etree.SubElement(element, f"{_W}p")
        elif element.tag == f"{_W}tbl" and element.find(f"{_W}tr") is None and element.getparent() is not None:
            element.getparent().remove(element)


def _slots(paragraph: Any) -> list[tuple[Any, str]]:
    """The texts of a paragraph in order, those of text boxes left out; a tab or a break has no node to write into."""
    found: list[tuple[Any, str]] = []
    for node in paragraph.iter(f"{_W}t", *_BREAKS):
        if _holder(node) is not paragraph:
            continue
        if node.tag == f"{_W}t":
            found.append((node, node.text or ""))
        elif node.getparent().tag == f"{_W}r":
            found.append((None, _BREAKS[node.tag]))
    return found


def _holder(node: Any) -> Any:
    """The paragraph that a node stands in."""
    return next((one for one in node.iterancestors(f"{_W}p")), None)


def _nearest_row(node: Any) -> Any:
    return next((one for one in node.iterancestors(f"{_W}tr")), None)


def _broken(node: Any) -> None:
    """Line breaks and tabs of a value as Word has them; pictures stand alone in a text of their own."""
    said = node.text or ""
    if not _PIECES.search(said):
        return
    at, pieces = node, _pieces(said)
    node.text = next(pieces)
    for piece in pieces:
        tag = {"\n": "br", "\t": "tab"}.get(piece, "t")
        made = etree.Element(f"{_W}{tag}")
        if tag == "t":
            made.text = piece
            made.set(_XML_SPACE, "preserve")
        at.addnext(made)
        at = made


def _pieces(said: str) -> Iterator[str]:
    at = 0
    for found in _PIECES.finditer(said):
        yield said[at : found.start()]
        yield found.group()
        at = found.end()
    yield said[at:]


def _draw(root: Any, name: str, parts: dict[str, bytes], printer: Printer, pictures: Mapping[str, Picture]) -> None:
    """Set pictures in place of the signs that stand for them."""
    used: dict[str, str] = {}
    drawn = [one for one in root.iter(f"{_W}t") if _is_picture(one.text, len(printer.pictures))]
    for count, node in enumerate(drawn, start=1):
        which = printer.pictures[ord(node.text) - PICTURES[0]]
        if which not in used:
            used[which] = _related(parts, name, which, pictures[which].png)
        node.addnext(_drawing(pictures[which], used[which], 90_000 + count))
        node.getparent().remove(node)


def _is_picture(text: str | None, count: int) -> bool:
    return text is not None and len(text) == 1 and ord(text) in PICTURES[:count]


def _related(parts: dict[str, bytes], name: str, which: str, png: bytes) -> str:
    """Add a picture to the package and tie it to the part; the id of the tie."""
    code = base64.b16encode(which.encode())[:40].decode().lower()
    target, rels = f"media/pult-{code}.png", f"word/_rels/{name.rpartition('/')[2]}.rels"
    parts[f"word/{target}"] = png
    ns = "http://schemas.openxmlformats.org/package/2006/relationships"
    ties = parsed(parts[rels]) if rels in parts else etree.Element(f"{{{ns}}}Relationships", nsmap={None: ns})
    tie = f"rIdPult{code}"
    etree.SubElement(ties, f"{{{ns}}}Relationship", Id=tie, Type=f"{_R}/image", Target=target)
    parts[rels] = written(ties)
    types = parsed(parts["[Content_Types].xml"])
    space = types.tag.partition("}")[0] + "}"
    if not any(one.get("Extension", "").lower() == "png" for one in types.iter(f"{space}Default")):
        types.insert(0, etree.Element(f"{space}Default", Extension="png", ContentType="image/png"))
        parts["[Content_Types].xml"] = written(types)
    return tie


def _drawing(picture: Picture, tie: str, number: int) -> Any:
    width, height = int(picture.width_mm * _EMU_PER_MM), int(picture.height_mm * _EMU_PER_MM)
    if not 0 < height < 300 * _EMU_PER_MM:
        raise TemplateError("Изображение слишком вытянуто. Загрузите другое")
    return etree.fromstring(f"""<w:drawing xmlns:w="{_NS}" xmlns:r="{_R}"
      xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing"
      xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"
      xmlns:pic="http://schemas.openxmlformats.org/drawingml/2006/picture">
      <wp:inline distT="0" distB="0" distL="0" distR="0"><wp:extent cx="{width}" cy="{height}"/>
      <wp:docPr id="{number}" name="Picture {number}"/><a:graphic>
      <a:graphicData uri="http://schemas.openxmlformats.org/drawingml/2006/picture"><pic:pic>
      <pic:nvPicPr><pic:cNvPr id="{number}" name="Picture {number}"/><pic:cNvPicPr/></pic:nvPicPr>
      <pic:blipFill><a:blip r:embed="{tie}"/><a:stretch><a:fillRect/></a:stretch></pic:blipFill>
      <pic:spPr><a:xfrm><a:off x="0" y="0"/><a:ext cx="{width}" cy="{height}"/></a:xfrm>
      <a:prstGeom prst="rect"><a:avLst/></a:prstGeom></pic:spPr></pic:pic></a:graphicData></a:graphic></wp:inline>
      </w:drawing>""")
