"""What stands in the fields of a card: every sort of value, who writes, what the history tells."""

from datetime import date

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from core.attachments.models import Attachment
from core.context import company_scope
from core.custom_fields.models import Field, FieldKey
from core.custom_fields.rules import contents
from core.custom_fields.rules.shapes import read_settings
from core.texts import clean_line

from .conftest import PEOPLE, TASKS


def wrong(answer):
    assert answer.status_code == 422, answer.json()
    return {error["pointer"] for error in answer.json()["errors"]}


def test_each_sort_of_value_is_read_as_it_was_written(desk, fill, shown, company):
    desk.define("Адрес", "text", code="address")
    desk.define("Примечание", "text", code="note", settings={"multiline": True})
    desk.define("Вес", "number", code="weight", settings={"unit": "кг", "precision": 3})
    desk.define("Сумма", "money", code="sum")
    desk.define("Отгрузка", "date", code="shipped")
    desk.define("Срочно", "flag", code="urgent")
    colours = desk.define(
        "Цвет", "list", code="colour", settings={"options": [{"title": "Белый"}, {"title": "Чёрный"}]}
    )
    desk.define("Приёмщик", "person", code="keeper")
    desk.define("Основание", "card", code="basis", settings={"kinds": [TASKS]})
    desk.define("Акт", "file", code="act")
    path, other = desk.task(), desk.task(title="Основание работ")
    with company_scope(company):
        file = Attachment.objects.create(
            entity_id=path.split("/")[1], author_id=desk.initiator.principal.pk, name="акт.pdf", size=5,
            content_type="application/pdf", state="ready", storage_key=f"{company.schema}/act",
        )  # fmt: skip
    white = colours["settings"]["options"][0]["code"]
    answer = fill(
        desk.initiator, path, address=" ул.  Мира, 5 ", note="раз\nдва", weight="1,5", sum=1500, shipped="2026-12-01",
        urgent=False, colour=[white], keeper=desk.stranger.id, basis=f"tasks.task/{other.split('/')[1]}", act=file.pk,
    )  # fmt: skip
    assert answer.status_code == 200, answer.json()
    seen = shown(desk.assignee, path)
    assert (seen["address"], seen["note"], seen["weight"], seen["sum"]) == (
        "ул. Мира, 5",
        "раз\nдва",
        "1.500",
        "1500.00",
    )
    assert (seen["shipped"], seen["urgent"], seen["colour"]) == ("2026-12-01", False, [white])
    assert (seen["keeper"]["id"], seen["basis"]["title"], seen["act"]["name"]) == (
        desk.stranger.id,
        "Основание работ",
        "акт.pdf",
    )
    assert fill(desk.assignee, path, address="", colour=[], keeper=None, basis=None, act=None).status_code == 200
    seen = shown(desk.initiator, path)
    assert {seen[code] for code in ("address", "keeper", "basis", "act")} == {None} and seen["colour"] is None


def test_wrong_values_are_all_named_at_their_fields(desk, fill):
    desk.define("Сумма", "money", code="sum")
    desk.define("Дата", "date", code="day")
    desk.define("Кто", "person", code="who")
    desk.define("Что", "card", code="what", settings={"kinds": [TASKS]})
    desk.define("Файл", "file", code="file")
    desk.define("Итог", "formula", code="total", settings={"formula": "[Сумма] * 2"})
    desk.define("Цвет", "list", code="colour", settings={"options": [{"title": "Белый"}]})
    path = desk.task()
    secret = desk.stranger.client.post("tasks/", {"title": "Чужая", "assignee": desk.stranger.id}).json()["ref"]
    for values in (
        {"sum": "1,555", "day": "2026-02-30", "who": 10**9, "what": secret, "file": 1, "total": "5", "nothing": 1},
        {"sum": "много", "day": 5, "who": "1", "what": "tasks.task/99999999", "file": True, "colour": "red"},
        {"sum": True, "what": f"{PEOPLE}/{desk.stranger.id}", "colour": [1], "day": ["2026-01-01"]},
        {"colour": {"a": 1}, "what": 5, "who": -1},
    ):
        assert wrong(fill(desk.initiator, path, **values)) == {f"/fields/{code}" for code in values}
    assert wrong(fill(desk.initiator, path, **{"a/b": 1})) == {"/fields"}
    both = {
        error["detail"]
        for ref in (secret, "tasks.task/99999999")
        for error in fill(desk.initiator, path, what=ref).json()["errors"]
    }
    assert len(both) == 1


def test_whoever_answers_for_the_card_fills_and_others_read(desk, fill, shown, person, company):
    desk.define("Сумма", "money", code="sum")
    watcher = person(company)
    path = desk.task(watchers=[watcher.id])
    assert fill(desk.assignee, path, sum="5").status_code == 200
    assert fill(watcher, path, sum="6").status_code == 403
    assert fill(desk.stranger, path, sum="6").status_code == 404
    assert desk.stranger.client.get(path).status_code == 404
    assert shown(watcher, path) == {"sum": "5.00"}
    assert not watcher.client.get(path).json()["can_edit"]


def test_a_stale_change_is_shown_and_not_written(desk, shown):
    desk.define("Сумма", "money", code="sum")
    path = desk.task()
    seen = desk.initiator.client.get(path)
    assert seen["ETag"] == '"1"'
    body = {"fields": {"sum": "5"}}
    assert desk.assignee.client.patch(path, body, if_match='"1"')["ETag"] == '"2"'
    stale = desk.initiator.client.patch(path, {"fields": {"sum": "6"}}, if_match='"1"')
    assert (stale.status_code, stale.json()["current"]["results"][0]["value"]) == (412, "5.00")
    again = desk.initiator.client.patch(path, body)
    assert (again.status_code, again["ETag"]) == (200, '"2"'), "what changes nothing leaves no trace"


