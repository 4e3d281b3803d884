"""What a company decides about its documents, and what they are tied to: statuses, demanded fields, tasks, talk."""

import pytest

from modules.documents.models import Document
from tests.modules.documents.test_routes import ok

KIND = Document.KIND


@pytest.mark.row("D-16")
def test_statuses_of_documents_are_added_renamed_coloured_and_bound_by_moves(write, cast, owner, press, deliver):
    card = write("Договор поставки")
    ok(press(cast.author, card, "register"))
    rows = ok(owner.client.post("own-statuses/scheme/", {"kind": KIND, "card_type": ""}), 201)["statuses"]
    deliver()
    plain = {row["title"]: row["id"] for row in rows}
    given = {"kind": KIND, "title": "У подрядчика", "base": "registered", "color": "amber"}
    added = ok(owner.client.post("own-statuses/", given), 201)["id"]
    path = f"documents/{card['id']}/"
    titles = [one["title"] for one in ok(cast.author.client.get(path))["status_moves"]]
    assert "У подрядчика" in titles, "whoever works sees it at once"
    moved = ok(cast.author.client.post(f"{path}status/", {"to": added}))
    assert (moved["status"], moved["status_title"]) == ("registered", "У подрядчика")
    ok(owner.client.patch(f"own-statuses/{added}/", {"title": "На подписи у подрядчика", "color": "violet"}))
    shown = ok(cast.author.client.get(path))
    assert shown["status_title"] == "На подписи у подрядчика"
    back = {"source": added, "to": plain["Зарегистрирован"]}
    ok(owner.client.put("own-statuses/scheme/moves/", {"kind": KIND, "moves": [back]}))
    left = [one["title"] for one in ok(cast.author.client.get(path))["status_moves"]]
    assert left == ["Зарегистрирован"], "only the drawn move is left"


@pytest.mark.row("D-17")
@pytest.mark.parametrize(("status", "deed"), [("draft", None), ("on_route", "send"), ("registered", "register")])
def test_a_demanded_field_is_asked_for_when_it_is_needed(write, cast, owner, press, status, deed):
    field = {
        "kind": KIND, "title": "Номер заявки", "type": "text", "required_at": [status], "card_types": ["order"],
    }  # fmt: skip
    code = ok(owner.client.post("custom-fields/", field), 201)["code"]
    if deed is None:
        refused = cast.author.client.post("documents/", {"title": "О режиме", "card_type": "order"})
        assert refused.status_code == 422
    else:
        card = write("О режиме", card_type="order")
        refused = press(owner if deed == "register" else cast.author, card, deed)
        if deed == "register":
            ok(press(cast.author, card, "submit"))
            refused = press(cast.clerk, card, "register")
        assert refused.status_code == 422
        assert ok(cast.author.client.get(f"documents/{card['id']}/"))["status"] in ("draft", "approved")
    (wrong,) = refused.json()["errors"]
    assert wrong["pointer"].removeprefix("/") in (f"fields.{code}", f"fields/{code}") and wrong["detail"]


@pytest.mark.row("T-10")
def test_a_task_with_a_document_stands_among_the_tasks_of_the_document(write, cast):
    card = write("Техническое задание")
    task = ok(cast.author.client.post("tasks/", {"title": "Согласовать ТЗ", "assignee": cast.author.id}), 201)
    told = {"ref": f"documents.document/{card['id']}", "relation": "related"}
    ok(cast.author.client.post(f"tasks/{task['id']}/links/", told), 201)
    (tied,) = ok(cast.author.client.get(f"documents/{card['id']}/links/"))["results"]
    assert tied["card"]["ref"] == f"tasks.task/{task['id']}"
    assert (tied["card"]["kind_title"], tied["card"]["number"]) == ("Задача", task["number"])
    (seen,) = ok(cast.author.client.get(f"tasks/{task['id']}/links/"))["results"]
    assert seen["card"]["ref"] == f"documents.document/{card['id']}"


@pytest.mark.row("D-15", waits="chat")
def test_people_talk_on_a_document_and_hear_each_other(registered, cast, deliver, company):
    card = registered("О сроках", watchers=[cast.chief.id])
    ok(cast.chief.client.post(f"documents/{card['id']}/comments/", {"text": f"Ускорить @[{cast.author.id}]"}), 201)
    deliver()
    told = ok(cast.author.client.get("notices/"))["results"]
    assert any(one["ref"] == f"documents.document/{card['id']}" for one in told)
