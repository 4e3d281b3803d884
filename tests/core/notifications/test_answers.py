"""An answer in Telegram is a comment on the card that the message was about: once, by its person, where he may."""

import time
from types import SimpleNamespace

import pytest
import redis
from django.conf import settings
from django.db import connection

from core.comments.models import Comment
from core.events.models import Fact
from core.identity.models import Principal
from core.notifications.chats.jobs import untap
from core.notifications.models import Delivery, Preference

from .conftest import message, said


@pytest.fixture
def scene(company, person, linked, deliver, world):
    """(initiator, assignee, his chat, the task, the message about it)."""
    boss, worker = person(company), person(company)
    chat = linked(worker)
    task = boss.client.post("tasks/", {"title": "Отчёт", "assignee": worker.id}).json()
    deliver()
    (told,) = said(world, chat)
    return boss, worker, chat, task, told


@pytest.fixture
def words(company, inside):
    def read():
        with inside(company):
            return list(Comment.objects.order_by("pk").values_list("text", flat=True))

    return read


def test_an_answer_becomes_a_comment_and_its_initiator_hears_of_it(scene, hook, words, company, inside, deliver):
    boss, worker, chat, task, told = scene
    answer = hook(message(chat, "Сделаю к <b>пятнице</b>\nи пришлю", answers=told)).json()
    assert (answer["method"], answer["text"]) == ("sendMessage", "Комментарий добавлен")
    assert answer["reply_parameters"]["message_id"] == 1
    assert words() == ["Сделаю к <b>пятнице</b>\nи пришлю"]
    with inside(company):
        fact = Fact.objects.get(kind="comments.added")
    assert (fact.door, fact.actor_id, fact.entity_id) == ("telegram", worker.principal.pk, task["id"])
    deliver()
    assert "пишет" in boss.client.get("notices/").json()["results"][0]["subject"]


def test_the_same_update_counts_once_even_when_redis_has_forgotten_it(scene, hook, words):
    _, _, chat, _, told = scene
    for _ in range(2):
        hook(message(chat, "Один раз", answers=told), number=7_000_001)
    redis.Redis.from_url(settings.REDIS_URL).flushall()
    assert hook(message(chat, "Один раз", answers=told), number=7_000_001).json() == {}
    assert words() == ["Один раз"]


def test_the_message_is_found_without_redis(scene, hook, words):
    _, _, chat, _, told = scene
    redis.Redis.from_url(settings.REDIS_URL).flushall()
    hook(message(chat, "По ссылке в сообщении", answers=told))
    assert words() == ["По ссылке в сообщении"]


def test_what_looks_like_a_mention_is_words(scene, hook, words, company, person, inside):
    boss, worker, chat, task, told = scene
    stranger = person(company)
    hook(message(chat, f"Спросите @[{stranger.id}]", answers=told))
    assert words() == [f"Спросите @ [{stranger.id}]"]
    with inside(company):
        assert Comment.objects.get().mentions == []
    assert stranger.client.get(f"tasks/{task['id']}/").status_code == 404


@pytest.mark.parametrize("text", ["", "   ", "\u200b"])
def test_nothing_is_said_with_nothing(scene, hook, words, text):
    _, _, chat, _, told = scene
    hook(message(chat, text, answers=told))
    assert words() == []


def test_too_long_words_are_refused(scene, hook, words):
    _, _, chat, _, told = scene
    assert "10000" in hook(message(chat, "я" * 10_001, answers=told)).json()["text"]
    assert words() == []


@pytest.mark.parametrize(
    "more",
    [
        {"kind": "group"},
        {"forward_origin": {"type": "hidden_user", "sender_user_name": "Кто-то", "date": 1}},
        {"from": {"id": 99, "is_bot": False, "first_name": "Другой"}},
    ],
)
def test_what_is_passed_on_or_said_in_a_group_does_nothing(scene, hook, words, more):
    _, _, chat, _, told = scene
    assert hook(message(chat, "Чужое", answers=told, **more)).json() == {}
    assert words() == []


def test_an_edited_message_does_nothing(scene, hook, words):
    _, _, chat, _, told = scene
    update = message(chat, "Исправил", answers=told)["message"]
    assert hook({"edited_message": {**update, "edit_date": 2}}).json() == {}
    assert words() == []


@pytest.mark.parametrize("what", ["photo", "document"])
def test_files_are_not_taken_and_that_is_said(scene, hook, words, what):
    _, _, chat, _, told = scene
    file = {"file_id": "a", "file_unique_id": "b", "width": 1, "height": 1}
    update = message(chat, "", answers=told, caption="Вот", **{what: [file] if what == "photo" else file})
    assert "приложите их на карточке" in hook(update).json()["text"]
    assert words() == []


def test_another_chat_an_unknown_message_and_one_of_a_stranger_reach_no_card(
    scene, hook, words, company, other_company, person, linked
):
    _, _, chat, _, told = scene
    other, abroad = linked(person(company)), linked(person(other_company))
    for who, answered in ((other, told), (abroad, told), (999, told), (chat, {**told, "id": told["id"] + 10_000})):
        assert "Не нашли карточку" in hook(message(who, "Моё", answers=answered)).json()["text"]
    robbed = message(chat, "Моё", answers=told)
    robbed["message"]["reply_to_message"]["from"]["id"] = 42
    assert "Не нашли карточку" in hook(robbed).json()["text"]
    assert words() == []


