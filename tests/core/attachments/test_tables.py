"""Tables shown in the browser: pages of texts, whoever may have the file may look at it, hostile files end in words."""

import io
import subprocess
import zipfile
from datetime import date

import pytest
import xlsxwriter

from core import apart
from core.attachments import looking
from core.attachments.models import Attachment
from core.attachments.rules import book
from core.attachments.rules.book import MOST_COLUMNS, MOST_ROWS, PAGE, Unread, page_of
from core.attachments.rules.types import table_form
from core.context import company_scope
from tests.core.attachments.samples import OLE, PDF, packed

pytestmark = pytest.mark.row("T-17")
ENCRYPTED = OLE + "EncryptedPackage".encode("utf-16-le") + b"\0" * 600


def workbook(rows: int = 3, columns: int = 2, *, sheets: tuple[str, ...] = ("Смета",), hidden: str = "") -> bytes:
    """Sheets with «строка 1 · 1» and so on; a hidden one when it is named."""
    held = io.BytesIO()
    made = xlsxwriter.Workbook(held, {"in_memory": True})
    for name in sheets:
        sheet = made.add_worksheet(name)
        for row in range(rows):
            for column in range(columns):
                sheet.write(row, column, f"{name} {row + 1} · {column + 1}")
    if hidden:
        made.add_worksheet(hidden).hide()
    made.close()
    return held.getvalue()


def altered(content: bytes, old: bytes, new: bytes) -> bytes:
    """The workbook with another text in its first sheet."""
    with zipfile.ZipFile(io.BytesIO(content)) as source:
        parts = {entry.filename: source.read(entry) for entry in source.infolist()}
    assert old in parts["xl/worksheets/sheet1.xml"]
    parts["xl/worksheets/sheet1.xml"] = parts["xl/worksheets/sheet1.xml"].replace(old, new)
    return packed(parts)


_OPEN = "urn:oasis:names:tc:opendocument:xmlns"


def ods(*cells: str, repeated: int = 1) -> bytes:
    """One row of an OpenDocument table, said so many times."""
    spaces = " ".join(f'xmlns:{name}="{_OPEN}:{name}:1.0"' for name in ("office", "table", "text"))
    cell = '<table:table-cell office:value-type="string"><text:p>{}</text:p></table:table-cell>'
    told = "".join(cell.format(one) for one in cells)
    row = f'<table:table-row table:number-rows-repeated="{repeated}">{told}</table:table-row>'
    table = f'<office:spreadsheet><table:table table:name="Лист">{row}</table:table></office:spreadsheet>'
    content = f"<office:document-content {spaces}><office:body>{table}</office:body></office:document-content>"
    return packed(
        {
            "mimetype": b"application/vnd.oasis.opendocument.spreadsheet",
            "META-INF/manifest.xml": f'<manifest:manifest xmlns:manifest="{_OPEN}:manifest:1.0"/>'.encode(),
            "content.xml": content.encode(),
        }
    )


def page(client, found, **asked):
    return client.get(f"attachments/{found['id']}/sheet/", **asked)


