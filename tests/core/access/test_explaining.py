"""Why somebody sees a card: the explanation and the list of people against the very query that shows rows."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from core.access.actions import create_role, give_roles
from core.access.explaining import explain, seers
from core.access.loading import actor_of_principal
from core.access.models import Grant, Role, RoleAssignment
from core.access.queries import visible
from core.context import company_scope
from core.entities.models import Entity, Participant
from core.identity.models import Principal
from core.organization.models import Department, Employee
from tests.core.access.test_scopes import SCOPES, VIEW, build, firms, kind_of

MOST_STATEMENTS = 40


@st.composite
def scenes(draw):
    """A random firm, the scopes that each person's roles give him, and which cards are private or drafts."""
    firm = draw(firms())
    scopes = st.lists(st.sampled_from([*SCOPES, "*"]), max_size=2)
    held = [draw(scopes) for _ in firm.place]
    flags = [draw(st.tuples(st.booleans(), st.sampled_from([False, False, True]))) for _ in firm.cards]
    return firm, held, flags, draw(st.sets(st.integers(0, len(firm.place) - 1), max_size=1))


def roles() -> dict[str, Role]:
    made = {scope: Role.objects.create(code=f"probe-{scope}", title=f"Проба {scope}") for scope in SCOPES}
    Grant.objects.bulk_create(Grant(role=role, permission=VIEW.code, scope=scope) for scope, role in made.items())
    return made | {"*": Role.objects.get(code="admin")}


def let_in(card: Entity, principal: Principal, part: str) -> None:
    """Give somebody the part that the explanation has named."""
    if part == "responsible":
        Entity.objects.filter(pk=card.pk).update(responsible=principal)
        part = Participant.Part.RESPONSIBLE
    else:
        part = Participant.Part.WATCHER
    Participant.objects.get_or_create(entity=card, principal=principal, part=part)


