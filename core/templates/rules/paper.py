"""A Word file as blocks that `pages/page.typ` lays out: our own way to PDF where there is no office suite.

Kept: page size and margins, headers and footers with page numbers, styles, alignment, indents, spacing, lists, tables
with joined cells and borders, pictures, page breaks. Not kept: drawings, text boxes, columns, fonts other than ours.
"""

import re
from dataclasses import dataclass, field
from typing import Any

from .numbering import Numbering
from .package import opened, parsed

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
_A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
_WP = "{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}"
_ALIGNED = {"center": "center", "right": "right", "end": "right", "both": "justify", "distribute": "justify"}
_TWIPS, _EMU = 20, 12_700
_PICTURES = {"png": "png", "jpg": "jpg", "jpeg": "jpg", "gif": "gif"}
_COLOR = re.compile(r"[0-9A-Fa-f]{6}")
_A4 = {"width": 595.3, "height": 841.9, "top": 56.7, "right": 42.5, "bottom": 56.7, "left": 85.0}
Look = dict[str, Any]
Block = dict[str, Any]


@dataclass
class Paper:
    """What goes to the page: `blocks` and the rest as JSON, pictures as bytes by name."""

    page: dict[str, float]
    blocks: list[Block]
    header: list[Block]
    footer: list[Block]
    pictures: dict[str, bytes] = field(default_factory=dict)

    def plain(self) -> dict[str, Any]:
        return {"page": self.page, "blocks": self.blocks, "header": self.header, "footer": self.footer}


def paper_of(content: bytes) -> Paper:
    """A Word document as blocks. TemplateError for what is no such document."""
    parts = opened(content, "docx")
    reader = _Reader(parts)
    root = parsed(parts["word/document.xml"])
    body = root.find(f"{_W}body")
    section = None if body is None else body.find(f"{_W}sectPr")
    blocks = reader.blocks(body, "word/document.xml") if body is not None else []
    header, footer = reader.aside(section, "header"), reader.aside(section, "footer")
    return Paper(_page(section), blocks, header, footer, reader.pictures)


