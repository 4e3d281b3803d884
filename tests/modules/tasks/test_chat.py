"""A line to the bot becomes a task after a press, and never before it; what the bot tells of one's own tasks."""

import json
from datetime import timedelta

import pytest
import redis
import time_machine
from django.conf import settings
from django.utils import timezone

from core.notifications.models import Preference
from modules.tasks.models import Task
from tests.core.notifications.conftest import message, press, titles

pytestmark = pytest.mark.row("T-01")


@pytest.fixture
def phone(cast, linked, hook, company):
    """The initiator's chat, in which the company has spoken already."""
    chat = linked(cast.initiator)
    met(company, chat)
    return chat


def met(company, chat):
    from core.gateways.queries import shared_bot
    from core.gateways.telegram.memory import meet

    meet(shared_bot("sandbox"), chat, company.schema)


@pytest.fixture
def write(hook, world):
    """`write(chat, text)`: what the bot answers, as it would stand in the chat."""

    def run(chat, text):
        return hook(message(chat, text)).json()

    return run


def keys(reply):
    """(title, data) of each button of an answer."""
    rows = reply.get("reply_markup", {}).get("inline_keyboard", [])
    return {one["text"]: one["callback_data"] for row in rows for one in row}


@pytest.fixture
def made(company, inside):
    def read():
        with inside(company):
            return list(Task.objects.order_by("pk").values_list("title", flat=True))

    return read


def test_a_line_is_shown_and_made_by_a_press(cast, phone, write, hook, made, company, inside, deliver):
    told = write(phone, "Петрову завтра в 10 подготовить КП !!")
    assert all(words in told["text"] for words in ("Подготовить КП", "Петров П.", "в 10:00", "срочная", "«ООО"))
    assert list(keys(told)) == ["Создать", "Отмена"] and made() == []
    answer = hook(press(phone, keys(told)["Создать"])).json()
    assert answer["method"] == "answerCallbackQuery" and "создана" in answer["text"]
    with inside(company):
        task = Task.objects.get()
        facts = list(task.facts.values_list("kind", "door", "actor_id"))
    assert (task.title, task.author_id, task.responsible_id) == (
        "Подготовить КП",
        cast.initiator.principal.pk,
        cast.assignee.principal.pk,
    )
    assert task.priority == Task.Priority.URGENT and task.due_at is not None
    assert facts == [("tasks.created", "telegram", cast.initiator.principal.pk)]
    deliver()
    assert cast.assignee.client.get("notices/").json()["unread"] == 1


def test_two_presses_and_a_repeated_update_make_one_task(phone, write, hook, made):
    told = write(phone, "Позвонить в банк")
    update = press(phone, keys(told)["Создать"])
    first = hook(update, number=8_000_001).json()["text"]
    redis_forgets_updates()
    hook(update, number=8_000_001)
    assert hook(press(phone, keys(told)["Создать"])).json()["text"] == first
    hook(press(phone, keys(told)["Отмена"]))
    assert made() == ["Позвонить в банк"]


def redis_forgets_updates():
    store = redis.Redis.from_url(settings.REDIS_URL)
    for key in store.keys("global:telegram:update:*"):
        store.delete(key)


def test_the_message_says_what_has_become_of_it(cast, phone, world, hook, deliver, made):
    from tests.core.notifications.conftest import TOKEN

    body = json.dumps({"chat_id": phone, "text": "Новая задача", "reply_markup": {"inline_keyboard": []}}).encode()
    _, _, answer = world.call("POST", f"/telegram/bot{TOKEN}/sendMessage", body, {"Content-Type": "application/json"})
    number = json.loads(answer)["result"]["message_id"]
    told = hook(message(phone, "Мне проверить склад")).json()
    hook(press(phone, keys(told)["Создать"], under=number))
    deliver()
    (shown,) = (row for row in world.json(f"/telegram/messages?chat={phone}") if row["id"] == number)
    assert "создана" in shown["text"] and "/tasks/" in shown["text"] and titles(shown) == []
    assert made() == ["Проверить склад"]
    assert hook(message(phone, "Начну с полок", answers=shown)).json()["text"] == "Комментарий добавлен"
    task = cast.initiator.client.get("tasks/", tab="mine").json()["results"][0]
    sendings = cast.initiator.client.get(f"tasks/{task['id']}/notices/").json()["results"]
    assert [row["kind_title"] for row in sendings] == ["Ответ бота"]


def test_cancelled_is_forgotten(phone, write, hook, made):
    told = write(phone, "Позвонить в банк")
    assert hook(press(phone, keys(told)["Отмена"])).json()["text"] == "Отменено"
    hook(press(phone, keys(told)["Создать"]))
    assert made() == []


