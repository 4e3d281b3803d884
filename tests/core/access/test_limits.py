"""Rights to the fields that every card has: the most generous role, and each door by itself."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.access.actions import create_role, give_roles, limit_fields
from core.access.limits import HIDDEN, READ, most_generous
from core.access.models import Role
from core.context import company_scope
from core.notifications.models import Delivery
from core.registry import registry
from tests.core.identity.conftest import fields, problem

FIELDS = [("a.card", "one"), ("a.card", "two"), ("b.card", "one")]
TASK, TEMPLATE, PERSON = "tasks.task", "tasks.template", "organization.employee"
DOCUMENT = "documents.document"
DUE = "2031-03-07T05:43:00Z"
SHUT = {"description": HIDDEN, "due_at": HIDDEN, "priority": HIDDEN, "estimate": HIDDEN}


@given(st.lists(st.dictionaries(st.sampled_from(FIELDS), st.sampled_from([HIDDEN, READ])), max_size=4))
def test_the_most_generous_role_counts(by_role):
    found = most_generous(by_role)
    for kind, field in FIELDS:
        levels = [role.get((kind, field), "write") for role in by_role]
        widest = next((one for one in ("write", READ, HIDDEN) if one in levels), "write")
        assert found.get(kind, {}).get(field, "write") == widest


@pytest.fixture
def limit(company, owner):
    """`limit(due_at="hidden")` keeps the role «Сотрудник» from fields of tasks."""

    def keep(kind: str = TASK, role: str = "employee", **levels: str):
        limits = [{"kind": kind, "field": field, "level": level} for field, level in levels.items()]
        answer = owner.client.put(f"roles/{role}/fields/", {"limits": limits})
        assert answer.status_code == 200, answer.content
        return answer.json()

    return keep


@pytest.fixture
def pair(company, person, owner):
    """The owner gives a task to somebody who works."""

    class Scene:
        hand = person(company)

    body = {"title": "Смета", "description": "Тайная смета", "assignee": Scene.hand.id, "due_at": DUE, "estimate": 95}
    Scene.card = owner.client.post("tasks/", body | {"priority": "urgent"}).json()
    Scene.path = f"tasks/{Scene.card['id']}/"
    return Scene


def test_hidden_fields_are_empty_and_read_ones_refuse(pair, limit, owner):
    limit(due_at=HIDDEN, description=HIDDEN, priority=HIDDEN, estimate=READ)
    seen = pair.hand.client.get(pair.path).json()
    assert (seen["due_at"], seen["description"], seen["description_html"]) == (None, "", "")
    assert seen["priority"] == "normal" and seen["estimate"] == 95 and not seen["can"]["ask_due"]
    row = pair.hand.client.get("tasks/", tab="mine").json()["results"][0]
    assert row["due_at"] is None and row["priority"] == "normal"
    assert owner.client.get(pair.path).json()["due_at"] is not None
    limits = pair.hand.client.get("me/").json()["field_limits"]
    assert limits == {TASK: {"due_at": HIDDEN, "description": HIDDEN, "priority": HIDDEN, "estimate": READ}}


def test_writing_is_refused_at_the_field(pair, limit, person, company):
    mine = pair.hand.client.post("tasks/", {"title": "Своя", "assignee": pair.hand.id, "estimate": 60}).json()
    limit(due_at=HIDDEN, estimate=READ)
    path = f"tasks/{mine['id']}/"
    assert fields(pair.hand.client.patch(path, {"estimate": 90})) == {"/estimate"}
    assert fields(pair.hand.client.patch(path, {"due_at": DUE, "due_reason": "так"})) == {"/due_at"}
    assert pair.hand.client.patch(path, {"estimate": 60, "title": "Иначе"}).status_code == 200
    body = {"title": "Ещё", "assignee": pair.hand.id}
    assert fields(pair.hand.client.post("tasks/", body | {"estimate": 5})) == {"/estimate"}
    assert pair.hand.client.post("tasks/", body).status_code == 201
    asked = pair.hand.client.post(f"{pair.path}due-request/", {"due_at": "2032-01-01T00:00:00Z", "reason": "Долго"})
    assert fields(asked) == {"/due_at"}


def _id(brief):
    return brief["ref"].partition("/")[2]


def test_a_template_of_a_task_takes_nothing_over_that_its_maker_may_not_read(pair, limit, owner):
    limit(**SHUT)
    made = pair.hand.client.post(f"{pair.path}template/").json()
    for reader in (pair.hand, owner):
        told = reader.client.get(f"task-templates/{_id(made)}/").json()
        assert told["title"] == "Смета"
        left = {name: told[name] for name in ("description", "due_in", "estimate", "priority")}
        assert left == {"description": "", "due_in": None, "estimate": None, "priority": "normal"}
    whole = owner.client.post(f"{pair.path}template/").json()
    told = owner.client.get(f"task-templates/{_id(whole)}/").json()
    assert (told["description"], told["estimate"], told["priority"]) == ("Тайная смета", 95, "urgent")
    assert told["due_in"] > 0


@pytest.mark.parametrize("level", [HIDDEN, READ])
def test_a_template_is_no_way_around_the_limits_of_tasks(pair, limit, owner, level):
    limit(**dict.fromkeys(SHUT, level))
    body = {"title": "Обход", "assignees": [pair.hand.id]}
    shut = {"priority": "urgent", "due_in": 60, "estimate": 5, "description": "Так"}
    assert fields(pair.hand.client.post("task-templates/", body | shut)) == {f"/{name}" for name in shut}
    mine = pair.hand.client.post("task-templates/", body).json()
    path = f"task-templates/{mine['id']}/"
    for name, value in shut.items():
        assert fields(pair.hand.client.patch(path, {name: value})) == {f"/{name}"}
    assert pair.hand.client.patch(path, {"title": "Иначе", "due_in": None}).status_code == 200
    # What whoever may write it has written, anybody gives.
    owner.client.patch(path, {"priority": "urgent", "due_in": 60})
    (given,) = pair.hand.client.post(f"{path}give/").json()["results"]
    told = owner.client.get(f"tasks/{_id(given)}/").json()
    assert told["priority"] == "urgent" and told["due_at"]


@pytest.mark.parametrize("level", [HIDDEN, READ])
def test_subtasks_are_no_way_around_the_limits_of_tasks(pair, limit, owner, level):
    limit(due_at=level)
    path = f"{pair.path}subtasks/"
    late = {"title": "С датой", "due_at": DUE}
    assert fields(pair.hand.client.post(path, {"subtasks": [{"title": "Без даты"}, late]})) == {"/due_at"}
    assert owner.client.get(path).json()["results"] == []
    points = pair.hand.client.post(f"{pair.path}checklist/", {"points": [{"text": "Из пункта", "due_at": DUE}]})
    assert points.status_code == 201, points.content
    (point,) = points.json()["results"]
    assert point["due_at"]
    assert pair.hand.client.post(f"{path}from-point/", {"point": point["id"]}).status_code == 201
    (made,) = owner.client.get(path).json()["results"]
    assert (made["title"], made["due_at"]) == ("Из пункта", None)


def test_lists_do_not_know_hidden_filters_and_orders(pair, limit):
    limit(due_at=HIDDEN, priority=HIDDEN)
    for asked in ({"due_at__gte": DUE}, {"priority": "urgent"}, {"ordering": "due_at"}, {"ordering": "-late"},
                  {"ordering": "priority"}, {"tab": "overdue"}, {"due_at__isnull": "true"}):  # fmt: skip
        assert pair.hand.client.get("tasks/", **asked).status_code == 422, asked
    assert pair.hand.client.get("tasks/", ordering="-changed_at").status_code == 200
    assert pair.hand.client.get("tasks/counts/").json()["overdue"] == 0


def test_history_leaves_out_hidden_changes(pair, limit, owner):
    owner.client.patch(pair.path, {"description": "Другая смета", "title": "Иначе"})
    limit(description=HIDDEN)
    told = pair.hand.client.get(f"{pair.path}history/").json()["results"]
    labels = {change["label"] for line in told for change in line["changes"]}
    assert "Название" in labels and "Описание" not in labels
    told = owner.client.get(f"{pair.path}history/").json()["results"]
    assert "Описание" in {change["label"] for line in told for change in line["changes"]}


def test_history_does_not_tell_that_a_hidden_field_has_moved(pair, limit, owner):
    """A fact of nothing else is no line; pages are as long as they are asked for."""
    for number in range(3):
        owner.client.patch(pair.path, {"description": f"Смета № {number}"})
        owner.client.patch(pair.path, {"title": f"Имя {number}"})
    last = owner.client.get(f"{pair.path}history/").json()["results"][1]
    assert [change["field"] for change in last["changes"]] == ["description"]
    put_back = owner.client.post(f"{pair.path}history/{last['id']}/restore/", {})
    assert put_back.status_code == 200, put_back.content

    def told(reader, **asked):
        page = reader.client.get(f"{pair.path}history/", **asked).json()
        return [(line["kind"], [change["field"] for change in line["changes"]]) for line in page["results"]], page

    whole, named = ("tasks.changed", ["description"]), ("tasks.changed", ["title"])
    assert told(pair.hand)[0].count(whole) == 4
    limit(description=HIDDEN)
    made = [kind for kind, _ in told(pair.hand)[0]]
    assert told(pair.hand)[0] == [named, named, named, ("tasks.created", [])], made
    assert told(owner)[0].count(whole) == 4 and "history.restored" in [kind for kind, _ in told(owner)[0]]
    first, page = told(pair.hand, limit=2)
    second, last_page = told(pair.hand, limit=2, cursor=page["next"])
    assert (first, second, last_page["next"]) == ([named, named], [named, ("tasks.created", [])], None)
    assert pair.hand.client.post(f"{pair.path}history/{last['id']}/restore/", {}).status_code in (403, 404)


def test_history_offers_back_only_what_may_be_written(pair, limit):
    mine = pair.hand.client.post("tasks/", {"title": "Своя", "assignee": pair.hand.id, "estimate": 60}).json()
    path = f"tasks/{mine['id']}/"
    assert pair.hand.client.patch(path, {"title": "Иначе", "estimate": 90}).status_code == 200

    def offered():
        (line,) = (one for one in pair.hand.client.get(f"{path}history/").json()["results"] if one["changes"])
        return {change["field"]: change["can_restore"] for change in line["changes"]}

    assert offered() == {"title": True, "estimate": True}
    limit(estimate=READ)
    assert offered() == {"title": True, "estimate": False}


def test_what_one_may_not_see_is_searched_by_nobody(pair, limit, owner, deliver):
    deliver()
    assert len(owner.client.get("search/", q="тайная").json()["results"]) == 1
    limit(description=HIDDEN)
    deliver()
    for who in (owner, pair.hand):
        assert who.client.get("search/", q="тайная").json()["results"] == []
    limit()
    deliver()
    assert len(pair.hand.client.get("search/", q="тайная").json()["results"]) == 1


def test_letters_leave_out_hidden_fields(company, pair, limit, owner, deliver):
    limit(description=HIDDEN, due_at=HIDDEN)
    body = {"title": "Вторая", "description": "Скрытный текст", "assignee": pair.hand.id, "due_at": DUE}
    owner.client.post("tasks/", body)
    deliver()
    with company_scope(company):
        rows = Delivery.objects.filter(principal=pair.hand.principal, subject__contains="Вторая")
        told = " ".join(str(row.__dict__) for row in rows)
    assert "Вторая" in told and "Скрытный" not in told and "2031" not in told


def test_no_letter_says_that_a_hidden_due_moment_has_moved(pair, limit, owner, company, deliver):
    def told():
        deliver()
        with company_scope(company):
            return Delivery.objects.filter(principal=pair.hand.principal, subject__contains="Срок").count()

    def move(day):
        answer = owner.client.patch(pair.path, {"due_at": f"2031-04-{day}T05:43:00Z", "due_reason": "Так надо"})
        assert answer.status_code == 200, answer.content

    move("10")
    before = told()
    assert before > 0
    limit(due_at=HIDDEN)
    move("11")
    assert told() == before


def test_time_is_neither_told_nor_written(pair, limit, owner):
    owner.client.post(f"{pair.path}time/", {"minutes": 45})
    limit(spent=HIDDEN)
    assert pair.hand.client.get(f"{pair.path}time/").status_code == 403
    assert fields(pair.hand.client.post(f"{pair.path}time/", {"minutes": 5})) == {"/minutes"}
    assert pair.hand.client.post(f"{pair.path}timer/").status_code == 422
    assert pair.hand.client.get(pair.path).json()["spent"] == 0


def test_fields_of_people(company, pair, limit, owner, person):
    other = person(company)
    body = {"phone": "+7 912 345-67-89", "hired_on": "2020-02-03", "manager": owner.id}
    assert owner.client.patch(f"employees/{pair.hand.id}/", body).json()["manager"]["id"] == owner.id
    assert len(other.client.get("employees/", search="+7912345").json()["results"]) == 1
    limit(PERSON, phone=HIDDEN, email=HIDDEN, hired_on=READ, manager=HIDDEN, position=HIDDEN)
    seen = other.client.get(f"employees/{pair.hand.id}/").json()
    assert (seen["phone"], seen["email"], seen["manager"], seen["hired_on"]) == ("", "", None, "2020-02-03")
    assert other.client.get("employees/", search="+7912345").json()["results"] == []
    assert other.client.get("employees/", search=pair.hand.email[:8]).json()["results"] == []
    assert other.client.get("employees/", manager="1").status_code == 422
    assert "phone" not in pair.hand.client.get(f"employees/{pair.hand.id}/").json()["can"]["edit"]
    assert fields(pair.hand.client.patch(f"employees/{pair.hand.id}/", {"phone": "101"})) == {"/phone"}
    assert len(owner.client.get("employees/", search="+7912345").json()["results"]) == 1


# Field → what stands there and what does not.
GUESSES = {
    (TASK, "description"): ("<p>Так</p>", "<p>Иначе</p>"),
    (TASK, "due_at"): (DUE, "2031-03-08T05:43:00Z"),
    (TASK, "priority"): ("urgent", "important"),
    (TASK, "estimate"): (95, 96),
    (TASK, "spent"): (45, 46),
    (TEMPLATE, "description"): ("<p>Так</p>", "<p>Иначе</p>"),
    (TEMPLATE, "due_in"): (60, 61),
    (TEMPLATE, "priority"): ("urgent", "important"),
    (TEMPLATE, "estimate"): (95, 96),
    (DOCUMENT, "content"): ("Так", "Иначе"),
    (DOCUMENT, "correspondent"): ("ООО «Так»", "ООО «Иначе»"),
    (DOCUMENT, "outer_number"): ("1/2", "1/3"),
    (DOCUMENT, "outer_date"): ("2020-02-03", "2020-02-04"),
    (DOCUMENT, "amount"): ("95.00", "96.00"),
    (DOCUMENT, "valid_from"): ("2020-02-03", "2020-02-04"),
    (DOCUMENT, "valid_until"): ("2040-02-03", "2040-02-04"),
    (DOCUMENT, "due_at"): (DUE, "2031-03-08T05:43:00Z"),
    (DOCUMENT, "priority"): ("urgent", "important"),
    (DOCUMENT, "paper_place"): ("Шкаф 1", "Шкаф 2"),
    (PERSON, "email"): ("so@alfa.example", "other@alfa.example"),
    (PERSON, "phone"): ("101", "102"),
    (PERSON, "hired_on"): ("2020-02-03", "2020-02-04"),
    (PERSON, "position"): ("so", "other"),
    (PERSON, "manager"): ("so", "other"),
}


def test_every_field_is_guessed_at():
    assert {(kind.code, field.code) for kind in registry.kinds() for field in kind.fields} == set(GUESSES)


@pytest.mark.row("SE-05")
@pytest.mark.parametrize(("kind", "field"), GUESSES)
def test_a_guess_at_a_hidden_field_is_answered_alike(kind, field, company, owner, person, limit):
    """Whether it is right or wrong; before it was hidden, the right one was no change at all."""
    hand = person(company, role="head" if kind == PERSON else "employee")
    path, name = _own_card(kind, field, hand, owner)
    right, wrong = _guesses(kind, field, company, owner, person)
    written = owner.client.patch(path, {name: right})
    assert written.status_code == 200, written.content
    assert hand.client.patch(path, {name: right}).status_code == 200
    limit(kind, role="head" if kind == PERSON else "employee", **{field: HIDDEN})
    for guess in (right, wrong):
        answer = hand.client.patch(path, {name: guess})
        assert fields(answer) == {f"/{name}"}, answer.content
    doors = {(TASK, "priority"): "priority", (TASK, "due_at"): "due", (PERSON, "position"): "position"}
    if (kind, name) in doors:
        plural, pk, _ = path.split("/")
        body = {"action": doors[kind, name], "ids": [int(pk)]}
        told = [
            hand.client.post(f"{plural}/bulk/", body | {"values": {name: guess}}).json() for guess in (right, wrong)
        ]
        assert told[0] == told[1] and told[0]["results"][0]["outcome"] == "refused"


def _own_card(kind, field, hand, owner):
    """Where somebody may write, and what the field is called there."""
    if kind == PERSON:
        return f"employees/{hand.id}/", field
    if kind == TEMPLATE:
        made = hand.client.post("task-templates/", {"title": "Своя", "assignees": [hand.id]}).json()
        return f"task-templates/{made['id']}/", field
    if kind == DOCUMENT:
        # A draft is its author's alone; one that is on its way is changed by whoever answers for it.
        told = {"title": "Своя", "card_type": "memo", "addressee": owner.id}
        path = f"documents/{hand.client.post('documents/', told).json()['id']}/"
        assert hand.client.post(f"{path}do/send/", {}).status_code == 200
        return path, field
    made = hand.client.post("tasks/", {"title": "Своя", "assignee": hand.id}).json()
    if field != "spent":
        return f"tasks/{made['id']}/", field
    spent = hand.client.post(f"tasks/{made['id']}/time/", {"minutes": 5})
    assert spent.status_code == 201, spent.content
    return f"time-entries/{spent.json()['id']}/", "minutes"


def _guesses(kind, field, company, owner, person):
    if field == "manager":
        return owner.id, person(company).id
    if field == "position":
        return [owner.client.post("positions/", {"title": title}).json()["id"] for title in ("Токарь", "Слесарь")]
    return GUESSES[kind, field]


def test_another_role_opens_what_the_first_hides(company, pair, limit, owner):
    limit(due_at=HIDDEN, description=HIDDEN)
    with company_scope(company):
        wide = create_role(title="Плановик", grants=[], by=owner.actor())
        limit_fields(wide, limits=[{"kind": TASK, "field": "due_at", "level": READ}], by=owner.actor())
        give_roles(pair.hand.employee, codes=["employee", wide.code], by=owner.actor())
    seen = pair.hand.client.get(pair.path).json()
    assert seen["due_at"] is not None and seen["description"] == "Тайная смета"
    assert pair.hand.client.get("me/").json()["field_limits"] == {TASK: {"due_at": READ}}


def test_limits_are_set_by_administrators_and_make_sense(company, pair, owner, person):
    line = {"kind": TASK, "field": "due_at", "level": HIDDEN}
    assert person(company, role="head").client.put("roles/employee/fields/", {"limits": [line]}).status_code == 403
    unknown = [{"kind": TASK, "field": "title", "level": HIDDEN}, {"kind": "x.y", "field": "z", "level": READ}]
    wrong = [line, line, *unknown]
    assert fields(owner.client.put("roles/employee/fields/", {"limits": wrong})) == {
        "/limits/1/field", "/limits/2/field", "/limits/3/field",
    }  # fmt: skip
    assert problem(owner.client.put("roles/admin/fields/", {"limits": [line]})) == (409, "role-almighty")
    made = owner.client.put("roles/employee/fields/", {"limits": [line]}, If_Match='"1"')
    assert made.status_code == 200 and made.json()["limits"] == [line]
    assert owner.client.put("roles/employee/fields/", {"limits": []}, If_Match='"1"').status_code == 412
    kinds = {kind["kind"]: kind["fields"] for kind in owner.client.get("card-fields/").json()["results"]}
    assert "due_at" in {field["code"] for field in kinds[TASK]} and PERSON in kinds


def test_a_role_that_goes_takes_its_limits_along(company, owner):
    with company_scope(company):
        role = create_role(title="Временная", grants=[], by=owner.actor())
        limit_fields(role, limits=[{"kind": TASK, "field": "due_at", "level": HIDDEN}], by=owner.actor())
    assert owner.client.delete(f"roles/{role.code}/").status_code == 204
    with company_scope(company):
        assert not Role.objects.filter(pk=role.pk).exists()


def test_whoever_is_kept_from_nothing_pays_nothing(pair, statements, person, company):
    other = person(company)
    other.client.get("me/")
    with statements() as before:
        other.client.get("tasks/")
    with statements() as again:
        other.client.get("tasks/")
    assert len(before) == len(again)
