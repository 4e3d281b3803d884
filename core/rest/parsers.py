"""JSON in."""

import re
from typing import IO, Any

from rest_framework.exceptions import ParseError
from rest_framework.parsers import JSONParser

# Escapes that JSON allows and PostgreSQL's text does not: NUL and halves of surrogate pairs.
_SUSPECT = re.compile(rb"\\u(?:0000|[dD][89a-fA-F])")
_BAD = re.compile("[\x00\ud800-\udfff]")


class StrictJSONParser(JSONParser):
    """Refuses what cannot be stored or read: NUL, lone surrogates, nesting deeper than the interpreter bears."""

    def parse(self, stream: IO[bytes], media_type: str | None = None, parser_context: Any = None) -> Any:
        request = (parser_context or {}).get("request")
        try:
            found = super().parse(stream, media_type, parser_context)
        except RecursionError as wrong:
            raise ParseError("too deep") from wrong
        if request is not None and _SUSPECT.search(request.body) and _has_bad_text(found):
            raise ParseError("text that cannot be stored")
        return found


def _has_bad_text(value: Any) -> bool:
    if isinstance(value, str):
        return bool(_BAD.search(value))
    if isinstance(value, dict):
        return any(_has_bad_text(name) or _has_bad_text(inner) for name, inner in value.items())
    return isinstance(value, list) and any(map(_has_bad_text, value))
