"""Formatted text: what of HTML may be kept, and how it reads without its marks. No database.

A text is formatted when it begins with one of the blocks that the editor writes; everything else is plain text and is
kept to the letter, also when it looks like HTML in the middle. Kept HTML is safe: it has passed the allow-list below.
A mention is `<span data-mention="<employee id>">@Name</span>`; a picture is an attachment of a card, whose address
checks the reader's rights anew.
"""

import re
from collections.abc import Mapping
from html import escape
from html.parser import HTMLParser

import nh3

from core.texts import without_unseen

LONGEST, LONGEST_HTML = 50_000, 200_000
MOST_MARKS, DEEPEST, MOST_MENTIONS = 8_000, 40, 50

_FORMATTED = re.compile(r"\s*<(p|h[1-6]|ul|ol|blockquote|pre|hr)[\s>/]", re.IGNORECASE)
_MARK = re.compile(r"<[a-zA-Z/]")
_PICTURE = re.compile(r"/api/v1/attachments/([1-9]\d{0,17})/content/")
_NUMBER = re.compile(r"[1-9]\d{0,17}")
_LINK = re.compile(r"(https?://|mailto:|tel:|/(?!/))", re.IGNORECASE)
_TAGS = {
    "p", "br", "h2", "h3", "strong", "em", "s", "u", "code", "pre", "blockquote", "ul", "ol", "li", "hr", "a", "img",
    "span", "h1", "h4", "h5", "h6", "b", "i", "del", "strike",
}  # fmt: skip
_ATTRIBUTES = {"a": {"href"}, "img": {"src", "alt"}, "span": {"data-mention"}, "ol": {"start"}}
# What other programs write for the marks that our editor knows.
_SAME = {"h1": "h2", "h4": "h3", "h5": "h3", "h6": "h3", "b": "strong", "i": "em", "del": "s", "strike": "s"}
_BLOCKS = {"p", "h2", "h3", "pre", "blockquote", "ul", "ol", "li", "hr"}
_ALONE = {"br", "hr", "img"}
_BULLET = "— "


class NotKept(ValueError):
    """The text is too long or too tangled; the message is a Russian sentence for the field."""


def is_formatted(text: str) -> bool:
    return _FORMATTED.match(text) is not None


def kept(text: str, names: Mapping[int, str]) -> str:
    """The text to keep: plain as written, HTML cleaned, `names` ({employee id: name}) put into mentions.

    Mentions of whoever is not in `names` become plain words. A text without words and pictures is empty.
    """
    if not is_formatted(text):
        return text
    writer = _Writer(names)
    writer.feed(_cleaned(text))
    html = "".join(writer.written)
    return html if plain_of(html) or "<img" in html or "<hr" in html else ""


def check(text: str) -> None:
    """NotKept when a text is longer, fuller of marks or deeper than can be kept."""
    if not is_formatted(text):
        if len(text) > LONGEST:
            raise NotKept(f"Не больше {LONGEST} знаков")
        return
    if len(text) > LONGEST_HTML or len(_MARK.findall(text)) > MOST_MARKS:
        raise NotKept("Слишком много оформления. Вставьте этот текст без форматирования или приложите его файлом")
    reader = _Reader()
    reader.feed(_cleaned(text))
    if len(reader.text) > LONGEST:
        raise NotKept(f"Не больше {LONGEST} знаков")
    if reader.deepest > DEEPEST:
        raise NotKept("Слишком глубокая вложенность списков и цитат")
    if len(reader.mentions) > MOST_MENTIONS:
        raise NotKept(f"Упомянуть можно не больше {MOST_MENTIONS} человек")


def mentioned_ids(text: str) -> list[int]:
    """Employee ids that a formatted text mentions, each once, as written."""
    if "data-mention" not in text or not is_formatted(text):
        return []
    reader = _Reader()
    reader.feed(_cleaned(text))
    return list(reader.mentions)


