"""Pages of HTML and of workbooks as the same blocks that Word files become (paper.py)."""

import io
import re
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from openpyxl import load_workbook
from openpyxl.utils import get_column_letter

from core.language.days import short_day

from .markup import page_of
from .paper import Block, Paper

# «width: 24%» of a cell.
_SHARE = re.compile(r"(?:^|;)\s*width\s*:\s*([0-9]{1,3}(?:\.[0-9]{1,4})?)%")
_A4 = {"width": 595.3, "height": 841.9, "top": 56.7, "right": 42.5, "bottom": 56.7, "left": 85.0}
_WIDE = {"width": 841.9, "height": 595.3, "top": 36.0, "right": 36.0, "bottom": 36.0, "left": 36.0}
_SIZES = {"h1": 16, "h2": 14, "h3": 12.5, "h4": 11.5, "h5": 11, "h6": 11, "small": 9}
_LOOKS = {"b": "bold", "strong": "bold", "th": "bold", "i": "italic", "em": "italic", "u": "underline", "s": "strike"}
_ALIGN = re.compile(r"text-align\s*:\s*(left|right|center|justify)", re.I)
_WEIGHT, _SIZE = (
    re.compile(r"font-weight\s*:\s*(?:bold|[6-9]00)", re.I),
    re.compile(r"font-size\s*:\s*([\d.]+)pt", re.I),
)
_ITALIC, _BREAK = re.compile(r"font-style\s*:\s*italic", re.I), re.compile(r"page-break-before\s*:\s*always", re.I)
_LEAVES = frozenset("p h1 h2 h3 h4 h5 h6 blockquote pre li".split())
_USUAL_WIDTH = 8.43
_LANDSCAPE_COLUMNS = 8
_NO_BREAK = "\u00a0"
Look = dict[str, Any]


def page_paper(content: bytes) -> Paper:
    """A page of HTML, cleaned by whoever has made it."""
    return Paper(dict(_A4), _blocks(page_of(content), {"size": 11}, 0), [], [])


def book_paper(content: bytes) -> Paper:
    """A workbook: each sheet is a table on pages of its own."""
    book = load_workbook(io.BytesIO(content), data_only=False)
    blocks: list[Block] = []
    widest = 0
    for sheet in book.worksheets:
        if sheet.sheet_state != "visible" or not any(cell.value is not None for row in sheet.rows for cell in row):
            continue
        if blocks:
            blocks.append({"kind": "break"})
        blocks.append(_sheet(sheet))
        widest = max(widest, sheet.max_column)
    return Paper(dict(_WIDE if widest > _LANDSCAPE_COLUMNS else _A4), blocks, [], [])


def _blocks(element: Any, look: Look, depth: int) -> list[Block]:
    found: list[Block] = []
    for number, one in enumerate((child for child in element if isinstance(child.tag, str)), start=1):
        own = _look(one, look)
        if own.pop("break", False):
            found.append({"kind": "break"})
        if one.tag == "table":
            found.append(_table(one, own, depth))
        elif one.tag in ("ul", "ol"):
            found += _blocks(one, own | {"list": one.tag}, depth + 1)
        elif one.tag == "hr":
            found.append(_paragraph([], own))
        elif one.tag in _LEAVES and not any(child.tag in ("p", "ul", "ol", "table", "div") for child in one):
            found.append(_leaf(one, own, number, depth))
        else:
            found += _blocks(one, own, depth)
    return found


def _leaf(one: Any, look: Look, number: int, depth: int) -> Block:
    block = _paragraph(_runs(one, look), look)
    if one.tag == "li":
        mark = f"{number}." if look.get("list") == "ol" else "•"
        block |= {"mark": mark, "left": 18 * depth, "first": -18}
    if one.tag.startswith("h"):
        block |= {"before": 8, "after": 4}
    return block


def _paragraph(runs: list[dict[str, Any]], look: Look) -> Block:
    aligned = {"align": look["align"]} if "align" in look else {}
    return {"kind": "paragraph", "size": look["size"], "after": 3, **aligned, "runs": runs}


def _look(one: Any, look: Look) -> Look:
    style = one.get("style") or ""
    own = dict(look)
    if found := _ALIGN.search(style) or _ALIGN.search(f"text-align:{one.get('align', '')}"):
        own["align"] = found[1].lower()
    if one.tag in _SIZES:
        own |= {"size": _SIZES[one.tag]} | ({"bold": True} if one.tag.startswith("h") else {})
    if one.tag in _LOOKS:
        own[_LOOKS[one.tag]] = True
    if _WEIGHT.search(style):
        own["bold"] = True
    if _ITALIC.search(style):
        own["italic"] = True
    if size := _SIZE.search(style):
        own["size"] = min(max(float(size[1]) if size[1].replace(".", "", 1).isdigit() else 11.0, 4), 96)
    if _BREAK.search(style):
        own["break"] = True
    return own


