"""Personal data and secrets taken out of what operators read: log lines and reports of faults."""

import re

# What stands in their place says what was there.
_RULES: tuple[tuple[re.Pattern[str], str], ...] = (
    # PostgreSQL quotes the row that it refused, SQL drivers the values that they were given.
    (re.compile(r"^(DETAIL|CONTEXT):.*$", re.MULTILINE), r"\1: …"),
    # A name and password in an address come before e-mails: they look like one.
    (re.compile(r"://[^\s/@]+@"), "://…@"),
    (re.compile(r"[\w.+%-]+@[\w-]+(\.[\w-]+)*"), "<e-mail>"),
    (re.compile(r"(?i)\b(bearer|basic)\s+[\w.~+/=-]+"), r"\1 …"),
    (
        re.compile(r"(?i)\b(password|passwd|token|secret|api_?key|apikey|psw|sid)\b(['\"]?\s*[=:]\s*)[^\s&,;)}\]]+"),
        r"\1\2…",
    ),
    (re.compile(r"(?<!\d)\d{6,12}:[\w-]{30,}"), "<token>"),
    # Telephones and numbers of accounts; a date is neither.
    (re.compile(r"(?<![\w.])(?!\d{4}-\d\d-\d\d)\+?\d[\d\s()-]{8,16}\d(?![\w.])"), "<number>"),
)  # fmt: skip


def scrubbed(text: str) -> str:
    """The text without e-mails, telephones, long numbers, tokens, passwords and rows of the database."""
    for pattern, stands in _RULES:
        text = pattern.sub(stands, text)
    return text
