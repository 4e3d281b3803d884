"""The tree of departments and the list of positions."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from core.context import company_scope
from core.errors import Invalid
from core.events.models import Fact
from core.identity.models import Principal
from core.organization.models import Department, Employee
from core.organization.structure.actions import change_department, create_department


@pytest.fixture
def add(owner):
    def make(title, parent=None, **more):
        answer = owner.client.post("departments/", {"title": title, "parent": parent} | more)
        assert answer.status_code == 201, answer.content
        return answer.json()["id"]

    return make


def _tree(owner):
    return {row["id"]: row["path"] for row in owner.client.get("departments/").json()["results"]}


def test_tree_is_told_from_the_top(company, person, owner, add):
    factory = add("Производство")
    shop = add("Цех 1", factory)
    line = add("Линия А", shop)
    sales = add("Продажи")
    boss = person(company, "head", "Иванов Иван Иванович", department_id=shop)
    gone = person(company, department_id=shop)
    owner.client.post(f"employees/{gone.id}/block/")
    owner.client.patch(f"departments/{shop}/", {"head": boss.id})
    rows = owner.client.get("departments/").json()["results"]
    assert [row["id"] for row in rows] == [sales, factory, shop, line]
    assert [row["path"] for row in rows[2:]] == ["Производство / Цех 1", "Производство / Цех 1 / Линия А"]
    told = rows[2]
    assert (told["parent"], told["employees_count"], told["head"]["name"]) == (factory, 1, "Иванов И. И.")


def test_moving_a_department_takes_everything_below(owner, add, company):
    factory, sales = add("Производство"), add("Продажи")
    shop = add("Цех 1", factory)
    line = add("Линия А", shop)
    assert owner.client.patch(f"departments/{shop}/", {"parent": sales}).status_code == 200
    assert _tree(owner)[line] == "Продажи / Цех 1 / Линия А"
    with company_scope(company):
        assert Department.objects.get(pk=line).path == [sales, shop, line]
    assert owner.client.patch(f"departments/{shop}/", {"parent": None}).status_code == 200
    assert _tree(owner)[line] == "Цех 1 / Линия А"


def test_a_tree_has_twenty_levels_at_most(owner, add):
    chain = [add("Уровень 1")]
    for level in range(2, 21):
        chain.append(add(f"Уровень {level}", chain[-1]))
    refused = owner.client.post("departments/", {"title": "Уровень 21", "parent": chain[-1]})
    assert refused.status_code == 422
    (error,) = refused.json()["errors"]
    assert error["pointer"] == "/parent" and "не глубже 20" in error["detail"]
    top = add("Холдинг")
    add("Соседний", top)
    moved = owner.client.patch(f"departments/{chain[0]}/", {"parent": top})
    assert (moved.status_code, moved.json()["errors"][0]["pointer"]) == (422, "/parent")
    assert owner.client.patch(f"departments/{chain[1]}/", {"parent": top}).status_code == 200


def test_department_is_never_inside_itself(owner, add):
    factory = add("Производство")
    shop = add("Цех 1", factory)
    line = add("Линия А", shop)
    for inside in (factory, shop, line):
        refused = owner.client.patch(f"departments/{factory}/", {"parent": inside})
        assert refused.status_code == 422
        assert refused.json()["errors"][0]["pointer"] == "/parent"
    assert _tree(owner)[line] == "Производство / Цех 1 / Линия А"


def test_titles_repeat_only_in_different_places(owner, add):
    factory, sales = add("Производство"), add("Продажи")
    add("Склад", factory)
    add("Склад", sales)
    again = owner.client.post("departments/", {"title": "СКЛАД", "parent": sales})
    assert (again.status_code, again.json()["type"]) == (409, "/problems/department-taken")
    top = owner.client.post("departments/", {"title": "продажи"})
    assert top.status_code == 409
    other = add("Другой", factory)
    assert owner.client.patch(f"departments/{other}/", {"title": "Склад"}).status_code == 409


def test_department_with_people_or_children_stays_and_says_what_to_do(company, person, owner, add):
    factory = add("Производство")
    shop = add("Цех 1", factory)
    anna = person(company, department_id=shop)
    for full in (factory, shop):
        refused = owner.client.delete(f"departments/{full}/")
        assert (refused.status_code, refused.json()["type"]) == (409, "/problems/department-not-empty")
    assert "Внутри есть отделы (1). Перенесите" in owner.client.delete(f"departments/{factory}/").json()["detail"]
    assert "числятся люди (1). Переведите" in owner.client.delete(f"departments/{shop}/").json()["detail"]
    owner.client.patch(f"employees/{anna.id}/", {"department": None})
    assert owner.client.delete(f"departments/{shop}/").status_code == 204
    assert owner.client.delete(f"departments/{factory}/").status_code == 204
    assert owner.client.delete(f"departments/{factory}/").status_code == 404
    assert _tree(owner) == {}


def test_stale_department_is_told_with_what_stands_now(owner, add):
    shop = add("Цех 1")
    assert owner.client.patch(f"departments/{shop}/", {"title": "Цех 2"}, If_Match='"1"').status_code == 200
    stale = owner.client.patch(f"departments/{shop}/", {"title": "Цех 3"}, If_Match='"1"')
    assert stale.status_code == 412 and stale.json()["current"]["title"] == "Цех 2"


def test_each_change_of_structure_leaves_one_fact(company, person, owner, add):
    boss = person(company, name="Иванов Иван")
    shop = add("Цех 1", head=boss.id)
    owner.client.patch(f"departments/{shop}/", {"title": "Цех 2", "head": None})
    owner.client.patch(f"departments/{shop}/", {"title": "Цех 2"})
    owner.client.delete(f"departments/{shop}/")
    with company_scope(company):
        told = Fact.objects.filter(kind__startswith="organization.department").order_by("pk")
        assert [(fact.kind, fact.payload.get("changes")) for fact in told] == [
            (
                "organization.department_created",
                [{"field": "title", "old": None, "new": "Цех 1"}, {"field": "head", "old": None, "new": "Иванов Иван"}],
            ),
            (
                "organization.department_changed",
                [
                    {"field": "title", "old": "Цех 1", "new": "Цех 2"},
                    {"field": "head", "old": "Иванов Иван", "new": None},
                ],
            ),
            ("organization.department_removed", None),
        ]


def test_moving_a_department_moves_epochs_of_those_above_both_places(company, person, owner, add):
    factory, sales = add("Производство"), add("Продажи")
    shop = add("Цех 1", factory)
    above = {person(company, department_id=factory).principal.pk, person(company, department_id=sales).principal.pk}
    person(company, department_id=shop)
    person(company)
    with company_scope(company):
        before = dict(Principal.objects.values_list("pk", "access_epoch"))
    owner.client.patch(f"departments/{shop}/", {"parent": sales})
    with company_scope(company):
        after = dict(Principal.objects.values_list("pk", "access_epoch"))
    assert {who for who in before if after[who] > before[who]} == above


def test_blocked_person_does_not_become_head(company, person, owner, add):
    gone = person(company)
    owner.client.post(f"employees/{gone.id}/block/")
    refused = owner.client.post("departments/", {"title": "Цех", "head": gone.id})
    assert refused.status_code == 422 and refused.json()["errors"][0]["pointer"] == "/head"


def test_invited_department_stays(company, owner, add):
    shop = add("Цех 1")
    sent = owner.client.post("invitations/", {"emails": ["new@alfa.example"], "role": "employee", "department": shop})
    assert sent.status_code == 201, sent.content
    assert owner.client.delete(f"departments/{shop}/").status_code == 409


@pytest.mark.parametrize("title", ["", " ", "\u202e", "\u200b\u2060\u202e", "\u3164", "x" * 201])
def test_wrong_titles_are_refused(owner, title):
    for plural in ("departments/", "positions/"):
        assert owner.client.post(plural, {"title": title}).status_code == 422


def test_positions_are_added_renamed_and_removed(company, person, owner):
    made = owner.client.post("positions/", {"title": "Сварщик"})
    assert (made.status_code, made.json()["employees_count"]) == (201, 0)
    welder = made.json()["id"]
    assert owner.client.post("positions/", {"title": "СВАРЩИК"}).status_code == 409
    anna = person(company)
    owner.client.patch(f"employees/{anna.id}/", {"position": welder})
    renamed = owner.client.patch(f"positions/{welder}/", {"title": "Сварщик 5 разряда"})
    assert renamed.json() == {"id": welder, "title": "Сварщик 5 разряда", "employees_count": 1}
    refused = owner.client.delete(f"positions/{welder}/")
    assert (refused.status_code, refused.json()["type"]) == (409, "/problems/position-in-use")
    owner.client.patch(f"employees/{anna.id}/", {"position": None})
    assert owner.client.delete(f"positions/{welder}/").status_code == 204
    assert owner.client.get("positions/").json()["results"] == []


MOVES = st.lists(st.tuples(st.integers(0, 5), st.one_of(st.none(), st.integers(0, 5))), max_size=12)


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(parents=st.lists(st.one_of(st.none(), st.integers(0, 4)), min_size=6, max_size=6), moves=MOVES)
def test_paths_follow_parents_through_any_moves(company, owner, parents, moves):
    with company_scope(company):
        by = owner.actor()
        Employee.objects.update(department=None)
        for row in Department.objects.order_by("-path"):
            row.delete()
        nodes = []
        for number, above in enumerate(parents):
            parent = nodes[above].pk if above is not None and above < number else None
            nodes.append(create_department(title=f"Отдел {number}", parent=parent, by=by))
        for child, above in moves:
            target = None if above is None else nodes[above].pk
            try:
                change_department(nodes[child], given={"parent": target}, by=by)
            except Invalid:
                assert target is not None
                assert nodes[child].pk in Department.objects.get(pk=target).path
        rows = {row.pk: row for row in Department.objects.all()}
        for row in rows.values():
            walked, at = [], row
            while at is not None:
                walked.insert(0, at.pk)
                assert len(walked) <= len(rows), "a circle"
                at = rows.get(at.parent_id)
            assert row.path == walked
