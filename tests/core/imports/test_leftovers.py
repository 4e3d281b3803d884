"""All rows that cannot be read are taken along as a file, corrected there and brought again."""

import csv
import io
from datetime import timedelta

import httpx
import pytest
from django.utils import timezone
from python_calamine import CalamineWorkbook

from core.context import company_scope
from core.entities.sheets import Cell, Column
from core.imports import rows
from core.imports.models import Import
from core.imports.rules.tables import WHY
from core.sheets.rules.writing import writer_of

from .desk import Desk, table

HEADERS = ("Что", "Кому", "Когда")
CONTENT = (
    ("Первое", "", "15.03.2027"),
    ("=Второе", "Никто Никак", "16.03.2027 18:00"),
    ("Третье", "", "32.13.2027"),
    ("Четвёртое", "", ""),
    ("Пятое", "Никто Никак", "не знаю"),
)
MAPPING = {"0": "title", "1": "assignee", "2": "due_at"}


@pytest.fixture
def desk(company, person, deliver, store, monkeypatch):
    """The head at his files; fewer bad rows are shown than there are."""
    monkeypatch.setattr(rows, "MOST_PROBLEMS", 2)
    return Desk(person(company, role="head", name="Главный Глеб").client, deliver)


def file_of(form, tmp_path):
    if form == "csv":
        return table(HEADERS, *CONTENT)
    path = tmp_path / "book.xlsx"
    writer = writer_of("xlsx", path, "Дела", [Column(title, title, Cell.LINE) for title in HEADERS])
    for row in CONTENT:
        writer.row(row)
    writer.close()
    return path.read_bytes()


def taken(desk, form="csv"):
    """The file of bad rows as the person opens it: rows of texts."""
    asked = desk.client.post(f"imports/{desk.id}/bad-rows/")
    assert (asked.status_code, asked.json()["bad_file"]) == (200, "writing"), asked.json()
    desk.deliver()
    assert desk.now()["bad_file"] == "ready"
    content = httpx.get(desk.client.get(f"imports/{desk.id}/bad-rows/")["Location"]).content
    if form == "xlsx":
        return CalamineWorkbook.from_filelike(io.BytesIO(content)).get_sheet_by_index(0).to_python()
    return list(csv.reader(io.StringIO(content.decode("utf-8-sig"), newline=""), delimiter=";"))


def checked(desk, content, name="Дела.csv"):
    desk.bring(content, name=name)
    desk.choose(mapping=MAPPING)
    return desk.check()


@pytest.mark.parametrize("form", ["csv", "xlsx"])
def test_all_of_them_are_taken_corrected_and_brought_again(desk, form, tmp_path):
    found = checked(desk, file_of(form, tmp_path), f"Дела.{form}")
    assert (found["good_count"], found["bad_count"], len(desk.problems())) == (2, 3, 2)
    header, *bad = taken(desk, form)
    assert header == [*HEADERS, WHY]
    assert [row[0].lstrip("'") for row in bad] == ["=Второе", "Третье", "Пятое"]
    assert bad[0][-1].startswith("Исполнитель: ") and bad[1][-1].startswith("Срок: ")
    assert "Исполнитель: " in bad[2][-1] and "Срок: " in bad[2][-1]
    assert desk.run(leave_bad=True)["made_count"] == 2
    again = desk.bring(table(header, *([row[0], "", "17.03.2027", row[3]] for row in bad)))
    assert (again["mapping"], again["is_remembered"]) == (MAPPING, True), "what is wrong is no column of the file"
    assert desk.check()["bad_count"] == 0
    assert desk.run()["made_count"] == 3


def test_what_is_corrected_in_place_is_not_brought_a_second_time(desk):
    checked(desk, table(HEADERS, *CONTENT))
    assert len(taken(desk)) == 4
    desk.fix(3, "assignee", "")
    gone = desk.client.get(f"imports/{desk.id}/bad-rows/")
    assert (gone.status_code, gone.json()["type"]) == (409, "/problems/import-bad-rows-not-ready")
    desk.fix(4, "due_at", "не раньше марта")
    header, *bad = taken(desk)
    assert [row[:3] for row in bad] == [["Третье", "", "не раньше марта"], ["Пятое", "Никто Никак", "не знаю"]]


def test_what_was_left_out_can_be_taken_when_the_rest_is_made(desk, owner, person, company):
    checked(desk, table(HEADERS, *CONTENT))
    assert desk.run(leave_bad=True)["bad_count"] == 3
    person(company, name="Никак Никто")
    header, *left = taken(desk)
    assert [row[0].lstrip("'") for row in left] == ["=Второе", "Третье", "Пятое"], "those and no others"


def test_nothing_is_taken_where_there_is_nothing(desk, company):
    desk.bring(table(HEADERS, *CONTENT))
    path = f"imports/{desk.id}/bad-rows/"
    assert desk.client.post(path).json()["type"] == "/problems/import-elsewhere"
    checked(desk, table(HEADERS, CONTENT[0]))
    assert desk.client.post(f"imports/{desk.id}/bad-rows/").json()["type"] == "/problems/import-no-bad-rows"


def test_nothing_is_taken_when_the_week_of_the_file_is_over(desk, company):
    checked(desk, table(HEADERS, *CONTENT))
    taken(desk)
    with company_scope(company):
        Import.objects.filter(pk=desk.id).update(created_at=timezone.now() - timedelta(days=8))
    path = f"imports/{desk.id}/bad-rows/"
    for answer in (desk.client.get(path), desk.client.post(path)):
        assert (answer.status_code, answer.json()["type"]) == (409, "/problems/import-file-gone")
