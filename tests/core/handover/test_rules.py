"""Who gets what: one for everything, others for what they are named for, nobody where it is said to stay."""

from hypothesis import given
from hypothesis import strategies as st

from core.handover.rules import distributed, forgotten

SORTS = st.sets(st.sampled_from(["todo", "given", "helped", "points", "departments", "people"]))
PEOPLE = st.one_of(st.none(), st.integers(1, 5))


@st.composite
def wishes(draw):
    """(sorts, the heir of all, others, counts): nobody is named for a sort that does not exist."""
    sorts = draw(SORTS)
    heirs = draw(st.dictionaries(st.sampled_from(sorted(sorts)), PEOPLE)) if sorts else {}
    counts = {code: draw(st.integers(0, 3)) for code in sorts}
    return sorts, draw(PEOPLE), heirs, counts


@given(wishes())
def test_each_sort_goes_once_to_whoever_was_named(wish):
    sorts, heir, heirs, counts = wish
    shares = distributed(sorts, heir, heirs)
    assert set(shares) == sorts, "none is lost, none is made up"
    assert {shares[code] for code in sorts - set(heirs)} <= {heir}
    assert {code: shares[code] for code in heirs} == heirs, "who is named for a sort gets it, whoever gets the rest"
    assert set(shares.values()) <= {heir, *heirs.values()}, "nobody gets anything unasked"


@given(wishes())
def test_what_nobody_gets_was_said_to_stay_or_is_asked_about(wish):
    sorts, heir, heirs, counts = wish
    left = forgotten(sorts, heir, heirs, counts)
    for code, who in distributed(sorts, heir, heirs).items():
        is_said = code in heirs
        assert (code in left) == (who is None and not is_said and counts[code] > 0)
    assert heir is None or left == set()
