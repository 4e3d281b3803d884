"""Roles through the API: what they give, who may change and give them."""

import pytest

from core.access.actions import givable_role
from core.access.errors import OwnersOnly
from core.access.loading import actor_of_principal
from core.access.models import Role, RoleAssignment
from core.access.rules import covers
from core.context import company_scope
from core.errors import Forbidden, Invalid
from core.events.models import Fact
from core.identity.models import Principal


def _epochs(company):
    with company_scope(company):
        return dict(Principal.objects.values_list("pk", "access_epoch"))


def _moved(before, after):
    return {who for who in before if after[who] > before[who]}


@pytest.fixture
def role(owner):
    """A role of the company's own; its code."""

    def make(title="Снабженец", **grants):
        lines = [{"permission": code.replace("__", "."), "scope": scope} for code, scope in grants.items()]
        answer = owner.client.post("roles/", {"title": title, "grants": lines})
        assert answer.status_code == 201, answer.content
        return answer.json()["code"]

    return make


@pytest.mark.row("SE-05")
def test_role_gives_what_it_says_and_no_more(company, person, owner, role):
    code = role(organization__view="all", organization__structure="all")
    anna = person(company, code)
    assert anna.client.get("employees/").status_code == 200
    assert anna.client.post("positions/", {"title": "Кладовщик"}).status_code == 201
    assert anna.client.post(f"employees/{owner.id}/block/").status_code == 403
    assert anna.client.patch(f"employees/{anna.id}/", {"phone": "1"}).status_code == 403
    assert anna.client.get("permissions/").status_code == 403


def test_narrowing_a_role_is_felt_at_once_by_all_who_hold_it(company, person, owner, role):
    code = role(organization__view="all", organization__structure="all")
    holders, other = [person(company, code), person(company, code)], person(company)
    assert holders[0].client.post("positions/", {"title": "Кладовщик"}).status_code == 201
    before = _epochs(company)
    answer = owner.client.patch(f"roles/{code}/", {"grants": [{"permission": "tasks.view", "scope": "own"}]})
    assert answer.status_code == 200
    assert answer.json()["grants"] == [{"permission": "tasks.view", "scope": "own"}]
    assert _moved(before, _epochs(company)) == {holder.principal.pk for holder in holders}
    assert other.principal.pk not in _moved(before, _epochs(company))
    assert holders[0].client.post("positions/", {"title": "Грузчик"}).status_code == 403
    assert holders[0].client.get("employees/").status_code == 403


def test_renaming_a_role_moves_no_epoch(company, person, owner, role):
    code = role(organization__view="all")
    person(company, code)
    before = _epochs(company)
    assert owner.client.patch(f"roles/{code}/", {"title": "Закупщик"}).json()["title"] == "Закупщик"
    assert _moved(before, _epochs(company)) == set()


def test_roles_are_given_and_taken_at_once(company, person, owner):
    anna = person(company)
    assert anna.client.post("positions/", {"title": "Кладовщик"}).status_code == 403
    answer = owner.client.put(f"employees/{anna.id}/roles/", {"roles": ["admin", "employee"]})
    assert [held["code"] for held in answer.json()["roles"]] == ["admin", "employee"]
    assert anna.client.post("positions/", {"title": "Кладовщик"}).status_code == 201
    owner.client.put(f"employees/{anna.id}/roles/", {"roles": ["employee"]})
    assert anna.client.post("positions/", {"title": "Грузчик"}).status_code == 403
    with company_scope(company):
        told = Fact.objects.filter(kind="access.roles_given", entity_id=anna.id).order_by("pk")
        assert [fact.payload["changes"] for fact in told] == [
            [{"field": "roles", "old": ["Сотрудник"], "new": ["Администратор", "Сотрудник"]}],
            [{"field": "roles", "old": ["Администратор", "Сотрудник"], "new": ["Сотрудник"]}],
        ]


