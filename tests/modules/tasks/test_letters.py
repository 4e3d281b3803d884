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
