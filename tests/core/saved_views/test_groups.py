"""Views as groups: a condition of lists, a line on the card, figures; always with the rights of whoever looks."""

from datetime import UTC, datetime, timedelta

import pytest

from core.context import company_scope
from core.organization.models import Employee
from core.registry import registry
from core.saved_views.errors import GroupShut
from core.saved_views.groups import cards_in
from core.saved_views.models import SavedView
from core.saved_views.queries import steps_above
from core.saved_views.rules import DEEPEST, MOST_COUNTED, MOST_WALKED
from core.sheets.queries import page_of_list

TASKS, PEOPLE = "tasks.task", "organization.employee"
ALL = {"tab": "all", "state": "all"}


@pytest.fixture
def desk(company, person):
    """(head, first, second): tasks of the head for the two others; «Ждёт» is urgent and late."""
    head, first, second = person(company, role="head"), person(company), person(company)
    now = datetime.now(UTC)
    for title, who, priority, shift in (
        ("Ждёт", first, "urgent", -1), ("Срочная", first, "urgent", 40), ("Обычная", second, "normal", None),
        ("Важная", second, "important", -2),
    ):  # fmt: skip
        due = (now + timedelta(days=shift)).isoformat() if shift else None
        body = {"title": title, "assignee": who.id, "priority": priority, "due_at": due}
        made = head.client.post("tasks/", body)
        assert made.status_code == 201, made.json()
        tags = head.client.put(f"tasks/{made.json()['id']}/tags/", {"tags": ["Сезон"] if title != "Важная" else []})
        assert tags.status_code == 200
    return head, first, second


def group(who, title="Срочные", *, kind=TASKS, status=201, **more):
    body = {"kind": kind, "title": title, "is_group": True, "params": {**ALL, "priority": "urgent"}, **more}
    answer = who.client.post("views/", body)
    assert answer.status_code == status, answer.json()
    return answer.json()["id"] if status == 201 else answer.json()


def titles(who, **params):
    answer = who.client.get("tasks/", **params)
    assert answer.status_code == 200, answer.json()
    return {row["title"] for row in answer.json()["results"]}


def refusal(who, plural="tasks", **params):
    answer = who.client.get(f"{plural}/", **params)
    assert answer.status_code == 422, answer.json()
    (one,) = answer.json()["errors"]
    return one["pointer"], one["detail"]


def season(who):
    """The id of the tag that all tasks but «Важная» carry."""
    (tag,) = who.client.get("tags/").json()["results"]
    return str(tag["id"])


def detail(answer):
    problem = answer.json()
    return problem["errors"][0]["detail"] if problem.get("errors") else problem["detail"]


def groups_on(who, title, plural="tasks"):
    found = who.client.get(f"{plural}/", search=title).json()["results"]
    return [one["title"] for one in who.client.get(f"{plural}/{found[0]['id']}/groups/").json()["results"]]


def test_a_list_is_narrowed_by_groups_beside_all_else(desk):
    head, *_ = desk
    urgent = group(head)
    late = group(head, "Просроченные", params={"tab": "all", "due": "overdue"})
    assert titles(head, in_view=urgent) == {"Ждёт", "Срочная"}
    assert titles(head, in_view=late) == {"Ждёт", "Важная"}
    assert titles(head, in_view=f"{urgent},{late}") == {"Ждёт", "Срочная", "Важная"}
    assert titles(head, in_view=urgent, not_in_view=late) == {"Срочная"}
    assert titles(head, not_in_view=f"{urgent},{late}") == {"Обычная"}
    assert titles(head, in_view=urgent, search="Жд") == {"Ждёт"}
    assert titles(head, in_view=late, priority="important") == {"Важная"}
    summary = head.client.get("tasks/summary/", in_view=urgent, group="assignee").json()
    assert (summary["count"], [one["count"] for one in summary["groups"]]) == (2, [2])
    board = head.client.get("tasks/board/", by="priority", in_view=late).json()["columns"]
    assert {one["value"]: one["count"] for one in board if one["count"]} == {"urgent": 1, "important": 1}
    today = datetime.now(UTC).date()
    days = {"from": str(today - timedelta(days=5)), "to": str(today + timedelta(days=5))}
    calendar = head.client.get("tasks/calendar/", in_view=late, **days).json()["days"]
    assert sum(day["count"] for day in calendar) == 2
    bars = head.client.get("tasks/timeline/", in_view=urgent, **days).json()["results"]
    assert {bar["title"] for bar in bars} <= {"Ждёт", "Срочная"}


