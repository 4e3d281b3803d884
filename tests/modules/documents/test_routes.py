"""Documents on their routes, through the API: sent, decided about, edited on the way, returned, taken back."""

import pytest

from core.context import company_scope
from core.registry import registry
from core.routes.contents import routes_of, types_of
from core.routes.models import ApprovalList, Route, RouteVersion, Run
from core.routes.reading import checked, scheme_of
from modules.documents.models import Document
from modules.documents.seed import ACCOUNTANTS, LAWYERS, READY
from tests.modules.documents.test_life import codes, seen_by

pytestmark = pytest.mark.row("D-03", "D-05", "D-06", "D-09", "D-13", "D-14", "D-20")


def ok(answer, status=200):
    assert answer.status_code == status, answer.content.decode()
    return answer.json() if answer.content else None


def strip(who, card):
    return ok(who.client.get(f"cards/{card['id']}/route/"))


def places(who, card):
    return {one["code"]: one["place"] for one in strip(who, card)["run"]["stages"]}


def say(who, card, verdict="approve", text="", status=200, **more):
    told = strip(who, card)
    (mine,) = told["run"]["mine"]
    body = {"verdict": verdict, "seen": told["content"], "text": text, **more}
    return ok(who.client.post(f"route-steps/{mine['step']}/decide/", body), status)


def state(who, card):
    return seen_by(who, card).json()["status"]


def test_each_ready_type_has_a_route_along_which_cards_can_go(company):
    kind = registry.kind_of(Document.KIND)
    with company_scope(company):
        routes = Route.objects.filter(kind=kind.code)
        assert {row.card_type for row in routes.filter(by_hand=False)} == {one.code for one in READY}
        declared, types = routes_of(kind), types_of(kind)
        for row in RouteVersion.objects.filter(route__in=routes):
            scheme = scheme_of(row.scheme)
            assert checked(scheme, types=types, people=declared.people, signals=declared.signals) == scheme


def test_a_contract_is_looked_at_side_by_side_and_a_large_one_by_the_director(sent, desk, cast, owner, press):
    lawyer, accountant = desk
    small, large = (sent(card_type="contract", amount=amount) for amount in ("1000.00", "850000.00"))
    for card in (small, large):
        assert card["status"] == "on_route"
        assert places(cast.author, card) == {"legal": "now", "finance": "now", "director": "next"}
        assert state(lawyer, card) == "on_route", "whoever is asked sees it"
        say(accountant, card)
        say(lawyer, card)
    assert (state(cast.author, small), state(cast.author, large)) == ("approved", "on_route")
    assert places(cast.author, small)["director"] == "skipped"
    say(owner, large)
    assert state(cast.author, large) == "approved"
    assert ok(press(cast.clerk, large, "register"))["number"] == "ДГ-1"
    lines = ok(cast.author.client.get(f"documents/{large['id']}/history/", limit=50))["results"]
    told = [one["kind"] for one in lines]
    assert told[0] == "documents.registered" and "documents.approved" in told
    ended = lines[told.index("routes.ended")]
    assert (ended["title"], ended["changes"]) == ("завершил(а) маршрут: согласовано", []), "a sentence by itself"
    assert told.index("routes.ended") < told.index("routes.decided"), "newest first: the end stands after the decision"


