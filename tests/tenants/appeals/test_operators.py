"""Operators answer: the queue, what they see and what not, what the company hears, what the journal keeps."""

import uuid

import pytest
from django.db import ProgrammingError, transaction

from core.context import company_scope, control_scope
from core.events.models import Fact
from core.notifications.models import Delivery
from tenants.appeals.models import Appeal, Line
from tenants.console.models import Deed, OperatorSession
from tests.tenants.console.test_support import allow, come_in

from .conftest import answered, asked, made, said, texts

pytestmark = pytest.mark.row("PL-16", "PL-07")


def noted(who, appeal, text="Это известная ошибка"):
    answer = who.client.post(f"appeals/{appeal}/note/", {"key": str(uuid.uuid4()), "text": text})
    assert answer.status_code == 201, answer.content


def test_an_answer_is_read_in_the_product_and_comes_by_mail(asker, helper, company, deliver, mailbox):
    appeal = made(asker, "Не печатается наряд")
    answered(helper, appeal, "Обновите страницу, мы исправили")
    (line, _) = asker.client.get(f"help/appeals/{appeal}/lines/").json()["results"]
    assert line["author"] == f"Поддержка: {helper.operator.full_name}" and line["is_support"]
    bell = asker.client.get("notices/").json()["results"][0]
    assert "Не печатается наряд" in bell["subject"]
    deliver()
    (letter,) = [one for one in mailbox if one["To"] == asker.email]
    body = letter.get_body(("plain",)).get_content()
    assert "Обновите страницу, мы исправили" in body and f"/help/{appeal}" in body
    with company_scope(company):
        fact = Fact.objects.get(kind="appeals.answered")
        assert fact.actor.name == f"Поддержка: {helper.operator.full_name}"
        assert "исправили" not in str(fact.payload)


def test_the_kind_of_notice_is_the_persons_to_choose(asker, helper, company, deliver, mailbox):
    off = {"choices": {"appeals.answer": {"mail": False}}}
    assert asker.client.patch("notices/settings/", off).status_code == 200
    answered(helper, made(asker))
    deliver()
    assert [one for one in mailbox if one["To"] == asker.email] == []
    with company_scope(company):
        assert set(Delivery.objects.filter(kind="appeals.answer").values_list("channel", flat=True)) == {"bell"}


def test_only_those_hear_who_may_still_read(asker, owner, helper, person, company):
    appeal, boss = made(asker), person(company, role="admin")
    assert said(boss, appeal, "Присоединяюсь").status_code == 201
    answered(helper, appeal)

    def heard() -> set[int]:
        with company_scope(company):
            rows = Delivery.objects.filter(kind="appeals.answer", channel="bell")
            return set(rows.values_list("principal_id", flat=True))

    assert heard() == {asker.principal.pk, boss.principal.pk}
    with company_scope(company):
        Delivery.objects.all().delete()
        boss.principal.role_assignments.all().delete()
        type(boss.principal).objects.filter(pk=boss.principal.pk).update(access_epoch=99)
    answered(helper, appeal)
    assert heard() == {asker.principal.pk}


def test_a_note_is_never_seen_by_the_company(asker, owner, helper, company, deliver, mailbox):
    appeal = made(asker)
    before = asker.client.get(f"help/appeals/{appeal}/").json()
    noted(helper, appeal, "Клиент груб, zqnote")
    deliver()
    assert asker.client.get(f"help/appeals/{appeal}/").json() == before
    for who in (asker, owner):
        assert texts(who, appeal) == ["Не печатается наряд"]
        assert "zqnote" not in who.client.get("help/appeals/", all="true").content.decode()
    assert "zqnote" not in "".join(letter.as_string() for letter in mailbox)
    with company_scope(company):
        assert not [fact for fact in Fact.objects.all() if "zqnote" in str(fact.payload)]
    thread = helper.client.get(f"appeals/{appeal}/lines/").json()["results"]
    assert [(line["text"], line["is_note"]) for line in thread][0] == ("Клиент груб, zqnote", True)


def test_the_queue_is_narrowed_and_comes_by_pages(asker, other_owner, helper, operator, company):
    mine, other, closed = made(asker, "Первое"), made(asker, "Второе"), made(asker, "Третье")
    strange = made(other_owner, "Чужое")
    assert helper.client.post(f"appeals/{mine}/take/").json()["is_mine"] is True
    operator("operator").client.post(f"appeals/{other}/take/")
    helper.client.post(f"appeals/{closed}/close/")
    seen = lambda **asked: {row["id"] for row in helper.client.get("appeals/", **asked).json()["results"]}  # noqa: E731
    assert seen() == {mine, other, closed, strange}
    assert seen(state="closed") == {closed}
    assert seen(company=str(company.id)) == {mine, other, closed}
    assert seen(operator=str(helper.operator.pk)) == {mine}
    assert seen(free="true") == {closed, strange}
    first = helper.client.get("appeals/", limit="3").json()
    assert len(first["results"]) == 3 and first["next"] and first["unanswered"] == 3
    rest = helper.client.get("appeals/", limit="3", cursor=first["next"]).json()
    assert {row["id"] for row in [*first["results"], *rest["results"]]} == {mine, other, closed, strange}


