"""Buttons under messages: those that fit the person and the card, pressed once, put right when the card goes on."""

import pytest

from core.events.models import Fact
from core.identity.models import Principal

from .conftest import data_of, message, post, press, said, titles

pytestmark = pytest.mark.row("TG-02")


@pytest.fixture
def desk(company, person, linked, deliver):
    """(initiator, his chat, assignee, his chat)."""
    boss, worker = person(company, name="Крылова Анна"), person(company, name="Петров Пётр")
    return boss, linked(boss), worker, linked(worker)


@pytest.fixture
def push(world, hook, deliver):
    """`push(chat, "Принять")` presses a button under the newest message that has it; what the bot answers."""

    def run(chat, title):
        row = next(one for one in said(world, chat) if title in titles(one))
        answer = hook(press(chat, data_of(row, title), under=row["id"])).json()
        deliver()
        assert answer["method"] == "answerCallbackQuery"
        return answer["text"]

    return run


def give(desk, deliver, **more):
    boss, _, worker, _ = desk
    made = boss.client.post("tasks/", {"title": "Отчёт Ромашке", "assignee": worker.id, **more}).json()
    deliver()
    return made


def hand_in(worker, task):
    for deed in ("accept", "submit"):
        assert worker.client.post(f"tasks/{task['id']}/do/{deed}/", {}).status_code == 200


def status(person, task):
    return person.client.get(f"tasks/{task['id']}/").json()["status"]


@pytest.mark.row("T-22")
def test_a_task_goes_all_its_way_by_buttons(desk, world, deliver, push):
    boss, his, worker, mine = desk
    task = give(desk, deliver)
    (given,) = said(world, mine)
    assert titles(given) == ["Принять"]
    assert push(mine, "Принять") == f"{task['number']}: принята"
    assert titles(said(world, mine)[0]) == ["Начать", "Сдать"]
    assert push(mine, "Начать") == f"{task['number']}: в работе"
    assert titles(said(world, mine)[0]) == ["Сдать"]
    push(mine, "Сдать")
    assert titles(said(world, mine)[0]) == [] and len(said(world, mine)) == 1
    (submitted,) = said(world, his)
    assert titles(submitted) == ["Закрыть", "Вернуть"]
    assert push(his, "Закрыть") == f"{task['number']}: закрыта"
    assert status(worker, task) == "closed" and titles(said(world, his)[0]) == []


def test_a_return_asks_why_and_the_answer_is_the_reason(desk, world, deliver, push, hook):
    boss, his, worker, mine = desk
    task = give(desk, deliver)
    hand_in(worker, task)
    deliver()
    assert push(his, "Вернуть") == "Напишите ответ на вопрос бота"
    question = said(world, his)[0]
    assert question["asks"] and task["number"] in question["text"] and "Ромашке" not in question["text"]
    assert status(worker, task) == "in_review", "nothing is done before the answer"
    answer = hook(message(his, "Нет печати", answers=question)).json()
    assert answer["text"] == f"{task['number']}: возвращена"
    deliver()
    card = worker.client.get(f"tasks/{task['id']}/comments/").json()["results"]
    assert (status(worker, task), [one["text"] for one in card]) == ("returned", ["Нет печати"])
    asked = next(row for row in said(world, his) if "проверки" in row["text"])
    assert titles(asked) == []
    assert titles(said(world, mine)[0]) == ["Начать", "Сдать"]


def test_a_late_press_is_answered_with_the_refusal_and_the_buttons_are_put_right(desk, world, deliver, push, hook):
    boss, his, worker, mine = desk
    task = give(desk, deliver)
    (given,) = said(world, mine)
    worker.client.post(f"tasks/{task['id']}/do/accept/", {})
    deliver()
    assert titles(said(world, mine)[0]) == ["Принять"], "what is done elsewhere is not told to each message"
    assert "Задача уже в другом состоянии" in hook(press(mine, data_of(given, "Принять"), given["id"])).json()["text"]
    deliver()
    assert titles(said(world, mine)[0]) == ["Начать", "Сдать"]


def test_nothing_is_offered_that_the_company_forbids(desk, world, owner, deliver, push, inside, company):
    boss, his, worker, mine = desk
    begun = owner.client.post("own-statuses/scheme/", {"kind": "tasks.task", "card_type": ""})
    ids = {row["title"]: row["id"] for row in begun.json()["statuses"]}
    deliver()
    names = {row["base"]: row["id"] for row in begun.json()["statuses"]}
    assert len(ids) == len(names)
    drawn = [("new", "accepted"), ("accepted", "in_work"), ("in_work", "in_review"), ("in_review", "closed")]
    moves = [{"source": names[source], "to": names[to]} for source, to in drawn]
    body = {"kind": "tasks.task", "moves": moves}
    assert owner.client.put("own-statuses/scheme/moves/", body).status_code == 200
    deliver()
    task = give(desk, deliver)
    push(mine, "Принять")
    assert titles(said(world, mine)[0]) == ["Начать"], "no move leads from «Принята» to the check"
    push(mine, "Начать")
    push(mine, "Сдать")
    assert titles(said(world, his)[0]) == ["Закрыть"] and status(worker, task) == "in_review"


