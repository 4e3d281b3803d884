"""Cards of employees through the API: lists, fields, who may change what."""

from datetime import date

import pytest

from core.attachments.models import Attachment
from core.context import company_scope
from core.events.models import Fact
from core.identity.models import Principal
from core.identity.names import read_full_name
from core.organization.actions import hire
from core.organization.models import Department, Employee, Position


@pytest.fixture
def structure(company, inside):
    """Производство / Цех 1, and Продажи."""
    with company_scope(company):
        factory = Department.objects.create(title="Производство")
        factory.path = [factory.pk]
        factory.save()
        shop = Department.objects.create(title="Цех 1", parent=factory)
        shop.path = [factory.pk, shop.pk]
        shop.save()
        sales = Department.objects.create(title="Продажи")
        sales.path = [sales.pk]
        sales.save()
        welder = Position.objects.create(title="Сварщик")
    return {"factory": factory.pk, "shop": shop.pk, "sales": sales.pk, "welder": welder.pk}


def _ids(response):
    assert response.status_code == 200, response.content
    return [row["id"] for row in response.json()["results"]]


def _facts(company, kind):
    with company_scope(company):
        return list(Fact.objects.filter(kind=kind).order_by("pk").values("entity_id", "payload", "actor_id"))


def test_list_shows_a_card_whole(company, person, structure):
    boss = person(company, "head", "Иванов Иван Иванович")
    anna = person(company, name="Крылова Анна Сергеевна", department_id=structure["shop"])
    with company_scope(company):
        Employee.objects.filter(pk=anna.id).update(
            manager=boss.id, position=structure["welder"], phone="+79123456789", hired_on=date(2020, 2, 3)
        )
    rows = anna.client.get("employees/", search="Крыл").json()["results"]
    assert rows == [
        {
            "id": anna.id,
            "ref": f"organization.employee/{anna.id}",
            "number": anna.employee.number,
            "name": "Крылова А. С.",
            "full_name": "Крылова Анна Сергеевна",
            "initials": "КА",
            "last_name": "Крылова",
            "first_name": "Анна",
            "middle_name": "Сергеевна",
            "email": anna.email,
            "phone": "+79123456789",
            "position": {"id": structure["welder"], "title": "Сварщик"},
            "department": {"id": structure["shop"], "title": "Цех 1"},
            "manager": {
                "id": boss.id,
                "name": "Иванов И. И.",
                "full_name": "Иванов Иван Иванович",
                "initials": "ИИ",
                "photo_url": None,
                "is_active": True,
            },
            "roles": [{"code": "employee", "title": "Сотрудник"}],
            "is_active": True,
            "status": "works",
            "status_title": "Работает",
            "own_status": None,
            "hired_on": "2020-02-03",
            "photo_url": None,
            "version": 1,
        }
    ]


def test_list_finds_by_beginnings(company, person, owner):
    anna = person(company, name="Крылова Анна Сергеевна")
    oleg = person(company, name="Крылов Олег")
    with company_scope(company):
        Employee.objects.filter(pk=oleg.id).update(phone="+79123456789")
        Employee.objects.filter(pk=anna.id).update(phone="204")
    found = lambda text: set(_ids(owner.client.get("employees/", search=text)))  # noqa: E731
    assert found("крыл") == {anna.id, oleg.id}
    assert found("анна кры") == {anna.id}
    assert found(anna.email[:8]) >= {anna.id}
    assert found("8 (912) 345") == {oleg.id}
    assert found("912345") == {oleg.id}
    assert found("20") == {anna.id}
    assert found("рылов") == set()
    assert found("%") == set()


def test_department_filter_takes_what_is_below(company, person, owner, structure):
    welder = person(company, department_id=structure["shop"])
    chief = person(company, department_id=structure["factory"])
    seller = person(company, department_id=structure["sales"])
    found = lambda **given: set(_ids(owner.client.get("employees/", **given)))  # noqa: E731
    assert found(department=structure["factory"]) == {welder.id, chief.id}
    assert found(department=structure["shop"]) == {welder.id}
    assert found(department=f"{structure['shop']},{structure['sales']}") == {welder.id, seller.id}
    assert owner.id in found(department__isnull="true")
    assert owner.client.get("employees/", department="x").status_code == 422
    assert owner.client.get("employees/", surname="x").status_code == 422