def test_namesakes_are_asked_about(company, person, cast, phone, write, hook, made, inside):
    other = person(company, name="Петров Сергей")
    told = write(phone, "Петрову сделать отчёт")
    assert "Кто это — «Петрову»?" in told["text"]
    assert set(keys(told)) == {"Петров Пётр", "Петров Сергей", "Отмена"}
    hook(press(phone, keys(told)["Петров Сергей"]))
    token = keys(told)["Петров Сергей"].split(":")[0]
    assert made() == []
    assert "создана" in hook(press(phone, f"{token}:ok")).json()["text"]
    with inside(company):
        assert Task.objects.get().responsible_id == other.principal.pk
    assert made() == ["Сделать отчёт"]


def test_nothing_is_made_before_the_question_is_answered(company, person, cast, phone, write, hook, made):
    person(company, name="Петров Сергей")
    told = write(phone, "Петрову сделать отчёт")
    token = keys(told)["Отмена"].split(":")[0]
    assert "больше не действует" in hook(press(phone, f"{token}:p7")).json()["text"]
    assert "больше не действует" in hook(press(phone, f"{token}:ok")).json()["text"]
    assert made() == []


def test_more_than_five_namesakes(company, person, phone, write, cast):
    for number in range(6):
        person(company, name=f"Петров Артём {number}")
    told = write(phone, "Петрову сделать")
    assert len(keys(told)) == 6 and "напишите имя полностью" in told["text"]


def test_a_line_of_several_companies_asks_which(company, other_company, person, cast, phone, write, hook, made, inside):
    abroad = person(other_company)
    with inside(other_company):
        Preference.objects.create(principal_id=abroad.principal.pk, chat_id=phone, chat_scope="sandbox")
    met(other_company, phone)
    told = write(phone, "Позвонить в банк")
    assert told["text"] == "В какой компании?" and len(keys(told)) == 3
    mine = next(data for title, data in keys(told).items() if "Альфа" in title)
    hook(press(phone, mine))
    hook(press(phone, f"{mine.split(':')[0]}:ok"))
    assert made() == ["Позвонить в банк"]
    with inside(other_company):
        assert not Task.objects.filter(title="Позвонить в банк").exists()


def test_a_company_that_has_let_the_chat_go_is_not_offered(company, other_company, phone, write, hook):
    met(other_company, phone)
    assert "Исполнитель: вы" in write(phone, "Позвонить в банк")["text"]


def test_lost_redis_is_said(phone, write, hook, made, company):
    told = write(phone, "Позвонить в банк")
    redis.Redis.from_url(settings.REDIS_URL).flushall()
    assert hook(press(phone, keys(told)["Создать"])).json()["text"] == "Это уже забыто. Напишите ещё раз"
    assert "ответьте на любое его сообщение" in write(phone, "Позвонить в банк")["text"]
    assert made() == []


def test_nobody_presses_in_the_name_of_another(cast, phone, write, hook, linked, made):
    told = write(phone, "Позвонить в банк")
    data, foreign = keys(told)["Создать"], linked(cast.colleague)
    token = data.split(":")[0]
    for who, sent in ((foreign, data), (999, data), (phone, "~1:ok"), (phone, f"{token}:rm"), (phone, f"{token}:k5")):
        answer = hook(press(who, sent)).json()["text"]
        assert "забыто" in answer or "не действует" in answer, sent
    assert made() == []


def test_rights_are_asked_again_when_it_is_made(cast, phone, write, hook, made, company, inside, owner):
    told = write(phone, "Позвонить в банк")
    assert owner.client.patch("modules/tasks/", {"enabled": False}).status_code == 200
    assert "модуль выключен" in hook(press(phone, keys(told)["Создать"])).json()["text"]
    assert "модуль выключен" in write(phone, "Ещё раз")["text"]
    assert owner.client.patch("modules/tasks/", {"enabled": True}).status_code == 200
    with inside(company):
        cast.initiator.principal.is_active = False
        cast.initiator.principal.save(update_fields=["is_active"])
    assert "больше не действует" in hook(press(phone, keys(told)["Создать"])).json()["text"]
    assert made() == []


def test_whoever_was_dismissed_meanwhile_gets_nothing(cast, phone, write, hook, made, company, inside):
    told = write(phone, "Петрову позвонить в банк")
    with inside(company):
        cast.assignee.principal.is_active = False
        cast.assignee.principal.save(update_fields=["is_active"])
    assert "больше не работает" in hook(press(phone, keys(told)["Создать"])).json()["text"]
    assert made() == []


def test_a_field_that_a_role_may_not_write_is_refused(cast, phone, write, owner):
    line = {"kind": "tasks.task", "field": "due_at", "level": "read"}
    assert owner.client.put("roles/employee/fields/", {"limits": [line]}).status_code == 200
    assert "роль" in write(phone, "завтра позвонить в банк")["text"]
    assert "Исполнитель: вы" in write(phone, "позвонить в банк")["text"]