@pytest.mark.row("SE-05")
@settings(max_examples=20, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(scene=scenes())
def test_explanation_says_he_sees_exactly_when_the_query_finds_the_card(company, scene):
    firm, held, flags, blocked = scene
    with company_scope(company):
        Role.objects.filter(code__startswith="probe-").delete()
        given_roles, built = roles(), build(firm)
        kind = kind_of(built.code)
        people = [Principal.objects.get(pk=pk) for pk in built.principals]
        for number, scopes in enumerate(held):
            RoleAssignment.objects.bulk_create(
                RoleAssignment(role=given_roles[scope], principal=people[number]) for scope in set(scopes)
            )
            people[number].is_active = number not in blocked
            people[number].save(update_fields=["is_active"])
        for card, (is_private, is_draft) in zip(built.cards, flags, strict=True):
            Entity.objects.filter(pk=card.pk).update(is_private=is_private, is_draft=is_draft)
            found = {who.pk for who in people if shown(kind, card, who)}
            for who in people:
                told = explain(card, kind, who)
                assert told.sees == (who.pk in found and who.is_active), (told, who.pk)
                assert bool(told.open_ways) or {"scope", "no-right"} & set(told.obstacles)
            listed = seers(card, kind).filter(principal__in=built.principals)
            assert {row.principal_id for row in listed} == found - {people[number].pk for number in blocked}
        RoleAssignment.objects.filter(role__code__startswith="probe-").delete()


def shown(kind, card, who) -> bool:
    return visible(actor_of_principal(who, door="screen"), kind).filter(pk=card.pk).exists()


@settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(firm=firms(), scope=st.sampled_from([None, *SCOPES]), is_private=st.booleans())
def test_what_it_advises_helps(company, firm, scope, is_private):
    with company_scope(company):
        Role.objects.filter(code__startswith="probe-").delete()
        given_roles, built = roles(), build(firm)
        kind, who, card = kind_of(built.code), Principal.objects.get(pk=built.principals[0]), built.cards[0]
        Entity.objects.filter(pk=card.pk).update(is_private=is_private)
        give = lambda one: RoleAssignment.objects.create(role=given_roles[one], principal=who)  # noqa: E731
        if scope:
            give(scope)
        told = explain(card, kind, who)
        if not told.sees:
            help_him(told, card, who, give, is_private)
            who.access_epoch += 1
            assert shown(kind, card, who), told
        RoleAssignment.objects.filter(role__code__startswith="probe-").delete()


def help_him(told, card, who, give, is_private: bool) -> None:
    if is_private and "private" in told.obstacles:
        assert told.part, "nothing but a part opens a private card"
        let_in(card, who, told.part)
        if "no-right" in told.obstacles:
            give("participant")
        return
    assert told.opening, "some scope always reaches"
    give(told.opening[0])


@pytest.fixture
def task(company, person):
    """A task between two people with a stranger by; what the tests ask about."""

    class Scene:
        boss, hand, stranger = person(company), person(company), person(company)

    Scene.card = Scene.boss.client.post("tasks/", {"title": "Смета", "assignee": Scene.hand.id}).json()
    Scene.path = f"tasks/{Scene.card['id']}/access/"
    return Scene


def test_the_author_learns_why_each_sees_his_card(company, task, owner):
    seen = task.boss.client.get(f"{task.path}{task.hand.id}/").json()
    assert seen["sees"] and seen["ways"] == ["part"] and seen["parts"] == ["Ответственный"]
    assert seen["scope"] == "participant" and seen["permission"]
    assert seen["roles"] == [{"title": "Сотрудник", "scope": "participant", "opens": True}]
    boss = task.boss.client.get(f"{task.path}{owner.id}/").json()
    assert boss["sees"] and boss["ways"] == ["all"] and boss["roles"][0]["title"] == "Владелец"
    shut = task.boss.client.get(f"{task.path}{task.stranger.id}/").json()
    assert not shut["sees"] and shut["obstacles"] == ["scope"] and shut["part"] == "any"
    assert shut["opening"]["scope"] == "all" and shut["ways"] == []


def test_a_head_sees_by_his_department(company, person, task):
    head = person(company, role="head")
    with company_scope(company):
        row = Department.objects.create(title="Сметный отдел")
        row.path = [row.pk]
        row.save(update_fields=["path"])
        Employee.objects.filter(pk__in=[head.id, task.hand.id]).update(department=row)
    told = task.boss.client.get(f"{task.path}{head.id}/").json()
    assert told["sees"] and told["ways"] == ["department_tree"]
    assert [(one["person"]["id"], one["part"]) for one in told["colleagues"]] == [(task.hand.id, "Ответственный")]


def test_private_cards_and_drafts_say_so(company, task, owner, person):
    task.boss.client.patch(f"tasks/{task.card['id']}/", {"is_private": True})
    told = task.boss.client.get(f"{task.path}{owner.id}/").json()
    assert not told["sees"] and told["obstacles"] == ["private"] and told["part"] == "any" and told["opening"] is None
    listed = task.boss.client.get(task.path).json()["results"]
    assert {line["person"]["id"] for line in listed} == {task.boss.id, task.hand.id}
    draft = task.boss.client.post("tasks/", {"title": "Набросок", "assignee": task.boss.id, "is_draft": True}).json()
    told = task.boss.client.get(f"tasks/{draft['id']}/access/{task.hand.id}/").json()
    assert "draft" in told["obstacles"] and told["part"] is None


def test_the_list_names_everybody_and_turns_pages(company, task, owner):
    whole = task.boss.client.get(task.path).json()
    by = {line["person"]["id"]: line for line in whole["results"]}
    assert by[task.boss.id]["parts"] == ["Автор"] and by[task.hand.id]["way"] == "part"
    assert by[owner.id]["way"] == "all" and task.stranger.id not in by
    paged: list[int] = []
    cursor = None
    while True:
        page = task.boss.client.get(task.path, limit=1, **({"cursor": cursor} if cursor else {})).json()
        paged += [line["person"]["id"] for line in page["results"]]
        cursor = page["next"]
        if cursor is None:
            break
    assert paged == [line["person"]["id"] for line in whole["results"]]


def test_only_the_author_and_administrators_ask(company, task, owner, other_owner):
    assert task.hand.client.get(task.path).status_code == 403
    assert task.stranger.client.get(task.path).status_code == 404
    assert owner.client.get(task.path).status_code == 200
    assert task.boss.client.get(f"{task.path}{2**40}/").status_code == 404
    assert task.boss.client.get(f"{task.path}{task.card['id']}/").status_code == 404, "a card that is no person"


def test_who_is_blocked_sees_nothing(company, task, owner):
    owner.client.post(f"employees/{task.hand.id}/block/")
    told = task.boss.client.get(f"{task.path}{task.hand.id}/").json()
    assert not told["sees"] and told["obstacles"] == ["blocked"]
    assert task.hand.id not in {line["person"]["id"] for line in task.boss.client.get(task.path).json()["results"]}


def test_roles_are_told_to_those_alone_who_see_people(company, task, owner):
    with company_scope(company):
        grants = [{"permission": "tasks.view", "scope": "participant"}]
        blind = create_role(title="Без справочника", grants=grants, by=owner.actor())
        give_roles(task.boss.employee, codes=[blind.code], by=owner.actor())
    told = task.boss.client.get(f"{task.path}{task.stranger.id}/").json()
    assert told["roles"] == [] and told["opening"]["roles"] == []


def test_an_employee_card_is_explained_too(company, task, owner):
    mine = task.hand.client.get(f"employees/{task.hand.id}/access/").json()["results"]
    assert {owner.id, task.boss.id} <= {line["person"]["id"] for line in mine}
    assert task.hand.client.get(f"employees/{task.boss.id}/access/").status_code == 403


def test_rights_of_a_person_name_the_roles_they_come_from(company, task, owner):
    with company_scope(company):
        wide = create_role(title="Ревизор", grants=[{"permission": "tasks.view", "scope": "all"}], by=owner.actor())
        give_roles(task.hand.employee, codes=["employee", wide.code], by=owner.actor())
    told = owner.client.get(f"rights/{task.hand.id}/").json()
    line = next(one for one in told["results"] if one["code"] == "tasks.view")
    assert line["scope"] == "all" and set(line["roles"]) == {"Сотрудник", "Ревизор"} and not told["is_almighty"]
    almighty = owner.client.get(f"rights/{owner.id}/").json()
    assert almighty["is_almighty"] and all(one["scope"] == "all" for one in almighty["results"])


def test_an_explanation_costs_the_same_for_any_company(company, person, task, statements):
    path = f"{task.path}{task.stranger.id}/"
    task.boss.client.get(path)
    with statements() as one:
        task.boss.client.get(path)
    with statements() as few:
        task.boss.client.get(task.path)
    for _ in range(5):
        person(company, role="head")
    with statements() as more:
        task.boss.client.get(path)
    with statements() as many:
        task.boss.client.get(task.path)
    assert len(one) == len(more) <= MOST_STATEMENTS and len(few) == len(many) <= MOST_STATEMENTS
