"""One line of words: what is understood becomes a piece, what is not stays a word, and none is lost."""

import re
from datetime import datetime
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.language.line import Colleague, left_of, read_line, titled
from core.language.moments import find_due
from core.language.surnames import is_dative_of, is_form_of

MOSCOW = ZoneInfo("Europe/Moscow")
# A Tuesday.
NOW = datetime(2026, 11, 24, 14, 0, tzinfo=MOSCOW)
PEOPLE = (
    Colleague(1, "Иванов", "Иван"), Colleague(2, "Крылова", "Анна"), Colleague(3, "Чайковский", "Пётр"),
    Colleague(4, "Соловьёва", "Мария"), Colleague(5, "Иванов", "Сергей"), Colleague(6, "Шевченко", "Ольга"),
)  # fmt: skip
ME = 99


def read(text, *, but=()):
    return read_line(text, now=NOW, colleagues=PEOPLE, me=ME, but=but)


def told(text, **more):
    return {(span.kind, text[span.start : span.end].strip()) for span in read(text, **more).spans}


@pytest.mark.parametrize(
    ("text", "moment"),
    [
        ("завтра", "2026-11-25 18:00"), ("завтра в 10", "2026-11-25 10:00"), ("послезавтра", "2026-11-26 18:00"),
        ("сегодня к 18:30", "2026-11-24 18:30"), ("сегодня вечером", "2026-11-24 18:00"),
        ("завтра утром", "2026-11-25 09:00"), ("до пятницы 18:00", "2026-11-27 18:00"), ("в пт", "2026-11-27 18:00"),
        ("во вторник", "2026-11-24 18:00"), ("во вторник в 9", "2026-12-01 09:00"), ("к среде", "2026-11-25 18:00"),
        ("в следующую среду", "2026-12-02 18:00"), ("15.3", "2027-03-15 18:00"), ("до 15.12", "2026-12-15 18:00"),
        ("15.03.2027 в 9:30", "2027-03-15 09:30"), ("1 декабря", "2026-12-01 18:00"),
        ("15 марта 2028 года", "2028-03-15 18:00"), ("+3", "2026-11-27 18:00"), ("+2ч", "2026-11-24 16:00"),
        ("через 2 часа", "2026-11-24 16:00"), ("через полчаса", "2026-11-24 14:30"),
        ("через неделю", "2026-12-01 18:00"), ("через 3 дня", "2026-11-27 18:00"),
        ("через месяц", "2026-12-24 18:00"), ("до конца недели", "2026-11-27 18:00"),
        ("конец месяца", "2026-11-30 18:00"), ("до конца года", "2026-12-31 18:00"), ("в 16:00", "2026-11-24 16:00"),
        ("к 9:00", "2026-11-25 09:00"), ("до обеда", "2026-11-25 13:00"), ("завтра до обеда", "2026-11-25 13:00"),
        ("в пятницу до обеда", "2026-11-27 13:00"), ("до обеда в пятницу", "2026-11-27 13:00"),
        ("1 декабря до обеда", "2026-12-01 13:00"),
    ],
)  # fmt: skip
def test_moments(text, moment):
    due = find_due(f"Сдать {text} отчёт", NOW)
    assert due is not None and due.moment == datetime.fromisoformat(moment).replace(tzinfo=MOSCOW)
    assert f"Сдать {text} отчёт"[due.start : due.end] == text


EVENING = datetime(2026, 11, 24, 20, 29, tzinfo=MOSCOW)


@pytest.mark.parametrize(
    ("text", "moment"),
    [
        ("сегодня", "2026-11-24 23:59"), ("до сегодня", "2026-11-24 23:59"), ("сегодня вечером", "2026-11-24 23:59"),
        ("до конца дня", "2026-11-24 23:59"), ("до 24.11", "2026-11-24 23:59"), ("24 ноября", "2026-11-24 23:59"),
        ("сегодня к 19:00", "2026-11-24 19:00"), ("сегодня в 10", "2026-11-24 10:00"),
        ("сегодня до обеда", "2026-11-24 13:00"), ("24.11 в 9:30", "2026-11-24 09:30"),
        ("сегодня к 21:00", "2026-11-24 21:00"), ("завтра", "2026-11-25 18:00"), ("к 19:00", "2026-11-25 19:00"),
        ("во вторник", "2026-12-01 18:00"),
    ],
)  # fmt: skip
def test_today_is_today_in_the_evening_too(text, moment):
    due = find_due(f"Отвезти {text} документы", EVENING)
    assert due is not None and due.moment == datetime.fromisoformat(moment).replace(tzinfo=MOSCOW)
    assert f"Отвезти {text} документы"[due.start : due.end] == text