class _Reader:
    """Reads the parts of one document, with its styles, lists and pictures."""

    def __init__(self, parts: dict[str, bytes]) -> None:
        self._parts = parts
        self.pictures: dict[str, bytes] = {}
        # What the style of the table at hand says of paragraphs: stronger than defaults, weaker than their own styles.
        self._in_table: Look = {}
        styles = parts.get("word/styles.xml")
        root = parsed(styles) if styles else None
        self._styles = {one.get(f"{_W}styleId"): one for one in root.iter(f"{_W}style")} if root is not None else {}
        self._usual = next(
            (one.get(f"{_W}styleId") for one in self._styles.values()
             if one.get(f"{_W}type") == "paragraph" and one.get(f"{_W}default") in ("1", "true")), None,
        )  # fmt: skip
        self._default: Look = {}
        for one in root.iter(f"{_W}docDefaults") if root is not None else ():
            self._default |= _paragraph_look(one.find(f"{_W}pPrDefault/{_W}pPr"))
            self._default |= _run_look(one.find(f"{_W}rPrDefault/{_W}rPr"))
        numbering = parts.get("word/numbering.xml")
        self._numbering = Numbering(parsed(numbering) if numbering else None)

    def blocks(self, container: Any, part: str) -> list[Block]:
        found: list[Block] = []
        for one in container:
            if one.tag == f"{_W}p":
                found += self._paragraph(one, part)
            elif one.tag == f"{_W}tbl":
                found.append(self._table(one, part))
            elif one.tag in (f"{_W}sdt", f"{_W}sdtContent", f"{_W}customXml", f"{_W}ins"):
                found += self.blocks(one, part)
        return found

    def aside(self, section: Any, which: str) -> list[Block]:
        """The header or footer of usual pages."""
        for one in section.iter(f"{_W}{which}Reference") if section is not None else ():
            if one.get(f"{_W}type", "default") == "default":
                target = self._tied("word/document.xml").get(one.get(f"{_R}id"), "")
                if target in self._parts:
                    return self.blocks(parsed(self._parts[target]), target)
        return []

    def _style(self, style: str | None) -> Look:
        """What a style says, with those that it is based on."""
        chain: list[Any] = []
        while style in self._styles and len(chain) < 20:
            chain.append(self._styles[style])
            based = self._styles[style].find(f"{_W}basedOn")
            style = None if based is None else based.get(f"{_W}val")
        look: Look = {}
        for one in reversed(chain):
            look |= _paragraph_look(one.find(f"{_W}pPr")) | _run_look(one.find(f"{_W}rPr"))
        return look

    def _paragraph(self, paragraph: Any, part: str) -> list[Block]:
        told = paragraph.find(f"{_W}pPr")
        named = None if told is None else told.find(f"{_W}pStyle")
        look = self._default | self._in_table | self._style(self._usual if named is None else named.get(f"{_W}val"))
        look |= _paragraph_look(told)
        place = look.pop("list", None)
        set_in = _paragraph_look(self._numbering.properties_of(place))
        look = {name: set_in[name] for name in ("left", "first") if name in set_in} | look
        mark = self._numbering.mark_of(place)
        runs: list[dict[str, Any]] = []
        found: list[Block] = []
        if look.pop("break_before", False):
            found.append({"kind": "break"})
        for run in self._runs(paragraph, look, part):
            if run.get("break"):
                found += [_block(look, runs, mark), {"kind": "break"}]
                runs, mark = [], None
            else:
                runs.append(run)
        return [*found, _block(look, runs, mark)]

    def _runs(self, paragraph: Any, look: Look, part: str) -> list[dict[str, Any]]:
        found: list[dict[str, Any]] = []
        field_code, is_result = "", False
        for run in paragraph.iter(f"{_W}r", f"{_W}fldSimple"):
            if run.tag == f"{_W}fldSimple":
                continue
            if next(run.iterancestors(f"{_W}p"), None) is not paragraph:
                continue
            own = self._run(run, look)
            for one in run:
                if one.tag == f"{_W}fldChar":
                    step = one.get(f"{_W}fldCharType")
                    if step == "begin":
                        field_code, is_result = "", False
                    elif step == "separate":
                        is_result = bool(_counted(field_code))
                    if step in ("separate", "end") and _counted(field_code) and (step == "separate" or not is_result):
                        found.append(own | {"field": _counted(field_code)})
                    if step == "end":
                        field_code, is_result = "", False
                elif one.tag == f"{_W}instrText":
                    field_code += one.text or ""
                elif not is_result:
                    found += self._piece(one, own, part)
        return found

    def _run(self, run: Any, look: Look) -> Look:
        told = run.find(f"{_W}rPr")
        named = None if told is None else told.find(f"{_W}rStyle")
        own: Look = {name: value for name, value in look.items() if name in _RUN}
        if named is not None:
            style = self._style(named.get(f"{_W}val"))
            own |= {name: value for name, value in style.items() if name in _RUN}
        counted = next(run.iterancestors(f"{_W}fldSimple"), None)
        simple = "" if counted is None else _counted(counted.get(f"{_W}instr", ""))
        return own | _run_look(told) | ({"simple": simple} if simple else {})

    def _piece(self, one: Any, own: Look, part: str) -> list[dict[str, Any]]:
        """What one element of a run prints."""
        own = dict(own)
        simple = own.pop("simple", "")
        if one.tag == f"{_W}t":
            return [own | ({"field": simple} if simple else {"text": one.text or ""})]
        if one.tag == f"{_W}br":
            return [{"break": True}] if one.get(f"{_W}type") == "page" else [own | {"text": "\n"}]
        if one.tag in (f"{_W}tab", f"{_W}cr", f"{_W}noBreakHyphen"):
            return [own | {"text": {"tab": "\t", "cr": "\n"}.get(one.tag.rpartition("}")[2], "\u2011")}]
        if one.tag == f"{_W}drawing":
            return self._picture(one, part)
        return []

    def _picture(self, drawing: Any, part: str) -> list[dict[str, Any]]:
        blip, extent = next(drawing.iter(f"{_A}blip"), None), next(drawing.iter(f"{_WP}extent"), None)
        if blip is None or extent is None:
            return []
        target = self._tied(part).get(blip.get(f"{_R}embed"), "")
        sort = _PICTURES.get(target.rpartition(".")[2].lower())
        if sort is None or target not in self._parts:
            return []
        name = f"picture{len(self.pictures) + 1}.{sort}"
        self.pictures[name] = self._parts[target]
        return [{"picture": name, "width": _int(extent.get("cx")) / _EMU, "height": _int(extent.get("cy")) / _EMU}]

    def _tied(self, part: str) -> dict[str, str]:
        """What the ties of a part lead to, by their ids."""
        folder, _, name = part.rpartition("/")
        rels = self._parts.get(f"{folder}/_rels/{name}.rels")
        if rels is None:
            return {}
        return {
            one.get("Id"): (target[1:] if target.startswith("/") else f"{folder}/{target}")
            for one in parsed(rels)
            if (target := one.get("Target", "")) and one.get("TargetMode") != "External"
        }

    def _table(self, table: Any, part: str) -> Block:
        widths = [_int(one.get(f"{_W}w")) / _TWIPS for one in table.iterfind(f"{_W}tblGrid/{_W}gridCol")]
        style = table.find(f"{_W}tblPr/{_W}tblStyle")
        borders = table.find(f"{_W}tblPr/{_W}tblBorders")
        named = self._styles.get(style.get(f"{_W}val")) if style is not None else None
        if borders is None and named is not None:
            borders = next(named.iter(f"{_W}tblBorders"), None)
        lines = {"none", "nil"}
        has_lines = borders is not None and any(one.get(f"{_W}val") not in lines for one in borders)
        outer = self._in_table
        self._in_table = {} if style is None else self._style(style.get(f"{_W}val"))
        rows = [[self._cell(cell, part) for cell in _cells(row)] for row in table.iter(f"{_W}tr") if _own(row, table)]
        self._in_table = outer
        return {"kind": "table", "widths": widths, "lines": has_lines, "rows": _joined(rows)}

    def _cell(self, cell: Any, part: str) -> dict[str, Any]:
        told = cell.find(f"{_W}tcPr")
        span = None if told is None else told.find(f"{_W}gridSpan")
        merge = None if told is None else told.find(f"{_W}vMerge")
        own = None if told is None else told.find(f"{_W}tcBorders")
        goes_on = merge is not None and merge.get(f"{_W}val") != "restart"
        lined = own is not None and any(one.get(f"{_W}val") not in ("none", "nil") for one in own)
        return {
            "blocks": [] if goes_on else self.blocks(cell, part),
            "across": max(1, _int(None if span is None else span.get(f"{_W}val"))),
            "down": 1, "goes_on": goes_on, "lines": lined,
        }  # fmt: skip


