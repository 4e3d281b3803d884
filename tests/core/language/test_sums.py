"""Sums in digits and in words."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.language.sums import digits, form, in_words


@pytest.mark.parametrize(
    ("total", "currency", "told"),
    [
        ("0.00", "RUB", "Ноль рублей 00 копеек"),
        ("1.01", "RUB", "Один рубль 01 копейка"),
        ("2.22", "RUB", "Два рубля 22 копейки"),
        ("11.11", "RUB", "Одиннадцать рублей 11 копеек"),
        ("1490.00", "RUB", "Одна тысяча четыреста девяносто рублей 00 копеек"),
        ("22000.50", "RUB", "Двадцать две тысячи рублей 50 копеек"),
        ("1000000.00", "RUB", "Один миллион рублей 00 копеек"),
        ("5.04", "USD", "Пять долларов 04 цента"),
        ("21.00", "EUR", "Двадцать один евро 00 центов"),
        ("3.00", "KZT", "Три тенге 00 тиынов"),
    ],
)
def test_a_sum_in_words(total, currency, told):
    assert in_words(Decimal(total), currency) == told


@given(st.decimals(min_value=0, max_value=10**12, places=2))
def test_digits_are_read_back_as_the_same_sum(total):
    told = digits(total)
    assert Decimal(told.replace("\u00a0", "").replace(",", ".")) == total
    assert all(len(part) == 3 for part in told.partition(",")[0].split("\u00a0")[1:])


@given(st.integers(min_value=0, max_value=10**9))
def test_the_form_depends_on_the_last_two_digits_alone(number):
    forms = ("рубль", "рубля", "рублей")
    assert form(number, forms) == form(number % 100, forms)
