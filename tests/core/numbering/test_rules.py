"""Masks: what they write, what they find again, what is refused."""

import re
from datetime import date

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from core.numbering.rules import LONGEST_NUMBER, NEEDED, Signs, WrongMask, period_of, read, read_sign

DAY = date(2026, 11, 5)


@pytest.mark.parametrize(
    ("mask", "number"),
    [
        ("З-{N}", "З-7"),
        ("ВХ-{ГГГГ}-{####}", "ВХ-2026-0007"),
        ("{ДД}.{MM}.{yy}/{##}", "05.11.26/07"),
        ("{КВ} кв. {YYYY} № {N}", "4 кв. 2026 № 7"),
    ],
)
def test_a_mask_writes(mask: str, number: str) -> None:
    assert read(mask).write(7, DAY) == number


@pytest.mark.parametrize(
    ("mask", "period", "words"),
    [
        ("З", "none", "ровно один счётчик"),
        ("{N}-{###}", "none", "ровно один счётчик"),
        ("З-{N", "none", "Скобки"),
        ("З-{Я}-{N}", "none", "Неизвестная часть маски {Я}"),
        ("{ГГГГ}{N}", "none", "Отделите счётчик"),
        ("{N}{ММ}", "none", "Отделите счётчик"),
        ("{ОТДЕЛ}{ГГ}-{N}", "none", "Отделите {ОТДЕЛ}"),
        ("{ТИП}а-{N}", "none", "Отделите {ТИП}"),
        ("{ОТДЕЛ}{ТИП}-{N}", "none", "Отделите {ОТДЕЛ}"),
        ("5{N}", "none", "Отделите счётчик"),
        ("З-{N}", "year", "нужен {ГГГГ}"),
        ("{ГГГГ}-{N}", "month", "нужен {ММ}"),
        ("{ММ}-{N}", "month", "нужен {ГГГГ}"),
        ("очень длинная маска, которую никто не прочтёт до конца-{N}", "none", "слишком длинная"),
    ],
)
def test_a_wrong_mask_is_refused_in_words(mask: str, period: str, words: str) -> None:
    with pytest.raises(WrongMask, match=re.escape(words)):
        read(mask, period)


def test_a_period_has_its_name() -> None:
    assert [period_of(period, DAY) for period in NEEDED] == ["", "2026", "2026-4", "2026-11", "2026-11-05"]


def test_a_mask_writes_the_signs_of_a_card() -> None:
    mask = read("{ТИП}-{dept}/{ГГГГ}-{####}", "year")
    assert (mask.has_department, mask.has_type) == (True, True)
    assert mask.write(7, DAY, Signs("ПР", "ДФ")) == "ДФ-ПР/2026-0007"
    assert mask.write(7, DAY) == "00-00/2026-0007"
    assert mask.place("tasks.task", "year", DAY, Signs("ПР", "ДФ")) == "tasks.task|2026|d=ПР|t=ДФ"


@pytest.mark.parametrize("wrong", ["П Р", "П-Р", "ПР_1", "П" * 11])
def test_a_sign_is_letters_and_digits(wrong: str) -> None:
    with pytest.raises(WrongMask, match="до 10 букв и цифр"):
        read_sign(wrong)
    assert read_sign("ПР2") == "ПР2"


tokens = st.sampled_from(["{ГГГГ}", "{ГГ}", "{КВ}", "{ММ}", "{ДД}", "-", "/", "№ ", "(а)", "ВХ.", "*", "ё"])
masks = st.builds(
    lambda before, counter, after: "".join(before) + counter + "".join(after),
    st.lists(tokens, max_size=5),
    st.sampled_from(["{N}", "{#}", "{####}"]),
    st.lists(tokens, max_size=5),
)
days = st.dates(date(2000, 1, 1), date(2099, 12, 31))


@given(masks, st.integers(1, 10**9), st.integers(1, 10**9), days)
def test_numbers_differ_and_are_found_again(text: str, one: int, other: int, day: date) -> None:
    try:
        mask = read(text)
    except WrongMask:
        assume(False)
    written = mask.write(one, day)
    assert (written == mask.write(other, day)) is (one == other)
    assert len(written) <= LONGEST_NUMBER
    found = re.match(mask.pattern(day), written)
    assert found and int(found.group(1)) == one


sign_tokens = st.sampled_from(["{ОТДЕЛ}", "{ТИП}", "{ГГ}", "{КВ}", "-", "/", "А", "7", " "])
sign_masks = st.builds(
    lambda before, after: "".join(before) + "{N}" + "".join(after),
    st.lists(sign_tokens, max_size=6),
    st.lists(sign_tokens, max_size=6),
)
signs = st.builds(Signs, *[st.text("АБ17", min_size=1, max_size=3)] * 2)


@settings(max_examples=500)
@given(sign_masks, signs, signs, st.integers(1, 120), st.integers(1, 120))
def test_two_counters_never_write_the_same_number(text: str, one: Signs, other: Signs, left: int, right: int) -> None:
    try:
        mask = read(text)
    except WrongMask:
        assume(False)
    same_place = mask.place("k", "none", DAY, one) == mask.place("k", "none", DAY, other)
    assert (mask.write(left, DAY, one) == mask.write(right, DAY, other)) is (same_place and left == right)
    found = re.match(mask.pattern(DAY, one), mask.write(left, DAY, one))
    assert found and int(found.group(1)) == left


# A mask of a counter that begins anew must have the parts of its period.
_PARTS = {"year": "{ГГГГ}", "quarter": "{КВ}", "month": "{ММ}", "day": "{ДД}"}
periodic = st.sampled_from(list(NEEDED)).flatmap(
    lambda period: st.tuples(
        st.permutations([_PARTS[part] for part in NEEDED[period]]),
        st.sampled_from(["-{N}", "/{##}", "-{####}.ВХ"]),
        st.just(period),
    )
)


@given(periodic, st.integers(1, 10**6), days, days)
def test_a_number_of_another_period_is_another_number(
    made: tuple[list[str], str, str], number: int, one: date, other: date
) -> None:
    parts, counter, period = made
    mask = read("-".join(parts) + counter, period)
    if abs(one.year - other.year) < 100 and period_of(period, one) != period_of(period, other):
        assert mask.write(number, one) != mask.write(number, other)


@given(st.text(max_size=80), st.sampled_from(list(NEEDED)))
def test_any_text_is_read_or_refused(text: str, period: str) -> None:
    try:
        read(text, period).write(1, DAY)
    except WrongMask as refusal:
        assert str(refusal)


def test_a_trace_finds_the_whole_period_and_nothing_else() -> None:
    mask = read("{ДД}.{ММ}.{ГГ}/{N}", "year")
    trace = re.compile(mask.trace(DAY, "year"))
    for day in (date(2026, 1, 2), date(2026, 12, 31)):
        assert (found := trace.match(mask.write(7, day))) and found[1] == "7"
    assert not trace.match(mask.write(7, date(2025, 11, 5)))
    assert not trace.match(f"{mask.write(7, DAY)}/1")
    assert re.match(mask.trace(DAY, "none"), mask.write(7, date(2025, 1, 2)))
