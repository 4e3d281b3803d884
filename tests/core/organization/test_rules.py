"""Phones as people write them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.errors import Invalid
from core.organization.rules import changeable, phone_beginnings, read_phone


@pytest.mark.parametrize(
    ("typed", "stored"),
    [
        ("", ""),
        ("  ", ""),
        ("8 (912) 345-67-89", "+79123456789"),
        ("+7 912 345 67 89", "+79123456789"),
        ("9123456789", "+79123456789"),
        ("+375 29 123-45-67", "+375291234567"),
        ("204", "204"),
        ("12-34-56", "123456"),
    ],
)
def test_phone_is_stored_in_one_shape(typed, stored):
    assert read_phone(typed) == stored


@pytest.mark.parametrize("wrong", ["доб. 5", "+", "()", "1234567890123456", "12a"])
def test_what_is_no_phone_is_refused(wrong):
    with pytest.raises(Invalid):
        read_phone(wrong)


@given(st.from_regex(r"[78]9\d{9}", fullmatch=True), st.integers(min_value=2, max_value=11))
def test_any_beginning_finds_the_stored_number(typed, length):
    stored = read_phone(typed)
    assert any(stored.startswith(beginning) for beginning in phone_beginnings(typed[:length]))


@pytest.mark.parametrize("text", ["", "Иванов", "a1", "доб 5"])
def test_words_are_no_phone(text):
    assert phone_beginnings(text) == []


def test_wider_scopes_open_more_fields():
    assert changeable(None, is_own=True) == frozenset()
    assert changeable("own", is_own=True) < changeable("department", is_own=False) < changeable("all", is_own=False)
    assert changeable("department_tree", is_own=True) == changeable("own", is_own=True)
    assert "department" not in changeable("department_tree", is_own=False)
