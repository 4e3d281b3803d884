"""When a number and a place prove a point."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.checklists.rules import Shown, Spot, metres, must_be_there, passes_number
from core.errors import Invalid

pytestmark = pytest.mark.row("T-16")
KREMLIN, UNIVERSITY = Spot(Decimal("55.752023"), Decimal("37.617499")), Spot(Decimal("55.702868"), Decimal("37.530865"))
DEGREES = st.decimals(min_value=-89, max_value=89, places=6)


def test_the_distance_is_known():
    assert metres(KREMLIN, UNIVERSITY) == pytest.approx(7700, rel=0.02)


@given(DEGREES, DEGREES, DEGREES, DEGREES)
def test_a_distance_is_the_same_both_ways_and_none_to_itself(a: Decimal, b: Decimal, c: Decimal, d: Decimal):
    one, other = Spot(a, b), Spot(c, d)
    assert metres(one, other) == pytest.approx(metres(other, one), abs=0.01)
    assert metres(one, one) == 0
    assert metres(one, other) <= 20_016_000


@pytest.mark.parametrize(
    "number,least,most,passes",
    [("5", "5", "7", True), ("7", "5", "7", True), ("7.000001", "5", "7", False), ("4.9", "5", None, False),
     ("9", None, None, True), ("-3", None, "0", True)],
)  # fmt: skip
def test_a_number_passes_within_its_tolerance(number, least, most, passes):
    bounds = [Decimal(bound) if bound else None for bound in (least, most)]
    assert passes_number(Shown(Decimal(number)), *bounds) is passes


def test_without_a_number_there_is_nothing_to_judge():
    with pytest.raises(Invalid):
        passes_number(Shown(), None, None)


@pytest.mark.parametrize(
    "shown",
    [Shown(), Shown(spot=UNIVERSITY, accuracy=20), Shown(spot=KREMLIN, accuracy=5000)],
)
def test_being_elsewhere_or_nowhere_proves_nothing(shown):
    with pytest.raises(Invalid) as refused:
        must_be_there(shown, KREMLIN, 100)
    assert list(refused.value.errors) == ["latitude"]


def test_being_there_proves_it_and_the_telephone_may_err_a_little():
    must_be_there(Shown(spot=KREMLIN), KREMLIN, 10)
    beside = Spot(KREMLIN.latitude + Decimal("0.001"), KREMLIN.longitude)
    must_be_there(Shown(spot=beside, accuracy=60), KREMLIN, 60)
