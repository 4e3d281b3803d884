"""What a comment's text means: who is mentioned in it, and how it is shown. No database."""

import re
from collections.abc import Mapping
from html import escape

import nh3

from core.errors import Invalid
from core.texts import clean_lines

LONGEST, MOST_MENTIONS, EXCERPT = 10_000, 50, 140
_MENTION = re.compile(r"@\[(\d{1,18})\]")
_LINK = re.compile(r"https?://[^\s<>\"']+", re.IGNORECASE)
_AFTER_LINK = ".,;:!?)»]}'"
_TAGS = {"a", "br", "span"}
_ATTRIBUTES = {"a": {"href"}, "span": {"class"}}


def clean_text(text: str) -> str:
    """The text to keep; Invalid when it says nothing or is over 10,000 characters."""
    found = clean_lines(text)
    if not found:
        raise Invalid({"text": "Напишите что-нибудь"})
    if len(found) > LONGEST:
        raise Invalid({"text": f"Не больше {LONGEST} знаков"})
    return found


def mentioned_ids(text: str) -> list[int]:
    """Employee ids after `@`, each once, as written; Invalid when there are over 50."""
    found = list(dict.fromkeys(int(number) for number in _MENTION.findall(text)))
    if len(found) > MOST_MENTIONS:
        raise Invalid({"text": f"Упомянуть можно не больше {MOST_MENTIONS} человек"})
    return found


def plain_of(text: str, names: Mapping[int, str]) -> str:
    """The text with names in place of mentions ({employee id: name}); unknown ones stay as typed."""
    return _MENTION.sub(lambda found: f"@{names[int(found[1])]}" if int(found[1]) in names else found[0], text)


def without_mentions(text: str) -> str:
    """The text as it is searched: who is mentioned stands in it as a number, which is nobody's word."""
    return _MENTION.sub("", text)


def said_elsewhere(text: str) -> str:
    """Words that were not typed in the product: what looks like a mention in them is a word like others."""
    return text.replace("@[", "@ [")


def excerpt_of(text: str) -> str:
    """The beginning of a text in one line, cut at a word."""
    line = " ".join(text.split())
    if len(line) <= EXCERPT:
        return line
    return f"{line[:EXCERPT].rsplit(' ', 1)[0]}…"


def html_of(text: str, names: Mapping[int, str]) -> str:
    """Safe HTML: everything escaped, mentions as spans, addresses as links.

    The result passes an allow-list as well, so that a slip above it shows a broken comment and runs nothing.
    """
    shown, at = [], 0
    for found in re.finditer(f"{_MENTION.pattern}|{_LINK.pattern}", text, re.IGNORECASE):
        shown += [escape(text[at : found.start()]), _shown(found, names)]
        at = found.end()
    shown.append(escape(text[at:]))
    html = "".join(shown).replace("\n", "<br>")
    return nh3.clean(
        html,
        tags=_TAGS,
        attributes=_ATTRIBUTES,
        url_schemes={"http", "https"},
        link_rel="noopener noreferrer nofollow",
    )


def _shown(found: re.Match[str], names: Mapping[int, str]) -> str:
    if found[1] is None:
        return _link(found[0])
    name = names.get(int(found[1]))
    return f'<span class="mention">@{escape(name)}</span>' if name else escape(found[0])


def _link(address: str) -> str:
    # A full stop or a bracket after an address belongs to the sentence; a bracket opened inside belongs to the address.
    tail = len(address)
    while address[tail - 1] in _AFTER_LINK and not (address[tail - 1] == ")" and "(" in address[:tail]):
        tail -= 1
    target = escape(address[:tail])
    return f'<a href="{target}">{target}</a>{escape(address[tail:])}'