_RUN: tuple[str, ...] = ("size", "bold", "italic", "underline", "strike", "color")


def _block(look: Look, runs: list[dict[str, Any]], mark: str | None) -> Block:
    return {"kind": "paragraph", **{name: look[name] for name in _PARAGRAPH if name in look}, "runs": runs,
            **({"mark": mark} if mark else {}), "size": look.get("size", 11)}  # fmt: skip


_PARAGRAPH = ("align", "left", "right", "first", "before", "after", "line")


def _paragraph_look(told: Any) -> Look:
    look: Look = {}
    for one in told if told is not None else ():
        name, value = one.tag.rpartition("}")[2], one.get(f"{_W}val")
        if name == "jc":
            look["align"] = _ALIGNED.get(value, "left")
        elif name == "ind":
            start = one.get(f"{_W}left") or one.get(f"{_W}start")
            if start is not None:
                look["left"] = _int(start) / _TWIPS
            if one.get(f"{_W}firstLine") is not None or one.get(f"{_W}hanging") is not None:
                look["first"] = (_int(one.get(f"{_W}firstLine")) - _int(one.get(f"{_W}hanging"))) / _TWIPS
            if one.get(f"{_W}right") is not None:
                look["right"] = _int(one.get(f"{_W}right")) / _TWIPS
        elif name == "spacing":
            look |= {side: _int(one.get(f"{_W}{side}")) / _TWIPS
                     for side in ("before", "after") if one.get(f"{_W}{side}") is not None}  # fmt: skip
            if one.get(f"{_W}line") and one.get(f"{_W}lineRule", "auto") == "auto":
                look["line"] = min(max(_int(one.get(f"{_W}line")) / 240, 0.5), 4)
        elif name == "pageBreakBefore":
            look["break_before"] = value not in ("0", "false")
        elif name == "numPr":
            level, number = one.find(f"{_W}ilvl"), one.find(f"{_W}numId")
            if number is not None:
                look["list"] = (number.get(f"{_W}val"), _int(None if level is None else level.get(f"{_W}val")))
    return look


