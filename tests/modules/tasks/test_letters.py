"""Letters about tasks: to whom it concerns, once, never about one's own doing."""

import pytest


def sent(mailbox):
    return [(str(letter["To"]), str(letter["Subject"]).split(":")[0]) for letter in mailbox]


@pytest.mark.row("T-03")
def test_the_assignee_is_told_of_a_new_task(give, cast, deliver, mailbox):
    card = give("Подготовить <b>договор</b>", due_at="2031-05-20T15:00:00Z")
    deliver()
    deliver()
    assert sent(mailbox) == [(cast.assignee.email, "Новая задача")]
    text = mailbox[0].get_body(("plain",)).get_content()
    assert "Срок: 20.05.2031 в 18:00." in text and f"/tasks/{card['id']}" in text
    assert "<b>" not in mailbox[0].get_body(("html",)).get_content().replace("&lt;b&gt;", "")


def test_nobody_hears_of_what_he_did_himself(give, cast, deliver, mailbox, press):
    card = give(to=cast.initiator)
    press(cast.initiator, card, "close")
    deliver()
    assert sent(mailbox) == []


def test_check_return_and_close_reach_the_other_side(give, cast, deliver, mailbox, press):
    card = give()
    deliver()
    mailbox.clear()
    press(cast.assignee, card, "start")
    press(cast.assignee, card, "submit")
    press(cast.initiator, card, "return", text="Нет печати")
    press(cast.assignee, card, "submit")
    press(cast.initiator, card, "close")
    deliver()
    assert sorted(sent(mailbox)) == sorted(
        [
            (cast.initiator.email, "Задача ждёт проверки"),
            (cast.assignee.email, "Задача возвращена"),
            (cast.initiator.email, "Задача ждёт проверки"),
            (cast.assignee.email, "Задача закрыта"),
        ]
    )
    returned = next(letter for letter in mailbox if "возвращена" in str(letter["Subject"]))
    assert "Нет печати" in returned.get_body(("plain",)).get_content()


def test_handing_over_tells_the_new_assignee(give, cast, deliver, mailbox):
    card = give()
    deliver()
    mailbox.clear()
    cast.initiator.client.patch(f"tasks/{card['id']}/", {"assignee": cast.colleague.id})
    deliver()
    assert sent(mailbox) == [(cast.colleague.email, "Новая задача")]


def test_a_task_in_the_trash_writes_no_letters(give, cast, deliver, mailbox):
    card = give()
    cast.initiator.client.delete(f"tasks/{card['id']}/")
    deliver()
    assert sent(mailbox) == []


def bell(who):
    return [row["kind"] for row in who.client.get("notices/").json()["results"]]


@pytest.fixture
def shared(give, cast, deliver, mailbox):
    """A task with a helper and one who looks on; what its giving said has been read."""
    task = give(co_assignees=[cast.colleague.id], watchers=[cast.stranger.id], due_at="2030-01-01T10:00:00Z")
    deliver()
    mailbox.clear()
    return task


@pytest.mark.row("T-19", "T-21", "T-22")
def test_who_helps_is_written_to_and_who_looks_on_sees_it_in_the_bell(shared, cast, deliver, mailbox, press):
    press(cast.assignee, shared, "start")
    press(cast.assignee, shared, "submit")
    press(cast.initiator, shared, "close")
    deliver()
    assert "tasks.closed" in bell(cast.colleague) and "tasks.submitted" not in bell(cast.colleague)
    assert bell(cast.stranger).count("tasks.watched") == 2, "handed in, closed"
    assert cast.stranger.email not in {letter["To"] for letter in mailbox}
    assert cast.colleague.email in {letter["To"] for letter in mailbox}


@pytest.mark.row("T-21")
def test_whoever_works_on_it_is_told_that_it_is_cancelled_and_opened_again(shared, cast, deliver, mailbox, press):
    press(cast.initiator, shared, "cancel")
    deliver()
    for who in (cast.assignee, cast.colleague):
        assert bell(who)[0] == "tasks.cancelled"
    press(cast.initiator, shared, "reopen")
    deliver()
    assert bell(cast.assignee)[0] == "tasks.reopened"
    assert bell(cast.stranger).count("tasks.watched") == 2


@pytest.mark.row("T-20")
def test_a_moved_date_reaches_everybody_around(shared, cast, deliver):
    moved = {"due_at": "2030-01-05T10:00:00Z", "due_reason": "Поставщик"}
    assert cast.initiator.client.patch(f"tasks/{shared['id']}/", moved).status_code == 200
    deliver()
    assert "tasks.due" in bell(cast.assignee) and "tasks.due" in bell(cast.colleague)
    assert "tasks.watched" in bell(cast.stranger)


def test_who_is_asked_to_look_on_hears_of_it_and_the_former_assignee_of_the_next(give, cast, deliver):
    task = give()
    deliver()
    asked = cast.initiator.client.put(f"tasks/{task['id']}/watchers/", {"watchers": [cast.stranger.id]})
    assert asked.status_code == 200
    deliver()
    assert "tasks.watching" in bell(cast.stranger)
    assert cast.initiator.client.patch(f"tasks/{task['id']}/", {"assignee": cast.colleague.id}).status_code == 200
    deliver()
    assert "tasks.watched" in bell(cast.assignee), "another does it now, and he looks on"
    assert "tasks.given" in bell(cast.colleague)


@pytest.mark.row("T-22")
def test_a_word_reaches_everybody_around_once(shared, cast, deliver, mailbox):
    assert cast.assignee.client.post(f"tasks/{shared['id']}/comments/", {"text": "Начал"}).status_code == 201
    deliver()
    assert bell(cast.initiator)[0] == bell(cast.colleague)[0] == "comments.written"
    assert bell(cast.stranger)[0] == "comments.overheard"
    assert "comments.written" not in bell(cast.assignee)
    to = sorted(letter["To"] for letter in mailbox)
    assert to == sorted([cast.initiator.email, cast.colleague.email])
