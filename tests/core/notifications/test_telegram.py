"""Telegram through the real client and the stand-in: linked once, told once, pressed only by whom it was sent to."""

import json

import pytest

from core.context import control_scope
from core.events.models import Fact
from core.gateways.jobs import webhook_secret
from core.gateways.models import Gateway
from core.identity.models import Principal
from core.notifications.jobs import send_delivery
from core.notifications.models import Delivery, Preference
from core.outbox.models import Outbox

from .conftest import BOT, message, post, press, said

pytestmark = pytest.mark.row("TG-02")
_bots = iter(range(1, 1000))


def start(person):
    made = person.client.post("notices/chat/", {})
    assert made.status_code == 201, made.json()
    return made.json()["url"].rpartition("start=")[2]


def give(initiator, assignee, **more):
    return initiator.client.post("tasks/", {"title": "Отчёт Ромашке", "assignee": assignee.id, **more}).json()


@pytest.mark.row("TG-01")
def test_a_chat_is_linked_by_a_link_and_let_go_by_one_click(company, person, hook):
    worker = person(company)
    answer = hook(message(555, f"/start {start(worker)}")).json()
    assert answer["method"] == "sendMessage" and "Подключено" in answer["text"] and "«ООО „Альфа“»" in answer["text"]
    shown = worker.client.get("notices/chat/").json()
    assert (shown["is_linked"], shown["name"], shown["is_demo"]) == (True, "@petr", True)
    assert worker.client.delete("notices/chat/").status_code == 204
    assert worker.client.get("notices/chat/").json()["is_linked"] is False
    assert worker.client.delete("notices/chat/").status_code == 404


def test_a_code_works_once(company, person, hook):
    code = start(person(company))
    assert "Подключено" in hook(message(555, f"/start {code}")).json()["text"]
    assert "устарела" in hook(message(556, f"/start {code}")).json()["text"]


def test_a_newer_code_ends_the_former(company, person, hook):
    worker = person(company)
    former, newer = start(worker), start(worker)
    assert "устарела" in hook(message(555, f"/start {former}")).json()["text"]
    assert "Подключено" in hook(message(555, f"/start {newer}")).json()["text"]


def test_codes_that_are_made_up_late_or_of_the_blocked_do_nothing(company, person, hook, inside):
    import redis
    from django.conf import settings

    worker = person(company)
    code = start(worker)
    with inside(company):
        Principal.objects.filter(pk=worker.principal.pk).update(is_active=False)
    late = start(person(company))
    store = redis.Redis.from_url(settings.REDIS_URL)
    assert all(0 < store.ttl(key) <= 900 for key in store.keys("global:telegram:link:*"))
    for wrong in (code, "made-up", "x" * 64, f"{late}x"):
        assert "устарела" in hook(message(555, f"/start {wrong}")).json()["text"]
    with inside(company):
        assert not Preference.objects.filter(chat_id__isnull=False).exists()


def test_a_group_is_not_linked(company, person, hook, inside):
    hook(message(555, f"/start {start(person(company))}", kind="group"))
    with inside(company):
        assert not Preference.objects.filter(chat_id__isnull=False).exists()


def test_a_chat_of_another_colleague_is_refused_and_another_company_may_have_it(
    company, other_company, person, hook, inside
):
    first, second, abroad = person(company), person(company), person(other_company)
    hook(message(555, f"/start {start(first)}"))
    assert "уже подключён к другому" in hook(message(555, f"/start {start(second)}")).json()["text"]
    assert "Подключено" in hook(message(555, f"/start {start(abroad)}")).json()["text"]
    with inside(company):
        assert Preference.objects.get(chat_id=555).principal_id == first.principal.pk


@pytest.mark.parametrize("secret", ["", "wrong", "x" * 64])
def test_a_wrong_secret_is_nobody(company, person, hook, inside, secret):
    answer = hook(message(555, f"/start {start(person(company))}"), secret=secret)
    assert answer.status_code == 403
    with inside(company):
        assert not Preference.objects.filter(chat_id__isnull=False).exists()


def test_the_shared_bot_does_not_come_by_a_companys_host(company, person, hook):
    assert hook(message(555, f"/start {start(person(company))}"), host="alfa.localhost:8000").status_code == 403


