"""A link is one, whichever side it is said from."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.links.rules import RELATIONS, STORED, as_read_by, tie

pytestmark = pytest.mark.row("PL-11", "T-13")
IDS = st.integers(min_value=1, max_value=2**62)
CODES = st.sampled_from(sorted(RELATIONS))


@given(IDS, IDS, CODES)
def test_both_sides_say_the_same_link(one: int, other: int, relation: str):
    said = tie(one, relation, other)
    assert said == tie(other, RELATIONS[relation].inverse, one)
    assert said.relation in STORED


@given(IDS, IDS, CODES)
def test_each_side_reads_what_was_said(one: int, other: int, relation: str):
    said = tie(one, relation, other)
    if one != other:
        assert as_read_by(one, said) == (relation, other)
        assert as_read_by(other, said) == (RELATIONS[relation].inverse, one)


def test_relations_go_in_pairs():
    assert all(RELATIONS[relation.inverse].inverse == code for code, relation in RELATIONS.items())
