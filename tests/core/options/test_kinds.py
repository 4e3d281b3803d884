"""Kinds of values: what they take, what they refuse, what is said of them."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.options.kinds import Choice, Employees, Money, Option, Roles, Several, Text, Whole, WrongValue, YesNo

_FEW = (("a", "Первое"), ("b", "Второе"), ("c", "Третье"))
_SUM = Money(Decimal(0), Decimal(100_000))
KINDS = (YesNo(), Whole(1, 365), Choice(_FEW), Several(_FEW), Text(20), _SUM, Employees(3), Roles(3))
_JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text() | st.sampled_from(["a", "b", "12.50", "NaN"]),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(), inner, max_size=3),
)


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.code)
@given(raw=_JSON)
def test_whatever_comes_is_read_or_refused_in_words(kind, raw):
    try:
        value = kind.read(raw)
    except WrongValue as refusal:
        assert str(refusal)[0].isupper()
        return
    assert kind.read(kind.kept(value)) == value, "what is kept means the same"
    assert kind.told(value)


@pytest.mark.parametrize(
    ("kind", "raw", "value", "words"),
    [
        (YesNo(), True, True, "да"),
        (Whole(0, 9, unit="мин", none="никогда"), 0, 0, "никогда"),
        (Whole(0, 9, unit="мин"), 9, 9, "9 мин"),
        (Choice(_FEW), "b", "b", "Второе"),
        (Several(_FEW), ["c", "a", "c"], ("a", "c"), "Первое, Третье"),
        (Several(_FEW), [], (), "не задано"),
        (Text(20), "  Что   сделано ", "Что сделано", "Что сделано"),
        (Text(20), "", "", "не задано"),
        (_SUM, "1500.5", Decimal("1500.50"), "1\N{NO-BREAK SPACE}500,50 ₽"),
        (Employees(3), [7, 5, 7], (7, 5), None),
        (Roles(3), ["head"], ("head",), None),
    ],
)
def test_values(kind, raw, value, words):
    assert kind.read(raw) == value
    if words:
        assert kind.told(value) == words


@pytest.mark.parametrize(
    ("kind", "raw"),
    [
        (YesNo(), 1),
        (YesNo(), "да"),
        (Whole(1, 5), 6),
        (Whole(1, 5), True),
        (Whole(1, 5), 2.0),
        (Choice(_FEW), "d"),
        (Choice(_FEW), ["a"]),
        (Several(_FEW), ["a", "d"]),
        (Several(_FEW), "a"),
        (Text(5), "шесть!"),
        (_SUM, 5),
        (_SUM, "-0.01"),
        (_SUM, "1.001"),
        (_SUM, "Infinity"),
        (Employees(1), [1, 2]),
        (Employees(1), [True]),
        (Employees(1), [0]),
        (Employees(1), [2**63]),
        (Roles(1), ["a", "b"]),
    ],
)
def test_refusals(kind, raw):
    with pytest.raises(WrongValue):
        kind.read(raw)


def test_what_cannot_be_read_any_more_counts_as_nothing_said():
    days = Option("tasks.days", "Дней", "Сколько", Whole(1, 30), default=7)
    assert [days.of(stored) for stored in ({}, {"tasks.days": 3}, {"tasks.days": 90}, {"tasks.days": "x"})] == [
        7,
        3,
        7,
        7,
    ]
