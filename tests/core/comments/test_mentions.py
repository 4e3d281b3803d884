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
    assert "упоминает вас в обсуждении «Договор»" in letter["Subject"]
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


def sees(person, path) -> bool:
    status = person.client.get(path).status_code
    assert status in (200, 404)
    return status == 200


def history(person, path) -> list[tuple[str, list]]:
    """(kind, what changed) of the facts about who was let in and out, newest first."""
    lines = person.client.get(f"{path}history/").json()["results"]
    found = [line for line in lines if line["kind"] in ("comments.let_in", "comments.let_out")]
    return [(line["kind"], [(one["label"], one["old"], one["new"]) for one in line["changes"]]) for line in found]


@pytest.fixture
def watcher(task, company, person):
    """Somebody who sees the task and decides nothing in it."""
    path, initiator, *_ = task
    found = person(company)
    assert initiator.client.put(f"{path}watchers/", {"watchers": [found.id]}).status_code == 200
    return found


def test_a_watcher_lets_nobody_in_and_learns_whom(task, watcher, deliver, mailbox):
    path, initiator, assignee, stranger = task
    deliver()
    mailbox.clear()
    said = say(watcher, path, f"@[{stranger.id}] и @[{assignee.id}], взгляните")
    assert [person["id"] for person in said["not_notified"]] == [stranger.id]
    assert {person["id"] for person in said["mentions"]} == {stranger.id, assignee.id}
    assert not sees(stranger, path) and history(initiator, path) == []
    deliver()
    assert addressees(mailbox) == sorted([initiator.email, assignee.email])
    # Letting him in later is a matter between others: these words are not sent after him.
    initiator.client.put(f"{path}watchers/", {"watchers": [watcher.id, stranger.id]})
    deliver()
    to_him = [letter["Subject"] for letter in mailbox if letter["To"] == stranger.email]
    assert not any("упоминает" in subject for subject in to_him), to_him


def test_a_watcher_lets_nobody_in_by_an_edit(task, watcher):
    path, _, assignee, stranger = task
    said = say(watcher, path, "Взгляните")
    assert said["not_notified"] == []
    answer = watcher.client.patch(f"comments/{said['id']}/", {"text": f"@[{stranger.id}] @[{assignee.id}], взгляните"})
    assert [person["id"] for person in answer.json()["not_notified"]] == [stranger.id]
    assert not sees(stranger, path)


def test_whoever_answers_for_the_card_or_may_change_it_lets_in(task, company, person, owner):
    path, initiator, assignee, _ = task
    for writer in (initiator, assignee, owner):
        blind = person(company)
        said = say(writer, path, f"@[{blind.id}]")
        assert said["not_notified"] == [] and sees(blind, path)


def test_words_said_by_a_watcher_let_in_once_he_answers_for_the_card(task, watcher, deliver, mailbox):
    path, initiator, _, stranger = task
    said = say(watcher, path, f"@[{stranger.id}]")
    assert initiator.client.patch(path, {"assignee": watcher.id}).status_code == 200
    deliver()
    mailbox.clear()
    answer = watcher.client.patch(f"comments/{said['id']}/", {"text": f"@[{stranger.id}], взгляните"})
    assert answer.json()["not_notified"] == [] and sees(stranger, path)
    deliver()
    assert addressees(mailbox) == [stranger.email]


@pytest.mark.parametrize("way", ["remove", "edit"])
def test_taking_the_mention_back_closes_the_card(task, way):
    path, initiator, assignee, stranger = task
    said = say(initiator, path, f"@[{stranger.id}] @[{assignee.id}]")
    name = next(person["name"] for person in said["mentions"] if person["id"] == stranger.id)
    assert sees(stranger, path)
    assert history(initiator, path) == [("comments.let_in", [("Упомянуты", None, name)])]
    address = f"comments/{said['id']}/"
    answer = initiator.client.delete(address) if way == "remove" else initiator.client.patch(address, {"text": "Ой"})
    assert answer.status_code in (200, 204)
    assert not sees(stranger, path) and sees(assignee, path)
    assert history(initiator, path)[0] == ("comments.let_out", [("Упомянуты", name, None)])
    assert len(history(initiator, path)) == 2


def test_another_living_mention_keeps_the_card_open(task, watcher):
    path, initiator, assignee, stranger = task
    first = say(initiator, path, f"@[{stranger.id}]")
    second = say(assignee, path, f"Да, @[{stranger.id}]!")
    initiator.client.delete(f"comments/{first['id']}/")
    assert sees(stranger, path)
    assignee.client.patch(f"comments/{second['id']}/", {"text": f"Да, @[{stranger.id}]."})
    assert sees(stranger, path)
    assignee.client.delete(f"comments/{second['id']}/")
    assert not sees(stranger, path)


def test_other_parts_stay_when_the_mention_goes(task):
    path, initiator, _, stranger = task
    said = say(initiator, path, f"@[{stranger.id}]")
    initiator.client.put(f"{path}watchers/", {"watchers": [stranger.id]})
    initiator.client.delete(f"comments/{said['id']}/")
    assert sees(stranger, path)
    initiator.client.put(f"{path}watchers/", {"watchers": []})
    assert not sees(stranger, path)


def test_a_mention_of_who_saw_the_card_already_takes_nothing_away(task, watcher):
    path, initiator, *_ = task
    said = say(initiator, path, f"@[{watcher.id}]")
    assert initiator.client.delete(f"comments/{said['id']}/").status_code == 204
    assert sees(watcher, path) and history(initiator, path) == []
