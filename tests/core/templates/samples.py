"""Word files and values for tests: made and read by a library that the product itself does not use."""

import io
import zipfile
from datetime import date
from decimal import Decimal
from typing import Any

from docx import Document
from pypdf import PdfReader

from core.templates.rules.values import Scope, Sort, Told

LINES = (("Насос К-80", Decimal(2), Decimal("1500.50")), ("Клапан", Decimal(10), Decimal("99.90")))
DOCUMENT = "word/document.xml"


def scope(**more: Any) -> Scope:
    """Values of a contract with two lines."""
    values = {
        "контрагент": Told(Sort.TEXT, "ООО «Ромашка»"),
        "директор": Told(Sort.PERSON, "Соколова Мария Павловна"),
        "должность": Told(Sort.TEXT, "генеральный директор"),
        "сумма": Told(Sort.MONEY, Decimal("123000.00")),
        "день": Told(Sort.DAY, date(2026, 11, 23)),
        "срочно": Told(Sort.FLAG, True),
        "пусто": Told(Sort.TEXT, None),
        "qr": Told(Sort.PICTURE, "qr"),
    }
    lines = tuple(
        {"товар": Told(Sort.TEXT, title), "кол": Told(Sort.NUMBER, count), "цена": Told(Sort.MONEY, price)}
        for title, count, price in LINES
    )
    columns = {"строки": {"товар": Sort.TEXT, "кол": Sort.NUMBER, "цена": Sort.MONEY, "№": Sort.NUMBER}}
    return Scope(values | more, {"строки": lines}, columns, today=date(2026, 11, 23))


def word(*paragraphs: str, rows: tuple[tuple[str, ...], ...] = ()) -> bytes:
    """A Word file of these paragraphs, with a table of these rows."""
    made = Document()
    for text in paragraphs:
        made.add_paragraph(text)
    if rows:
        table = made.add_table(rows=len(rows), cols=len(rows[0]))
        table.style = "Table Grid"
        for row, texts in zip(table.rows, rows, strict=True):
            for cell, text in zip(row.cells, texts, strict=True):
                cell.text = text
    return saved(made)


def saved(made: Any) -> bytes:
    file = io.BytesIO()
    made.save(file)
    return file.getvalue()


def read(content: bytes) -> Any:
    return Document(io.BytesIO(content))


def words(content: bytes) -> list[str]:
    """The texts of a Word file: paragraphs, then cells by rows."""
    found = read(content)
    return [one.text for one in found.paragraphs] + [
        cell.text for table in found.tables for row in table.rows for cell in row.cells
    ]


def with_part(content: bytes, name: str, body: bytes | str) -> bytes:
    """The same package with another part, or with one part in place of another."""
    made = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as new:
        for entry in old.infolist():
            if entry.filename != name:
                new.writestr(entry.filename, old.read(entry))
        new.writestr(name, body)
    return made.getvalue()


def part(content: bytes, name: str) -> str:
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return archive.read(name).decode()


def pdf_words(content: bytes) -> str:
    """The text layer of a PDF, in one line."""
    return " ".join(" ".join(page.extract_text() for page in PdfReader(io.BytesIO(content)).pages).split())


def pages(content: bytes) -> int:
    return len(PdfReader(io.BytesIO(content)).pages)
