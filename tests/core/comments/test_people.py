"""Words on the card of a person: the same as on a task, said before all who may read it."""

import pytest

pytestmark = pytest.mark.row("T-18")


@pytest.fixture
def team(company, person):
    """(path of anna's card, anna, two colleagues of hers)."""
    anna, boris, clara = (person(company) for _ in range(3))
    return f"employees/{anna.id}/", anna, boris, clara


@pytest.fixture(params=["tasks", "employees"])
def card(request, company, person, owner):
    """(path of a card of one kind or the other, who answers for it)."""
    whose = person(company)
    if request.param == "employees":
        return f"employees/{whose.id}/", whose
    made = owner.client.post("tasks/", {"title": "Договор", "assignee": whose.id}).json()
    return f"tasks/{made['id']}/", whose


def say(who, path, text="Готово"):
    answer = who.client.post(f"{path}comments/", {"text": text})
    assert answer.status_code == 201, answer.json()
    return answer.json()


def heard(who):
    """(kind, reason) of what the bell says, newest first."""
    return [(one["kind"], one["reason"]) for one in who.client.get("notices/").json()["results"]]


def test_words_are_said_corrected_told_and_taken_back(card, owner):
    path, whose = card
    said = say(owner, path, f"Жду вас, @[{whose.id}]")
    assert [one["id"] for one in said["mentions"]] == [whose.id] and said["not_notified"] == []
    address = f"comments/{said['id']}/"
    assert whose.client.patch(address, {"text": "Чужое"}).status_code == 403
    assert owner.client.patch(address, {"text": "Жду"}).json()["edited_at"] is not None
    assert [one["text"] for one in whose.client.get(f"{path}comments/").json()["results"]] == ["Жду"]
    assert owner.client.delete(address).status_code == 204
    assert whose.client.get(f"{path}comments/").json()["results"] == []
    told = [line["kind"] for line in whose.client.get(f"{path}history/").json()["results"]]
    assert told[:3] == ["comments.removed", "comments.edited", "comments.added"]


def test_whoever_answers_for_the_card_is_written_to_and_who_spoke_before_hears_by_the_bell(
    card, company, person, owner, deliver, mailbox
):
    path, whose = card
    boss = person(company, "admin")
    deliver()
    mailbox.clear()
    say(boss, path, "Начнём завтра")
    deliver()
    assert whose.email in [str(letter["To"]) for letter in mailbox]
    before = len(heard(boss))
    say(owner, path, "Нет, сегодня")
    deliver()
    assert boss.email not in [str(letter["To"]) for letter in mailbox]
    reason = "это ваша карточка" if path.startswith("employees") else "вы исполнитель"
    assert heard(whose)[0] == ("comments.written", reason)
    assert heard(boss)[0] == ("comments.overheard", "вы писали здесь") and len(heard(boss)) == before + 1


def test_who_has_said_nothing_hears_nothing_and_nobody_hears_himself(team, deliver, mailbox):
    path, anna, boris, clara = team
    say(anna, path, "Я в отпуске")
    deliver()
    assert mailbox == [] and heard(anna) == heard(boris) == heard(clara) == []


def test_words_taken_back_give_nobody_a_part_in_the_talk(team, deliver):
    path, anna, boris, clara = team
    said = say(boris, path)
    boris.client.delete(f"comments/{said['id']}/")
    say(clara, path)
    deliver()
    assert heard(boris) == [] and [kind for kind, _ in heard(anna)] == ["comments.written"]


def test_a_role_that_sees_no_such_cards_reads_none_of_it_and_is_not_let_in(card, company, person, owner, deliver):
    path, _ = card
    role = owner.client.post("roles/", {"title": "Охранник", "grants": []}).json()["code"]
    guard = person(company, role)
    said = say(owner, path, f"@[{guard.id}], взгляните")
    assert [one["id"] for one in said["not_notified"]] == [guard.id]
    deliver()
    assert heard(guard) == []
    for method, address in (("get", f"{path}comments/"), ("patch", f"comments/{said['id']}/")):
        assert guard.client.call(method, address, {"text": "x"} if method == "patch" else None).status_code == 404
    kinds = {line["kind"] for line in owner.client.get(f"{path}history/").json()["results"]}
    assert "comments.let_in" not in kinds


def test_a_person_is_found_by_what_is_said_about_him(team, deliver):
    path, _, boris, clara = team
    say(boris, path, "Ведёт перепланировку склада")
    deliver()
    found = clara.client.get("search/", q="перепланировку").json()["results"]
    assert [one["card"]["ref"] for one in found] == [f"organization.employee/{team[1].id}"]