def test_an_operator_sees_what_was_sent_and_nothing_else_of_the_company(asker, owner, helper):
    owner.client.post("tasks/", {"title": "Тайный насос zqtask", "assignee": owner.id})
    appeal = made(asker, context={"card_kind": "tasks.task", "card_number": "З-12"})
    card = helper.client.get(f"appeals/{appeal}/").json()
    assert set(card) == {
        "id", "topic", "state", "author", "company_id", "company_name", "operator_id", "operator_name", "created_at",
        "moved_at", "plan", "context", "card_kind_title", "is_mine",
    }  # fmt: skip
    assert card["context"] == {"card_kind": "tasks.task", "card_number": "З-12"}
    told = "".join(helper.client.get(path).content.decode() for path in (f"appeals/{appeal}/", "appeals/"))
    assert "zqtask" not in told and asker.email not in told


def test_everything_they_do_stands_in_the_journal_and_not_what_they_say(asker, helper, company):
    appeal = made(asker)
    helper.client.post(f"appeals/{appeal}/take/")
    answered(helper, appeal, "Секретный ответ")
    noted(helper, appeal, "Секретная заметка")
    helper.client.post(f"appeals/{appeal}/close/")
    helper.client.post(f"appeals/{appeal}/close/")
    with control_scope():
        deeds = list(Deed.objects.filter(company_id=company.id).order_by("id"))
    assert [deed.kind for deed in deeds] == ["appeal.taken", "appeal.answered", "appeal.noted", "appeal.closed"]
    assert all(deed.operator_id == helper.operator.pk and deed.after["appeal"] == appeal for deed in deeds)
    assert "Секретн" not in str([deed.after for deed in deeds])
    shown = helper.client.get("audit/", company=str(company.id)).json()["results"]
    assert {row["title"] for row in shown} >= {"Ответ на обращение", "Заметка к обращению"}


def test_whoever_answers_first_leads_it_and_a_colleague_may_take_it(asker, helper, operator):
    appeal, other = made(asker), operator("operator")
    answered(helper, appeal)
    assert helper.client.get(f"appeals/{appeal}/").json()["is_mine"] is True
    assert other.client.post(f"appeals/{appeal}/take/").json()["operator_name"] == other.operator.full_name
    answered(helper, appeal, "И ещё")
    assert other.client.get(f"appeals/{appeal}/").json()["is_mine"] is True


def test_a_repetition_says_nothing_twice(asker, helper, company):
    appeal, body = made(asker), {"key": str(uuid.uuid4()), "text": "Ответ"}
    first, second = (helper.client.post(f"appeals/{appeal}/answer/", body).json() for _ in range(2))
    assert first["id"] == second["id"]
    with company_scope(company):
        assert Delivery.objects.filter(kind="appeals.answer", channel="bell").count() == 1


def test_a_key_that_reads_says_nothing(asker, helper):
    appeal = made(asker)
    with control_scope():
        OperatorSession.objects.filter(operator=helper.operator, kind="token").update(reads_only=True)
    assert helper.client.get(f"appeals/{appeal}/").status_code == 200
    for deed, body in (("take", None), ("close", None), ("answer", {"text": "x"}), ("note", {"text": "x"})):
        refused = helper.client.post(f"appeals/{appeal}/{deed}/", {"key": str(uuid.uuid4()), **(body or {})})
        assert refused.status_code == 403, deed


def test_whoever_has_no_second_factor_reads_nothing(asker, operator):
    appeal = made(asker)
    bare = operator("support", proved=False)
    for path in ("appeals/", f"appeals/{appeal}/", f"appeals/{appeal}/lines/"):
        assert bare.client.get(path).json()["type"] == "/problems/totp-needed"


def test_the_talk_goes_on_while_a_company_is_suspended(asker, helper, operator, company):
    appeal = made(asker)
    why = {"reason": "Проверка"}
    assert operator("chief").client.post(f"companies/{company.id}/suspend/", why).status_code == 200
    answered(helper, appeal)
    assert [line["is_note"] for line in helper.client.get(f"appeals/{appeal}/lines/").json()["results"]] == [
        False, False,
    ]  # fmt: skip


def test_the_service_as_a_guest_of_the_company_reads_no_appeals_there(asker, owner, helper, company):
    made(asker)
    allow(owner, may_change=True)
    guest = come_in(helper, company)
    assert guest.get("help/appeals/", all="true").json()["type"] == "/problems/support-may-not"
    assert guest.post("help/appeals/", {"key": str(uuid.uuid4()), "text": "x"}).status_code == 403


def test_words_cannot_be_changed_even_by_the_registrys_own_role(asker):
    made(asker)
    with control_scope():
        with pytest.raises(ProgrammingError), transaction.atomic():
            Line.objects.update(text="Другое")
        assert Line.objects.update(author="Сотрудник 1") == 1


def test_limits_of_people_are_none_of_operators(asker, helper, monkeypatch):
    monkeypatch.setattr("tenants.appeals.actions.people.WORDS_OF_PERSON", 1)
    appeal = made(asker)
    for _ in range(3):
        answered(helper, appeal)
    assert asked(asker).status_code == 429
    with control_scope():
        assert Appeal.objects.get(pk=appeal).state == "answered"
