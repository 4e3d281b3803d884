"""What of a typed text is kept, and whether it says anything."""

import re
import unicodedata

# Unicode's category Cf: signs that only direct or join others, and the one place among them that is not given yet.
_FORMAT = (
    "\u00ad\u0600-\u0605\u061c\u06dd\u070f\u0890\u0891\u08e2\u180e\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufeff"
    "\ufff9-\ufffb\U000110bd\U000110cd\U00013430-\U0001343f\U0001bca0-\U0001bca3\U0001d173-\U0001d17a"
    "\U000e0001\U000e0020-\U000e007f"
)
# Joiners make other letters of Persian or Hindi words and one picture of several; among ours they only deceive.
_JOINED = "\u0590-\u1fff\u2100-\ufefe\uff00-\U000dffff"
_UNSEEN = re.compile(f"(?!(?<=[{_JOINED}])[\u200c\u200d][{_JOINED}])[{_FORMAT}]")
_CONTROL = re.compile("[\x00-\x1f\x7f-\x9f]")
_CONTROL_OF_LINES = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f]")
# Letters and signs that are drawn as nothing.
_BLANK = frozenset("\u115f\u1160\u2800\u3164\uffa0")
_SILENT = ("C", "M", "Z")


def clean_line(text: str) -> str:
    """One line without signs that are not seen, single spaces; empty when it says nothing."""
    line = " ".join(_CONTROL.sub(" ", _UNSEEN.sub("", text)).split())
    return "" if says_nothing(line) else line


def clean_lines(text: str) -> str:
    """The same for a text: its line breaks and tabs stay."""
    lines = without_unseen(text.replace("\r\n", "\n").replace("\r", "\n")).strip()
    return "" if says_nothing(lines) else lines


def without_unseen(text: str) -> str:
    """The text without control signs and those that only direct or join others; line breaks and tabs stay."""
    return _CONTROL_OF_LINES.sub("", _UNSEEN.sub("", text))


def says_nothing(text: str) -> bool:
    """Whether there is not one sign in a text that an eye sees."""
    return all(sign in _BLANK or _is_silent(sign) for sign in text)


def _is_silent(sign: str) -> bool:
    category = unicodedata.category(sign)
    # What is not given yet to this interpreter may be a picture of a newer Unicode.
    return category[0] in _SILENT and category not in ("Cn", "Co")