class TestPages:
    def test_a_workbook_is_read_sheet_by_sheet(self, desk):
        found = desk.attach("Смета.xlsx", workbook(sheets=("Смета", "Итоги"), hidden="Служебный"))
        first, second = page(desk.client, found), page(desk.client, found, name="Итоги")
        assert (first.status_code, second.status_code) == (200, 200), first.json()
        assert first.json() == {
            "sheets": ["Смета", "Итоги"], "name": "Смета", "width": 2, "height": 3, "next": None, "is_cut": False,
            "rows": [[f"Смета {row} · {column}" for column in (1, 2)] for row in (1, 2, 3)],
        }  # fmt: skip
        assert second.json()["rows"][0] == ["Итоги 1 · 1", "Итоги 1 · 2"]

    def test_rows_come_in_pages_without_gaps(self, desk):
        found = desk.attach("Журнал.csv", "\n".join(f"{n};дело {n}" for n in range(450)).encode("cp1251"))
        seen, offset = [], 0
        while offset is not None:
            told = page(desk.client, found, offset=offset).json()
            assert len(told["rows"]) <= PAGE
            seen += told["rows"]
            offset = told["next"]
        assert seen == [[str(n), f"дело {n}"] for n in range(450)]

    def test_an_unknown_sheet_or_place_is_refused(self, desk):
        found = desk.attach("Смета.xlsx", workbook())
        for asked in ({"name": "Чужой"}, {"name": "x" * 200}, {"name": "a\0b"}, {"offset": "-1"}, {"offset": "x"},
                      {"offset": MOST_ROWS + 1}):  # fmt: skip
            assert page(desk.client, found, **asked).status_code == 422, asked
        assert page(desk.client, found, offset=500).json()["rows"] == []

    def test_open_documents_and_places_of_cells(self):
        told = page_of("book", ods("А", "Б", repeated=2), 0)
        assert (told["sheets"], told["rows"]) == (["Лист"], [["А", "Б"], ["А", "Б"]])
        held = io.BytesIO()
        made = xlsxwriter.Workbook(held, {"in_memory": True})
        sheet = made.add_worksheet("Л")
        sheet.write_datetime(2, 1, date(2027, 3, 15), made.add_format({"num_format": "dd.mm.yyyy"}))
        sheet.write(2, 2, 1500.5)
        made.close()
        told = page_of("book", held.getvalue(), 0)
        assert (told["rows"], told["width"], told["height"]) == ([[], [], ["", "15.03.2027", "1500,5"]], 3, 3)

    def test_what_is_too_long_or_too_wide_is_cut_and_said_so(self):
        wide = page_of("csv", (";".join("x" * (MOST_COLUMNS + 5)) + "\n").encode(), 0)
        assert (wide["width"], len(wide["rows"][0]), wide["is_cut"]) == (MOST_COLUMNS, MOST_COLUMNS, True)
        long = page_of("csv", b"1;2\n" * (MOST_ROWS + 10), MOST_ROWS - 1)
        assert (long["height"], len(long["rows"]), long["next"], long["is_cut"]) == (MOST_ROWS, 1, None, True)
        heavy = page_of("csv", (("ы" * 500 + ";") * 90 + "\n").encode() * 100, 0)
        assert 0 < heavy["next"] == len(heavy["rows"]) < 100

    def test_which_files_are_tables(self):
        sheet = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
        assert table_form("a.XLSX", sheet) == table_form("a.xlsb", "application/zip") == "book"
        assert table_form("a.xls", "application/vnd.ms-excel") == "book"
        assert table_form("a.csv", "text/plain") == "csv"
        strange = {"a.zip": "application/zip", "a.docx": sheet, "a.xls": "text/plain", "csv": "text/plain"}
        assert [name for name, kind in strange.items() if table_form(name, kind)] == []


