"""«На согласование» on many documents at once: each by itself, taken back for an hour while nobody has decided."""

import pytest

from core.context import company_scope
from core.routes.models import Run
from tests.modules.documents.test_routes import ok, say, state, strip

pytestmark = pytest.mark.row("D-09", "D-20")


def send(who, ids, status=200, **values):
    return ok(who.client.post("documents/bulk/", {"action": "send", "ids": ids, "values": values}), status)


def undo(who, answer):
    told = ok(who.client.post("documents/bulk/undo/", {"undo": answer["undo"]}))["results"]
    return {line["id"]: (line["outcome"], line["reason"]) for line in told}


def test_each_goes_by_itself_and_says_why_it_does_not(write, cast, desk, registered, company):
    cards = [write(f"Договор {n}", card_type="contract", amount="1000.00") for n in range(3)]
    over = registered("Письмо")
    told = send(cast.author, [*(card["id"] for card in cards), over["id"], 2**40], text="Срочно")
    assert [line["outcome"] for line in told["results"]] == ["done", "done", "done", "refused", "refused"]
    assert all(line["reason"] for line in told["results"][3:])
    assert [state(cast.author, card) for card in cards] == ["on_route"] * 3
    with company_scope(company):
        assert Run.objects.filter(entity__in=[card["id"] for card in cards], outcome="").count() == 3
    said = ok(cast.author.client.get(f"documents/{cards[0]['id']}/comments/"))["results"]
    assert [one["text"] for one in said] == ["Срочно"]
    again = send(cast.author, [cards[0]["id"]])["results"]
    assert again[0]["outcome"] == "refused"


def test_what_was_sent_is_taken_back_but_where_somebody_has_decided(write, cast, desk, company):
    lawyer, _ = desk
    untouched, decided = (write(f"Договор {n}", card_type="contract", amount="1000.00") for n in range(2))
    answer = send(cast.author, [untouched["id"], decided["id"]])
    say(lawyer, decided)
    told = undo(cast.author, answer)
    assert told[untouched["id"]] == ("done", "")
    assert told[decided["id"]][0] == "refused" and "решил" in told[decided["id"]][1]
    assert (state(cast.author, untouched), state(cast.author, decided)) == ("draft", "on_route")
    assert strip(cast.author, untouched)["run"]["outcome"] == "recalled"
    assert strip(lawyer, decided)["run"]["outcome"] == ""
    # The note has been used up: what it tells of is not how the card stands now.
    assert undo(cast.author, answer)[untouched["id"]][0] == "refused"


def test_a_long_list_is_sent_a_hundred_at_a_time(write, cast, desk):
    for n in range(3):
        write(f"Записка {n}", card_type="memo", addressee=cast.chief.id)
    asked = {"action": "send", "filter": {"tab": "drafts"}, "count": 3}
    told = ok(cast.author.client.post("documents/bulk/", asked))
    assert ([line["outcome"] for line in told["results"]], told["next"]) == (["done"] * 3, None)


def test_nobody_sends_what_is_not_his(write, cast, desk, owner):
    card = write("Договор", card_type="contract", amount="1000.00")
    assert send(cast.stranger, [card["id"]])["results"][0]["outcome"] == "refused"
    answer = send(cast.author, [card["id"]])
    refused = owner.client.post("documents/bulk/undo/", {"undo": answer["undo"]})
    assert refused.status_code == 409, "only whoever has sent takes it back"
    assert state(cast.author, card) == "on_route"
