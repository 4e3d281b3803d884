"""What people mean by the text of a cell."""

from datetime import UTC, date, datetime, time
from decimal import Decimal
from zoneinfo import ZoneInfo

import pytest

from core.imports.rules.reading import PeopleBook
from core.imports.rules.values import Unread, day, flag, key_of, moment, number, pieces

MOSCOW, EVENING = ZoneInfo("Europe/Moscow"), time(18)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("15.03.2027 18:00", (2027, 3, 15, 18, 0)),
        ("15.03.2027", (2027, 3, 15, 18, 0)),
        ("15.3.27 9:05", (2027, 3, 15, 9, 5)),
        ("15/03/2027, 10:30:00", (2027, 3, 15, 10, 30)),
        ("2027-03-15 07:00", (2027, 3, 15, 7, 0)),
        ("15 марта 2027 г. 12:00", (2027, 3, 15, 12, 0)),
        ("3 мая 2027", (2027, 5, 3, 18, 0)),
        ("1 СЕНТЯБРЯ 2027 года в 8:00", (2027, 9, 1, 8, 0)),
        # A day that a workbook keeps as a number.
        ("46461", (2027, 3, 15, 18, 0)),
        ("46461,75", (2027, 3, 15, 18, 0)),
    ],
)
def test_moments_in_russian_forms(text, expected):
    assert moment(text, MOSCOW, EVENING) == datetime(*expected, tzinfo=MOSCOW)


def test_a_moment_with_its_own_zone_keeps_it():
    assert moment("2027-03-15T15:00:00Z", MOSCOW, EVENING) == datetime(2027, 3, 15, 15, tzinfo=UTC)
    assert moment("2027-03-15 20:30+05:30", MOSCOW, EVENING) == datetime(2027, 3, 15, 15, tzinfo=UTC)


@pytest.mark.parametrize(
    "text", ["31.02.2027", "15.13.2027", "15.03.2027 25:00", "завтра", "15 плюта 2027", "1.1.0001"]
)
def test_what_is_no_moment_is_refused(text):
    with pytest.raises(Unread):
        moment(text, MOSCOW, EVENING)


def test_a_day_leaves_the_time_out():
    assert day("15.03.2027 23:59") == date(2027, 3, 15)


@pytest.mark.parametrize(
    ("text", "expected"),
    [("1 500,50 ₽", "1500.50"), ("1\u00a0500", "1500.00"), ("1,500.5", "1500.50"), ("1.500,5", "1500.50"),
     ("−3", "-3.00"), ("12 %", "12.00"), ("100 руб.", "100.00")],
)  # fmt: skip
def test_numbers_as_people_write_them(text, expected):
    assert number(text, 2) == Decimal(expected)


@pytest.mark.parametrize(("text", "places"), [("0,001", 2), ("1,5", 0), ("две", 2), ("1.5.2", 2), ("١٢", 2), ("", 2)])
def test_what_is_no_number_is_refused(text, places):
    with pytest.raises(Unread):
        number(text, places)


def test_yes_and_no():
    assert [flag(text) for text in ("Да", "истина", "+", "1")] == [True] * 4
    assert [flag(text) for text in ("нет", "Ложь", "0", "-")] == [False] * 4
    with pytest.raises(Unread):
        flag("возможно")


def test_texts_are_compared_without_case_signs_and_yo():
    assert key_of("  Отчёт, (готовый)! ") == key_of("отчет готовый")
    assert pieces("Иванов; Петров,\nСидоров ,") == ["Иванов", "Петров", "Сидоров"]


class TestPeople:
    def book(self) -> PeopleBook:
        book = PeopleBook()
        book.add(1, ("Крылова", "Анна", "Сергеевна"), "anna@alfa.example", is_active=True)
        book.add(2, ("Петров", "Пётр", ""), "petr@alfa.example", is_active=True)
        book.add(3, ("Петров", "Павел", ""), "", is_active=True)
        book.add(4, ("Уволен", "Иван", ""), "", is_active=False)
        return book

    @pytest.mark.parametrize(
        "text",
        ["Крылова Анна Сергеевна", "Анна Крылова", "крылова а.с.", "Крылова А.", "А. С. Крылова", "ANNA@alfa.example",
         "Анна Крылова [15]", "Крылова  Анна"],
    )  # fmt: skip
    def test_one_person_is_found_by_any_form(self, text):
        assert self.book().find(text) == 1

    @pytest.mark.parametrize("text", ["Крылова", "КРЫЛОВА", " крылова "])
    def test_a_surname_alone_is_enough_when_one_works_who_has_it(self, text):
        assert self.book().find(text) == 1

    def test_whoever_has_left_is_not_confused_with_who_works(self):
        book = self.book()
        book.add(5, ("Крылова", "Ольга", ""), "", is_active=False)
        book.add(6, ("Фёдоров", "Илья", "Ильич"), "", is_active=True)
        assert book.find("Крылова") == 1
        assert {book.find(text) for text in ("федоров", "Фёдоров И.", "ФЕДОРОВ И. И.", "И.И. Фёдоров")} == {6}
        with pytest.raises(Unread, match="блокирован"):
            book.find("Уволен")

    def test_whoever_is_called_by_a_word_alone_comes_before_those_with_such_a_surname(self):
        book = self.book()
        book.add(7, ("Крылова", "", ""), "", is_active=True)
        assert book.find("Крылова") == 7

    def test_yo_is_ye(self):
        assert self.book().find("Петр Петров") == 2

    @pytest.mark.parametrize(
        ("text", "words"),
        [
            ("Петров П.", "нескольких: Петров Павел, Петров Пётр."),
            ("Петров", "нескольких: Петров Павел, Петров Пётр."),
            ("Никто", "Такого сотрудника нет"),
            ("Иван Уволен", "блокирован"),
        ],
    )
    def test_why_nobody_is_found(self, text, words):
        with pytest.raises(Unread, match=words):
            self.book().find(text)