class TestRefusals:
    @pytest.mark.parametrize(
        ("name", "content", "code"),
        [
            ("a.pdf", PDF, "not-a-table"),
            ("a.txt", b"hello", "not-a-table"),
            ("a.xlsx", ENCRYPTED, "table-locked"),
            ("a.xls", OLE, "table-broken"),
            ("a.xlsx", packed({"[Content_Types].xml": b"<Types/>", "xl/workbook.xml": b"<workbook"}), "table-broken"),
            ("a.ods", packed({"content.xml": b"<x/>"}), "table-broken"),
        ],
    )
    def test_what_cannot_be_read_is_said_in_words(self, desk, name, content, code):
        found = desk.attach(name, content)
        answer = page(desk.client, found)
        assert (answer.status_code, answer.json()["type"]) == (409, f"/problems/{code}"), found
        assert answer.json()["detail"].strip()

    def test_what_the_check_has_rejected_is_not_read(self, desk):
        found = desk.attach("a.xlsx", workbook()[:-200])
        assert (found["state"], page(desk.client, found).json()["type"]) == ("rejected", "/problems/file-rejected")

    @pytest.mark.parametrize(
        ("form", "content"),
        [
            ("far apart", altered(workbook(), b'r="B3"', b'r="XFD1048576"')),
            ("repeated", ods(*("x" * 1_000), repeated=20_000)),
        ],
    )
    def test_a_bomb_ends_only_its_reader(self, form, content):
        assert looking._read("book", content, 0, "") == {"refusal": book.LARGE}, form

    def test_a_reader_that_thinks_too_long_is_ended(self, monkeypatch):
        def late(*_: object, **__: object) -> None:
            raise subprocess.TimeoutExpired("reader", 15)

        monkeypatch.setattr(apart.subprocess, "run", late)
        assert looking._read("csv", b"a", 0, "") == {"refusal": book.LARGE}

    def test_a_fault_of_the_library_is_a_broken_file(self):
        assert looking._read("book", workbook(), 0, "")["rows"]
        assert looking._read("book", b"PK\x03\x04rubbish", 0, "") == {"refusal": book.BROKEN}
        # It ends with a trace, as after a panic below.
        assert looking._read("book", workbook(), -1, "") == {"refusal": book.BROKEN}

    def test_a_declared_bomb_is_refused_before_it_is_unpacked(self, monkeypatch):
        monkeypatch.setattr(book, "_MOST_UNPACKED", 10)
        with pytest.raises(Unread, match=book.LARGE):
            page_of("book", workbook(), 0)

    def test_too_large_a_file_is_not_even_fetched(self, desk, company):
        found = desk.attach("Смета.xlsx", workbook())
        with company_scope(company):
            Attachment.objects.filter(pk=found["id"]).update(size=looking.MOST_BYTES + 1)
        assert page(desk.client, found).json()["type"] == "/problems/table-large"

    def test_no_place_among_readers_is_said_and_given_back(self, desk, monkeypatch):
        found = desk.attach("a.csv", b"1;2\n")
        monkeypatch.setattr(looking, "_PATIENCE_SECONDS", 0)
        held = [looking._free.acquire(timeout=0) for _ in range(looking._AT_ONCE)]
        try:
            assert held == [True, True]
            assert page(desk.client, found).status_code == 503
        finally:
            for _ in held:
                looking._free.release()
        assert page(desk.client, found).status_code == 200

    def test_the_store_is_away(self, desk, s3_stand_in):
        found = desk.attach("a.csv", b"1;2\n")
        assert s3_stand_in.order(service="s3", mode="fail", count=20) == 201
        assert page(desk.client, found).status_code == 503


class TestRights:
    def test_the_table_follows_the_rights(self, desk, card):
        path, initiator, assignee, stranger = card
        found = desk.attach("a.csv", b"1;2\n")
        assert page(assignee.client, found).status_code == 200
        assert page(stranger.client, found).status_code == 404
        assert initiator.client.put(f"{path}watchers/", {"watchers": [stranger.id]}).status_code == 200
        assert page(stranger.client, found).status_code == 200
        assert initiator.client.delete(path).status_code == 204
        assert page(initiator.client, found).status_code == 404

    def test_of_another_company_it_does_not_exist(self, desk, other_owner):
        found = desk.attach("a.csv", b"1;2\n")
        assert page(other_owner.client, found).status_code == 404

    def test_nobody_signed_in_gets_nothing(self, desk, company, api):
        found = desk.attach("a.csv", b"1;2\n")
        assert page(api(company), found).status_code == 401

    def test_what_is_not_checked_is_not_read(self, desk, card):
        ticket = desk.ticket("a.csv", 4)
        assert ticket.put(b"1;2\n").status_code == 200
        for moment in ("uploading", "checking"):
            own = page(desk.client, {"id": ticket.id})
            assert (own.status_code, own.json()["type"]) == (409, "/problems/file-not-ready"), moment
            assert page(card[2].client, {"id": ticket.id}).status_code == 404
            desk.client.post(f"attachments/{ticket.id}/complete/")
        desk.deliver()
        assert page(card[2].client, {"id": ticket.id}).status_code == 200

    def test_pages_are_counted(self, desk, monkeypatch):
        monkeypatch.setattr("core.attachments.rest.previews._PAGES_A_MINUTE", 1)
        found = desk.attach("a.csv", b"1;2\n")
        assert page(desk.client, found).status_code == 200
        assert page(desk.client, found).status_code == 429