def test_what_is_not_known_is_in_no_group_and_so_in_its_contrary(desk):
    head, *_ = desk
    coming = group(head, "Скоро", params={"tab": "all", "due": "month"})
    dated = group(head, "Со сроком", params={"tab": "all", "due_at__isnull": "false"})
    assert titles(head, in_view=coming) == set()
    assert titles(head, not_in_view=coming) == {"Ждёт", "Срочная", "Обычная", "Важная"}
    assert titles(head, not_in_view=dated) == {"Обычная"}


def test_a_file_of_the_list_has_the_rows_of_the_group(desk):
    head, *_ = desk
    urgent = group(head)
    with company_scope(head.company):
        asked = {"tab": "all", "in_view": str(urgent)}
        page = page_of_list(head.actor(), registry.kind_of(TASKS), asked, limit=10)
        assert {row.title for row in page.rows} == {"Ждёт", "Срочная"}


def test_many_cards_of_a_group_are_changed_at_once(desk):
    head, *_ = desk
    urgent = group(head)
    body = {"action": "tag", "values": {"tag": "Разобрать"}, "filter": {"in_view": str(urgent), "tab": "all"}}
    answer = head.client.post("tasks/bulk/", body | {"count": 2})
    assert [one["outcome"] for one in answer.json()["results"]] == ["done", "done"]


def test_words_that_mean_the_reader_mean_each_reader(desk):
    head, first, second = desk
    mine = group(head, "Мои", params={"due": "overdue"}, audience="all")
    for who, expected in ((head, set()), (first, {"Ждёт"}), (second, {"Важная"})):
        assert titles(who, in_view=mine) == expected
    given = group(head, "Поручил", params={"tab": "given"}, audience="all")
    assert len(titles(head, in_view=given)) == 4 and titles(first, in_view=given) == set()
    followed = group(head, "Слежу", params={"tab": "watching"}, audience="all")
    assert titles(head, in_view=followed) == titles(head, tab="watching", state="open")


def test_a_group_shows_nobody_what_he_may_not_see(desk, company, person):
    head, first, second = desk
    private = first.client.post("tasks/", {"title": "Личная", "assignee": first.id, "priority": "urgent",
                                           "is_private": True})  # fmt: skip
    assert private.status_code == 201
    urgent = group(head, audience="all")
    stranger = person(company)
    assert titles(first, in_view=urgent) == {"Ждёт", "Срочная", "Личная"}
    assert titles(second, in_view=urgent) == titles(stranger, in_view=urgent) == set()
    assert titles(head, in_view=urgent) == {"Ждёт", "Срочная"}
    assert stranger.client.get("tasks/summary/", in_view=urgent).json()["count"] == 0
    assert stranger.client.patch("views/arrangement/", {"kind": TASKS, "counted": [urgent]}).status_code == 204
    assert stranger.client.get("views/counts/", kind=TASKS).json()["results"] == [
        {"id": urgent, "count": 0, "is_exact": True}
    ]


def test_an_unshared_group_answers_as_one_that_is_not_there(desk):
    head, first, _ = desk
    own, plain = group(head), group(head, "Не группа", is_group=False, audience="all")
    people = group(head, "Люди", kind=PEOPLE, params={"is_active": "false"}, audience="all")
    unknown = refusal(first, in_view=999_999)
    assert unknown[0] == "/in_view" and "видна" in unknown[1]
    for pk in (own, plain, people):
        assert refusal(first, in_view=pk) == unknown
        assert refusal(first, not_in_view=pk)[1] == unknown[1]
    views = first.client.post("views/", {"kind": TASKS, "title": "Вид", "params": {"in_view": str(own)}})
    absent = first.client.post("views/", {"kind": TASKS, "title": "Вид", "params": {"in_view": "999999"}})
    assert (views.status_code, detail(views)) == (absent.status_code, detail(absent)) == (422, unknown[1])
    for wrong in ("x", "", "-1", "1,,x", ",".join(map(str, range(1, 30)))):
        assert first.client.get("tasks/", in_view=wrong).status_code == 422
    assert first.client.get("tasks/", in_view__isnull="true").status_code == 422
    assert first.client.get("tasks/", in_view__gte="1").status_code == 422