def test_list_filters_by_activity_and_pages_by_title(company, person, owner):
    names = ["Яшин Яков", "Абрамов Ян", "Мишин Ян"]
    people = {name: person(company, name=name) for name in names}
    owner.client.post(f"employees/{people['Мишин Ян'].id}/block/")
    assert people["Мишин Ян"].id not in _ids(owner.client.get("employees/", is_active="true"))
    assert _ids(owner.client.get("employees/", is_active="false")) == [people["Мишин Ян"].id]
    seen, cursor = [], None
    while True:
        answer = owner.client.get("employees/", limit=1, **({"cursor": cursor} if cursor else {})).json()
        seen += [row["full_name"] for row in answer["results"]]
        cursor = answer["next"]
        if cursor is None:
            break
    assert [name for name in seen if name in names] == sorted(names)
    assert len(seen) == len(set(seen))


def test_fifty_cards_cost_four_statements(company, person, owner, structure, statements):
    boss = person(company, "head")
    with company_scope(company):
        for number in range(50):
            made = hire(
                name=read_full_name(f"Человек Номер{number}"), email=f"many{number}@alfa.example", password_hash="",
                email_verified=True, role_code="employee", department_id=structure["shop"],
            )  # fmt: skip
            Employee.objects.filter(pk=made.pk).update(manager=boss.id, position=structure["welder"])
    boss.client.get("positions/")
    with statements() as seen:
        rows = owner.client.get("employees/").json()["results"]
    assert len(rows) == 50
    asked = [query["sql"] for query in seen if "set_config" not in query["sql"] and "SAVEPOINT" not in query["sql"]]
    assert len(asked) <= 4, asked


def test_everybody_keeps_his_own_card_up_to_date(company, person):
    anna = person(company, name="Крылова Анна")
    answer = anna.client.patch(f"employees/{anna.id}/", {"phone": "8 912 345-67-89"})
    assert answer.status_code == 200, answer.content
    assert answer.json()["phone"] == "+79123456789"
    assert answer["ETag"] == '"2"'
    [fact] = _facts(company, "organization.employee_changed")
    assert fact["entity_id"] == anna.id and fact["actor_id"] == anna.principal.pk
    assert {change["field"]: (change["old"], change["new"]) for change in fact["payload"]["changes"]} == {
        "phone": ("", "+79123456789"),
    }


def test_a_person_is_renamed_by_whoever_answers_for_people(company, person, owner):
    anna = person(company, name="Крылова Анна")
    path, kept = f"employees/{anna.id}/", {"full_name": "Крылова Анна"}
    for given in (
        {"full_name": owner.principal.name},
        {"last_name": "Белова"},
        {"first_name": "Яна"},
        {"middle_name": "Ивановна"},
    ):
        refused = anna.client.patch(path, given)
        assert refused.status_code == 403, refused.content
        assert set(refused.json()["fields"]) <= {"last_name", "first_name", "middle_name"}
    assert anna.client.patch(path, kept).status_code == 200
    answer = owner.client.patch(path, {"last_name": "Белова"})
    assert answer.status_code == 200 and answer.json()["full_name"] == "Белова Анна"
    with company_scope(company):
        assert Principal.objects.get(pk=anna.principal.pk).name == "Белова Анна"
        assert Employee.objects.get(pk=anna.id).title == "Белова Анна"
    assert owner.client.patch(f"employees/{owner.id}/", {"first_name": "Ольга"}).status_code == 200


@pytest.mark.parametrize(
    "wrong", [{"position": 999_999}, {"department": 999_999}, {"manager": 999_999}, {"email": "no address"}]
)
def test_a_right_is_asked_before_the_value(company, person, owner, wrong):
    anna = person(company)
    refused = anna.client.patch(f"employees/{anna.id}/", wrong)
    assert (refused.status_code, refused.json().get("fields")) == (403, list(wrong))
    assert owner.client.patch(f"employees/{anna.id}/", wrong).status_code == 422


