"""Schemes by chance: stages of all kinds, each after some of those before it."""

from hypothesis import strategies as st

from core.routes.rules import Called
from core.routes.schemes import Rule, Scheme, Stage, StageKind

FIELDS = ("amount", "text", "files")
PEOPLE = 5


@st.composite
def schemes(draw, *, kinds=tuple(StageKind), loops=True, hears_all=None):
    stages = []
    for place in range(draw(st.integers(1, 5))):
        codes = [stage.code for stage in stages]
        after = tuple(draw(st.lists(st.sampled_from(codes), unique=True, max_size=3))) if codes else ()
        stage = Stage(
            code=f"s{place}",
            title=f"Этап {place}",
            kind=draw(st.sampled_from(kinds)),
            after=after,
            rule=draw(st.sampled_from(Rule)),
            count=draw(st.integers(1, PEOPLE)),
            in_turn=draw(st.booleans()),
            hears_all=draw(st.booleans()) if hears_all is None else hears_all,
            cares=draw(st.none() | st.frozensets(st.sampled_from(FIELDS))),
        )
        led = sorted(Scheme((*stages, stage)).before(stage.code))
        wanted = st.none() | st.sampled_from(["", *led]) if loops else st.none()
        stages.append(Stage(**{**vars(stage), "on_reject": draw(wanted)}))
    return Scheme(tuple(stages), from_start=draw(st.booleans()))


@st.composite
def castings(draw, scheme, *, may_skip=True):
    """Stage code → whom it asks, None where it is passed over."""
    cast = {}
    for stage in scheme.stages:
        people = st.lists(st.integers(1, PEOPLE), unique=True, min_size=1)
        found = draw(st.none() | people if may_skip else people)
        cast[stage.code] = None if found is None else tuple(Called(who) for who in found)
    return cast