def test_what_waits_for_others_is_not_offered(desk, world, deliver, push):
    boss, his, worker, mine = desk
    task = give(desk, deliver)
    part = boss.client.post("tasks/", {"title": "Часть", "assignee": boss.id, "parent": task["id"]})
    assert part.status_code == 201
    hand_in(worker, task)
    deliver()
    assert titles(said(world, his)[0]) == ["Вернуть"], "its part is not finished"


def test_a_move_of_the_due_moment_is_decided_under_the_message(desk, world, deliver, push):
    boss, his, worker, mine = desk
    task = give(desk, deliver, due_at="2031-05-20T15:00:00Z")
    asked = {"due_at": "2031-05-25T15:00:00Z", "reason": "Нет чертежей"}
    assert worker.client.post(f"tasks/{task['id']}/due-request/", asked).status_code == 201
    deliver()
    assert titles(said(world, his)[0]) == ["Согласовать", "Отказать"]
    assert push(his, "Согласовать") == f"{task['number']}: срок перенесён"
    assert worker.client.get(f"tasks/{task['id']}/").json()["due_at"] == "2031-05-25T15:00:00Z"
    assert titles(said(world, his)[0]) == []


def test_a_decision_is_about_the_request_that_was_seen(desk, world, deliver, push, hook):
    boss, his, worker, mine = desk
    task = give(desk, deliver, due_at="2031-05-20T15:00:00Z")
    path = f"tasks/{task['id']}/due-request/"
    worker.client.post(path, {"due_at": "2031-05-25T15:00:00Z", "reason": "Нет чертежей"})
    deliver()
    first = said(world, his)[0]
    worker.client.delete(path)
    worker.client.post(path, {"due_at": "2031-12-31T15:00:00Z", "reason": "Совсем нет"})
    answer = hook(press(his, data_of(first, "Согласовать"))).json()["text"]
    assert "уже решили" in answer
    assert worker.client.get(f"tasks/{task['id']}/").json()["due_at"] == "2031-05-20T15:00:00Z"


def test_a_comment_is_answered_by_a_button(desk, world, deliver, push, hook):
    boss, his, worker, mine = desk
    task = give(desk, deliver)
    boss.client.post(f"tasks/{task['id']}/comments/", {"text": "Когда?"})
    deliver()
    assert push(mine, "Ответить") == "Напишите ответ на вопрос бота"
    question = said(world, mine)[0]
    assert question["asks"]
    assert hook(message(mine, "Завтра", answers=question)).json()["text"] == "Комментарий добавлен"
    told = boss.client.get(f"tasks/{task['id']}/comments/").json()["results"]
    assert [one["text"] for one in told] == ["Когда?", "Завтра"]


@pytest.mark.parametrize("trouble", ["blocked", "trash", "module"])
def test_buttons_die_with_their_reader_their_card_and_their_module(
    desk, world, owner, company, inside, deliver, hook, trouble
):
    boss, his, worker, mine = desk
    task = give(desk, deliver)
    (given,) = said(world, mine)
    if trouble == "blocked":
        with inside(company):
            Principal.objects.filter(pk=worker.principal.pk).update(is_active=False)
    elif trouble == "trash":
        boss.client.delete(f"tasks/{task['id']}/")
    else:
        assert owner.client.patch("modules/tasks/", {"enabled": False}).status_code == 200
    assert "больше не действует" in hook(press(mine, data_of(given, "Принять"))).json()["text"]
    with inside(company):
        assert not Fact.objects.filter(kind="tasks.accepted").exists()


def test_no_button_is_made_up_from_another(desk, world, deliver, hook, company, inside):
    boss, his, worker, mine = desk
    task = give(desk, deliver)
    (given,) = said(world, mine)
    schema, number, _, signature = data_of(given, "Принять").split(":")
    for code in ("close", "return", "cancel", "y1", ""):
        answer = hook(press(mine, f"{schema}:{number}:{code}:{signature}")).json()["text"]
        assert "больше не действует" in answer, code
    assert status(worker, task) == "new"
    assert "больше не действует" in hook(press(his, data_of(given, "Принять"))).json()["text"]
    assert all(len(button["callback_data"].encode()) <= 64 for line in given["buttons"] for button in line)


@pytest.mark.row("I-02")
def test_a_keyboard_waits_out_429_and_a_message_that_is_gone_is_left_alone(desk, world, deliver, hook, company):
    from core.gateways.errors import GatewaySilent
    from core.notifications.chats.jobs import untap

    boss, his, worker, mine = desk
    give(desk, deliver)
    (given,) = said(world, mine)
    number = int(data_of(given, "Принять").split(":")[1])
    assert "принята" in hook(press(mine, data_of(given, "Принять"))).json()["text"]
    world.order(service="telegram", mode="throttle", count=1)
    with pytest.raises(GatewaySilent):
        untap(company, number)
    deliver()
    assert titles(said(world, mine)[0]) == ["Начать", "Сдать"]
    world.order(service="telegram", mode="refuse", count=1)
    untap(company, number)
    post(world, "/telegram/press", {"message": given["id"], "data": "x"}, status=502)