def test_giving_the_same_roles_changes_nothing(company, person, owner):
    anna = person(company)
    before = _epochs(company)
    answer = owner.client.put(f"employees/{anna.id}/roles/", {"roles": ["employee"]})
    assert (answer.status_code, answer.json()["version"]) == (200, 1)
    assert _moved(before, _epochs(company)) == set()


@pytest.mark.parametrize("roles", [[], ["nobody"], ["employee", "nobody"]])
def test_wrong_roles_are_refused(company, person, owner, roles):
    anna = person(company)
    answer = owner.client.put(f"employees/{anna.id}/roles/", {"roles": roles})
    assert answer.status_code == 422 and answer.json()["errors"][0]["pointer"] == "/roles"


def test_owners_role_is_given_and_taken_by_owners_only(company, person, owner):
    admin, anna, second = person(company, "admin"), person(company), person(company, "owner")
    for card, roles in ((admin, ["owner"]), (anna, ["owner", "employee"]), (second, ["employee"])):
        refused = admin.client.put(f"employees/{card.id}/roles/", {"roles": roles})
        assert (refused.status_code, refused.json()["type"]) == (403, "/problems/owners-only")
    assert owner.client.put(f"employees/{anna.id}/roles/", {"roles": ["owner"]}).status_code == 200
    assert owner.client.put(f"employees/{second.id}/roles/", {"roles": ["employee"]}).status_code == 200


def test_last_owner_stays(company, owner):
    refused = owner.client.put(f"employees/{owner.id}/roles/", {"roles": ["admin"]})
    assert (refused.status_code, refused.json()["type"]) == (409, "/problems/last-owner")


@pytest.mark.parametrize("code", ["owner", "admin"])
def test_almighty_roles_are_neither_narrowed_nor_renamed_nor_deleted(owner, code):
    for given in ({"grants": []}, {"title": "Никто"}):
        refused = owner.client.patch(f"roles/{code}/", given)
        assert (refused.status_code, refused.json()["type"]) == (409, "/problems/role-almighty")
    assert owner.client.delete(f"roles/{code}/").status_code == 409
    told = owner.client.get(f"roles/{code}/").json()
    assert told["grants"] == [{"permission": "*", "scope": "all"}]
    assert (told["is_system"], told["can_change"]) == (True, False)


def test_system_roles_change_but_are_not_deleted(owner):
    lines = [{"permission": "organization.files", "scope": "department"}]
    assert owner.client.patch("roles/employee/", {"grants": lines}).json()["grants"] == lines
    refused = owner.client.delete("roles/employee/")
    assert (refused.status_code, refused.json()["type"]) == (409, "/problems/role-system")


def test_role_in_use_is_not_deleted(company, person, owner, role):
    code = role()
    anna = person(company, code)
    refused = owner.client.delete(f"roles/{code}/")
    assert (refused.status_code, refused.json()["type"]) == (409, "/problems/role-in-use")
    owner.client.put(f"employees/{anna.id}/roles/", {"roles": ["employee"]})
    sent = owner.client.post("invitations/", {"emails": ["new@alfa.example"], "role": code})
    assert sent.status_code == 201, sent.content
    assert "приглашениях" in owner.client.delete(f"roles/{code}/").json()["detail"]
    for invitation in owner.client.get("invitations/").json()["results"]:
        owner.client.delete(f"invitations/{invitation['id']}/")
    assert owner.client.delete(f"roles/{code}/").status_code == 204
    assert owner.client.get(f"roles/{code}/").status_code == 404


def test_stale_role_is_told_with_what_stands_now(owner, role):
    code = role()
    assert owner.client.patch(f"roles/{code}/", {"title": "Один"}, If_Match='"1"').status_code == 200
    stale = owner.client.patch(f"roles/{code}/", {"title": "Два"}, If_Match='"1"')
    assert stale.status_code == 412 and stale.json()["current"]["title"] == "Один"


