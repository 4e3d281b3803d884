"""Morpher: asked once for a phrase, by the company's key and through the one door; silent, it spoils nothing."""

import json

import httpx
import pytest

from core.context import company_scope
from core.egress import Answer
from core.gateways.models import Gateway
from core.templates import providers
from core.templates.actions.words import remember_forms
from core.templates.models import Wording
from core.templates.providers import Morpher, NotAnswered, asked

from .samples import word, words
from .test_prints import add

KEY = "0f8fad5b-d9cb-469f-a165-70867728950e"
pytestmark = pytest.mark.row("D-07")


@pytest.fixture
def service(monkeypatch):
    """`service.answer` is what Morpher says; `service.calls` are addresses that it was asked at."""

    class Service:
        answer: object = Answer(200, json.dumps({"Р": "найма склада", "Д": "найму склада", "множественное": {}}))
        calls: list[str] = []

    found = Service()
    found.calls = []

    def call(method, address, **more):
        found.calls.append(address)
        if isinstance(found.answer, Exception):
            raise found.answer
        return found.answer

    monkeypatch.setattr(providers, "call", call)
    return found


def test_forms_of_an_answer_are_taken_and_a_phrase_without_russian_has_none(service):
    morpher = Morpher("https://ws3.morpher.example", KEY)
    assert morpher.forms("аренда склада") == {"родительный": "найма склада", "дательный": "найму склада"}
    assert "declension?s=" in service.calls[0] and KEY in service.calls[0]
    service.answer = Answer(496, "{}")
    assert morpher.forms("Ltd") == {}


@pytest.mark.parametrize(
    "answer", [Answer(402, "{}"), Answer(500, "x"), Answer(200, "x"), Answer(200, "[]"), httpx.ReadTimeout("x")]
)
def test_a_service_that_does_not_answer_ends_the_asking(service, answer):
    service.answer = answer
    with pytest.raises(NotAnswered, match="Морфер"):
        Morpher("https://ws3.morpher.example", KEY).forms("а")
    forms, trouble = asked(Morpher("https://ws3.morpher.example", KEY), ["а", "б"])
    assert (forms, trouble != "", len(service.calls)) == ({}, True, 2)


def test_a_phrase_is_asked_for_once_and_a_persons_word_stands(service, owner, company):
    assert owner.client.put("language/morpher/", {"key": "x"}).status_code == 422
    assert owner.client.put("language/morpher/", {"key": KEY}).json() == {"is_on": True, "error": ""}
    with company_scope(company):
        assert KEY.encode() not in bytes(Gateway.objects.get(code="morpher").secret)
    card = owner.client.post("documents/", {"title": "Аренда склада"}).json()
    made = add(owner, word("{{ название | родительный }}")).json()
    path = f"print-templates/{made['id']}/print/{card['id']}/"
    for _ in range(2):
        assert words(owner.client.get(path, **{"as": "docx"}).content) == ["найма склада"]
    assert len(service.calls) == 1
    owner.client.post("language/wordings/", {"phrase": "Аренда склада", "case": "родительный", "form": "проката"})
    with company_scope(company):
        remember_forms({"Аренда склада": {"родительный": "найма склада"}})
        assert Wording.objects.get(case="родительный").form == "проката"
    assert words(owner.client.get(path, **{"as": "docx"}).content) == ["проката"]


@pytest.mark.row("MO-01")
@pytest.mark.row("DA-01", waits="counterparties")
def test_a_silent_service_is_told_in_the_settings_and_the_print_goes_on(service, owner):
    owner.client.put("language/morpher/", {"key": KEY})
    service.answer = Answer(402, "{}")
    card = owner.client.post("documents/", {"title": "Аренда склада"}).json()
    made = add(owner, word("{{ название | родительный }}")).json()
    printed = owner.client.get(f"print-templates/{made['id']}/print/{card['id']}/", **{"as": "docx"})
    assert words(printed.content) == ["Аренды склада"]
    assert "лимит" in owner.client.get("language/morpher/").json()["error"]
    assert owner.client.delete("language/morpher/").status_code == 204
    assert owner.client.get("language/morpher/").json()["is_on"] is False
