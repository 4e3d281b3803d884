"""A contract of thirty pages filled in and laid out, in the process that templates are given to."""

import io
import time
import zipfile

from pypdf import PdfReader

from core.templates.frames import DOCX, PDF
from core.templates.making import Made, Order, make
from infra.benchmarks.figures import Figure, figure

PARAGRAPHS, REPEATS, LEAST_PAGES, MOST_SECONDS = 430, 3, 30, 5.0
_W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_MAIN = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
_TYPES = (
    '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
    '<Default Extension="xml" ContentType="application/xml"/>'
    f'<Override PartName="/word/document.xml" ContentType="{_MAIN}"/></Types>'
)
_TEXT = (
    "Поставщик {{ контрагент }} в лице {{ подписант | родительный }} обязуется передать товар до "
    "{{ день | дата словами }} на {{ сумма | прописью }}. "
)
_SCOPE = {
    "values": {
        "контрагент": {"sort": "text", "value": "ООО «Ромашка»"},
        "подписант": {"sort": "person", "value": "Соколова Мария Павловна"},
        "день": {"sort": "day", "value": "2026-11-23"},
        "сумма": {"sort": "money", "value": "123000.00"},
    }
}


def run() -> list[Figure]:
    content = contract()
    order = Order(DOCX, content, [{"filters": [["родительный", []]]}], _SCOPE, PDF, 0)
    spent, made = min((_timed(order) for _ in range(REPEATS)), key=lambda one: one[0])
    pages = pages_of(made.content)
    name = f"печать: договор на {pages} стр. ({made.way})"
    return [
        figure(name, spent, "с", most=MOST_SECONDS),
        figure("печать: страниц в договоре", pages, "стр.", least=LEAST_PAGES),
    ]


def pages_of(content: bytes) -> int:
    """How many pages a PDF has."""
    return len(PdfReader(io.BytesIO(content)).pages)


def _timed(order: Order) -> tuple[float, Made]:
    begun = time.monotonic()
    made = make(order)
    return time.monotonic() - begun, made


def contract(text: str = _TEXT) -> bytes:
    """A Word file as small as one may be."""
    body = "".join(f"<w:p><w:r><w:t>{number}. {text * 2}</w:t></w:r></w:p>" for number in range(1, PARAGRAPHS + 1))
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", _TYPES)
        archive.writestr("word/document.xml", f'<w:document xmlns:w="{_W}"><w:body>{body}</w:body></w:document>')
    return made.getvalue()