def test_titles_and_codes_of_roles_are_unique(owner, role):
    code = role("Снабженец")
    assert owner.client.post("roles/", {"title": "снабженец"}).status_code == 409
    assert owner.client.post("roles/", {"title": "Другой", "code": code}).status_code == 409
    other = role("Другой")
    assert owner.client.patch(f"roles/{other}/", {"title": "СНАБЖЕНЕЦ"}).status_code == 409


@pytest.mark.parametrize(
    ("lines", "pointer"),
    [
        ([{"permission": "no.such", "scope": "all"}], "/grants/0/permission"),
        ([{"permission": "*", "scope": "all"}], "/grants/0/permission"),
        ([{"permission": "access.roles", "scope": "own"}], "/grants/0/scope"),
        ([{"permission": "organization.view", "scope": "galaxy"}], "/grants/0/scope"),
        ([{"permission": "organization.view", "scope": "all"}] * 2, "/grants/1/permission"),
    ],
)
def test_wrong_grants_are_pointed_at(owner, lines, pointer):
    answer = owner.client.post("roles/", {"title": "Новая", "grants": lines})
    assert answer.status_code == 422
    assert [error["pointer"] for error in answer.json()["errors"]] == [pointer]


def test_catalogue_names_permissions_by_module(owner):
    told = {row["code"]: row for row in owner.client.get("permissions/").json()["results"]}
    assert told["access.roles"] == {
        "code": "access.roles",
        "title": "Администрирование: настраивать роли и выдавать любые права",
        "group": "Права доступа",
        "scopes": ["all"],
    }
    assert told["organization.edit"]["scopes"] == ["own", "participant", "department", "department_tree", "all"]
    # Names are open to every colleague: a narrow scope would promise a secret that is none (decision 0007).
    assert told["organization.view"]["scopes"] == ["all"]
    assert told["tasks.view"]["group"] == "Задачи"


def test_counts_tell_working_people(company, person, owner):
    gone = person(company, "head")
    person(company, "head")
    owner.client.post(f"employees/{gone.id}/block/")
    told = {row["code"]: row["employees_count"] for row in owner.client.get("roles/").json()["results"]}
    assert told == {"owner": 1, "admin": 0, "head": 1, "employee": 0}


@pytest.mark.parametrize(
    ("held", "asked", "is_covered"),
    [
        ({}, {}, True),
        ({"*": "all"}, {"tasks.view": "all"}, True),
        ({"tasks.view": "all"}, {"tasks.view": "own"}, True),
        ({"tasks.view": "own"}, {"tasks.view": "participant"}, False),
        ({"tasks.view": "all"}, {"tasks.edit": "own"}, False),
        ({"tasks.view": "all"}, {"*": "all"}, False),
        ({"a.x": "department", "b.y": "own"}, {"a.x": "department", "b.y": "all"}, False),
    ],
)
def test_what_covers_what(held, asked, is_covered):
    assert covers(held, asked) is is_covered


def test_nobody_promises_more_than_he_holds(company, person, owner, role):
    wide, narrow = role("Широкая", organization__block="all"), role("Узкая", organization__files="department")
    manager = role("Кадры", organization__invite="all", access__roles="all")
    head, keeper = person(company, "head"), person(company, manager)

    def giving(who, code):
        with company_scope(company):
            return givable_role(code, by=actor_of_principal(Principal.objects.get(pk=who.principal.pk), door="screen"))

    for code in (narrow, "employee", "head"):
        assert giving(head, code).code == code
    for code in (wide, "admin", "owner"):
        with pytest.raises(Forbidden if code != "owner" else OwnersOnly):
            giving(head, code)
    assert giving(keeper, wide).code == wide
    assert giving(owner, "owner").code == "owner"
    with pytest.raises(Invalid):
        giving(owner, "nobody")


LEVELS = ("hidden", "read", "")


