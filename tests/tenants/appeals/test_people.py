"""People of a company ask: what goes along, who reads it, how much of it, and nobody else's."""

import uuid
from datetime import timedelta

import pytest
import time_machine
from django.utils import timezone

from core.context import company_scope, control_scope
from core.events.models import Fact
from core.identity.models import Principal
from tenants.appeals import rules
from tenants.appeals.models import Appeal, Line
from tests.support.client import Api

from .conftest import answered, asked, made, said, texts

pytestmark = pytest.mark.row("PL-16")
CONTEXT = {
    "address": "/tasks/12?search=Иванова&state=open",
    "card_kind": "tasks.task",
    "card_number": "З-12",
    "browser": "Firefox 142, Windows",
    "screen": "1440 × 900",
    "time_zone": "Europe/Samara",
    "build": "r-41",
    "request_id": "0a1b2c3d4e5f",
}


def test_whoever_works_here_asks_with_what_he_lets_go_along(asker, company):
    appeal = made(asker, "Не печатается наряд\nУже третий день", context=CONTEXT)
    found = asker.client.get(f"help/appeals/{appeal}/").json()
    assert (found["topic"], found["state"], found["is_own"]) == ("Не печатается наряд", "new", True)
    assert found["author"] == "Ильин Олег"
    # What was looked for stays at home, even if a page sends it.
    assert found["context"] == CONTEXT | {"address": "/tasks/12?search&state"}
    assert found["card_kind_title"] == "Задача"
    assert texts(asker, appeal) == ["Не печатается наряд\nУже третий день"]
    with company_scope(company):
        fact = Fact.objects.get(kind="appeals.made")
        assert fact.payload == {"appeal_id": appeal} and fact.actor_id == asker.principal.pk


def test_each_part_of_the_context_may_stay_at_home(asker):
    appeal = made(asker, context={"browser": "Firefox 142", "screen": ""})
    assert asker.client.get(f"help/appeals/{appeal}/").json()["context"] == {"browser": "Firefox 142"}
    assert asker.client.get(f"help/appeals/{made(asker)}/").json()["context"] == {}


@pytest.mark.parametrize("address", ["https://evil.example/x", "//evil.example", "javascript:alert(1)", "tasks"])
def test_an_address_is_a_path_of_the_product(asker, address):
    appeal = made(asker, context={"address": address})
    assert asker.client.get(f"help/appeals/{appeal}/").json()["context"] == {}


def test_words_are_words_whatever_they_look_like(asker, helper, deliver, mailbox):
    evil = '<img src=x onerror="alert(1)"><script>alert(2)</script> {{7*7}}'
    appeal = made(asker, evil, context={"browser": evil})
    assert texts(asker, appeal) == [evil]
    assert helper.client.get(f"appeals/{appeal}/").json()["context"]["browser"] == evil
    answered(helper, appeal, evil)
    deliver()
    (letter,) = [one for one in mailbox if "Ответ поддержки" in str(one["Subject"])]
    html = letter.get_body(("html",)).get_content()
    assert "<script>" not in html and "<img" not in html and "&lt;script&gt;" in html


def test_a_repetition_makes_no_second_appeal_and_no_second_word(asker):
    body = {"key": str(uuid.uuid4()), "text": "Раз"}
    first, second = (asker.client.post("help/appeals/", body) for _ in range(2))
    assert first.json()["id"] == second.json()["id"]
    more = {"key": str(uuid.uuid4()), "text": "Два"}
    path = f"help/appeals/{first.json()['id']}/lines/"
    assert asker.client.post(path, more).json()["id"] == asker.client.post(path, more).json()["id"]
    assert texts(asker, first.json()["id"]) == ["Раз", "Два"]


def test_the_key_of_another_is_no_key_of_mine(asker, owner):
    key = str(uuid.uuid4())
    first = asker.client.post("help/appeals/", {"key": key, "text": "Моё"}).json()
    second = owner.client.post("help/appeals/", {"key": key, "text": "Другое"}).json()
    assert first["id"] != second["id"] and second["topic"] == "Другое"


def test_another_person_reads_nothing_of_it_and_the_owner_reads_all(asker, owner, person, company):
    appeal, other = made(asker, "Моё"), person(company)
    assert other.client.get("help/appeals/", all="true").json()["results"] == []
    for path in ("", "lines/"):
        assert other.client.get(f"help/appeals/{appeal}/{path}").status_code == 404
    assert said(other, appeal, "Чужое").status_code == 404
    for deed in ("close", "reopen"):
        assert other.client.post(f"help/appeals/{appeal}/{deed}/").status_code == 404
    assert owner.client.get("help/appeals/").json()["results"] == []
    (seen,) = owner.client.get("help/appeals/", all="true").json()["results"]
    assert (seen["id"], seen["is_own"]) == (appeal, False)
    assert said(owner, appeal, "Я его директор").status_code == 201
    assert texts(asker, appeal) == ["Моё", "Я его директор"]


def test_another_company_reads_nothing_of_it(asker, other_owner):
    appeal = made(asker)
    assert other_owner.client.get("help/appeals/", all="true").json()["results"] == []
    for path in ("", "lines/"):
        assert other_owner.client.get(f"help/appeals/{appeal}/{path}").status_code == 404
    assert said(other_owner, appeal, "Чужое").status_code == 404


