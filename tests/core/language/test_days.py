"""Days as papers write them."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.language.days import day_in_words, long_day, quoted_day, short_day


@pytest.mark.parametrize(
    ("day", "told"),
    [
        (date(2026, 11, 23), "двадцать третье ноября две тысячи двадцать шестого года"),
        (date(2000, 1, 1), "первое января двухтысячного года"),
        (date(2013, 3, 3), "третье марта две тысячи тринадцатого года"),
        (date(1999, 12, 30), "тридцатое декабря тысяча девятьсот девяносто девятого года"),
    ],
)
def test_a_day_in_words(day, told):
    assert day_in_words(day) == told


def test_a_day_in_figures_and_with_its_month():
    day = date(2026, 5, 3)
    assert (short_day(day), long_day(day), quoted_day(day)) == ("03.05.2026", "3 мая 2026 г.", "«03» мая 2026 г.")
    assert day_in_words(day, genitive=True).startswith("третьего мая ")


@given(st.dates(date(1900, 1, 1), date(2199, 12, 31)))
def test_no_two_days_read_alike_and_none_has_figures(day):
    told = day_in_words(day)
    assert not any(sign.isdigit() for sign in told) and told.endswith("года")
    assert day_in_words(day.replace(year=day.year + 4)) != told