@pytest.mark.row("SE-05")
@pytest.mark.parametrize("own_field", [False, True], ids=["built in", "the company's own"])
def test_nobody_promises_a_role_that_reads_or_writes_more_fields_than_he(company, person, owner, role, own_field):
    """Whoever is kept from a field would make himself an account that is not."""
    codes = [role(f"Подрядчик {level or 'без ограничений'}", organization__invite="all") for level in LEVELS]
    kept = {code: level for code, level in zip(codes, LEVELS, strict=True) if level}
    if own_field:
        field = {"kind": "organization.employee", "code": "salary", "title": "Оклад", "type": "money"}
        made = owner.client.post("custom-fields/", {**field, "settings": {}, "rights": kept})
        assert made.status_code == 201, made.content
    else:
        for code, level in kept.items():
            limits = [{"kind": "organization.employee", "field": "email", "level": level}]
            assert owner.client.put(f"roles/{code}/fields/", {"limits": limits}).status_code == 200
    promised = {}
    for place, mine in enumerate(codes):
        inviter = person(company, mine)
        for other, code in enumerate(codes):
            answer = inviter.client.post("invitations/link/", {"role": code, "expires_days": 1})
            promised[LEVELS[place], LEVELS[other]] = answer.status_code
    wider = {("hidden", "read"), ("hidden", ""), ("read", "")}
    assert promised == {(mine, code): 403 if (mine, code) in wider else 201 for mine in LEVELS for code in LEVELS}


def test_a_role_that_reaches_a_department_is_promised_within_ones_own(company, person, owner, role):
    places = {}
    for title, above in (("Завод", None), ("Цех", "Завод"), ("Продажи", None)):
        given = {"title": title, "parent": places.get(above)}
        places[title] = owner.client.post("departments/", given).json()["id"]
    local = role("Мастер", organization__edit="department")
    narrow = role("Старший", organization__view="all", organization__edit="department", organization__invite="all")
    head = person(company, "head", department_id=places["Завод"])
    senior = person(company, narrow, department_id=places["Завод"])
    adrift = person(company, "head")

    def may_promise(who, code, place):
        with company_scope(company):
            actor = actor_of_principal(Principal.objects.get(pk=who.principal.pk), door="screen")
            try:
                givable_role(code, by=actor, department_id=places.get(place))
            except Forbidden:
                return False
            return True

    places["нигде"] = None

    def promised(who, code):
        return [may_promise(who, code, place) for place in ("Завод", "Цех", "Продажи", "нигде")]

    assert promised(head, local) == [True, True, False, True]
    assert promised(head, "employee") == [True, True, True, True]
    assert promised(senior, local) == [True, False, False, True]
    assert promised(adrift, local) == [False, False, False, True]
    assert promised(owner, local) == [True, True, True, True]


def test_a_role_of_any_number_of_people_changes_in_one_fact_and_as_many_statements(company, owner, role, statements):
    code = role(organization__view="all")
    views = ({"permission": "organization.files", "scope": scope} for scope in ("own", "department", "all"))

    def join(number):
        with company_scope(company):
            held = Role.objects.get(code=code)
            made = Principal.objects.bulk_create(Principal(kind="service", name=f"s{n}") for n in range(number))
            RoleAssignment.objects.bulk_create(RoleAssignment(role=held, principal=one) for one in made)
            return {one.pk for one in made}

    def narrow():
        with statements() as seen:
            assert owner.client.patch(f"roles/{code}/", {"grants": [next(views)]}).status_code == 200
        return len(seen)

    few = join(2)
    narrow()
    spent = narrow()
    many = few | join(300)
    before = _epochs(company)
    assert narrow() == spent
    assert _moved(before, _epochs(company)) == many
    with company_scope(company):
        facts = list(Fact.objects.filter(kind="identity.access_changed").order_by("pk"))
    assert [set(fact.payload["principal_ids"]) for fact in facts] == [few, few, many]
    assert {fact.payload["reason"] for fact in facts} == {"roles"}