def test_an_edit_on_the_way_asks_again_exactly_those_who_mind_it_and_shows_what_has_changed(sent, desk, cast):
    lawyer, accountant = desk
    card = sent(card_type="contract", amount="1000.00", content="Поставить насосы.")
    path = f"documents/{card['id']}/"
    assert seen_by(cast.author, card).json()["can"]["edit"] is True
    say(accountant, card)
    ok(cast.author.client.patch(path, {"content": "Поставить насосы и трубы."}))
    assert places(cast.author, card)["finance"] == "done", "the accountant minds money alone"
    before = strip(lawyer, card)
    ok(cast.author.client.patch(path, {"amount": "400000.00"}))
    newest = ok(cast.author.client.get(f"{path}history/", limit=50))["results"]
    change = next(one for line in newest for one in line["changes"] if one["field"] == "amount")
    assert (change["old"], change["new"]) == ("1\u00a0000,00 ₽", "400\u00a0000,00 ₽")
    assert places(cast.author, card) == {"legal": "now", "finance": "now", "director": "next"}
    finance = next(one for one in strip(cast.author, card)["run"]["stages"] if one["code"] == "finance")
    void = next(one for one in finance["people"] if one["is_void"])
    assert void["changes"] == [
        {"title": "Сумма", "old": "1 000,00 ₽", "new": "400 000,00 ₽"},
        {"title": "Содержание", "old": "Поставить насосы.", "new": "Поставить насосы и трубы."},
    ]
    (mine,) = before["run"]["mine"]
    told = {"verdict": "approve", "seen": before["content"]}
    refused = lawyer.client.post(f"route-steps/{mine['step']}/decide/", told)
    assert refused.status_code == 412
    assert refused.json()["changes"] == [{"title": "Сумма", "old": "1 000,00 ₽", "new": "400 000,00 ₽"}]


def test_a_returned_document_is_put_right_and_goes_on_where_it_was_refused(sent, desk, cast):
    lawyer, accountant = desk
    card = sent(card_type="contract", amount="1000.00")
    say(accountant, card)
    say(lawyer, card, "return", "Нет срока")
    assert state(cast.author, card) == "on_route"
    ok(cast.author.client.patch(f"documents/{card['id']}/", {"content": "Срок — май."}))
    say(cast.author, card, "done")
    assert places(cast.author, card)["finance"] == "done"
    say(lawyer, card)
    assert state(cast.author, card) == "approved"


def test_a_rejected_document_and_one_that_is_taken_back_are_drafts_again(sent, desk, cast, deliver, mailbox):
    lawyer, _ = desk
    rejected, recalled = sent("Первый", card_type="contract"), sent("Второй", card_type="contract")
    say(lawyer, rejected, "reject", "Дорого")
    assert cast.stranger.client.post(f"cards/{recalled['id']}/route/recall/", {}).status_code == 404
    assert lawyer.client.post(f"cards/{recalled['id']}/route/recall/", {}).status_code == 403
    ok(cast.author.client.post(f"cards/{recalled['id']}/route/recall/", {"text": "Рано"}))
    for card in (rejected, recalled):
        shown = seen_by(cast.author, card).json()
        assert (shown["status"], shown["is_draft"]) == ("draft", False)
        assert codes(shown)[0] == "send"
    deliver()
    letters = [str(one["Subject"]) for one in mailbox if one["To"] == cast.author.email]
    assert len([one for one in letters if "Первый" in one]) == 1, letters


def test_it_is_sent_by_the_door_of_routes_too_and_nobody_else_sends_it(write, desk, cast, press):
    card = write("Договор", card_type="contract")
    assert cast.clerk.client.post(f"cards/{card['id']}/route/", {}).status_code == 404, "a draft is its author's"
    told = ok(cast.author.client.post(f"cards/{card['id']}/route/", {}))
    assert (told["can_start"], told["can_recall"]) == (False, True) and state(cast.author, card) == "on_route"
    assert press(cast.author, card, "send").json()["type"] == "/problems/wrong-moment"
    ready = ok(press(cast.author, write("Записка", card_type="memo"), "register"))
    assert strip(cast.author, ready)["can_start"] is False
    assert cast.author.client.post(f"cards/{ready['id']}/route/", {}).json()["type"] == "/problems/wrong-moment"