def test_a_group_by_a_hidden_field_is_shut_and_says_so(desk, owner):
    head, first, second = desk
    urgent = group(head, audience="all")
    tag = season(head)
    over = group(head, "Поверх", params={"tab": "all", "in_view": str(urgent), "tag": tag}, audience="all")
    assert groups_on(first, "Ждёт") == ["Поверх", "Срочные"]
    limits = [{"kind": TASKS, "field": "priority", "level": "hidden"}]
    assert owner.client.put("roles/employee/fields/", {"limits": limits}).status_code == 200
    for pk, title in ((urgent, "Срочные"), (over, "Поверх")):
        pointer, sentence = refusal(first, in_view=pk)
        assert pointer == "/in_view" and title in sentence and "не видно" in sentence
        assert refusal(first, not_in_view=pk)[1] == sentence
    shown = {one["title"]: one for one in first.client.get("views/", kind=TASKS).json()["results"]}
    assert shown["Срочные"]["is_shut"] and shown["Поверх"]["is_shut"] and shown["Поверх"]["is_narrowed"]
    assert shown["Поверх"]["params"] == {"tab": "all", "tag": tag}
    assert groups_on(first, "Ждёт") == []
    first.client.patch("views/arrangement/", {"kind": TASKS, "counted": [urgent]})
    assert first.client.get("views/counts/", kind=TASKS).json()["results"] == []
    assert titles(head, in_view=over) == {"Ждёт", "Срочная"}
    with company_scope(first.company), pytest.raises(GroupShut):
        cards_in(SavedView.objects.get(pk=urgent), registry.kind_of(TASKS), by=first.actor())


def test_a_group_by_a_field_that_is_gone_says_so(desk, owner, deliver):
    head, *_ = desk
    body = {"kind": TASKS, "title": "Сумма", "type": "number", "code": "sum", "is_filterable": True}
    field = owner.client.post("custom-fields/", body)
    assert field.status_code == 201, field.json()
    deliver()
    rich = group(head, "Дорогие", params={**ALL, "fields.sum__gte": "100"})
    assert titles(head, in_view=rich) == set() and len(titles(head, not_in_view=rich)) == 4
    gone = owner.client.patch(f"custom-fields/{field.json()['id']}/", {"is_archived": True})
    assert gone.status_code == 200, gone.json()
    pointer, sentence = refusal(head, in_view=rich)
    assert pointer == "/in_view" and "«Дорогие»" in sentence
    assert groups_on(head, "Ждёт") == []
    (view,) = head.client.get("views/", kind=TASKS).json()["results"]
    assert (view["is_shut"], view["is_narrowed"], view["params"]) == (True, True, ALL)


def test_a_group_needs_a_condition(desk):
    head, *_ = desk
    for params in ({}, ALL, {"display": "board", "order": "-priority"}, {"tab": "mine"}, {"group": "status"}):
        assert detail(head.client.post("views/", {"kind": TASKS, "title": "Вид", "is_group": True, "params": params}))
    problem = group(head, params={}, status=422)
    assert problem["errors"][0]["pointer"] == "/is_group"
    made = group(head)
    assert head.client.patch(f"views/{made}/", {"params": ALL}).status_code == 422
    assert head.client.patch(f"views/{made}/", {"params": ALL, "is_group": False}).status_code == 200
    problem = group(head, "Люди", kind=PEOPLE, params={"is_active": "true"}, status=422)
    assert problem["errors"][0]["pointer"] == "/is_group"


def test_groups_build_on_groups_without_circles_and_not_too_deep(desk):
    head, *_ = desk
    chain = [group(head)]
    for step in range(1, DEEPEST + 1):
        params = {"tab": "all", "in_view": str(chain[-1])}
        chain.append(group(head, f"Шаг {step}", params=params))
    assert titles(head, in_view=chain[-1]) == {"Ждёт", "Срочная"}
    problem = group(head, "Лишний", params={"tab": "all", "not_in_view": str(chain[-1])}, status=422)
    assert problem["errors"][0]["pointer"] == "/params" and "5 раз" in problem["errors"][0]["detail"]
    with company_scope(head.company):
        assert [steps_above(pk) for pk in chain] == list(range(DEEPEST, -1, -1))
    for pk in (chain[0], chain[2]):
        answer = head.client.patch(f"views/{chain[0]}/", {"params": {"tab": "all", "in_view": str(pk)}})
        assert (answer.status_code, "сам на себя" in detail(answer)) == (422, True), answer.json()
    # Something put on below may make what stands above too deep as well.
    base = group(head, "Основа", params={"tab": "all", "priority": "important"})
    answer = head.client.patch(f"views/{chain[0]}/", {"params": {"tab": "all", "in_view": str(base)}})
    assert (answer.status_code, "подряд" in detail(answer)) == (422, True)