def with_pictures(text: str, copies: Mapping[int, int]) -> str:
    """The text with pictures of other attachments: `copies` says which stands for which; the rest stay."""
    if not copies or not is_formatted(text):
        return text

    def replaced(found: re.Match[str]) -> str:
        shown = int(found[1])
        return f"/api/v1/attachments/{copies.get(shown, shown)}/content/"

    return _PICTURE.sub(replaced, text)


def html_of(text: str) -> str:
    """Safe HTML of a kept text: a plain one as a paragraph with its line breaks."""
    if is_formatted(text):
        return _cleaned(text)
    return f"<p>{escape(text).replace(chr(10), '<br>')}</p>" if text.strip() else ""


def plain_of(text: str) -> str:
    """The words of a text, a line for each block; of a picture its name."""
    if not is_formatted(text):
        return text
    reader = _Reader()
    reader.feed(text)
    return reader.text


def _cleaned(text: str) -> str:
    return nh3.clean(
        without_unseen(text),
        tags=_TAGS,
        attributes=_ATTRIBUTES,
        attribute_filter=_attribute,
        url_schemes={"http", "https", "mailto", "tel"},
        link_rel="noopener noreferrer nofollow",
    )


def _attribute(tag: str, name: str, value: str) -> str | None:
    rule = {("img", "src"): _PICTURE, ("span", "data-mention"): _NUMBER, ("ol", "start"): _NUMBER}.get((tag, name))
    if rule is not None:
        return value if rule.fullmatch(value) else None
    if (tag, name) == ("a", "href"):
        return value if _LINK.match(value) else None
    return value[:200]


class _Reader(HTMLParser):
    """Reads cleaned HTML: its words, its mentions, how deep it goes."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self._lines: list[str] = [""]
        self._depth = self.deepest = 0
        self.mentions: dict[int, None] = {}

    @property
    def text(self) -> str:
        lines = [line.strip() for line in self._lines]
        return "\n".join(line for line in lines if line)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        told = dict(attrs)
        if (tag in _BLOCKS or tag == "br") and self._lines[-1] != _BULLET:
            self._lines.append("")
        if tag == "li":
            self._lines[-1] = _BULLET
        if tag == "img" and told.get("alt"):
            self._lines[-1] += f"[{told['alt']}]"
        if mention := told.get("data-mention"):
            self.mentions[int(mention)] = None
        if tag not in _ALONE:
            self._depth += 1
            self.deepest = max(self.deepest, self._depth)

    def handle_endtag(self, tag: str) -> None:
        self._depth -= 1
        if tag in _BLOCKS:
            self._lines.append("")

    def handle_data(self, data: str) -> None:
        first, *others = data.split("\n")
        self._lines[-1] += first
        self._lines += others


class _Writer(HTMLParser):
    """Writes cleaned HTML anew: one name for each mark, mentions with the names that people have."""

    def __init__(self, names: Mapping[int, str]) -> None:
        super().__init__(convert_charrefs=True)
        self._names = names
        self._open: list[str] = []
        self._muted = 0
        self.written: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        tag = _SAME.get(tag, tag)
        told = {name: value or "" for name, value in attrs}
        if tag == "img" and "src" not in told:
            return
        name = self._names.get(int(told.get("data-mention", 0))) if tag == "span" else None
        if tag not in _ALONE:
            self._open.append("@" if name else tag)
        if not self._muted and tag != "span":
            marks = "".join(f' {key}="{escape(value)}"' for key, value in told.items())
            self.written.append(f"<{tag}{marks}>")
        if name and not self._muted:
            self.written.append(f'<span data-mention="{told["data-mention"]}">@{escape(name)}</span>')
        self._muted += name is not None

    def handle_endtag(self, tag: str) -> None:
        closed = self._open.pop()
        if closed == "@":
            self._muted -= 1
        elif closed != "span" and not self._muted:
            self.written.append(f"</{closed}>")

    def handle_data(self, data: str) -> None:
        if not self._muted:
            self.written.append(escape(data, quote=False))