def _runs(element: Any, look: Look) -> list[dict[str, Any]]:
    found = [_run(element.text, look)]
    for one in element:
        if isinstance(one.tag, str):
            found += [{"text": "\n"}] if one.tag == "br" else _runs(one, _look(one, look))
        found.append(_run(one.tail, look))
    return [one for one in found if one.get("text")]


def _run(text: str | None, look: Look) -> dict[str, Any]:
    kept = {name: look[name] for name in ("size", "bold", "italic", "underline", "strike") if name in look}
    # As browsers do it, but breaks that a value has brought are lines.
    return kept | {"text": re.sub(r"[ \t\r\f]+", " ", text or "")}


def _table(table: Any, look: Look, depth: int) -> Block:
    rows = []
    for row in table.iter("tr"):
        if next(row.iterancestors("table"), None) is table:
            rows.append([_cell(one, _look(one, look), depth) for one in row if one.tag in ("td", "th")])
    count = max((sum(cell["across"] for cell in row) for row in rows), default=1)
    has_lines = "border" in (table.get("style") or "")
    return {"kind": "table", "widths": _widths(table, count), "lines": has_lines, "rows": rows}


def _widths(table: Any, count: int) -> list[float]:
    """Shares of the columns, as the cells of the first row say in percent; equal unless each of them does."""
    first = next(table.iter("tr"), None)
    told = (
        [_SHARE.search(one.get("style") or "") for one in first if one.tag in ("td", "th")] if first is not None else []
    )
    shares = [float(found[1]) for found in told if found is not None and float(found[1]) > 0]
    return shares if len(shares) == count else [1.0] * count


def _cell(one: Any, look: Look, depth: int) -> dict[str, Any]:
    has_blocks = any(child.tag in _LEAVES or child.tag in ("div", "ul", "ol", "table") for child in one)
    blocks = _blocks(one, look, depth) if has_blocks else [_paragraph(_runs(one, look), look)]
    return {
        "blocks": blocks, "across": _count(one.get("colspan")), "down": _count(one.get("rowspan")),
        "lines": "border" in (one.get("style") or ""),
    }  # fmt: skip


def _count(text: str | None) -> int:
    return min(max(int(text), 1), 100) if text and text.isascii() and text.isdigit() else 1


def _sheet(sheet: Any) -> Block:
    merged = {(one.min_row, one.min_col): one for one in sheet.merged_cells.ranges}
    covered = {
        (row, column)
        for one in sheet.merged_cells.ranges
        for row in range(one.min_row, one.max_row + 1)
        for column in range(one.min_col, one.max_col + 1)
    } - set(merged)
    widths = [
        sheet.column_dimensions[get_column_letter(number)].width or _USUAL_WIDTH
        for number in range(1, sheet.max_column + 1)
    ]
    rows = [
        [
            _book_cell(cell, merged.get((cell.row, cell.column)))
            for cell in row
            if (cell.row, cell.column) not in covered
        ]
        for row in sheet.rows
    ]
    return {"kind": "table", "widths": widths, "lines": False, "rows": rows}


def _book_cell(cell: Any, joined: Any) -> dict[str, Any]:
    look: Look = {"size": min(max(float(cell.font.sz or 11), 4), 96)} | ({"bold": True} if cell.font.b else {})
    if cell.alignment.horizontal in ("center", "right"):
        look["align"] = cell.alignment.horizontal
    elif isinstance(cell.value, int | float | Decimal) and not isinstance(cell.value, bool):
        look["align"] = "right"
    edge = cell.border
    return {
        "blocks": [_paragraph([look | {"text": _shown(cell)}], look)],
        "across": joined.max_col - joined.min_col + 1 if joined else 1,
        "down": joined.max_row - joined.min_row + 1 if joined else 1,
        "lines": any(side is not None and side.style for side in (edge.left, edge.right, edge.top, edge.bottom)),
    }


def _shown(cell: Any) -> str:
    """A value about as its format shows it. A formula is counted by an office suite, not here."""
    value = cell.value
    if value is None or cell.data_type == "f":
        return ""
    if isinstance(value, bool):
        return "да" if value else "нет"
    if isinstance(value, datetime | date):
        return short_day(value)
    if isinstance(value, int | float | Decimal):
        places = (
            len(cell.number_format.partition(".")[2].rstrip("%;_)(-").split(";")[0]) if "." in cell.number_format else 0
        )
        told = f"{value:,.{min(places, 6)}f}" if places else f"{value:,}" if "#,#" in cell.number_format else str(value)
        return told.replace(",", _NO_BREAK).replace(".", ",")
    return str(value)