def test_groups_that_name_each_other_many_times_end_somewhere(desk):
    head, *_ = desk
    leaf = [group(head, f"Лист {n}", params={**ALL, "priority": "urgent", "tag": season(head)}) for n in range(8)]
    middle = [group(head, f"Узел {n}", params={**ALL, "in_view": ",".join(map(str, leaf))}) for n in range(6)]
    assert titles(head, in_view=",".join(map(str, middle[:2]))) == {"Ждёт", "Срочная"}
    top = group(head, "Верх", params={**ALL, "in_view": ",".join(map(str, middle))})
    over = group(head, "Над верхом", params={**ALL, "in_view": str(top)})
    pair = {**ALL, "in_view": str(top), "not_in_view": ",".join(map(str, middle))}
    assert MOST_WALKED < 2 * 6 * 9
    assert "слишком много" in group(head, "Слишком", params=pair, status=422)["errors"][0]["detail"]
    assert titles(head, in_view=over) == {"Ждёт", "Срочная"}


def test_a_group_on_which_others_build_stays(desk, owner):
    head, first, second = desk
    urgent = group(head, audience="all")
    over = group(head, "Поверх", params={"tab": "all", "in_view": str(urgent)})
    group(first, "Моё личное", params={"tab": "all", "not_in_view": str(urgent)})
    for answer in (head.client.delete(f"views/{urgent}/"), head.client.patch(f"views/{urgent}/", {"is_group": False})):
        assert (answer.status_code, answer.json()["type"]) == (409, "/problems/built-on")
        assert "«Поверх»" in answer.json()["detail"] and "Моё личное" not in answer.json()["detail"]
        assert first.client.get("me/").json()["name"] in answer.json()["detail"]
    assert head.client.patch(f"views/{over}/", {"params": {"tab": "all", "priority": "normal"}}).status_code == 200
    assert head.client.delete(f"views/{urgent}/").status_code == 409
    # What somebody who works here no more has kept for himself holds nobody.
    assert owner.client.post(f"employees/{first.id}/block/").status_code == 200
    assert head.client.delete(f"views/{urgent}/").status_code == 204


def test_a_shared_view_builds_on_shared_groups_only(desk):
    head, first, _ = desk
    own = group(head)
    params = {"tab": "all", "in_view": str(own)}
    problem = group(head, "Общий", params=params, audience="all", status=422)
    assert problem["errors"][0]["pointer"] == "/audience" and "«Срочные»" in problem["errors"][0]["detail"]
    over = group(head, "Общий", params=params)
    assert head.client.patch(f"views/{over}/", {"audience": "all"}).status_code == 422
    assert head.client.patch(f"views/{own}/", {"audience": "all"}).status_code == 200
    assert head.client.patch(f"views/{over}/", {"audience": "all"}).status_code == 200
    assert titles(first, in_view=over) == {"Ждёт", "Срочная"}
    # Kept for a few by its owner, the first shuts what is built on it to everybody else.
    few = {"audience": "some", "roles": ["head"]}
    assert head.client.patch(f"views/{own}/", few).status_code == 200
    assert "«Общий»" in refusal(first, in_view=over)[1] and titles(head, in_view=over) == {"Ждёт", "Срочная"}


def test_a_card_tells_in_which_groups_it_is(desk, statements):
    head, first, second = desk
    group(head, "Общие срочные", audience="all")
    group(head, "Поздние", params={"tab": "all", "due": "overdue"})
    group(head, "Сезонные", params={**ALL, "tag": season(head)}, is_group=False)
    group(first, "Мои срочные", params={"priority": "urgent"})
    group(first, "С буквой", params={"tab": "all", "search": "жд"})
    assert groups_on(head, "Ждёт") == ["Общие срочные", "Поздние"]
    assert groups_on(head, "Обычная") == []
    assert groups_on(first, "Ждёт") == ["Мои срочные", "С буквой", "Общие срочные"]
    row = first.client.get("tasks/", search="Ждёт").json()["results"][0]
    card, card_number = row["id"], row["number"].removeprefix("З-")

    def cost(who):
        with statements() as counted:
            who.client.get(f"tasks/{card}/groups/")
        return len(counted)

    cost(first)
    few = cost(first)
    for number in range(8):
        word = "з-" if number % 2 else ""
        group(first, f"Ещё {number}", params={**ALL, "tag": season(head), "search": f"{word}{card_number}"})
    assert cost(first) == few and len(groups_on(first, "Ждёт")) == 11
    assert second.client.get(f"tasks/{card}/groups/").status_code == 404


