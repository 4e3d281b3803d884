"""A table of a card read for the screen, outside of any scope: the bytes from the store, the reading elsewhere."""

import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from botocore.exceptions import BotoCoreError, ClientError

from core.apart import OutOfRoom, Stumbled, apart
from core.context import Company
from core.errors import Invalid, NotFound, Unavailable
from core.storage import CompanyStore, ObjectMissing

from .errors import NotATable, TableIsBroken, TableIsLarge, TableIsLocked
from .models import Attachment
from .rules.book import BROKEN, LARGE, LOCKED, MOST_ROWS, NO_SUCH_SHEET
from .rules.types import table_form

MOST_BYTES = 20 * 1024 * 1024
LONGEST_NAME = 100
_READER = "core.attachments.rules.book"
_SECONDS = 15
# Each reading may take a whole processor and some hundred megabytes for its seconds.
_AT_ONCE, _PATIENCE_SECONDS = 2, 3
_free = threading.BoundedSemaphore(_AT_ONCE)
_REFUSALS = {LOCKED: TableIsLocked, BROKEN: TableIsBroken, LARGE: TableIsLarge}


def page_of_table(company: Company, found: Attachment, *, name: str, offset: int) -> dict[str, Any]:
    """A page of a sheet as `rules.book` tells it; the first sheet without a name.

    Errors: NotATable, TableIsLarge, TableIsLocked, TableIsBroken, Invalid on `name` and `offset`, Unavailable.
    """
    form = table_form(found.name, found.content_type)
    if not form:
        raise NotATable()
    if found.size > MOST_BYTES:
        raise TableIsLarge()
    if offset > MOST_ROWS:
        raise Invalid({"offset": f"Показываются первые {MOST_ROWS} строк"})
    if len(name) > LONGEST_NAME or not name.isprintable():
        raise Invalid({"name": "Такого листа в файле нет"})
    with _place():
        told = _read(form, _content(company, found), offset, name)
    if (refusal := told.get("refusal")) is None:
        return told
    if refusal == NO_SUCH_SHEET:
        raise Invalid({"name": "Такого листа в файле нет"})
    raise _REFUSALS[refusal]()


@contextmanager
def _place() -> Iterator[None]:
    if not _free.acquire(timeout=_PATIENCE_SECONDS):
        raise Unavailable("Сейчас открывают много таблиц. Повторите через несколько секунд")
    try:
        yield
    finally:
        _free.release()


def _content(company: Company, found: Attachment) -> bytes:
    try:
        return CompanyStore(company.schema).whole(found.object_key)
    except ObjectMissing as missing:
        raise NotFound() from missing
    except (BotoCoreError, ClientError) as silence:
        raise Unavailable() from silence


def _read(form: str, content: bytes, offset: int, name: str) -> dict[str, Any]:
    try:
        return json.loads(apart(_READER, form, str(offset), name, content=content, seconds=_SECONDS))
    except OutOfRoom:
        return {"refusal": LARGE}
    except Stumbled:
        return {"refusal": BROKEN}
