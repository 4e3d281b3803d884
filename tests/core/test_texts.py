"""One rule for what people type: what is kept of it, and whether it says anything."""

import re
import unicodedata

import pytest

from core import texts
from core.texts import clean_line, clean_lines, says_nothing

NOTHING = [
    "",
    " \n\t",
    "\u200b\u2060\u202e",
    "\u200c\u200d\ufeff\u00ad",
    "\u2062\u206a\U000e0041",
    "\u00a0\u2003\u3000\u2028\u2029",
    "\u3164\u115f\u2800",
    "\x00\x1f\x7f\x85",
    "\ufe0f\u034f\u180b",
    "\u3164\u200d\u3164",
]


@pytest.mark.parametrize("text", NOTHING, ids=ascii)
def test_what_nobody_sees_says_nothing(text):
    assert says_nothing(text)
    assert clean_line(text) == clean_lines(text) == ""


@pytest.mark.parametrize(
    "text",
    ["а", "1?", "©", "👍", "👨\u200d👩\u200d👧", "❤\ufe0f", "❤\ufe0f\u200d🔥", "می\u200cخواهم",
     "क्\u200dष", "e\u0301", "\U0001fae8"],
    ids=ascii,
)  # fmt: skip
def test_what_is_seen_is_kept_as_typed(text):
    assert not says_nothing(text)
    assert clean_line(text) == clean_lines(text) == text


@pytest.mark.parametrize(
    ("typed", "line"),
    [
        ("Пет\u200bров\u2060", "Петров"),
        ("Ива\u200dнов", "Иванов"),
        ("\u202eексЕ.gpj", "ексЕ.gpj"),
        ("пере\u00adнос", "перенос"),
        ("один\x00два\nтри\u2028четыре", "один два три четыре"),
        ("👍\u200d", "👍"),
        ("\u200dслово \u200d👍", "слово 👍"),
    ],
    ids=ascii,
)
def test_a_line_loses_what_is_not_seen(typed, line):
    assert clean_line(typed) == line


def test_a_text_keeps_its_lines():
    assert clean_lines("\u200bраз\r\nдва\rтри\tчетыре\x0b\u202e\n") == "раз\nдва\nтри\tчетыре"


def test_all_of_the_category_goes():
    all_of_it = (chr(number) for number in range(0x110000) if unicodedata.category(chr(number)) == "Cf")
    kept = [hex(ord(sign)) for sign in all_of_it if clean_line(f"а{sign}б") != "аб"]
    assert kept == []
    assert not re.search(f"[{texts._FORMAT}]", "".join(map(chr, range(0x20, 0x7F))))