def test_the_history_tells_old_and_new(desk, fill):
    desk.define("Сумма", "money", code="sum")
    desk.define("Приёмщик", "person", code="keeper")
    path = desk.task()
    fill(desk.initiator, path, sum="1500", keeper=desk.assignee.id)
    fill(desk.assignee, path, sum="2000,5")
    lines = desk.initiator.client.get(path.replace("fields", "history")).json()["results"]
    assert lines[0]["title"] == "изменил(а) поля"
    told = [[(one["label"], one["old"], one["new"]) for one in line["changes"]] for line in lines[:2]]
    assert told[0] == [("Сумма", "1\u00a0500,00\u00a0₽", "2\u00a0000,50\u00a0₽")]
    assert told[1][1] == ("Приёмщик", None, "Петров П.")


def test_people_have_fields_too(desk, shown):
    desk.define("Размер одежды", "number", code="size", kind=PEOPLE, settings={"precision": 0})
    path = f"employees/{desk.assignee.id}/fields/"
    assert desk.assignee.client.patch(path, {"fields": {"size": 52}}).status_code == 200
    assert shown(desk.stranger, path) == {"size": "52"}
    assert desk.stranger.client.patch(path, {"fields": {"size": 50}}).status_code == 403


def test_a_purged_card_takes_its_references_along(desk, fill, shown, company):
    """Foreign keys keep references alive: nothing points to what is gone."""
    desk.define("Основание", "card", code="basis", settings={"kinds": [TASKS]})
    path, other = desk.task(), desk.task(title="Основание работ")
    number = int(other.split("/")[1])
    fill(desk.initiator, path, basis=f"tasks.task/{number}")
    with company_scope(company):
        FieldKey.objects.filter(card_id=number).delete()
    assert shown(desk.initiator, path) == {"basis": None}


def test_a_card_that_the_reader_may_not_see_is_said_to_be_there_and_nothing_more(desk, fill):
    desk.define("Основание", "card", code="basis", settings={"kinds": [TASKS]})
    path = desk.task()
    secret = desk.initiator.client.post("tasks/", {"title": "Тайная", "assignee": desk.initiator.id}).json()
    fill(desk.initiator, path, basis=secret["ref"])
    (row,) = desk.assignee.client.get(path).json()["results"]
    assert (row["value"], row["is_unseen"]) == (None, True)
    assert fill(desk.assignee, path).status_code == 200
    (row,) = desk.initiator.client.get(path).json()["results"]
    assert row["value"]["title"] == "Тайная"
    history = desk.assignee.client.get(path.replace("fields", "history"))
    assert "Тайная" not in str(history.json())


def test_another_company_sees_none_of_it(desk, other_owner):
    field = desk.define("Сумма", "money", code="sum")
    assert other_owner.client.get("custom-fields/", kind=TASKS).json()["results"] == []
    assert other_owner.client.patch(f"custom-fields/{field['id']}/", {"title": "Чужое"}).status_code == 404


def test_reading_a_card_costs_the_same_however_many_fields(desk, fill, statements, company):
    def cost():
        with statements() as seen:
            assert desk.assignee.client.get(path).status_code == 200
        return len(seen)

    for number in range(3):
        desk.define(f"Кто {number}", "person", code=f"who{number}")
        desk.define(f"Что {number}", "card", code=f"what{number}", settings={"kinds": [TASKS]})
    path = desk.task()
    ref = f"tasks.task/{path.split('/')[1]}"
    fill(desk.initiator, path, who0=desk.stranger.id, what0=ref)
    cost()
    few = cost()
    assert few <= 15
    fill(desk.initiator, path, who1=desk.initiator.id, who2=desk.assignee.id, what1=ref, what2=ref)
    assert cost() == few


TYPES = {
    "number": (st.decimals(-(10**14), 10**14, places=2), {"precision": 2}),
    "money": (st.decimals(-(10**14), 10**14, places=2), {}),
    "date": (st.dates(min_value=date(1900, 1, 1), max_value=date(2199, 1, 1)), {}),
    "flag": (st.booleans(), {}),
    "text": (st.text(max_size=200), {}),
}  # fmt: skip


@settings(max_examples=200, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.sampled_from(sorted(TYPES)).flatmap(lambda name: st.tuples(st.just(name), TYPES[name][0])))
def test_what_is_kept_is_read_again_as_the_same(told):
    of_type, value = told
    field = Field(type=of_type, settings=read_settings(of_type, TYPES[of_type][1], {}))
    sent = value if isinstance(value, bool | str) else str(value)
    kept = contents.read(field, sent)
    assert contents.read(field, kept) == kept
    meant = contents.of_formulas(field, kept)
    assert meant == (clean_line(value) or None if of_type == "text" else value)
    assert len(contents.keys_of(field, kept)) == (0 if kept is None else 1)


@settings(max_examples=300, deadline=None)
@given(
    st.sampled_from(["text", "number", "money", "date", "flag", "list"]),
    st.recursive(
        st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=20),
        lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=3), inner, max_size=2),
        max_leaves=5,
    ),
)
def test_any_json_is_a_value_or_a_sentence(of_type, sent):
    options = {"options": [{"title": "Да"}]} if of_type == "list" else {}
    field = Field(type=of_type, settings=read_settings(of_type, options, {}))
    try:
        kept = contents.read(field, sent)
    except contents.WrongValue as refused:
        assert str(refused)
        return
    assert kept is None or contents.read(field, kept, kept) == kept
