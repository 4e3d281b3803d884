"""Rows of files: encodings, separators, headers that stand lower, files that would fill the memory."""

import io
import zipfile
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path

import pytest

from core.entities.sheets import Cell, Column
from core.imports.errors import FileIsUnfit
from core.imports.opening import open_table, open_tables
from core.imports.rules import tables, weighing
from core.imports.rules.guessing import fitting, guess, mark_of
from core.imports.rules.tables import MOST_ROWS, ending_of, tables_of
from core.sheets.rules.writing import writer_of

from .desk import table

COLUMNS = (Column("a", "Название", Cell.LINE), Column("b", "Срок", Cell.MOMENT), Column("c", "Сумма", Cell.NUMBER))


def workbook(tmp_path: Path, *rows: tuple) -> bytes:
    path = tmp_path / "book.xlsx"
    writer = writer_of("xlsx", path, "Задачи", COLUMNS)
    for row in rows:
        writer.row(row)
    writer.close()
    return path.read_bytes()


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1251", "utf-16"])
@pytest.mark.parametrize("delimiter", [";", ",", "\t"])
def test_csv_of_any_make(encoding, delimiter):
    content = table(("Название", "Срок"), ("Сдать отчёт", "15.03.2027"), delimiter=delimiter, encoding=encoding)
    (found,) = tables_of("a.csv", content)
    assert (found.headers, found.rows) == (["Название", "Срок"], [(2, ["Сдать отчёт", "15.03.2027"])])


def test_a_workbook_says_the_same_as_people_write(tmp_path):
    content = workbook(
        tmp_path, ("Дело", datetime(2027, 3, 15, 18), Decimal("1500.50")), ("Два", date(2027, 1, 2), None)
    )
    (found,) = tables_of("book.xlsx", content)
    assert found.name == "Задачи"
    assert found.headers == ["Название", "Срок", "Сумма"]
    assert found.rows == [(2, ["Дело", "15.03.2027 18:00", "1500,5"]), (3, ["Два", "02.01.2027", ""])]


def test_lines_above_the_header_and_empty_rows_are_passed_over():
    content = table(("Отчёт за март",), (), ("Название", "Срок"), (), ("Дело", "15.03.2027"))
    (found,) = tables_of("a.csv", content)
    assert found.headers == ["Название", "Срок"]
    assert found.rows == [(5, ["Дело", "15.03.2027"])]


def test_short_rows_are_filled_up_and_long_ones_cut():
    (found,) = tables_of("a.csv", table(("А", "Б"), ("1",), ("1", "2", "3")))
    assert [cells for _, cells in found.rows] == [["1", ""], ["1", "2"]]


def test_what_was_guarded_against_formulas_comes_back():
    (found,) = tables_of("a.csv", table(("Название",), ("'=1+1",), ("'+7 912",), ("''=x",), ("'так называемый'",)))
    assert [cells[0] for _, cells in found.rows] == ["=1+1", "+7 912", "'=x", "'так называемый'"]