def test_what_happened_this_morning_is_a_story():
    assert find_due("Сегодня утром звонил заказчик", EVENING) is None


@pytest.mark.parametrize(
    "text",
    [
        "отчёт за 15 марта", "договор от 15.03", "с понедельника болеет", "версия 1.2.3", "31.02", "пункт 45.13",
        "вчера", "среднее значение", "сегодняшний план", "№ 15.3", "деталь 12:99", "чтец",
    ],
)  # fmt: skip
def test_what_is_no_moment_stays_words(text):
    assert find_due(text, NOW) is None


@pytest.mark.parametrize(
    ("word", "name"),
    [
        ("Иванову", "Иванов"), ("Иванова", "Иванов"), ("иванов", "Иванов"), ("Крыловой", "Крылова"),
        ("Крылову", "Крылова"), ("Чайковскому", "Чайковский"), ("Чайковского", "Чайковский"),
        ("Соловьевой", "Соловьёва"), ("Шевченко", "Шевченко"), ("Кузьмину", "Кузьмин"), ("Гоголю", "Гоголь"),
        ("Белой", "Белая"), ("Ткачу", "Ткач"), ("Анне", "Анна"), ("Марии", "Мария"), ("Павлу", "Павел"),
        ("Римскому-Корсакову", "Римский-Корсаков"), ("Сковороде", "Сковорода"),
    ],
)  # fmt: skip
def test_names_in_their_cases(word, name):
    assert is_form_of(word, name)


@pytest.mark.parametrize(
    ("word", "name"), [("Ивановым", "Иванов"), ("Ивановский", "Иванов"), ("крыло", "Крылова"), ("", "Иванов")]
)
def test_other_words_are_no_names(word, name):
    assert not is_form_of(word, name)


def test_the_whole_line():
    text = "Крыловой до пятницы 18:00 подготовить КП @ООО Ромашка #152 !важно"
    line = read(text)
    assert line.title == "подготовить КП @ООО Ромашка"
    assert told(text) == {
        ("person", "Крыловой"), ("due", "до пятницы 18:00"), ("number", "#152"), ("priority", "!важно"),
    }  # fmt: skip
    assert next(span for span in line.spans if span.kind == "person").people == (2,)


def test_namesakes_are_told_apart_by_first_names_or_left_to_choose():
    assert read("Иванову проверить").spans[0].people == (1, 5)
    assert read("Сергею Иванову проверить").spans[0].people == (5,)
    assert read("Иванову С. П. проверить").spans[0].people == (5,)


def test_several_people_and_oneself():
    line = read("Крыловой, Чайковскому и Соловьёвой завтра собрать стенд")
    assert [(span.kind, span.people) for span in line.spans[:3]] == [
        ("person", (2,)), ("helper", (3,)), ("helper", (4,)),
    ]  # fmt: skip
    assert line.title == "собрать стенд"
    assert read("Мне купить бумагу").spans[0].people == (ME,)


def test_a_name_inside_the_matter_is_not_the_performer():
    assert told("Позвонить Иванову завтра") == {("due", "завтра")}
    assert told("Позвонить клиенту @Крыловой") == {("person", "@Крыловой")}


@pytest.mark.parametrize(
    ("text", "piece", "who"),
    [
        ("Подготовить акт Чайковскому до пятницы", "Чайковскому", 3), ("Завтра Крыловой сдать отчёт", "Крыловой", 2),
        ("По договору № 5: Чайковскому проверить смету", "Чайковскому", 3),
        ("Смета «Ромашки»: Соловьевой пересчитать", "Соловьевой", 4),
    ],
)  # fmt: skip
def test_one_colleague_named_in_the_middle_is_the_performer(text, piece, who):
    line = read(text)
    assert [(text[one.start : one.end], one.people) for one in line.spans if one.kind == "person"] == [(piece, (who,))]
    assert piece not in line.title
    assert not [one for one in read(text, but=[piece]).spans if one.kind == "person"]