@pytest.mark.parametrize("update", [{}, {"message": {}}, {"message": "x"}, {"callback_query": {"id": 1}}, {"poll": []}])
def test_odd_updates_are_taken_and_forgotten(hook, update, company):
    assert hook(update).status_code == 200


@pytest.mark.row("TG-02", "TG-07", "T-07")
def test_a_task_comes_once_with_a_link_and_without_names(company, person, world, linked, deliver, sent):
    boss, worker = person(company, name="Директоров Иван"), person(company)
    chat = linked(worker)
    task = give(boss, worker, channels=["telegram"])
    deliver()
    (told,) = said(world, chat)
    assert f"http://alfa.localhost:8000/tasks/{task['id']}" in told["text"]
    assert "Новая задача" in told["text"] and task["number"] in told["text"] and "вы исполнитель" in told["text"]
    assert "Ромашке" not in told["text"] and "Директоров" not in told["text"]
    (row,) = sent(worker, "telegram")
    assert row.status == "sent"
    rows = boss.client.get(f"tasks/{task['id']}/notices/").json()["results"]
    assert {row["channel"]: row["status"] for row in rows}["telegram"] == "sent"


def test_details_only_when_the_company_says_so(company, person, owner, world, linked, deliver):
    boss, worker = person(company), person(company)
    chat = linked(worker)
    assert owner.client.put("gateways/telegram/", {"mode": "sandbox", "details": True}).status_code == 200
    deliver()
    task = give(boss, worker)
    deliver()
    text = said(world, chat)[0]["text"]
    assert f"Новая задача ({task['number']})\n" in text
    assert text.count("Отчёт Ромашке") == 1, "the name is told once"
    boss.client.post(f"tasks/{task['id']}/comments/", {"text": "Позвоните им"})
    deliver()
    text = said(world, chat)[0]["text"]
    assert text.count("Отчёт Ромашке") == 1 and "Позвоните им" in text and "пишет" in text


@pytest.mark.row("AK-02", "TG-03")
def test_acknowledged_by_a_button_is_recorded_in_the_card(company, person, world, linked, deliver, hook, inside):
    boss, worker = person(company), person(company)
    chat = linked(worker)
    task = give(boss, worker)
    boss.client.post(f"tasks/{task['id']}/acknowledgements/", {"people": [worker.id]})
    deliver()
    told = next(row for row in said(world, chat) if row["buttons"])
    ((button,),) = told["buttons"]
    assert button["text"] == "Ознакомлен" and len(button["callback_data"].encode()) <= 64
    answer = hook(press(chat, button["callback_data"])).json()
    assert (answer["method"], answer["text"]) == ("answerCallbackQuery", "Отмечено: вы ознакомлены")
    shown = boss.client.get(f"tasks/{task['id']}/acknowledgements/").json()
    assert (shown["asked"], shown["done"]) == (1, 1)
    with inside(company):
        fact = Fact.objects.get(kind="acknowledgements.confirmed")
    assert (fact.door, fact.actor_id) == ("telegram", worker.principal.pk)
    deliver()
    (answered,) = (row for row in said(world, chat) if row["id"] == told["id"])
    assert answered["buttons"] == [], "an answered message has no button"
    assert "уже ознакомились" in hook(press(chat, button["callback_data"])).json()["text"]


def test_an_update_that_is_repeated_is_worked_on_once(company, person, world, linked, deliver, hook, inside):
    boss, worker = person(company), person(company)
    chat = linked(worker)
    task = give(boss, worker)
    boss.client.post(f"tasks/{task['id']}/acknowledgements/", {"people": [worker.id]})
    deliver()
    data = next(row for row in said(world, chat) if row["buttons"])["buttons"][0][0]["callback_data"]
    assert hook(press(chat, data), number=9_000_001).json() != {}
    assert hook(press(chat, data), number=9_000_001).json() == {}
    with inside(company):
        assert Fact.objects.filter(kind="acknowledgements.confirmed").count() == 1