def test_a_number_of_another_bot_is_another_message(scene, hook, words, settings, company, inside, world):
    """Each bot numbers what it says anew, and the chat has the same id with both."""
    _, worker, chat, _, told = scene
    former = settings.SANDBOX_BOT_TOKEN
    settings.SANDBOX_BOT_TOKEN = "1000000002:another-bot-secret-0123456789"
    answer = message(chat, "Чужому", answers=told)
    answer["message"]["reply_to_message"]["from"]["id"] = 1000000002
    assert "Не нашли карточку" in hook(answer).json()["text"]
    with inside(company):
        row = Delivery.objects.get(channel="telegram", principal=worker.principal.pk)
    untap(company, row.pk)
    assert said(world, chat)[0]["buttons"] == told["buttons"]
    settings.SANDBOX_BOT_TOKEN = former
    hook(message(chat, "Своему", answers=told))
    assert words() == ["Своему"]


def test_a_link_to_another_company_in_the_words_does_not_mislead(scene, hook, words, other_company):
    _, _, chat, _, told = scene
    text = f"http://beta.localhost:8000/tasks/1\n{told['text']}"
    hook(message(chat, "Туда", answers={**told, "text": text}))
    assert words() == ["Туда"]


def test_who_may_not_see_the_card_says_nothing_there(scene, hook, words, company, inside, owner):
    boss, worker, chat, task, told = scene
    with inside(company):
        Principal.objects.filter(pk=worker.principal.pk).update(is_active=False)
    assert "Не нашли карточку" in hook(message(chat, "Я ещё тут", answers=told)).json()["text"]
    with inside(company):
        Principal.objects.filter(pk=worker.principal.pk).update(is_active=True)
    assert owner.client.patch("modules/tasks/", {"enabled": False}).status_code == 200
    assert "больше не видна" in hook(message(chat, "Модуля нет", answers=told)).json()["text"]
    assert owner.client.patch("modules/tasks/", {"enabled": True}).status_code == 200
    boss.client.delete(f"tasks/{task['id']}/")
    assert "больше не видна" in hook(message(chat, "Карточки нет", answers=told)).json()["text"]
    assert words() == []


def test_whoever_has_let_the_chat_go_is_nobody(scene, hook, words, company, inside):
    _, worker, chat, _, told = scene
    with inside(company):
        Preference.objects.filter(principal=worker.principal.pk).update(chat_id=None)
    assert "Не нашли карточку" in hook(message(chat, "Я", answers=told)).json()["text"]
    assert words() == []


def test_one_message_about_several_cards_takes_no_answer(scene, hook, words, company, inside):
    _, _, chat, _, told = scene
    with inside(company):
        row = Delivery.objects.get(channel="telegram")
        Delivery.objects.filter(pk=row.pk).update(trace=row.trace | {"together": True, "carries": [row.pk]})
    assert "о нескольких карточках" in hook(message(chat, "К которой?", answers=told)).json()["text"]
    assert words() == []


def test_a_message_about_no_card_takes_no_answer(scene, hook, words, company, inside):
    _, _, chat, _, told = scene
    with inside(company):
        Delivery.objects.filter(channel="telegram").update(entity=None)
    assert "не о карточке" in hook(message(chat, "Что?", answers=told)).json()["text"]
    assert words() == []


def test_a_word_about_a_colleague_is_said_on_his_card_and_a_kind_without_talk_refuses(
    company, person, owner, linked, deliver, world, hook, words, monkeypatch
):
    reader = person(company)
    chat = linked(reader)
    asked = owner.client.post(f"employees/{reader.id}/acknowledgements/", {"people": [reader.id]})
    assert asked.status_code == 201, asked.json()
    deliver()
    told = said(world, chat)[0]
    assert hook(message(chat, "Прочту", answers=told)).json()["text"] == "Комментарий добавлен"
    assert words() == ["Прочту"]
    # Every kind that tells of itself has a talk so far.
    monkeypatch.setattr("core.notifications.chats.actions.Commentable", type("Talkative", (), {}))
    assert "нет обсуждения" in hook(message(chat, "И второе", answers=told)).json()["text"]
    assert words() == ["Прочту"]


def test_the_message_is_found_by_an_index(scene, company, inside):
    _, worker, chat, _, told = scene
    with inside(company):
        rows = Delivery.objects.filter(channel="telegram", principal=worker.principal.pk, trace__message=told["id"])
        sql, params = rows.query.sql_with_params()
        with connection.cursor() as cursor:
            cursor.execute("SET LOCAL enable_seqscan = off")
            cursor.execute(f"EXPLAIN {sql}", params)
            plan = "\n".join(row[0] for row in cursor.fetchall())
        assert rows.count() == 1
    assert "delivery_in_chat" in plan and "trace" in plan.partition("Index Cond")[2], plan


def test_somebody_in_a_hurry_is_not_heard_for_a_minute(scene, hook, monkeypatch):
    _, _, chat, _, _ = scene
    now = time.time()
    # On a slow machine a minute may end between the first message and the last.
    monkeypatch.setattr("core.throttle.time", SimpleNamespace(time=lambda: now))
    answers = [hook(message(chat, "/help")).json() for _ in range(40)]
    assert sum(1 for answer in answers if answer) == 30
