"""An HTML template filled in: blocks, rows and words by the same engine. What comes out is cleaned of all that acts."""

import re
from typing import Any

import nh3
from lxml import html

from .blocks import Filler
from .text import Edit, Printer, edited_piece
from .values import Scope, TemplateError

MOST_BYTES = 500_000
_BLOCKS = frozenset(
    "p h1 h2 h3 h4 h5 h6 div section header footer table thead tbody tfoot tr td th ul ol li blockquote pre".split()
)
_TAGS = _BLOCKS | frozenset("b strong i em u s sub sup span br hr small code".split())
_ATTRIBUTES = {"*": {"style", "align"}, "td": {"colspan", "rowspan"}, "th": {"colspan", "rowspan"}}
_STYLES = frozenset(
    "text-align font-weight font-style text-decoration font-size color width border border-collapse padding margin"
    " margin-left text-indent page-break-before vertical-align".split()
)
_ACTS = re.compile(r"url\s*\(|expression|@import|javascript:|behavior", re.I)
_HOSTILE = re.compile(rb"<!(?:doctype\s+[^>]*\[|entity)", re.I)


def fill_html(content: bytes, scope: Scope) -> bytes:
    """The page with its marks filled in. TemplateError."""
    root = page_of(content)
    Filler(MarkupDialect(), Printer()).fill(root, scope)
    return cleaned(root).encode()


def texts_of(content: bytes) -> list[str]:
    """The text of each block that has one, for whoever looks for marks."""
    dialect = MarkupDialect()
    return [dialect.text(one) for one in page_of(content).iter() if isinstance(one.tag, str) and dialect.is_leaf(one)]


def page_of(content: bytes) -> Any:
    """The page as a tree of blocks; words between blocks become paragraphs of their own."""
    if len(content) > MOST_BYTES:
        raise TemplateError(f"Шаблон больше {MOST_BYTES // 1000} КБ. Сократите его")
    if _HOSTILE.search(content):
        raise TemplateError("В файле объявлены сущности XML: так делают не документы, а атаки. Файл отклонён")
    text = content.decode("utf-8", "replace").replace("\x00", "")
    try:
        root = html.fragment_fromstring(_safe(text), create_parent="div")
    except (ValueError, AssertionError, html.etree.ParserError) as broken:
        raise TemplateError("Разметка повреждена. Проверьте её и сохраните заново") from broken
    for element in list(root.iter()):
        if isinstance(element.tag, str) and not _is_leaf(element):
            _wrap_words(element)
    return root


def cleaned(root: Any) -> str:
    """The page as text, without anything that acts or asks others."""
    return _safe((root.text or "") + "".join(html.tostring(one, encoding="unicode") for one in root))


def _safe(text: str) -> str:
    return nh3.clean(
        text, tags=set(_TAGS), attributes=_ATTRIBUTES, filter_style_properties=set(_STYLES), attribute_filter=_kept
    )


def _kept(tag: str, name: str, value: str) -> str | None:
    if name == "style" and _ACTS.search(value):
        return None
    return value if name != "colspan" and name != "rowspan" or value.isascii() and value.isdigit() else None


def _is_leaf(element: Any) -> bool:
    return element.tag in _BLOCKS and not any(one.tag in _BLOCKS for one in element)


def _wrap_words(element: Any) -> None:
    """Words and marks beside blocks go into a paragraph, so that each block is either blocks or words."""
    if element.tag not in _BLOCKS or element.tag in ("table", "thead", "tbody", "tfoot", "tr", "ul", "ol"):
        return
    if element.text and element.text.strip():
        made = html.Element("p")
        made.text, element.text = element.text, None
        element.insert(0, made)
    for one in list(element):
        if one.tag in _BLOCKS and one.tail and one.tail.strip():
            made = html.Element("p")
            made.text, one.tail = one.tail, None
            one.addnext(made)


class MarkupDialect:
    """How a page is built."""

    def blocks(self, element: Any) -> list[Any]:
        return [one for one in element if one.tag in _BLOCKS]

    def is_leaf(self, element: Any) -> bool:
        return _is_leaf(element)

    def is_row(self, element: Any) -> bool:
        return element.tag in ("tr", "li")

    def text(self, element: Any) -> str:
        if _is_leaf(element):
            return "".join(said for _, _, said in _slots(element))
        return "\n".join(self.text(one) for one in self.blocks(element) if one.tag != "table" or element.tag != "tr")

    def rewrite(self, element: Any, edits: list[Edit]) -> None:
        at = 0
        done: set[int] = set()
        for node, where, former in _slots(element):
            said = edited_piece(former, at, edits, done)
            if said != former:
                setattr(node, where, said)
            at += len(former)

    def inner(self, element: Any) -> list[Any]:
        return []

    def renew(self, element: Any) -> None:
        element.attrib.pop("id", None)

    def settle(self, element: Any) -> None:
        """An empty block of a page is no fault."""


def _slots(element: Any) -> list[tuple[Any, str, str]]:
    """The texts of a block in order: where each stands and what it says."""
    found = [(element, "text", element.text or "")]
    for one in element:
        if isinstance(one.tag, str):
            found += _slots(one)
        found.append((one, "tail", one.tail or ""))
    return found
