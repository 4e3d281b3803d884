"""Templates read and filled in, outside of any scope: the work is done by a process of its own (work.py)."""

import base64
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

from core.apart import OutOfRoom, Stumbled, apart
from core.context import current_schema
from core.errors import Unavailable
from core.language.cases import Case

from .errors import TemplateRefused
from .frames import DOCX, HTML, MOST_BYTES, PDF, TOO_LARGE, XLSX, framed, unframed
from .office import suite

_WORK, _OFFICE = "core.templates.work", "core.templates.office"
_SECONDS, _OFFICE_SECONDS = 40.0, 70.0
# Each may take a whole processor and a gigabyte for its seconds.
_AT_ONCE, _PATIENCE_SECONDS = 2, 10
_free = threading.BoundedSemaphore(_AT_ONCE)
FORMS = {DOCX: DOCX, XLSX: XLSX, HTML: HTML, "htm": HTML}
TYPES = {
    DOCX: "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    XLSX: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    HTML: "text/html; charset=utf-8",
    PDF: "application/pdf",
}
OWN, SUITE = "own", "office"
_CASES = frozenset(case.value for case in Case)


@dataclass(frozen=True)
class Order:
    """What is to be filled in: the file, what stands in it, and as what it is wanted.

    `pictures` are {name: (PNG, millimetres)}. The scope and the marks are plain (rules/values.py, work.looked_at).
    """

    form: str
    content: bytes
    marks: list[dict[str, Any]]
    scope: Mapping[str, Any]
    wanted: str
    made_at: int
    pictures: Mapping[str, tuple[bytes, float]] = field(default_factory=dict)


@dataclass(frozen=True)
class Made:
    """The file, and by which way its pages came: our own, or the installation's office suite."""

    content: bytes
    way: str


def form_of(file_name: str) -> str:
    """The format of a template by its name. TemplateRefused."""
    found = FORMS.get(file_name.rpartition(".")[2].lower())
    if found is None:
        raise TemplateRefused(
            "Загрузите файл Word (.docx), Excel (.xlsx) или HTML. Старые .doc и .xls сначала сохраните заново"
        )
    return found


def marks_in(content: bytes, form: str) -> list[dict[str, Any]]:
    """The marks of a template. Errors: TemplateRefused, Unavailable."""
    if len(content) > MOST_BYTES:
        raise TemplateRefused("Шаблон больше 1 МБ. Уменьшите изображения в нём")
    head, _ = _asked("look", framed({"form": form}, content))
    return head["marks"]


def lines_in(content: bytes, form: str, scope: Mapping[str, Any]) -> list[dict[str, Any]]:
    """Each mark of a template with its value, as `rules.check` tells it. Errors: TemplateRefused, Unavailable."""
    head, _ = _asked("check", framed({"form": form, "scope": scope, "declines": True}, content))
    return head["lines"]


def make(order: Order) -> Made:
    """The document that a template makes. Errors: TemplateRefused, Unavailable."""
    # Office suites take HTML for pages of the web: sheets, margins and places of words are not kept. Seen with 7.4.
    program = suite() if order.wanted == PDF and order.form != HTML else ""
    head = {
        "form": order.form,
        "scope": order.scope,
        "wanted": order.form if program else order.wanted,
        "made_at": order.made_at,
        "declines": any(name in _CASES for mark in order.marks for name, _ in mark["filters"]),
        "pictures": {
            name: {"png": base64.b64encode(png).decode(), "width_mm": width}
            for name, (png, width) in order.pictures.items()
        },
    }
    _, made = _asked("fill", framed(head, order.content))
    if not program:
        return Made(made, OWN)
    return Made(_through_suite(program, order.form, made), SUITE)


def _asked(what: str, frame: bytes) -> tuple[dict[str, Any], bytes]:
    with _place():
        try:
            head, made = unframed(apart(_WORK, what, content=frame, seconds=_SECONDS))
        except OutOfRoom as spent:
            raise TemplateRefused(TOO_LARGE) from spent
        except Stumbled as broken:
            raise TemplateRefused("Файл не читается. Откройте его в редакторе и сохраните заново") from broken
    if "refusal" in head:
        raise TemplateRefused(head["refusal"], where=head["where"])
    return head, made


def _through_suite(program: str, form: str, made: bytes) -> bytes:
    with _place():
        try:
            return apart(_OFFICE, program, form, content=made, seconds=_OFFICE_SECONDS)
        except (OutOfRoom, Stumbled) as silent:
            raise Unavailable("Офисный пакет сервера не ответил. Скачайте документ в исходном формате") from silent


@contextmanager
def _place() -> Iterator[None]:
    if current_schema() is not None:
        raise RuntimeError("Templates are not filled in inside a scope.")
    if not _free.acquire(timeout=_PATIENCE_SECONDS):
        raise Unavailable("Сейчас печатают много документов. Повторите через несколько секунд")
    try:
        yield
    finally:
        _free.release()