@pytest.mark.parametrize("text", ["завтра", "я" * 1001, "!!"])
def test_a_line_that_names_no_work_is_refused(phone, write, text):
    told = write(phone, text)
    assert "что нужно сделать" in told["text"] and not keys(told)


def test_the_moment_is_that_of_the_writing(phone, write, hook, company, inside):
    now = timezone.now()
    told = write(phone, "завтра в 10 позвонить")
    with time_machine.travel(now + timedelta(minutes=50)):
        hook(press(phone, keys(told)["Создать"]))
    with inside(company):
        due = Task.objects.get().due_at
    assert 0 < (due - now).total_seconds() < 2 * 86_400


def test_one_s_own_tasks_are_told_without_titles_until_the_company_says_so(cast, give, owner, hook, linked, company):
    chat = linked(cast.assignee)
    met(company, chat)
    late = give("Поздняя", due_at=(timezone.now() + timedelta(minutes=1)).isoformat())
    card = give("Обычная")
    with time_machine.travel(timezone.now() + timedelta(hours=1)):
        told = hook(message(chat, "/tasks")).json()["text"]
    assert f"{late['number']} · просрочена: до" in told and f"/tasks/{card['id']}" in told and "Обычная" not in told
    assert owner.client.put("gateways/telegram/", {"mode": "sandbox", "details": True}).status_code == 200
    assert f"{card['number']} · Обычная" in hook(message(chat, "/tasks@pult_demo_bot")).json()["text"]


@pytest.mark.row("SE-05")
def test_not_even_the_order_tells_a_hidden_due_moment(cast, give, owner, hook, linked, company):
    chat = linked(cast.assignee)
    met(company, chat)
    later, sooner = (give("Задача", due_at=(timezone.now() + timedelta(days=days)).isoformat()) for days in (9, 3))

    def told():
        text = hook(message(chat, "/tasks")).json()["text"]
        return text.index(f"/tasks/{sooner['id']}") < text.index(f"/tasks/{later['id']}")

    assert told()
    limits = {"limits": [{"kind": "tasks.task", "field": "due_at", "level": "hidden"}]}
    assert owner.client.put("roles/employee/fields/", limits).status_code == 200
    assert not told()


def test_at_most_ten_are_told_and_none_of_others(cast, give, hook, linked, company, statements):
    chat = linked(cast.assignee)
    met(company, chat)
    assert "Открытых задач нет" in hook(message(chat, "/tasks")).json()["text"]
    give("Чужая", to=cast.colleague)
    give("Первая")

    def asked():
        with statements() as seen:
            text = hook(message(chat, "/tasks")).json()["text"]
        return text.count("/tasks/"), len(seen)

    assert asked()[0] == 1
    before = asked()[1]
    for number in range(11):
        give(f"Дело {number}")
    assert asked() == (10, before)


@pytest.mark.row("TG-01")
def test_a_bot_of_the_companys_own_hears_lines_too(cast, owner, world, hook, deliver, company, inside, made):
    from core.gateways.jobs import webhook_secret
    from core.gateways.queries import telegram_account
    from tests.core.notifications.conftest import post

    own_bot = post(world, "/telegram/bots", {"name": "alfa_lines_bot"})
    assert owner.client.put("gateways/telegram/", {"mode": "own", "token": own_bot["token"]}).status_code == 200
    deliver()
    with inside(company):
        known = {"secret": webhook_secret(telegram_account()), "host": "alfa.localhost:8000"}
    code = cast.initiator.client.post("notices/chat/", {}).json()["url"].rpartition("start=")[2]
    assert "Подключено" in hook(message(777, f"/start {code}"), **known).json()["text"]
    redis.Redis.from_url(settings.REDIS_URL).flushall()
    told = hook(message(777, "Позвонить в банк"), **known).json()
    assert "забыто" in hook(press(777, keys(told)["Создать"])).json()["text"], (
        "a talk with one bot is nothing to another"
    )
    assert "создана" in hook(press(777, keys(told)["Создать"]), **known).json()["text"]
    assert made() == ["Позвонить в банк"]


def test_help_and_unknown_commands(phone, write):
    for text in ("/help", "/nonsense", "/HELP@pult_demo_bot"):
        told = write(phone, text)["text"]
        assert "/tasks" in told and "/stop" in told and "комментарием" in told


@pytest.mark.row("TG-01")
def test_stop_lets_the_chat_go_after_a_press(cast, phone, write, hook):
    told = write(phone, "/stop")
    assert "Отключить Telegram от «ООО" in told["text"]
    hook(press(phone, keys(write(phone, "/stop"))["Отмена"]))
    assert cast.initiator.client.get("notices/chat/").json()["is_linked"] is True
    assert "Отключено" in hook(press(phone, keys(told)["Отключить"])).json()["text"]
    assert cast.initiator.client.get("notices/chat/").json()["is_linked"] is False
    assert "Это бот Пульта" in write(phone, "Позвонить в банк")["text"]
