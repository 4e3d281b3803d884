"""What of a message and of the page's context may stand, and how long. No database."""

from collections.abc import Mapping
from datetime import timedelta
from urllib.parse import parse_qsl, urlsplit

from core.attachments.rules.names import clean_name, is_program
from core.attachments.rules.types import declared_type
from core.errors import Invalid
from core.texts import clean_line, clean_lines

LONGEST_TEXT = 5000
MOST_PAPERS = 5
LARGEST_PAPER = 25 * 1024 * 1024
# Of the last twenty-four hours.
DAY = timedelta(days=1)
WORDS_OF_PERSON, WORDS_OF_COMPANY = 30, 200
PAPERS_OF_PERSON, PAPERS_OF_COMPANY = 40, 200
# What nobody has sent goes after a day; what has been settled a year after the last word.
UNSENT_LIFE = timedelta(days=1)
KEPT = timedelta(days=365)
_TOPIC = 120
_MB = 1024 * 1024
# Part of the context → how long it may be.
CONTEXT = {
    "address": 300,
    "card_kind": 60,
    "card_number": 60,
    "browser": 300,
    "screen": 40,
    "time_zone": 60,
    "build": 100,
    "request_id": 40,
}


def read_text(text: str) -> str:
    """What somebody says. Invalid on `text`."""
    said = clean_lines(text)
    if not said:
        raise Invalid({"text": "Напишите, что случилось"})
    if len(said) > LONGEST_TEXT:
        raise Invalid({"text": f"Не больше {LONGEST_TEXT} знаков. Остальное приложите файлом"})
    return said


def topic_of(text: str) -> str:
    """The beginning of what was said, as one line."""
    first = clean_line(text.split("\n", 1)[0]) or clean_line(text)
    return first if len(first) <= _TOPIC else f"{first[: _TOPIC - 1].rstrip()}…"


def read_context(told: Mapping[str, str]) -> dict[str, str]:
    """Parts of the context that say something; values of an address's query are left out once more here."""
    found = {}
    for name, longest in CONTEXT.items():
        text = clean_line(told.get(name, ""))
        if name == "address":
            text = without_values(text)
        if text:
            found[name] = text[:longest]
    return found


def without_values(address: str) -> str:
    """A path with the names of its parameters: what people look for is theirs. Empty for what is no path."""
    if not address.startswith("/") or address.startswith("//"):
        return ""
    parts = urlsplit(address)
    names = [name for name, _ in parse_qsl(parts.query, keep_blank_values=True)]
    return f"{parts.path}?{'&'.join(names)}" if names else parts.path


def read_paper(name: str, size: int, content_type: str) -> tuple[str, str]:
    """(name, type) of a file that may be sent. Invalid on `name` and `size`, as files of cards are refused."""
    plain = clean_name(name)
    if is_program(plain):
        raise Invalid({"name": "Программы прикладывать нельзя: упакуйте файл в архив"})
    if size < 1:
        raise Invalid({"size": "Файл пустой"})
    if size > LARGEST_PAPER:
        raise Invalid({"size": f"Файл больше {LARGEST_PAPER // _MB} МБ. Дайте на него ссылку"})
    return plain, declared_type(content_type)