@pytest.mark.parametrize("content", [b"", b"PK\x03\x04rubbish", b"\x00" * 100, b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"])
def test_a_broken_workbook_is_refused_in_words(content):
    with pytest.raises(FileIsUnfit):
        tables_of("a.xlsx", content)


def test_a_panic_of_the_library_is_a_refusal_and_no_end_of_the_worker(tmp_path, monkeypatch):
    class PanicException(BaseException):
        """As the library below raises it."""

    class Book:
        @staticmethod
        def from_filelike(file: io.BytesIO) -> None:
            raise PanicException("index out of bounds")

    monkeypatch.setattr(tables, "CalamineWorkbook", Book)
    with pytest.raises(FileIsUnfit):
        tables_of("a.xlsx", workbook(tmp_path, ("Дело", None, None)))


def test_cells_far_apart_are_refused_before_room_is_made_for_them(tmp_path):
    content = _with(workbook(tmp_path, ("Дело", None, None)), b'r="A2"', b'r="XFD1048576"')
    with pytest.raises(FileIsUnfit, match="пустого места"):
        tables_of("a.xlsx", content)


def test_a_text_that_each_cell_refers_to_counts_as_often_as_it_is_read():
    assert tables_of("a.xlsx", shared("x" * 30_000, 50))[0].rows[-1] == (51, ["x" * 30_000])
    with pytest.raises(FileIsUnfit, match="велика"):
        tables_of("a.xlsx", shared("x" * 30_000, 1_200))


@pytest.mark.parametrize("placed", [True, False])
def test_a_text_longer_than_any_cell_may_hold_is_refused_before_it_is_read(placed, monkeypatch):
    monkeypatch.setattr(tables, "CalamineWorkbook", None)
    with pytest.raises(FileIsUnfit, match="32767"):
        tables_of("a.xlsx", shared("x" * 1_000_000, 1_200, placed=placed))


def test_cells_that_do_not_say_where_they_stand_are_counted_too(monkeypatch):
    monkeypatch.setattr(weighing, "MOST_CELLS", 100)
    assert len(tables_of("a.xlsx", shared("x", 99, placed=False))[0].rows) == 99
    with pytest.raises(FileIsUnfit, match="пустого места"):
        tables_of("a.xlsx", shared("x", 100, placed=False))


class TestApart:
    """The file is opened in a process of its own, which has a memory limit."""

    def test_the_same_tables_come_out_of_it(self, tmp_path):
        content = workbook(tmp_path, ("Дело\n«два»", datetime(2027, 3, 15, 18), Decimal("1500.50")))
        assert open_tables("book.xlsx", content) == tables_of("book.xlsx", content)
        assert open_table("book.xlsx", content, 0) == tables_of("book.xlsx", content)[0]

    def test_its_refusals_too(self):
        with pytest.raises(FileIsUnfit, match="не удалось прочитать"):
            open_tables("a.xlsx", b"PK\x03\x04rubbish")

    def test_what_gets_past_the_count_ends_that_process_and_no_other(self):
        # A sheet where nobody looks for one: the reader of workbooks finds it by its relation.
        content = shared("x" * 30_000, 45_000, sheet="other.xml")
        with pytest.raises(FileIsUnfit, match="памяти"):
            open_tables("a.xlsx", content)


def test_empty_formatted_cells_far_away_do_no_harm(tmp_path):
    content = _with(
        workbook(tmp_path, ("Дело", None, None)),
        b"</sheetData>",
        b'<row r="1048576"><c r="XFD1048576" s="1"/></row></sheetData>',
    )
    (found,) = tables_of("a.xlsx", content)
    assert found.rows == [(2, ["Дело", "", ""])]


def test_too_many_rows_are_refused():
    with pytest.raises(FileIsUnfit, match="больше"):
        tables_of("a.csv", b"a\n" + b"1\n" * (MOST_ROWS + 1))


def test_only_known_sorts_of_files():
    assert [ending_of(name) for name in ("a.XLSX", "b.csv", "c.tsv")] == ["xlsx", "csv", "tsv"]
    for name in ("a.xls", "a.xlsm", "a.pdf", "a"):
        with pytest.raises(FileIsUnfit):
            ending_of(name)


class TestGuessing:
    COLUMNS = (
        Column("title", "Название", Cell.LINE, aliases=("Задача",), required=True),
        Column("due_at", "Срок", Cell.MOMENT, aliases=("Крайний срок",)),
        Column("email", "Почта", Cell.LINE, looks=lambda text: "@" in text),
    )

    def test_title_alias_likeness_and_content(self):
        headers = ["№", "ЗАДАЧА", "Крайний  срок", "Контакт"]
        samples = [["1", "Дело", "15.03.2027", "a@b.example"]]
        assert guess(headers, samples, self.COLUMNS) == {"1": "title", "2": "due_at", "3": "email"}

    def test_each_column_is_taken_once_and_by_the_best(self):
        assert guess(["Срок задачи", "Срок"], [], self.COLUMNS) == {"1": "due_at"}

    def test_nothing_is_guessed_of_nothing(self):
        assert guess(["", "Прочее"], [["x", "y"]], self.COLUMNS) == {}

    def test_a_remembered_mapping_forgets_what_is_gone(self):
        assert fitting({"0": "title", "1": "gone", "9": "due_at"}, ["А", "Б"], self.COLUMNS) == {"0": "title"}
        assert mark_of(["Срок ", "ОТЧЁТ"]) == mark_of(["срок", "отчет"])


def _with(content: bytes, old: bytes, new: bytes) -> bytes:
    """The workbook with another text in its first sheet."""
    made = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as source, zipfile.ZipFile(made, "w") as target:
        for entry in source.infolist():
            text = source.read(entry)
            target.writestr(entry.filename, text.replace(old, new) if "sheet1" in entry.filename else text)
    return made.getvalue()


_MAIN = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
_TIES = 'xmlns="http://schemas.openxmlformats.org/package/2006/relationships"'
_TIE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"


def shared(text: str, count: int, *, placed: bool = True, sheet: str = "worksheets/sheet1.xml") -> bytes:
    """A workbook with a header and so many cells below it that all refer to one text."""
    places = [f'r="A{number}"' if placed else "" for number in range(1, count + 2)]
    rows = "".join(f'<row><c {at} t="s"><v>{min(number, 1)}</v></c></row>' for number, at in enumerate(places))
    parts = {
        "_rels/.rels": f'<Relationships {_TIES}><Relationship Id="a" Type="{_TIE}/officeDocument" '
        'Target="xl/workbook.xml"/></Relationships>',
        "xl/workbook.xml": f'<workbook {_MAIN} xmlns:r="{_TIE}"><sheets><sheet name="А" sheetId="1" r:id="a"/></sheets>'
        "</workbook>",
        "xl/_rels/workbook.xml.rels": f'<Relationships {_TIES}><Relationship Id="a" Type="{_TIE}/worksheet" '
        f'Target="{sheet}"/><Relationship Id="b" Type="{_TIE}/sharedStrings" Target="sharedStrings.xml"/>'
        "</Relationships>",
        "xl/sharedStrings.xml": f"<sst {_MAIN}><si><t>Задача</t></si><si><t>{text}</t></si></sst>",
        f"xl/{sheet}": f"<worksheet {_MAIN}><sheetData>{rows}</sheetData></worksheet>",
    }
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, part in parts.items():
            archive.writestr(name, f'<?xml version="1.0"?>{part}')
    return made.getvalue()