def test_buttons_of_others_and_made_up_ones_are_dead(
    company, other_company, person, world, linked, deliver, hook, inside
):
    boss, worker, thief = person(company), person(company), person(company)
    chat, foreign = linked(worker), linked(thief)
    task = give(boss, worker)
    boss.client.post(f"tasks/{task['id']}/acknowledgements/", {"people": [worker.id]})
    deliver()
    data = next(row for row in said(world, chat) if row["buttons"])["buttons"][0][0]["callback_data"]
    schema, number, code, signature = data.split(":")
    tampered = [
        f"{schema}:{int(number) + 1}:{code}:{signature}",
        f"{other_company.schema}:{number}:{code}:{signature}",
        f"{schema}:{number}:write:{signature}",
        f"{schema}:{number}:{code}:{'0' * 20}",
        f"{schema}:{number}:{code}",
        f"public:{number}:{code}:{signature}",
        "",
        "a" * 64,
    ]
    attempts = [(chat, wrong) for wrong in tampered] + [(foreign, data), (999, data)]
    for who, wrong in attempts:
        assert "больше не действует" in hook(press(who, wrong)).json()["text"], wrong
    with inside(company):
        assert not Fact.objects.filter(kind="acknowledgements.confirmed").exists()


def test_a_button_dies_with_access(company, person, world, linked, deliver, hook, inside):
    boss, worker = person(company), person(company)
    chat = linked(worker)
    task = give(boss, worker)
    boss.client.post(f"tasks/{task['id']}/acknowledgements/", {"people": [worker.id]})
    deliver()
    data = next(row for row in said(world, chat) if row["buttons"])["buttons"][0][0]["callback_data"]
    boss.client.delete(f"tasks/{task['id']}/")
    assert "больше не действует" in hook(press(chat, data)).json()["text"]


def rows_of(world, company, person, linked, inside, *, started=True):
    """A worker with a chat and one waiting message to him."""
    boss, worker = person(company), person(company)
    chat = linked(worker, started=started)
    give(boss, worker)
    from core.jobs.delivery import perform

    with inside(company):
        facts = list(Fact.objects.filter(kind="tasks.created").order_by("-pk").values_list("pk", flat=True)[:1])
    assert perform(company.schema, "fact", facts) == {}
    with inside(company):
        return worker, chat, Delivery.objects.get(channel="telegram", principal=worker.principal.pk)


def again(company, inside, row):
    with inside(company):
        Delivery.objects.filter(pk=row.pk).update(not_before=None)
    send_delivery(company, row.pk)
    with inside(company):
        return Delivery.objects.get(pk=row.pk)


@pytest.mark.row("I-02")
def test_429_is_waited_out_and_costs_no_attempt(company, person, world, linked, inside):
    worker, chat, row = rows_of(world, company, person, linked, inside)
    world.order(service="telegram", mode="throttle", count=1)
    send_delivery(company, row.pk)
    with inside(company):
        waiting = Delivery.objects.get(pk=row.pk)
    assert (waiting.status, waiting.attempts) == ("waiting", 0)
    assert 1 <= (waiting.not_before - waiting.created_at).total_seconds() <= 10
    with control_scope():
        (promised,) = Outbox.objects.filter(
            kind="job:notifications.send", subject_id=row.pk, not_before=waiting.not_before
        )
    assert said(world, chat) == []
    assert again(company, inside, row).status == "sent"
    assert len(said(world, chat)) == 1


@pytest.mark.row("I-02")
@pytest.mark.parametrize("mode,copies", [("fail", 1), ("cut", 1), ("lost", 2)])
def test_trouble_loses_nothing_and_doubles_at_most_what_was_taken_unseen(
    company, person, world, linked, inside, mode, copies
):
    from core.gateways.errors import GatewaySilent

    worker, chat, row = rows_of(world, company, person, linked, inside)
    world.order(service="telegram", mode=mode, count=1)
    with pytest.raises(GatewaySilent):
        send_delivery(company, row.pk)
    assert again(company, inside, row).status == "sent"
    assert len(said(world, chat)) == copies