@pytest.mark.parametrize(
    "text",
    [
        # Of two namesakes; spoken to; behind a preposition; of hers; in quotation marks; no name at all.
        "Подготовить акт Иванову", "Позвонить Чайковскому", "Отправить договор Чайковскому", "Заехать к Чайковскому",
        "Проверить отчёт Крыловой", "Встретиться с Крыловой", "Письмо «Чайковскому от Союза» переписать",
        'Письмо "Чайковскому от Союза" переписать', "Купить чайковскому", "Подготовить встречу Шевченко",
        "Помочь Крыловой собрать стенд", "Повесить портрет Чайковского",
    ],
)  # fmt: skip
def test_a_name_in_the_middle_that_may_be_mistaken_stays_words(text):
    assert not [one for one in read(text).spans if one.kind in ("person", "helper")]


@pytest.mark.parametrize(
    ("word", "name"),
    [("Иванову", "Иванов"), ("Крыловой", "Крылова"), ("Белому", "Белый"), ("Римскому-Корсакову", "Римский-Корсаков")],
)
def test_datives(word, name):
    assert is_dative_of(word, name) and not is_dative_of(name, name)


def test_an_accusative_is_no_dative():
    # «Кузьмину» is to him and never of her: «позвать Кузьмину».
    assert is_dative_of("Кузьмину", "Кузьмин") and not is_dative_of("Кузьмину", "Кузьмина")
    assert not is_dative_of("Шевченко", "Шевченко") and not is_dative_of("Крылову", "Крылова")


@pytest.mark.parametrize(
    "text", ["Собрать стенд срочно", "Собрать стенд, срочно!", "Чайковскому собрать стенд Срочно."]
)
def test_urgently_is_a_priority_when_it_is_the_last_word(text):
    line = read(text)
    assert [span.value for span in line.spans if span.kind == "priority"] == ["urgent"]
    assert line.title.lower() == "собрать стенд"


@pytest.mark.parametrize("text", ["Срочно", "Срочно собрать стенд", "Спросить, не срочно", "Узнать, если это срочно"])
def test_urgently_elsewhere_stays_a_word(text):
    assert not [span for span in read(text).spans if span.kind == "priority"]


@pytest.mark.parametrize(
    ("text", "title"),
    [
        ("Крыловой подготовить акт", "Подготовить акт"), ("завтра ёлку купить", "Ёлку купить"),
        ("Мне iPhone проверить", "iPhone проверить"), ("купить бумагу", "Купить бумагу"), ("завтра", ""),
        ("+3 1С обновить", "1С обновить"),
    ],
)  # fmt: skip
def test_a_title_begins_with_a_capital(text, title):
    assert titled(text, read(text).spans) == title


def test_a_piece_that_was_taken_back_stays_words():
    text = "Крыловой завтра написать про пятницу, до 15.12"
    assert ("due", "завтра") in told(text)
    assert ("due", "до 15.12") in told(text, but=["завтра", "Пятницу"])
    assert read(text, but=["завтра"]).title.startswith("завтра написать")


WORDS = st.sampled_from(
    "Иванову Крыловой Анне завтра в 10 до пятницы пт 15.3 через 2 часа +3 !важно !! #152 #З-7 конец недели и , @ООО"
    " Ромашка подготовить отчёт №5 31.02 99:99 следующий 18:00 @Чайковскому : ! # @ + \t 1 декабря 2027 года".split()
)


def words_of(text):
    return re.findall(r"\w+", text)


@given(st.lists(WORDS, max_size=25).map(" ".join) | st.text(max_size=200))
def test_no_text_fails_and_no_word_is_lost(text):
    line = read(text)
    kept = words_of(line.title) + [word for span in line.spans for word in words_of(text[span.start : span.end])]
    assert sorted(kept) == sorted(words_of(text))
    at = 0
    for span in line.spans:
        assert at <= span.start < span.end <= len(text)
        at = span.end
        assert span.moment is None or span.moment > NOW
    assert left_of(text, line.spans) == line.title


@given(st.lists(WORDS, max_size=15).map(" ".join))
def test_whoever_takes_everything_back_has_his_words(text):
    but: list[str] = []
    for _ in range(40):
        line = read(text, but=but)
        if not line.spans:
            break
        but += [text[span.start : span.end] for span in line.spans]
    assert line.spans == () and line.title == " ".join(text.split())
