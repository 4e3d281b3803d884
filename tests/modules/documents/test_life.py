"""The life of a document through the API: from a draft to the archive, what may be changed when, who may press what."""

import pytest

from core.context import company_scope
from modules.documents.actions.routing import route_ended
from modules.documents.models import Document, Status

pytestmark = pytest.mark.row("D-18")


def codes(card):
    return [button["code"] for button in card["actions"]]


def seen_by(who, card):
    return who.client.get(f"documents/{card['id']}/")


def test_a_letter_goes_from_a_draft_to_the_archive_and_the_history_tells_it(write, cast, press):
    card = write(card_type="incoming", correspondent="ООО «Ромашка»", outer_number="17", outer_date="2026-11-02")
    assert (card["status"], card["number"], card["type"]["title"]) == ("draft", "", "Входящее письмо")
    assert card["due_at"], "letters that come are answered in time"
    assert press(cast.author, card, "register").json()["type"] == "/problems/not-registrar"
    assert press(cast.author, card, "submit").json()["status"] == "approved"
    got = press(cast.clerk, card, "register").json()
    assert (got["status"], got["number"]) == ("registered", "ВХ-1") and got["registered_on"]
    assert press(cast.clerk, got, "archive").json()["type"] == "/problems/no-case-file"
    file = cast.clerk.client.post("case-files/", {"index": "01-05", "title": "Переписка", "year": 2026}).json()
    assert cast.clerk.client.put(f"documents/{card['id']}/case-file/", {"case_file": file["id"]}).status_code == 200
    done = press(cast.clerk, got, "archive").json()
    assert (done["status"], done["state"], done["case_file"]["index"]) == ("archived", "done", "01-05")
    back = press(cast.clerk, got, "reopen", text="Пришёл ответ").json()
    assert (back["status"], back["number"], back["done_at"]) == ("registered", "ВХ-1", None)
    history = cast.author.client.get(f"documents/{card['id']}/history/", limit=50).json()["results"]
    told = [line["kind"] for line in history if line["kind"].startswith("documents.")]
    assert told == [
        "documents.reopened", "documents.archived", "documents.filed", "documents.registered", "documents.submitted",
        "documents.created",
    ]  # fmt: skip


def test_a_draft_is_its_authors_until_he_shows_it(write, cast, press):
    card = write(watchers=[cast.chief.id])
    for who in (cast.clerk, cast.chief):
        assert seen_by(who, card).status_code == 404
    press(cast.author, card, "submit")
    for who in (cast.clerk, cast.chief):
        assert seen_by(who, card).status_code == 200
    assert seen_by(cast.stranger, card).status_code == 404


def test_what_may_be_changed_depends_on_the_state(write, cast, press):
    card = write(card_type="contract", amount="1000.00")
    path = f"documents/{card['id']}/"

    def change(**fields):
        return cast.author.client.patch(path, fields)

    assert change(title="Иначе", amount="2000.00").status_code == 200
    press(cast.author, card, "submit")
    assert change(title="Ещё").json()["type"] == "/problems/document-waits"
    assert press(cast.clerk, card, "back").status_code == 422, "a reason is asked for"
    returned = press(cast.clerk, card, "back", text="Укажите срок").json()
    assert (returned["status"], returned["is_draft"]) == ("draft", False), "who has seen it goes on seeing it"
    assert change(valid_until="2027-01-31").status_code == 200
    press(cast.author, card, "submit")
    press(cast.clerk, card, "register")
    assert change(amount="3000.00").json()["type"] == "/problems/document-is-settled"
    assert change(valid_until="2027-02-28", paper_place="Папка 3").json()["valid_until"] == "2027-02-28"
    assert cast.author.client.patch(f"{path}fields/", {"card_type": "memo"}).json()["type"].endswith("is-settled")
    assert press(cast.author, card, "cancel").status_code == 422
    assert press(cast.author, card, "cancel", text="Ошибка").json()["state"] == "cancelled"
    assert change(paper_place="Папка 4").json()["type"] == "/problems/document-is-over"


def test_what_is_on_its_way_may_still_be_handed_to_another(write, cast, press):
    card = write()
    press(cast.author, card, "submit")
    path = f"documents/{card['id']}/"
    both = cast.author.client.patch(path, {"responsible": cast.chief.id, "title": "Иначе"})
    assert both.json()["type"] == "/problems/document-waits"
    given = cast.author.client.patch(path, {"responsible": cast.chief.id}).json()
    assert given["assignee"]["id"] == cast.chief.id
    assert cast.chief.client.get(path).status_code == 200


def test_buttons_are_those_that_can_be_pressed(write, cast, press):
    memo, order = write(card_type="memo"), write(card_type="order")
    assert (codes(memo), codes(order)) == (["send", "register", "submit"], ["send", "submit"])
    press(cast.author, order, "submit")
    assert codes(seen_by(cast.clerk, order).json()) == ["register", "back", "cancel"]
    assert codes(seen_by(cast.author, order).json()) == ["back", "cancel"]
    assert press(cast.clerk, order, "enact").json()["type"] == "/problems/wrong-moment"
    assert press(cast.clerk, order, "взлететь").status_code == 404


def test_a_numbered_document_is_never_thrown_away_by_any_door(registered, write, cast):
    card, draft = registered(), write()
    path = f"documents/{card['id']}/"
    assert cast.author.client.delete(path).json()["type"] == "/problems/registered-is-kept"
    many = cast.author.client.post("documents/bulk/", {"action": "trash", "ids": [card["id"], draft["id"]]}).json()
    assert [one["outcome"] for one in many["results"]] == ["refused", "done"]
    assert seen_by(cast.author, card).status_code == 200


def test_without_a_route_a_document_is_not_sent_and_with_one_it_is_not_registered_past_it(
    write, cast, press, owner, company
):
    refused = press(cast.author, write("Письмо без вида"), "send").json()
    assert refused["type"] == "/problems/no-route" and "регистрацию" in refused["detail"]
    card = write(card_type="order")
    assert owner.client.patch("document-types/order/", {"needs_route": True}).status_code == 200
    assert press(cast.author, card, "submit").json()["type"] == "/problems/route-needed"
    with company_scope(company):
        Document.objects.filter(pk=card["id"]).update(status=Status.ON_ROUTE, is_draft=False)
        held = Document.objects.get(pk=card["id"])
        assert route_ended(held, "approved", by=owner.actor()).status == Status.APPROVED
    assert press(cast.clerk, card, "register").json()["number"] == "П-1"
