"""What the leaving person has handed in waits for its initiator, whoever answers for it next."""

import pytest

from tests.core.statuses.conftest import desk  # noqa: F401  (a fixture)


@pytest.fixture
def handed_in(desk):  # noqa: F811
    """(desk, card): a task in review, in a status of the company's own."""
    desk.begin()
    checked = desk.add("Проверяет мастер", base="in_review")
    card = desk.task("start", "submit")
    assert desk.move(desk.initiator, card, checked).status_code == 200
    return desk, desk.card(card)


def test_work_in_review_stays_there_with_the_successor(handed_in, company, person, owner):
    desk, card = handed_in  # noqa: F811
    heir = person(company, name="Преемников Пётр")
    going = desk.task("start", title="Начатая")
    desk.deliver()
    answer = owner.client.post(f"employees/{desk.assignee.id}/dismiss/", {"successor": heir.id})
    assert answer.status_code == 200, answer.json()
    desk.deliver()
    now = desk.card(card)
    assert (now["assignee"]["id"], now["status"]) == (heir.id, "in_review")
    assert now["status_title"] == "Проверяет мастер", "its own status stays where the base does not change"
    assert (desk.card(going)["assignee"]["id"], desk.card(going)["status"]) == (heir.id, "new")
    assert desk.press(desk.initiator, card, "return", text="Нет схемы").status_code == 200
    assert desk.press(heir, card, "start").status_code == 200, "the successor goes on with what is returned"
    assert desk.press(heir, card, "submit").status_code == 200
    assert desk.press(desk.initiator, card, "close").status_code == 200