def test_employees_are_in_groups_too(desk, owner, company):
    head, first, second = desk
    place = owner.client.post("departments/", {"title": "Продажи"}).json()["id"]
    with company_scope(company):
        Employee.objects.filter(pk__in=[first.id, second.id]).update(department=place)
    card = owner.client.put(f"employees/{second.id}/tags/", {"tags": ["Испытательный срок"]})
    tag = card.json()["results"][0]["id"]
    trial = group(owner, "Новички", kind=PEOPLE, params={"tag": str(tag)}, audience="all")
    settled = group(
        owner, "Продажи без новичков", kind=PEOPLE, audience="all",
        params={"department": str(place), "not_in_view": str(trial)},
    )  # fmt: skip

    def names(**params):
        return {row["id"] for row in owner.client.get("employees/", **params).json()["results"]}

    assert names(in_view=settled) == {first.id} and names(in_view=trial) == {second.id}
    assert second.id not in names(not_in_view=trial) and head.id in names(not_in_view=trial)
    assert [one["title"] for one in owner.client.get(f"employees/{first.id}/groups/").json()["results"]] == [
        "Продажи без новичков"
    ]
    assert owner.client.get("employees/summary/", in_view=settled, group="department").json()["count"] == 1
    assert owner.client.post(f"employees/{first.id}/block/").status_code == 200
    assert names(in_view=settled) == set()


def test_figures_stand_where_they_are_wanted(desk, statements):
    head, first, _ = desk
    urgent = group(head, audience="all")
    late = group(head, "Поздние", params={"tab": "all", "due": "overdue"}, is_group=False)
    assert head.client.get("views/counts/", kind=TASKS).json() == {"results": []}
    assert head.client.patch("views/arrangement/", {"kind": TASKS, "counted": [urgent, late]}).status_code == 204
    assert head.client.get("views/", kind=TASKS).json()["counted"] == [urgent, late]
    assert first.client.get("views/", kind=TASKS).json()["counted"] == []
    with statements() as seen:
        counts = head.client.get("views/counts/", kind=TASKS).json()["results"]
    assert {one["id"]: one["count"] for one in counts} == {urgent: 2, late: 2} and all(
        one["is_exact"] for one in counts
    )
    assert len([one for one in seen if "AS counted" in one["sql"]]) == 1
    assert first.client.patch("views/arrangement/", {"kind": TASKS, "counted": [late]}).status_code == 422
    many = [group(head, f"Вид {n}") for n in range(MOST_COUNTED + 1)]
    assert head.client.patch("views/arrangement/", {"kind": TASKS, "counted": many}).status_code == 422
    assert head.client.delete(f"views/{late}/").status_code == 204
    assert head.client.get("views/", kind=TASKS).json()["counted"] == [urgent]


@pytest.mark.parametrize("words", ["priority", "tag", "search", "tag search"])
def test_a_list_with_a_group_costs_one_statement_more(desk, statements, words):
    head, *_ = desk
    known = {"priority": "urgent", "tag": season(head), "search": "сроч"}
    params = {name: known[name] for name in words.split()}
    base = group(head, params={**ALL, **params})
    over = group(head, "Поверх", params={**ALL, "in_view": str(base), "state": "open"})

    def cost(**asked):
        assert titles(head, **asked), asked
        with statements() as counted:
            titles(head, **asked)
        return len(counted)

    plain = cost(tab="all", **params)
    assert cost(tab="all", in_view=base) == cost(tab="all", in_view=over) == plain + 1
    assert cost(tab="all", not_in_view=over) == plain + 1


def test_the_conditions_of_a_group_stand_in_the_query_itself(desk, statements):
    head, first, _ = desk
    base = group(head, audience="all")
    over = group(head, "Поверх", params={**ALL, "in_view": str(base), "state": "open"}, audience="all")
    for who in (head, first):
        with statements() as seen:
            assert titles(who, in_view=over) == {"Ждёт", "Срочная"}
        (page,) = [one["sql"] for one in seen if "LIMIT 51" in one["sql"]]
        assert '"entities_entity"."priority" = 2' in page and """"entities_entity"."state" = 'open'""" in page
        assert "saved_views" not in page


def test_modules_take_the_cards_of_a_group_by_a_door(desk):
    head, first, _ = desk
    urgent = group(head, audience="all")
    with company_scope(head.company):
        view, kind = SavedView.objects.get(pk=urgent), registry.kind_of(TASKS)
        assert set(cards_in(view, kind, by=first.actor()).values_list("title", flat=True)) == {"Ждёт", "Срочная"}
        assert cards_in(view, kind, by=head.actor()).count() == 2
