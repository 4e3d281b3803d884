"""Where a card stands and where it may go, by rules alone."""

from core.entities.kinds import Passage
from core.statuses.rules import Node, Scheme, Way, steps


def node(pk: int, base: str, *ways: Way, **more) -> Node:
    return Node(pk, base, f"Статус {pk}", ways={way.to: way for way in ways}, **more)


def test_a_card_stands_in_its_status_while_that_refines_its_base():
    scheme = Scheme((node(1, "new", is_plain=True, is_default=True), node(2, "new"), node(3, "work", is_plain=True)))
    assert [scheme.stands(own, base).id for own, base in ((2, "new"), (None, "new"), (2, "work"), (9, "new"))] == [
        2, 1, 3, 1,
    ]  # fmt: skip
    assert scheme.stands(2, "over") is None
    assert Scheme().stands(2, "new") is None


def test_a_verb_leads_into_the_default_or_the_first_that_is_open():
    ways = (Way(3, roles=frozenset({"head"})), Way(4))
    scheme = Scheme((node(1, "new", *ways, is_plain=True), node(3, "work", is_default=True), node(4, "work")))
    source = scheme.by_id(1)
    assert [scheme.lead(source, "work", roles)[0].id for roles in (None, {"head"}, {"clerk"})] == [3, 3, 4]
    assert scheme.lead(source, "over", None) is None
    assert scheme.lead(scheme.by_id(3), "work", None) is None
    # Nothing drawn is everything allowed; archived statuses are entered by nobody.
    free = Scheme((node(1, "new"), node(3, "work", is_living=False), node(4, "work")))
    assert [one.id for one in free.entries("work")] == [4]
    assert free.lead(free.by_id(1), "work", ())[0].id == 4


def test_steps_are_what_the_company_and_the_deeds_allow():
    ways = (Way(2, "Отложить"), Way(3, needs_comment=True), Way(4))
    scheme = Scheme((node(1, "new", *ways), node(2, "new"), node(3, "work"), node(4, "over")))
    source, deeds = scheme.by_id(1), [Passage("start", "Начать", "work"), Passage("go", "Иначе", "work", True)]
    told = steps(scheme, source, deeds, None, works=True, status="new")
    assert [(one.node.id, one.do, one.title, one.needs_text) for one in told] == [
        (2, "", "Отложить", False), (3, "start", "Статус 3", True),
    ]  # fmt: skip
    assert [one.node.id for one in steps(scheme, source, deeds, None, works=False, status="new")] == [3]
    assert steps(Scheme(), None, deeds, None, works=True, status="new") == []