def _run_look(told: Any) -> Look:
    look: Look = {}
    for one in told if told is not None else ():
        name, value = one.tag.rpartition("}")[2], one.get(f"{_W}val")
        if name in ("b", "i", "strike"):
            look[{"b": "bold", "i": "italic", "strike": "strike"}[name]] = value not in ("0", "false", "off")
        elif name == "u":
            look["underline"] = value not in ("none", None)
        elif name == "sz":
            look["size"] = min(max(_int(value) / 2, 4), 96)
        elif name == "color" and _COLOR.fullmatch(value or ""):
            look["color"] = value
    return look


def _counted(code: str) -> str:
    """Which figure a field prints; empty for other fields, whose last result stands."""
    word = code.split()[0].upper() if code.split() else ""
    return {"PAGE": "page", "NUMPAGES": "pages", "SECTIONPAGES": "pages"}.get(word, "")


def _cells(row: Any) -> list[Any]:
    return [one for one in row.iter(f"{_W}tc") if next(one.iterancestors(f"{_W}tr"), None) is row]


def _own(row: Any, table: Any) -> bool:
    return next(row.iterancestors(f"{_W}tbl"), None) is table


def _joined(rows: list[list[dict[str, Any]]]) -> list[list[dict[str, Any]]]:
    """Cells that go on from above are left out, and the one above counts them."""
    above: dict[int, dict[str, Any]] = {}
    for row in rows:
        column = 0
        for cell in row:
            if cell["goes_on"] and column in above:
                above[column]["down"] += 1
            else:
                cell["goes_on"] = False
                above[column] = cell
            column += cell["across"]
    return [[cell for cell in row if not cell["goes_on"]] for row in rows]


def _page(section: Any) -> dict[str, float]:
    page = dict(_A4)
    size = None if section is None else section.find(f"{_W}pgSz")
    margins = None if section is None else section.find(f"{_W}pgMar")
    if size is not None:
        page |= {"width": _int(size.get(f"{_W}w")) / _TWIPS, "height": _int(size.get(f"{_W}h")) / _TWIPS}
    if margins is not None:
        page |= {side: abs(_int(margins.get(f"{_W}{side}"))) / _TWIPS for side in ("top", "right", "bottom", "left")}
    wide, high = page["width"], page["height"]
    is_sound = 100 <= wide <= 4000 and 100 <= high <= 4000 and page["left"] + page["right"] < wide - 50
    return page if is_sound and page["top"] + page["bottom"] < high - 50 else dict(_A4)


def _int(text: str | None) -> int:
    try:
        return int(float(text or 0))
    except (ValueError, OverflowError):
        return 0