def test_people_are_picked_by_the_sender_where_the_route_says_so(write, desk, cast, company):
    lawyer, accountant = desk
    card = write("Письмо без вида")
    offered = ok(cast.author.client.get(f"cards/{card['id']}/routes/"))
    assert offered["suits"] is None
    (route,) = offered["results"]
    assert route["picks"] is True
    assert {one["title"]: [who["id"] for who in one["people"]] for one in offered["lists"]} == {
        ACCOUNTANTS: [accountant.id], LAWYERS: [lawyer.id],
    }  # fmt: skip
    path = f"cards/{card['id']}/route/"
    refused = cast.author.client.post(path, {"route": route["id"]})
    assert refused.status_code == 422 and refused.json()["errors"][0]["pointer"].endswith("people")
    ok(cast.author.client.post(path, {"route": route["id"], "people": [lawyer.id, cast.chief.id]}))
    assert state(cast.chief, card) == "on_route"
    say(lawyer, card)
    say(cast.chief, card)
    assert state(cast.author, card) == "approved"
    other = write("Договор", card_type="contract")
    assert cast.author.client.post(f"cards/{other['id']}/route/", {"people": [lawyer.id]}).status_code == 422
    with company_scope(company):
        assert Run.objects.get(entity=card["id"]).picked == [lawyer.principal.pk, cast.chief.principal.pk]


def test_until_the_lists_have_people_the_owner_is_asked(sent, cast, owner, company):
    card = sent(card_type="act")
    assert [one["step"] for one in strip(owner, card)["run"]["mine"]]
    with company_scope(company):
        assert not ApprovalList.objects.get(title=ACCOUNTANTS).lines.exists()


def test_a_memo_waits_for_its_addressee_and_his_resolution_gives_work_on_the_way(sent, cast, write, press):
    memo = sent("О закупке", card_type="memo", addressee=cast.chief.id)
    assert places(cast.author, memo) == {"addressee": "now"}
    lines = [one for section in ok(cast.chief.client.get("waiting/"))["sections"] for one in section["results"]]
    assert any(one["key"].startswith("route-step/") for one in lines)
    letter = sent("Запрос", card_type="incoming", addressee=cast.chief.id)
    ok(cast.chief.client.post(f"documents/{letter['id']}/resolutions/", {"text": "К исполнению"}), 201)
    say(cast.chief, letter, "done")
    assert state(cast.author, letter) == "approved"


def test_the_undo_of_a_move_takes_nothing_off_its_route(sent, desk, cast, company):
    from modules.documents.actions.moving import go_back
    from modules.documents.errors import DocumentOnRoute

    card = sent(card_type="contract")
    with company_scope(company), pytest.raises(DocumentOnRoute):
        go_back(Document.objects.get(pk=card["id"]), {"status": "draft"}, by=cast.author.actor())
    assert state(cast.author, card) == "on_route"


def test_who_would_get_it_if_the_sum_were_large(desk, owner, cast):
    lawyer, accountant = desk
    rows = ok(owner.client.get("routes/", kind=Document.KIND))["results"]
    route = next(row for row in rows if row["card_type"] == "contract")
    told = {"initiator": cast.author.id, "values": {"Сумма": 850000}}
    stages = {one["code"]: one for one in ok(owner.client.post(f"routes/{route['id']}/trial/", told))["stages"]}
    assert [one["person"]["id"] for one in stages["legal"]["people"]] == [lawyer.id]
    assert not stages["director"]["is_passed_over"] and stages["director"]["people"][0]["person"]["id"] == owner.id


@pytest.mark.row("D-04", "D-19")
def test_the_report_tells_at_which_stage_and_with_whom_each_stands_and_opens_the_rows(sent, desk, cast, write, press):
    lawyer, accountant = desk
    first, second = sent("Первый", card_type="contract"), sent("Второй", card_type="contract")
    sent("О закупке", card_type="memo", addressee=cast.chief.id)
    ok(press(cast.author, write("Письмо"), "register"))
    say(lawyer, second)
    known = {
        "stage": {"Юрист": 1, "Бухгалтерия": 1, "Адресат": 1, "none": 1},
        "holder": {str(lawyer.id): 1, str(accountant.id): 1, str(cast.chief.id): 1, "none": 1},
    }
    for group, wanted in known.items():
        told = ok(cast.author.client.get("documents/summary/", group=group))
        assert {one["value"]: one["count"] for one in told["groups"]} == wanted
        for value, count in wanted.items():
            rows = ok(cast.author.client.get("documents/", group=group, in_group=value))["results"]
            assert len(rows) == count, (group, value)
    (row,) = ok(cast.author.client.get("documents/", group="holder", in_group=str(accountant.id)))["results"]
    assert row["id"] == second["id"] != first["id"]
