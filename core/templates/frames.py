"""What goes between us and the process that fills templates in: the length of a JSON head, the head, bytes."""

import json
import struct
from collections.abc import Mapping
from typing import Any

DOCX, XLSX, HTML, PDF = "docx", "xlsx", "html", "pdf"
TOO_LARGE = "По шаблону получается слишком большой документ. Сократите его"
MOST_BYTES = 1024 * 1024


def framed(head: Mapping[str, Any], content: bytes = b"") -> bytes:
    told = json.dumps(head, ensure_ascii=False).encode()
    return struct.pack(">I", len(told)) + told + content


def unframed(frame: bytes) -> tuple[dict[str, Any], bytes]:
    (length,) = struct.unpack(">I", frame[:4])
    return json.loads(frame[4 : 4 + length]), frame[4 + length :]