@pytest.mark.parametrize("field", ["email", "position", "department", "manager", "hired_on", "last_name"])
def test_own_card_is_open_for_personal_fields_only(company, person, owner, structure, field):
    anna, boss = person(company), person(company)
    wanted = {
        "email": "anna@new.example",
        "position": structure["welder"],
        "department": structure["shop"],
        "manager": boss.id,
        "hired_on": "2020-01-01",
        "last_name": "Белова",
    }
    refused = anna.client.patch(f"employees/{anna.id}/", {field: wanted[field], "phone": "101"})
    assert refused.status_code == 403
    assert refused.json()["fields"] == [field]
    assert owner.client.get(f"employees/{anna.id}/").json()["phone"] == ""
    allowed = owner.client.patch(f"employees/{anna.id}/", {field: wanted[field]})
    assert allowed.status_code == 200, allowed.content


def test_a_whole_form_with_other_fields_unchanged_is_accepted(company, person):
    anna = person(company)
    whole = anna.client.get(f"employees/{anna.id}/").json()
    form = {name: whole[name] for name in ("last_name", "first_name", "middle_name", "email", "hired_on")}
    answer = anna.client.patch(f"employees/{anna.id}/", form | {"department": None, "position": None, "phone": "101"})
    assert answer.status_code == 200, answer.content
    assert answer.json()["version"] == 2


def test_nothing_changed_leaves_no_trace(company, person):
    anna = person(company)
    answer = anna.client.patch(f"employees/{anna.id}/", {"phone": ""})
    assert answer.status_code == 200 and answer.json()["version"] == 1
    assert _facts(company, "organization.employee_changed") == []


def test_head_edits_his_people_and_not_their_place(company, person, structure):
    head = person(company, "head", department_id=structure["factory"])
    mine = person(company, department_id=structure["shop"])
    other = person(company, department_id=structure["sales"])
    assert head.client.patch(f"employees/{mine.id}/", {"position": structure["welder"]}).status_code == 200
    assert head.client.patch(f"employees/{mine.id}/", {"department": structure["factory"]}).status_code == 403
    assert head.client.patch(f"employees/{other.id}/", {"position": structure["welder"]}).status_code == 403
    # His own place decides how far he sees; it is not his to choose.
    assert head.client.patch(f"employees/{head.id}/", {"department": structure["sales"]}).status_code == 403
    assert head.client.patch(f"employees/{head.id}/", {"phone": "101"}).status_code == 200


def test_card_says_what_may_be_done(company, person, owner, structure):
    head = person(company, "head", department_id=structure["factory"])
    mine = person(company, department_id=structure["shop"])
    personal = ["phone", "photo"]
    names = ["first_name", "last_name", "middle_name"]
    work = sorted([*personal, *names, "email", "hired_on", "manager", "position"])
    shut = {"block": False, "unblock": False, "login": False}
    can = lambda who, card: who.client.get(f"employees/{card.id}/").json()["can"]  # noqa: E731
    assert can(mine, mine) == {"edit": personal, **shut, "roles": False, "files": True}
    assert can(mine, head) == {"edit": [], **shut, "roles": False, "files": False}
    assert can(head, mine) == {"edit": work, **shut, "roles": False, "files": True}
    everything = sorted([*work, "department"])
    assert can(owner, mine) == {"edit": everything, **shut, "block": True, "login": True, "roles": True, "files": True}
    assert can(owner, owner)["block"] is False


def test_whoever_changes_the_card_s_email_is_told_that_the_way_in_stays(company, person, owner):
    anna, colleague = person(company), person(company)
    path = f"employees/{anna.id}/"
    answer = owner.client.patch(path, {"email": "drugaya@pochta.example"}).json()
    assert (answer["email"], answer["login"]) == ("drugaya@pochta.example", anna.email)
    # For those who may not change it: he himself knows it, and to others it is nothing.
    for reader in (colleague, anna):
        assert reader.client.get(path).json()["login"] == ""


def test_stale_version_is_told_with_what_stands_now(company, person):
    anna = person(company)
    first = anna.client.patch(f"employees/{anna.id}/", {"phone": "101"}, If_Match='"1"')
    assert first.status_code == 200
    second = anna.client.patch(f"employees/{anna.id}/", {"phone": "102"}, If_Match='"1"')
    assert second.status_code == 412
    assert second.json()["current"]["phone"] == "101"
    assert second.json()["current"]["version"] == 2


