"""Mentions: whom they name, whom they let in, who gets a letter and how many."""

import pytest

from core.comments.notifications import tell_people
from core.entities.models import Participant
from core.events.bus import Told
from core.events.models import Fact
from core.identity.models import Principal
from core.jobs.telling import tell

pytestmark = pytest.mark.row("T-17", "T-19")


@pytest.fixture
def task(company, person, deliver, mailbox):
    """(path of the task, initiator, assignee, stranger); letters about the task itself are out of the way."""
    initiator, assignee, stranger = person(company), person(company), person(company)
    answer = initiator.client.post("tasks/", {"title": "Договор", "assignee": assignee.id})
    deliver()
    mailbox.clear()
    return f"tasks/{answer.json()['id']}/", initiator, assignee, stranger


def say(person, path, text):
    answer = person.client.post(f"{path}comments/", {"text": text})
    assert answer.status_code == 201, answer.json()
    return answer.json()


def addressees(mailbox) -> list[str]:
    return sorted(str(letter["To"]) for letter in mailbox)


def test_a_mention_names_a_person(task):
    path, initiator, assignee, _ = task
    said = say(initiator, path, f"Спросите @[{assignee.id}] и @[{assignee.id}]")
    assert [person["id"] for person in said["mentions"]] == [assignee.id]
    assert f'<span class="mention">@{said["mentions"][0]["name"]}</span>' in said["html"]


def test_who_does_not_exist_or_is_blocked_is_not_mentioned(task, company, inside, other_owner):
    path, initiator, _, stranger = task
    with inside(company):
        Principal.objects.filter(pk=stranger.principal.pk).update(is_active=False)
    said = say(initiator, path, f"@[{stranger.id}] @[999999999999] @[{other_owner.id}] @[0] @[abc] @[]")
    assert said["mentions"] == []
    assert "@[999999999999]" in said["html"] and "mention" not in said["html"]


def test_mentioning_lets_in_who_did_not_see_the_card(task, company, inside):
    path, initiator, assignee, stranger = task
    assert stranger.client.get(path).status_code == 404
    say(initiator, path, f"@[{stranger.id}] @[{assignee.id}] @[{initiator.id}]")
    assert stranger.client.get(path).status_code == 200
    with inside(company):
        joined = Participant.objects.filter(part=Participant.Part.MENTIONED).values_list("principal_id", flat=True)
        assert list(joined) == [stranger.principal.pk]


def test_an_edit_lets_in_and_tells_only_those_mentioned_anew(task, deliver, mailbox):
    path, initiator, assignee, stranger = task
    said = say(initiator, path, f"@[{assignee.id}]")
    deliver()
    mailbox.clear()
    answer = initiator.client.patch(f"comments/{said['id']}/", {"text": f"@[{assignee.id}] и @[{stranger.id}]"})
    assert answer.status_code == 200
    deliver()
    assert addressees(mailbox) == [stranger.email]
    assert stranger.client.get(path).status_code == 200


def test_the_mentioned_and_the_sides_get_one_letter_each_and_the_writer_none(task, deliver, mailbox):
    path, initiator, assignee, stranger = task
    say(assignee, path, f"@[{stranger.id}] @[{initiator.id}] @[{assignee.id}] готово <b>\nВторая строка")
    deliver()
    assert addressees(mailbox) == sorted([initiator.email, stranger.email])
    letter = next(letter for letter in mailbox if letter["To"] == stranger.email)
    assert "упоминает вас: Договор" in letter["Subject"]
    text = letter.get_body(("plain",)).get_content()
    assert "Вторая строка" in text and f"http://alfa.localhost:8000/{path.rstrip('/')}" in text
    assert "@Сотрудник" in text and "@[" not in text
    assert "<b>" not in letter.get_body(("html",)).get_content()


def test_words_without_mentions_reach_the_other_side(task, deliver, mailbox):
    path, initiator, assignee, _ = task
    say(initiator, path, "Как дела?")
    deliver()
    assert addressees(mailbox) == [assignee.email]


def test_the_same_fact_told_twice_sends_one_letter(task, company, inside, deliver, mailbox):
    path, initiator, _, stranger = task
    say(initiator, path, f"@[{stranger.id}]")
    with inside(company):
        fact = Fact.objects.select_related("entity").get(kind="comments.added")
    tell(company, [fact.pk])
    tell(company, [fact.pk])
    with inside(company):
        # Even a reader that has forgotten its inbox mark writes no second letter.
        tell_people(Told.of(fact, fact.entity.ref))
    deliver()
    assert addressees(mailbox).count(stranger.email) == 1


def test_who_lost_the_card_meanwhile_gets_no_letter(task, deliver, mailbox):
    path, initiator, assignee, stranger = task
    initiator.client.put(f"{path}watchers/", {"watchers": [stranger.id]})
    say(initiator, path, f"@[{stranger.id}]")
    initiator.client.put(f"{path}watchers/", {"watchers": []})
    deliver()
    assert addressees(mailbox) == [assignee.email]


def test_words_taken_back_at_once_reach_nobody(task, deliver, mailbox):
    path, initiator, assignee, _ = task
    said = say(initiator, path, f"@[{assignee.id}] секрет")
    initiator.client.delete(f"comments/{said['id']}/")
    deliver()
    assert mailbox == []


def test_a_crowd_is_not_called(task):
    path, initiator, *_ = task
    text = " ".join(f"@[{number}]" for number in range(1, 52))
    assert initiator.client.post(f"{path}comments/", {"text": text}).status_code == 422


def test_history_tells_that_words_were_said_and_not_which(task):
    path, initiator, *_ = task
    said = say(initiator, path, "Секретные слова")
    initiator.client.patch(f"comments/{said['id']}/", {"text": "Другие слова"})
    initiator.client.delete(f"comments/{said['id']}/")
    answer = initiator.client.get(f"{path}history/")
    assert [line["kind"] for line in answer.json()["results"][:3]] == [
        "comments.removed",
        "comments.edited",
        "comments.added",
    ]
    assert "слова" not in answer.content.decode()
