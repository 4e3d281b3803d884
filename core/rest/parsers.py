"""What comes in: JSON, and the one form that a browser sends. Views name no parsers but these."""

import re
from typing import IO, Any

from django.core.exceptions import TooManyFieldsSent
from rest_framework.exceptions import ParseError
from rest_framework.parsers import FormParser, JSONParser

# Escapes that JSON allows and PostgreSQL's text does not: NUL and halves of surrogate pairs.
_SUSPECT = re.compile(rb"\\u(?:0000|[dD][89a-fA-F])")
_BAD = re.compile("[\x00\ud800-\udfff]")
# No operation takes more than a few levels; what is deeper only tries how much the interpreter bears.
_DEEPEST = 32


class StrictJSONParser(JSONParser):
    """Refuses what cannot be stored or read: NUL, lone surrogates, deep nesting."""

    def parse(self, stream: IO[bytes], media_type: str | None = None, parser_context: Any = None) -> Any:
        request = (parser_context or {}).get("request")
        try:
            found = super().parse(stream, media_type, parser_context)
        except RecursionError as wrong:
            raise ParseError("too deep") from wrong
        if _is_deeper(found, _DEEPEST):
            raise ParseError("too deep")
        if request is not None and _SUSPECT.search(request.body) and _has_bad_text(found):
            raise ParseError("text that cannot be stored")
        return found


class StrictFormParser(FormParser):
    """A form whose fields are too many or unreadable is a wrong request, not a page of the framework's."""

    def parse(self, stream: IO[bytes], media_type: str | None = None, parser_context: Any = None) -> Any:
        try:
            return super().parse(stream, media_type, parser_context)
        except (TooManyFieldsSent, UnicodeError) as wrong:
            raise ParseError("not a form") from wrong


def _is_deeper(value: Any, levels: int) -> bool:
    if not isinstance(value, dict | list):
        return False
    inside = value.values() if isinstance(value, dict) else value
    return levels == 0 or any(_is_deeper(inner, levels - 1) for inner in inside)


def _has_bad_text(value: Any) -> bool:
    if isinstance(value, str):
        return bool(_BAD.search(value))
    if isinstance(value, dict):
        return any(_has_bad_text(name) or _has_bad_text(inner) for name, inner in value.items())
    return isinstance(value, list) and any(map(_has_bad_text, value))