@pytest.mark.row("I-02")
@pytest.mark.parametrize("first,ending", [("lost", "unknown"), ("fail", "failed")])
def test_a_word_that_may_have_come_is_never_told_to_be_undelivered(
    company, person, world, linked, inside, first, ending
):
    from core.gateways.errors import GatewaySilent
    from core.notifications.rules import LAST

    worker, chat, row = rows_of(world, company, person, linked, inside)
    world.order(service="telegram", mode=first, count=1)
    with pytest.raises(GatewaySilent):
        send_delivery(company, row.pk)
    with inside(company):
        Delivery.objects.filter(pk=row.pk).update(attempts=LAST - 1)
    world.order(service="telegram", mode="fail", count=1)
    assert again(company, inside, row).status == ending
    assert len(said(world, chat)) == (1 if first == "lost" else 0)


@pytest.mark.row("I-02")
def test_403_lets_the_chat_go_and_tells_in_the_product(company, person, world, linked, inside):
    worker, chat, row = rows_of(world, company, person, linked, inside)
    post(world, "/telegram/block", {"bot": BOT, "chat": chat, "blocked": True})
    send_delivery(company, row.pk)
    with inside(company):
        ended = Delivery.objects.get(pk=row.pk)
        assert not Preference.objects.filter(chat_id=chat).exists()
    assert (ended.status, ended.error) == ("failed", "Бот заблокирован получателем")
    shown = worker.client.get("notices/chat/").json()
    assert (shown["is_linked"], shown["error"]) == (False, "Бот заблокирован получателем")
    assert worker.client.get("notices/").json()["results"][0]["subject"] == "Telegram отключился"
    assert again(company, inside, row).attempts == 1, "no retry after 403"


def test_one_chat_in_a_hurry_does_not_delay_others(company, person, world, linked, inside):
    first, chat, row = rows_of(world, company, person, linked, inside)
    second, other_chat, other = rows_of(world, company, person, linked, inside)
    send_delivery(company, row.pk)
    with inside(company):
        Delivery.objects.filter(pk=row.pk).update(status="waiting")
    send_delivery(company, row.pk)
    send_delivery(company, other.pk)
    with inside(company):
        hurried = Delivery.objects.get(pk=row.pk)
        calm = Delivery.objects.get(pk=other.pk)
    assert calm.status == "sent"
    assert hurried.status in ("waiting", "sent"), "a second that turned meanwhile lets both go"
    assert len(said(world, other_chat)) == 1


@pytest.mark.row("TG-01", "I-03")
def test_a_bot_of_the_companys_own(company, other_company, person, owner, world, deliver, hook, inside):
    made = post(world, "/telegram/bots", {"name": f"alfa_{next(_bots)}_bot"})
    body = {"mode": "own", "token": made["token"]}
    assert person(company).client.put("gateways/telegram/", body).status_code == 403
    shown = owner.client.put("gateways/telegram/", body).json()
    assert made["token"] not in json.dumps(shown)
    deliver()
    (state,) = (row for row in owner.client.get("gateways/").json()["results"] if row["code"] == "telegram")
    assert (state["bot"], state["error"], state["mode"]) == (made["name"], "", "own")
    with inside(company):
        stored = bytes(Gateway.objects.get(code="telegram").secret)
        assert made["token"].encode() not in stored
        from core.gateways.queries import telegram_account

        own = telegram_account()
    worker = person(company)
    code = start(worker)
    assert "устарела" in hook(message(777, f"/start {code}")).json()["text"], "a code of one bot is nothing to another"
    answer = hook(message(777, f"/start {code}"), secret=webhook_secret(own), host="alfa.localhost:8000")
    assert "Подключено" in answer.json()["text"]
    abroad = hook(message(778, "/start x"), secret=webhook_secret(own), host="beta.localhost:8000")
    assert abroad.status_code == 403


@pytest.mark.parametrize("token", ["", "short", "123456:кириллица"])
def test_a_token_that_is_none_is_refused(company, owner, world, token):
    assert owner.client.put("gateways/telegram/", {"mode": "own", "token": token}).status_code == 422


def test_a_wrong_token_is_told(company, owner, world, deliver):
    owner.client.put("gateways/telegram/", {"mode": "own", "token": f"123456789:{'a' * 30}"})
    deliver()
    (state,) = (row for row in owner.client.get("gateways/").json()["results"] if row["code"] == "telegram")
    assert state["error"] == "Ключ бота не подходит: проверьте его в настройках"
