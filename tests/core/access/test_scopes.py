"""Scopes: the one filter against a plain Python model of what each scope means, over random small companies."""

from dataclasses import dataclass, field
from itertools import count

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from core.access import queries
from core.access.actor import Actor
from core.access.models import Scope
from core.access.permissions import Permission
from core.access.queries import own_rows, rows_with_part, visible_card, visible_rows, within
from core.context import company_scope
from core.entities.kinds import EntityKind
from core.entities.models import Entity, Participant
from core.errors import NotFound
from core.identity.models import Principal
from core.organization.models import Department, Employee

VIEW = Permission("probe.view", "Видеть пробные карточки")
EDIT = Permission("probe.edit", "Изменять пробные карточки", decides=True)
SCOPES = ["own", "participant", "department", "department_tree", "all"]
PARTS = ["author", "responsible", "co_worker", "watcher", "mentioned"]
_kinds = count(1)


@dataclass(frozen=True)
class Card:
    author: int
    responsible: int | None
    others: frozenset[tuple[int, str]]

    @property
    def parts(self) -> frozenset[tuple[int, str]]:
        """Everybody's parts; author and responsible are participants too."""
        held = {(self.author, "author")} | self.others
        return frozenset(held if self.responsible is None else held | {(self.responsible, "responsible")})


@dataclass(frozen=True)
class Firm:
    """`above[d]` is the parent of department d; `place[p]` the department of person p; people are numbered from 0."""

    above: tuple[int | None, ...]
    place: tuple[int | None, ...]
    cards: tuple[Card, ...] = field(default=())

    def is_below(self, department: int | None, top: int) -> bool:
        while department is not None:
            if department == top:
                return True
            department = self.above[department]
        return False

    def sees(self, me: int, scope: str, card: Card) -> bool:
        """What the scopes mean, in plain words of the requirement."""
        mine = me in (card.author, card.responsible)
        taking_part = any(who == me for who, _ in card.parts)
        # Being mentioned in a talk lets a person in, not his whole department.
        colleagues = {who for who, part in card.parts if part != "mentioned"}
        home = self.place[me]
        if scope == "own":
            return mine
        if scope == "participant" or (home is None and scope != "all"):
            return taking_part
        if scope == "department":
            return taking_part or any(self.place[who] == home for who in colleagues)
        if scope == "department_tree":
            return taking_part or any(self.is_below(self.place[who], home) for who in colleagues)
        return True

    def commands(self, me: int, scope: str, card: Card) -> bool:
        """The same for a right to change: only those who answer for a card, and their heads, have power over it."""
        home, answering = self.place[me], {card.author, card.responsible} - {None}
        if me in answering or scope == "all":
            return True
        if scope == "own":
            return False
        at_work = (me, "co_worker") in card.parts
        if scope == "participant" or home is None:
            return at_work
        if scope == "department":
            return at_work or any(self.place[who] == home for who in answering)
        return at_work or any(self.is_below(self.place[who], home) for who in answering)


@st.composite
def firms(draw) -> Firm:
    places = draw(st.integers(0, 5))
    above = tuple(draw(st.none() | st.integers(0, number - 1)) if number else None for number in range(places))
    people = draw(st.integers(1, 6))
    seat = st.none() | st.integers(0, places - 1) if places else st.none()
    somebody = st.integers(0, people - 1)
    card = st.builds(
        Card,
        author=somebody,
        responsible=st.none() | somebody,
        others=st.frozensets(st.tuples(somebody, st.sampled_from(PARTS[2:])), max_size=4),
    )
    return Firm(above, tuple(draw(seat) for _ in range(people)), tuple(draw(st.lists(card, min_size=1, max_size=6))))


@dataclass
class Built:
    code: str
    principals: list[int]
    departments: list[int]
    cards: list[Entity]


def build(firm: Firm) -> Built:
    """The same company in the database."""
    code = f"probe.card{next(_kinds)}"
    departments: list[Department] = []
    for number, parent in enumerate(firm.above):
        top = None if parent is None else departments[parent]
        row = Department.objects.create(title=f"{code} {number}", parent=top)
        row.path = [*(top.path if top else []), row.pk]
        row.save(update_fields=["path"])
        departments.append(row)
    principals = []
    for number, seat in enumerate(firm.place):
        who = Principal.objects.create(kind="employee", name=f"{code} {number}")
        Employee.objects.create(
            kind=Employee.KIND, title=who.name, author=who, responsible=who, status="works", principal=who,
            last_name=who.name, department=departments[seat] if seat is not None else None,
        )  # fmt: skip
        principals.append(who.pk)
    cards = Entity.objects.bulk_create(
        Entity(
            kind=code, title=str(number), status="new", author_id=principals[card.author],
            responsible_id=None if card.responsible is None else principals[card.responsible],
        )
        for number, card in enumerate(firm.cards)
    )  # fmt: skip
    Participant.objects.bulk_create(
        Participant(entity=row, principal_id=principals[who], part=part)
        for row, card in zip(cards, firm.cards, strict=True)
        for who, part in card.parts
    )
    return Built(code, principals, [row.pk for row in departments], cards)