@pytest.mark.parametrize(
    ("given", "pointer"),
    [
        ({"last_name": "  "}, "/last_name"),
        ({"full_name": "\u202e "}, "/full_name"),
        ({"last_name": "Д" * 99, "first_name": "Л" * 99, "middle_name": "Н" * 99}, "/last_name"),
        ({"phone": "позвоните"}, "/phone"),
        ({"phone": "+1234567890123456"}, "/phone"),
        ({"email": "не почта"}, "/email"),
        ({"position": 999}, "/position"),
        ({"department": 999}, "/department"),
        ({"manager": 999}, "/manager"),
        ({"manager": 2**63}, "/manager"),
        ({"photo_id": 999}, "/photo_id"),
        ({"hired_on": "вчера"}, "/hired_on"),
        ({"hired_on": "1899-12-31"}, "/hired_on"),
        ({"hired_on": "2200-01-01"}, "/hired_on"),
        ({"hired_on": "0001-01-01"}, "/hired_on"),
    ],
)
def test_wrong_fields_are_named(company, person, owner, given, pointer):
    anna = person(company)
    answer = owner.client.patch(f"employees/{anna.id}/", given)
    assert answer.status_code == 422, answer.content
    assert [error["pointer"] for error in answer.json()["errors"]] == [pointer]


def test_all_wrong_fields_are_named_at_once(company, person, owner):
    anna = person(company)
    answer = owner.client.patch(f"employees/{anna.id}/", {"phone": "x", "email": "x", "last_name": "\u202e"})
    assert {error["pointer"] for error in answer.json()["errors"]} == {"/phone", "/email", "/last_name"}


def test_managers_make_no_circle(company, person, owner):
    top, middle, low = person(company), person(company), person(company)
    assert owner.client.patch(f"employees/{middle.id}/", {"manager": top.id}).status_code == 200
    assert owner.client.patch(f"employees/{low.id}/", {"manager": middle.id}).status_code == 200
    for wrong in (low, middle, top):
        assert owner.client.patch(f"employees/{top.id}/", {"manager": wrong.id}).status_code == 422
    assert owner.client.patch(f"employees/{low.id}/", {"manager": None}).json()["manager"] is None


def test_blocked_person_is_not_named_manager(company, person, owner):
    gone, anna = person(company), person(company)
    owner.client.post(f"employees/{gone.id}/block/")
    answer = owner.client.patch(f"employees/{anna.id}/", {"manager": gone.id})
    assert answer.status_code == 422


def _picture(card, **more):
    given = {"name": "face.jpg", "size": 10, "content_type": "image/jpeg", "state": "ready"} | more
    return Attachment.objects.create(
        entity_id=card.id, storage_key=f"key-{card.id}-{more}", author=card.principal, **given
    ).pk


def test_photo_is_a_ready_picture_of_the_same_card(company, person):
    anna, other = person(company), person(company)
    with company_scope(company):
        good = _picture(anna)
        wrong = [
            _picture(other),
            _picture(anna, state="checking"),
            _picture(anna, content_type="image/svg+xml"),
            _picture(anna, content_type="application/pdf"),
        ]
    for photo in wrong:
        assert anna.client.patch(f"employees/{anna.id}/", {"photo_id": photo}).status_code == 422
    answer = anna.client.patch(f"employees/{anna.id}/", {"photo_id": good})
    assert answer.json()["photo_url"] == f"/api/v1/attachments/{good}/content/"
    assert anna.client.patch(f"employees/{anna.id}/", {"photo_id": None}).json()["photo_url"] is None


def test_unknown_card_and_card_of_another_company_are_the_same_404(company, person, owner, other_owner):
    for number in (999_999, other_owner.id, 2**70):
        assert owner.client.get(f"employees/{number}/").status_code == 404
        assert owner.client.patch(f"employees/{number}/", {"phone": "1"}).status_code == 404


def test_move_between_departments_moves_epochs_of_all_it_reaches(company, person, owner, structure):
    welder = person(company, department_id=structure["shop"])
    chief = person(company, "head", department_id=structure["factory"])
    seller = person(company, department_id=structure["sales"])
    alone = person(company)
    before = _epochs(company)
    owner.client.patch(f"employees/{welder.id}/", {"department": structure["sales"]})
    after = _epochs(company)
    moved = {who for who in before if after[who] > before[who]}
    assert moved == {welder.principal.pk, chief.principal.pk, seller.principal.pk}
    assert alone.principal.pk not in moved


def _epochs(company):
    with company_scope(company):
        return dict(Principal.objects.values_list("pk", "access_epoch"))
