"""The bell: what somebody is told of, only what he may see, read once."""

import pytest

pytestmark = pytest.mark.row("T-22")


@pytest.fixture
def give(company, deliver):
    """`give(initiator, assignee)` gives a task and tells its fact."""

    def run(initiator, assignee, title="Отчёт", **more):
        made = initiator.client.post("tasks/", {"title": title, "assignee": assignee.id, **more})
        assert made.status_code == 201, made.json()
        deliver()
        return made.json()

    return run


def bell(person, **params):
    return person.client.get("notices/", **params).json()


def test_who_gets_a_task_hears_of_it_once_and_why(company, person, give):
    boss, worker = person(company), person(company)
    task = give(boss, worker)
    (notice,) = bell(worker)["results"]
    assert notice["ref"] == task["ref"] and notice["link"] == f"/tasks/{task['id']}"
    assert notice["reason"] == "вы исполнитель" and notice["kind_title"] == "Новая задача"
    assert "Отчёт" in notice["subject"] and notice["read_at"] is None
    assert bell(boss)["results"] == [], "nobody hears of his own doing"


def test_the_initiator_hears_that_it_is_done(company, person, give, deliver):
    boss, worker = person(company), person(company)
    task = give(boss, worker)
    for deed in ("accept", "submit"):
        assert worker.client.post(f"tasks/{task['id']}/do/{deed}/", {}).status_code == 200
    deliver()
    (notice,) = bell(boss)["results"]
    assert (notice["kind_title"], notice["reason"]) == ("Задача ждёт проверки", "вы инициатор")


def test_read_one_by_card_and_all(company, person, give):
    boss, worker = person(company), person(company)
    tasks = [give(boss, worker, title=f"Дело {number}") for number in range(4)]
    assert worker.client.get("notices/unread/").json() == {"unread": 4}
    newest = bell(worker)["results"][0]
    assert worker.client.post("notices/read/", {"ids": [newest["id"]]}).json() == {"unread": 3}
    assert worker.client.post("notices/read/", {"ref": tasks[0]["ref"]}).json() == {"unread": 2}
    assert len(bell(worker, read_at__isnull="true")["results"]) == 2
    assert worker.client.post("notices/read/", {}).json() == {"unread": 0}
    assert len(bell(worker)["results"]) == 4


def test_nobody_reads_anothers_bell(company, person, give):
    boss, worker, other = (person(company) for _ in range(3))
    give(boss, worker)
    (notice,) = bell(worker)["results"]
    other.client.post("notices/read/", {"ids": [notice["id"]]})
    assert bell(worker)["unread"] == 1 and bell(other)["results"] == []


def test_what_is_not_seen_any_more_is_not_told(company, person, give, owner, deliver, mailbox):
    boss, worker = person(company), person(company)
    task = give(boss, worker)
    assert boss.client.delete(f"tasks/{task['id']}/").status_code == 204
    deliver()
    assert bell(worker)["results"] == [] and bell(worker)["unread"] == 0


def test_a_module_that_is_off_is_silent(company, person, give, owner):
    boss, worker = person(company), person(company)
    give(boss, worker)
    assert owner.client.patch("modules/tasks/", {"enabled": False}).status_code == 200
    assert bell(worker)["unread"] == 0 and bell(worker)["results"] == []


def test_a_card_that_left_sight_before_sending_takes_its_letter_along(company, person, inside, mailbox, deliver):
    boss, worker = person(company), person(company)
    task = boss.client.post("tasks/", {"title": "Тайна", "assignee": worker.id}).json()
    from core.events.models import Fact
    from core.jobs.delivery import perform
    from core.notifications.models import Delivery

    with inside(company):
        facts = list(Fact.objects.filter(kind="tasks.created").values_list("pk", flat=True))
    assert perform(company.schema, "fact", facts) == {}
    assert boss.client.delete(f"tasks/{task['id']}/").status_code == 204
    deliver()
    assert mailbox == []
    with inside(company):
        row = Delivery.objects.get(channel="mail", principal=worker.principal.pk)
    assert (row.status, row.error) == ("failed", "Карточка получателю больше не видна")


def test_a_page_of_the_bell_costs_the_same_for_one_and_for_many(company, person, give, statements):
    boss, worker = person(company), person(company)
    give(boss, worker)
    bell(worker)
    with statements() as one:
        bell(worker)
    for number in range(6):
        give(boss, worker, title=f"Дело {number}")
    with statements() as many:
        bell(worker)
    assert len(many) == len(one)