def kind_of(code: str) -> EntityKind:
    """A kind of cards that have no table of their own."""
    return EntityKind(type("Probe", (), {"KIND": code, "objects": Entity.objects}), object, "", "", "", "", VIEW, EDIT)


def actor_at(firm: Firm, built: Built, me: int, scope: str) -> Actor:
    seat = firm.place[me]
    return Actor(
        built.principals[me], "employee", "Проба", grants={VIEW.code: scope, EDIT.code: scope},
        department_id=None if seat is None else built.departments[seat],
    )  # fmt: skip


def test_the_model_knows_every_scope():
    assert sorted(Scope.values) == sorted(SCOPES)


@pytest.mark.row("SE-05")
@settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(firm=firms())
def test_filter_reaches_exactly_what_the_scope_means(company, firm):
    with company_scope(company):
        built = build(firm)
        rows = Entity.objects.filter(kind=built.code)
        for me in range(len(firm.place)):
            for permission, model in ((VIEW, firm.sees), (EDIT, firm.commands)):
                narrower: set[int] = set()
                for scope in SCOPES:
                    actor = actor_at(firm, built, me, scope)
                    found = set(within(actor, permission, rows).values_list("pk", flat=True))
                    pairs = zip(built.cards, firm.cards, strict=True)
                    meant = {row.pk for row, card in pairs if model(me, scope, card)}
                    assert found == meant, (me, permission.code, scope)
                    assert narrower <= found, "a wider scope never reaches less"
                    narrower = found
                    assert {row.pk for row in built.cards if actor.may(permission, row)} == meant, (me, scope)


@settings(max_examples=10, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(firm=firms(), scope=st.sampled_from(SCOPES))
def test_one_card_is_found_or_not_like_in_the_list(company, firm, scope):
    with company_scope(company):
        built = build(firm)
        actor = actor_at(firm, built, 0, scope)
        kind = kind_of(built.code)
        for row, card in zip(built.cards, firm.cards, strict=True):
            if firm.sees(0, scope, card):
                assert visible_card(actor, kind, row.pk).pk == row.pk
            else:
                with pytest.raises(NotFound):
                    visible_card(actor, kind, row.pk)


@pytest.mark.parametrize("few", [-1, 2, 1000], ids=["asked of each", "some few", "from the parts"])
@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(firm=firms(), asked=st.sampled_from([queries.AskedOfEach, queries.Exists]))
def test_a_list_is_the_same_from_whichever_side_it_is_read(company, monkeypatch, few, firm, asked):
    monkeypatch.setattr(queries, "FEW_PARTS", few)
    monkeypatch.setattr(queries, "FEW_TO_COUNT", few)
    with company_scope(company):
        built = build(firm)
        kind, pairs = kind_of(built.code), list(zip(built.cards, firm.cards, strict=True))
        for me, scope in ((me, scope) for me in range(len(firm.place)) for scope in SCOPES):
            actor = actor_at(firm, built, me, scope)
            seen = {row.pk for row, card in pairs if firm.sees(me, scope, card)}
            assert set(visible_rows(actor, kind, asked).values_list("pk", flat=True)) == seen, (me, scope)
            mine = {row.pk for row, card in pairs if me in (card.author, card.responsible)}
            assert set(own_rows(actor, kind).values_list("pk", flat=True)) == mine <= seen
            followed = {row.pk for row, card in pairs if {(me, "watcher"), (me, "co_worker")} & card.parts} & seen
            rows = rows_with_part(actor, kind, ("watcher", "co_worker"), asked)
            assert set(rows.values_list("pk", flat=True)) == followed, (me, scope)


def test_without_the_grant_nothing_is_reached(company, person):
    anna = person(company)
    with company_scope(company):
        nobody = Actor(anna.principal.pk, "employee", "Анна", grants={"other.view": "all"})
        assert list(within(nobody, VIEW, Entity.objects.all())) == []
        kind = kind_of(Employee.KIND)
        for rows in (visible_rows(nobody, kind), own_rows(nobody, kind), rows_with_part(nobody, kind, ("author",))):
            assert list(rows) == []
        assert not nobody.may(VIEW, anna.employee)
        almighty = Actor(0, "employee", "Админ", grants={"*": "all"})
        assert within(almighty, VIEW, Entity.objects.all()).count() == Entity.objects.count()


def test_trash_is_invisible_in_every_scope(company, person):
    anna = person(company)
    with company_scope(company):
        told = {"kind": "probe.trash", "title": "x", "status": "new", "author": anna.principal}
        here = Entity.objects.create(**told)
        Participant.objects.create(entity=here, principal=anna.principal, part="author")
        gone = Entity.objects.create(**told, trashed_by=anna.principal, trashed_at=anna.employee.created_at)
        Participant.objects.create(entity=gone, principal=anna.principal, part="author")
        for scope in SCOPES:
            actor = Actor(anna.principal.pk, "employee", "Анна", grants={VIEW.code: scope})
            assert visible_card(actor, kind_of("probe.trash"), here.pk).pk == here.pk
            with pytest.raises(NotFound):
                visible_card(actor, kind_of("probe.trash"), gone.pk)
