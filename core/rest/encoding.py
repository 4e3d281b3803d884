"""What answers are made of, as JSON."""

import json
from datetime import date, datetime
from decimal import Decimal
from typing import Any
from uuid import UUID


def encoded(data: Any) -> bytes:
    """An answer as bytes: nothing for None; moments in UTC end in Z."""
    if data is None:
        return b""
    return json.dumps(data, default=_plain, ensure_ascii=False, separators=(",", ":"), allow_nan=False).encode()


def _plain(value: Any) -> Any:
    if isinstance(value, datetime):
        return value.isoformat().replace("+00:00", "Z")
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Decimal | UUID):
        return str(value)
    return str(value)
