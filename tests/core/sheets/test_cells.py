"""Files of lists: nothing in them is ever a formula, and what is written is what can be read again."""

import csv
import zipfile
from datetime import UTC, date, datetime
from decimal import Decimal
from zoneinfo import ZoneInfo

import pytest
from python_calamine import CalamineWorkbook

from core.entities.sheets import Cell, Column
from core.sheets.rules.cells import Words, as_text, harmless, told, unguarded
from core.sheets.rules.writing import writer_of

PREFIXES = ("=", "+", "-", "@", "\t", "\r", ";=", '"=', "=cmd|' /C calc'!A0", "＝", "'=")
TEXT = Column("title", "Название", Cell.LINE)


@pytest.mark.parametrize("prefix", PREFIXES)
@pytest.mark.parametrize("form", ["xlsx", "csv"])
def test_no_text_becomes_a_formula(form, prefix, tmp_path):
    text = f"{prefix}1+1"
    path = tmp_path / f"list.{form}"
    writer = writer_of(form, path, "Задачи", [TEXT, Column("x", text, Cell.LINE)])
    writer.row([text, None])
    writer.close()
    if form == "xlsx":
        rows = CalamineWorkbook.from_path(path).get_sheet_by_index(0).to_python()
        assert [rows[0][1], rows[1][0]] == [text, text]
        with zipfile.ZipFile(path) as archive:
            assert b"<f" not in archive.read("xl/worksheets/sheet1.xml").replace(b"<fo", b"")
        return
    with path.open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.reader(file, delimiter=";"))
    for cell in (rows[0][1], rows[1][0]):
        assert cell[0] in "'\""
        assert unguarded(cell) == text


def test_csv_opens_in_excel_by_a_double_click(tmp_path):
    path = tmp_path / "list.csv"
    writer = writer_of("csv", path, "Задачи", [TEXT, Column("sum", "Сумма", Cell.NUMBER)])
    writer.row(["Дело; второе", Decimal("-1500.5")])
    writer.close()
    assert path.read_bytes() == '\ufeffНазвание;Сумма\r\n"Дело; второе";-1500,5\r\n'.encode()


def test_a_long_text_is_cut_to_what_a_cell_holds_and_a_long_number_keeps_its_digits(tmp_path):
    path = tmp_path / "list.xlsx"
    writer = writer_of("xlsx", path, "Задачи", [TEXT, Column("sum", "Сумма", Cell.NUMBER)])
    writer.row(["д" * 40_000, Decimal("12345678901234567.89")])
    writer.close()
    rows = CalamineWorkbook.from_path(path).get_sheet_by_index(0).to_python()
    assert rows[1] == ["д" * 32_767, "12345678901234567,89"]


def test_values_as_cells_tell_them():
    words = Words(ZoneInfo("Asia/Yekaterinburg"), {"status": {"new": "Новая"}}, {7: "Петров Пётр", 8: "Крылова Анна"})
    at = datetime(2027, 3, 15, 13, tzinfo=UTC)

    def cell(of: Cell, value: object, code: str = "x") -> str:
        return as_text(told(Column(code, "X", of), value, words))

    assert cell(Cell.MOMENT, at) == "15.03.2027 18:00"
    assert cell(Cell.DAY, "2027-03-15") == cell(Cell.DAY, date(2027, 3, 15)) == "15.03.2027"
    assert (cell(Cell.FLAG, True), cell(Cell.FLAG, False), cell(Cell.FLAG, None)) == ("да", "нет", "")
    assert cell(Cell.NUMBER, "1500.50") == "1500,50"
    assert cell(Cell.CHOICE, "new", "status") == "Новая"
    assert (cell(Cell.PERSON, 7), cell(Cell.PERSON, [7, 8])) == ("Петров Пётр", "Петров Пётр, Крылова Анна")
    assert cell(Cell.WORDS, ["Срочно", "Цех"]) == "Срочно, Цех"


def test_the_guard_is_taken_off_exactly():
    for text in ("обычный", "'кавычки'", "", "'", "=1", "'=1", "''=1"):
        assert unguarded(harmless(text)) == text