def test_a_guest_asks_whoever_has_invited_him(asker, company):
    with company_scope(company):
        Principal.objects.filter(pk=asker.principal.pk).update(kind=Principal.Kind.GUEST)
    refused = asked(asker)
    assert (refused.status_code, refused.json()["type"]) == (403, "/problems/forbidden")
    assert asker.client.post("help/files/", {"name": "а.pdf", "size": 5}).status_code == 403
    with control_scope():
        assert not Appeal.objects.exists()


def test_whoever_is_not_signed_in_comes_to_nothing(asker, company):
    appeal = made(asker)
    for path in ("help/", "help/appeals/", f"help/appeals/{appeal}/", f"help/appeals/{appeal}/lines/"):
        assert Api(company).get(path).status_code == 401


@pytest.mark.parametrize(
    ("text", "told"), [("", "Напишите"), (" \u200b\n", "Напишите"), ("я" * (rules.LONGEST_TEXT + 1), "Не больше")]
)
def test_something_must_be_said_and_not_too_much(asker, text, told):
    refused = asked(asker, text)
    assert refused.status_code == 422
    assert told in refused.json()["errors"][0]["detail"]


def test_a_matter_goes_on_is_closed_and_opened_again(asker, helper):
    appeal = made(asker)
    answered(helper, appeal, "Какой принтер?", waits=True)
    state = lambda: asker.client.get(f"help/appeals/{appeal}/").json()["state"]  # noqa: E731
    assert state() == "waiting"
    assert said(asker, appeal, "Обычный").status_code == 201
    assert state() == "new"
    answered(helper, appeal, "Тогда так")
    assert state() == "answered"
    assert asker.client.post(f"help/appeals/{appeal}/close/").json()["state"] == "closed"
    refused = said(asker, appeal, "И ещё")
    assert (refused.status_code, refused.json()["type"]) == (409, "/problems/appeal-is-closed")
    assert asker.client.post(f"help/appeals/{appeal}/reopen/").json()["state"] == "new"
    assert said(asker, appeal, "И ещё").status_code == 201
    lines = reversed(asker.client.get(f"help/appeals/{appeal}/lines/").json()["results"])
    assert [line["is_support"] for line in lines] == [False, True, False, True, False]


def test_lists_come_by_pages_and_are_narrowed(asker):
    ids = [made(asker, f"Вопрос {number}") for number in range(3)]
    asker.client.post(f"help/appeals/{ids[0]}/close/")
    first = asker.client.get("help/appeals/", limit="2").json()
    assert [row["id"] for row in first["results"]] == [ids[0], ids[2]]
    rest = asker.client.get("help/appeals/", limit="2", cursor=first["next"]).json()
    assert [row["id"] for row in rest["results"]] == [ids[1]] and rest["next"] is None
    assert [row["id"] for row in asker.client.get("help/appeals/", state="closed").json()["results"]] == [ids[0]]
    assert asker.client.get("help/appeals/", state="что").status_code == 422
    for number in range(4):
        said(asker, ids[1], f"Слово {number}")
    talk = asker.client.get(f"help/appeals/{ids[1]}/lines/", limit="3").json()
    assert [line["text"] for line in talk["results"]] == ["Слово 3", "Слово 2", "Слово 1"] and talk["next"]


def test_a_person_writes_so_much_a_day_and_a_company_too(asker, owner, monkeypatch):
    monkeypatch.setattr("tenants.appeals.actions.people.WORDS_OF_PERSON", 3)
    monkeypatch.setattr("tenants.appeals.actions.people.WORDS_OF_COMPANY", 4)
    appeal = made(asker)
    assert [said(asker, appeal, "Ещё").status_code for _ in range(3)] == [201, 201, 429]
    assert asked(asker).json()["type"] == "/problems/enough-for-today"
    made(owner)
    assert asked(owner).status_code == 429
    with time_machine.travel(timezone.now() + timedelta(hours=25)), control_scope():
        # The day is the last twenty-four hours, told from the words themselves.
        assert Line.objects.filter(at__gt=timezone.now() - rules.DAY).count() == 0


def test_on_an_own_server_one_writes_a_letter(asker, settings):
    settings.SUPPORT_PHONE, settings.SUPPORT_EMAIL = "+7 495 000-00-00", "help@example.ru"
    told = asker.client.get("help/").json()
    assert (told["phone"], told["email"], told["takes_appeals"]) == ("+7 495 000-00-00", "help@example.ru", True)
    settings.ONE_COMPANY = "alfa"
    assert asker.client.get("help/").json()["takes_appeals"] is False
    refused = asked(asker)
    assert (refused.status_code, refused.json()["type"]) == (409, "/problems/appeals-elsewhere")


def test_reading_a_list_costs_the_same_however_long_it_is(asker, helper, statements):
    appeal = made(asker)

    def cost() -> int:
        with statements() as seen:
            assert asker.client.get(f"help/appeals/{appeal}/lines/").status_code == 200
            assert helper.client.get("appeals/").status_code == 200
        return len(seen)

    cost()
    before = cost()
    for number in range(5):
        said(asker, appeal, f"Слово {number}")
        made(asker, f"Ещё {number}")
    assert cost() == before
