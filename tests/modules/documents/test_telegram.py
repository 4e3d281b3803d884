"""Deciding in Telegram: the question comes with its buttons and with the document on paper."""

from io import BytesIO

import pytest
from pypdf import PdfReader

from tests.core.notifications.conftest import data_of, message, said, titles
from tests.core.notifications.conftest import press as pressed
from tests.modules.documents.test_routes import ok, state

pytestmark = pytest.mark.row("TG-04")


@pytest.fixture
def lawyer(desk, linked, owner, world):
    """(lawyer, his chat); the company lets titles and papers into chats."""
    ok(owner.client.put("gateways/telegram/", {"mode": "sandbox", "details": True}))
    return desk[0], linked(desk[0])


@pytest.fixture
def push(world, hook, deliver):
    """`push(chat, "Согласовать")` presses a button under the newest message that has it; what the bot answers."""

    def run(chat, title):
        row = next(one for one in said(world, chat) if title in titles(one))
        answer = hook(pressed(chat, data_of(row, title), under=row["id"])).json()
        deliver()
        return answer["text"]

    return run


def paper_in(world, chat):
    """(message, words of the PDF) of the only paper in a chat."""
    (row,) = [one for one in said(world, chat) if one["file"]]
    status, _, content = world.call("GET", row["file"]["url"])
    assert status == 200
    return row, "\n".join(page.extract_text() for page in PdfReader(BytesIO(content)).pages)


def test_the_question_has_its_buttons_and_the_paper_lies_under_it(sent, lawyer, world, deliver):
    _, chat = lawyer
    sent("Договор поставки насосов", card_type="contract", amount="1000.00", content="Двенадцать насосов.")
    deliver()
    row, words = paper_in(world, chat)
    asked = next(one for one in said(world, chat) if not one["file"])
    assert titles(asked) == ["Согласовать", "На доработку", "Отклонить"]
    assert "Договор поставки насосов" in asked["text"]
    assert row["answers"] == asked["id"] and row["file"]["name"].endswith(".pdf")
    assert "Двенадцать насосов" in words.replace("\n", " ")
    deliver()
    assert len([one for one in said(world, chat) if one["file"]]) == 1, "one paper under one message"


def test_a_button_decides_about_what_was_shown(sent, lawyer, cast, deliver, push, world):
    who, chat = lawyer
    card = sent(card_type="contract", amount="1000.00")
    deliver()
    assert push(chat, "Согласовать").endswith("согласовано")
    strip = ok(cast.author.client.get(f"cards/{card['id']}/route/"))
    assert next(one for one in strip["run"]["stages"] if one["code"] == "legal")["place"] == "done"
    (decision,) = [one for stage in strip["run"]["stages"] for one in stage["people"] if one["verdict"] == "approve"]
    assert decision["person"]["id"] == who.id
    assert not any(titles(one) for one in said(world, chat)), "what is decided has no buttons"


def test_what_was_changed_since_is_looked_at_first(sent, lawyer, cast, deliver, hook, world):
    _, chat = lawyer
    card = sent(card_type="contract", amount="1000.00")
    deliver()
    asked = next(one for one in said(world, chat) if titles(one))
    data = data_of(asked, "Согласовать")
    ok(cast.author.client.patch(f"documents/{card['id']}/", {"amount": "900000.00"}))
    answer = hook(pressed(chat, data, under=asked["id"])).json()
    assert "изменили" in answer["text"]
    deliver()
    strip = ok(cast.author.client.get(f"cards/{card['id']}/route/"))
    assert next(one for one in strip["run"]["stages"] if one["code"] == "legal")["place"] == "now"


def test_a_refusal_asks_for_its_reason(sent, lawyer, cast, deliver, push, hook, world):
    _, chat = lawyer
    card = sent(card_type="contract", amount="1000.00")
    deliver()
    push(chat, "Отклонить")
    question = said(world, chat)[0]
    assert question["asks"]
    assert state(cast.author, card) == "on_route", "nothing is done before the answer"
    hook(message(chat, "Нет срока поставки", answers=question))
    deliver()
    assert state(cast.author, card) == "draft"


def test_without_the_companys_word_nothing_of_a_document_is_in_a_chat(
    sent,
    desk,
    linked,
    world,
    deliver,
    owner,
):
    chat = linked(desk[0])
    ok(owner.client.put("gateways/telegram/", {"mode": "sandbox", "details": False}))
    sent("Тайный договор", card_type="contract", amount="1000.00", content="Канарейка")
    deliver()
    rows = said(world, chat)
    assert rows and not any(one["file"] for one in rows)
    assert "Тайный" not in rows[0]["text"]
    assert titles(rows[0]) == ["Согласовать", "На доработку", "Отклонить"]


def test_a_paper_is_what_its_reader_may_see(write, press, lawyer, owner, cast, world, deliver):
    _, chat = lawyer
    limits = {"limits": [{"kind": "documents.document", "field": "content", "level": "hidden"}]}
    ok(owner.client.put("roles/employee/fields/", limits))
    card = write("Договор поставки", card_type="contract", amount="1000.00", content="Канарейка", by=cast.clerk)
    ok(press(cast.clerk, card, "send"))
    deliver()
    _, words = paper_in(world, chat)
    assert "Канарейка" not in words
