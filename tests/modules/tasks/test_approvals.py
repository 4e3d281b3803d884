"""Drafts that somebody approves: who decides, what he has seen, and what becomes of dates and of sets."""

from datetime import UTC, datetime, timedelta

import pytest

from core.errors import Invalid, Refused
from modules.tasks.models import DraftRequest, Task
from modules.tasks.notifications.kinds import TO_APPROVE

FUTURE, PAST = "2040-01-01T10:00:00Z", "2020-01-01T10:00:00Z"


def send(who, approver, *cards):
    return who.client.post("tasks/approval/", {"tasks": [card["id"] for card in cards], "approver": approver.id})


def line(who):
    """What waits for a person's approval: the lines of «Ждёт меня»."""
    sections = {section["code"]: section for section in who.client.get("waiting/").json()["sections"]}
    return sections.get("drafts", {"results": [], "count": 0})


def press(who, told, code, **more):
    action = next(one for one in told["actions"] if one["code"] == code)
    return who.client.call(action["method"].lower(), action["path"], {**action["body"], **more})


def card_of(who, card):
    return who.client.get(f"tasks/{card['id']}/").json()


def kinds(who, card):
    return [fact["kind"] for fact in who.client.get(f"tasks/{card['id']}/history/").json()["results"]]


@pytest.fixture
def strict(owner):
    """The company releases drafts by approval alone."""
    answer = owner.client.patch("options/", {"values": {"tasks.needs_approval": True}})
    assert answer.status_code == 200, answer.json()


@pytest.fixture
def draft(give):
    return lambda title="План", **more: give(title, is_draft=True, **more)


@pytest.fixture
def boss(cast):
    return cast.stranger


def test_whoever_approves_releases_in_the_authors_name(cast, boss, draft, deliver, mailbox):
    card = draft(description="По образцу прошлого года")
    assert send(cast.initiator, boss, card).status_code == 204
    deliver()
    (asked,) = mailbox
    assert (asked["To"], str(asked["Subject"])) == (boss.email, f"На утверждение: План ({card['number']})")
    mailbox.clear()
    (told,) = line(boss)["results"]
    assert [action["title"] for action in told["actions"]] == ["Утвердить", "Вернуть"]
    seen = card_of(boss, card)
    assert (seen["can"]["edit"], seen["actions"], seen["draft_request"]["can_decide"]) == (False, [], True)
    assert press(boss, told, "approve").status_code == 204
    given = card_of(cast.assignee, card)
    assert (given["status"], given["is_draft"], given["initiator"]["id"]) == ("new", False, cast.initiator.id)
    assert boss.client.get(f"tasks/{card['id']}/").status_code == 404, "he has decided"
    history = cast.initiator.client.get(f"tasks/{card['id']}/history/").json()["results"]
    assert [(fact["kind"], fact["actor"]["id"]) for fact in history[:2]] == [
        ("tasks.released", cast.initiator.id), ("tasks.draft_approved", boss.id),
    ]  # fmt: skip
    deliver()
    letters = {letter["To"]: str(letter["Subject"]) for letter in mailbox}
    assert letters[cast.initiator.email].startswith("Черновик утверждён")
    assert letters[cast.assignee.email].startswith("Новая задача")
    assert line(boss)["results"] == []


def test_a_draft_comes_back_with_a_reason_and_goes_again(cast, boss, draft, deliver, mailbox):
    card = draft()
    send(cast.initiator, boss, card)
    (told,) = line(boss)["results"]
    bare = press(boss, told, "return")
    assert bare.status_code == 422 and bare.json()["errors"][0]["pointer"] == "/text"
    assert press(boss, told, "return", text="Нет сметы").status_code == 204
    back = card_of(cast.initiator, card)
    assert (back["approval"], back["draft_request"]["reason"]) == ("returned", "Нет сметы")
    assert back["can"]["ask_approval"] is True
    deliver()
    letter = next(letter for letter in mailbox if letter["To"] == cast.initiator.email)
    assert str(letter["Subject"]).startswith("Черновик возвращён")
    assert cast.initiator.client.patch(f"tasks/{card['id']}/", {"description": "Со сметой"}).status_code == 200
    assert send(cast.initiator, boss, card).status_code == 204
    (again,) = line(boss)["results"]
    assert press(boss, told, "approve").status_code == 409, "the former sending is decided"
    assert press(boss, again, "approve").status_code == 204


@pytest.mark.parametrize("change", ["title", "description", "due_at", "assignee", "co_assignees"])
def test_changing_the_substance_takes_the_draft_back(cast, boss, draft, change):
    card = draft()
    send(cast.initiator, boss, card)
    (told,) = line(boss)["results"]
    path = f"tasks/{card['id']}/"
    if change == "co_assignees":
        answer = cast.initiator.client.put(f"{path}co-assignees/", {"co_assignees": [cast.colleague.id]})
    else:
        value = {"assignee": cast.colleague.id, "due_at": FUTURE}.get(change, "Иначе")
        answer = cast.initiator.client.patch(path, {change: value})
    assert answer.status_code == 200, answer.json()
    assert (answer.json()["draft_request"], answer.json()["approval"]) == (None, None)
    assert line(boss)["results"] == [] and boss.client.get(path).status_code == 404
    assert press(boss, told, "approve").status_code == 409
    assert kinds(cast.initiator, card)[0] == "tasks.draft_recalled"
    assert card_of(cast.initiator, card)["status"] == "draft"


@pytest.mark.parametrize("change", ["checklist", "watchers", "tags"])
def test_whoever_approves_must_have_seen_the_latest(cast, boss, draft, change):
    card = draft()
    send(cast.initiator, boss, card)
    (told,) = line(boss)["results"]
    path, client = f"tasks/{card['id']}/", cast.initiator.client
    if change == "checklist":
        answer = client.post(f"{path}checklist/", {"points": [{"text": "Ещё и это"}]})
    elif change == "watchers":
        answer = client.put(f"{path}watchers/", {"watchers": [cast.colleague.id]})
    else:
        answer = client.put(f"{path}tags/", {"tags": ["Срочно"]})
    assert answer.status_code in (200, 201), answer.json()
    stale = press(boss, told, "approve")
    assert stale.status_code == 409 and stale.json()["type"].endswith("draft-changed")
    assert card_of(cast.initiator, card)["status"] == "draft"
    (fresh,) = line(boss)["results"]
    assert press(boss, fresh, "approve").status_code == 204, "having looked again"


def test_talk_about_a_draft_changes_nothing_of_it(cast, boss, draft):
    card = draft()
    send(cast.initiator, boss, card)
    (told,) = line(boss)["results"]
    assert boss.client.post(f"tasks/{card['id']}/comments/", {"text": "Когда начнём?"}).status_code == 201
    assert cast.initiator.client.post(f"tasks/{card['id']}/comments/", {"text": "Завтра"}).status_code == 201
    assert press(boss, told, "approve").status_code == 204


def test_only_the_author_sends_and_not_to_himself(cast, boss, draft, owner):
    card, given = draft(), draft()
    assert send(cast.initiator, cast.initiator, card).status_code == 422
    assert send(cast.initiator, boss, card).status_code == 204
    assert send(cast.initiator, owner, card).status_code == 409, "one asks one person at a time"
    assert send(boss, owner, card).status_code == 403, "he sees it and is not its author"
    assert boss.client.post(f"tasks/{card['id']}/do/release/").status_code == 403
    assert boss.client.patch(f"tasks/{card['id']}/", {"title": "Моё"}).status_code == 403
    cast.initiator.client.post(f"tasks/{given['id']}/do/release/")
    assert send(cast.initiator, boss, given).status_code == 422


def test_an_almighty_approver_says_yes_or_no_and_no_more(cast, draft, owner):
    card = draft()
    send(cast.initiator, owner, card)
    assert owner.client.patch(f"tasks/{card['id']}/", {"title": "Моё"}).status_code == 403
    assert owner.client.post(f"tasks/{card['id']}/do/release/").status_code == 403
    assert card_of(owner, card)["can"]["edit"] is False


def test_nobody_is_asked_who_sees_no_tasks(company, cast, draft, owner, person):
    made = owner.client.post("roles/", {"title": "Без задач", "grants": []})
    blind = person(company, role=made.json()["code"])
    answer = send(cast.initiator, blind, draft())
    assert answer.status_code == 422 and answer.json()["errors"][0]["pointer"] == "/approver"


def test_a_set_goes_whole_or_not_at_all(company, inside, cast, boss, draft, person):
    gone = person(company, name="Ушедший Олег")
    cards = [draft("Первый"), draft("Второй"), draft("Третий", to=gone)]
    assert send(cast.initiator, boss, *cards).status_code == 204
    (told,) = line(boss)["results"]
    assert told["text"] == "3 шт.: Первый; Второй; Третий" and line(boss)["count"] == 1
    assert [card["title"] for card in card_of(boss, cards[0])["draft_request"]["others"]] == ["Второй", "Третий"]
    with inside(company):
        gone.principal.is_active = False
        gone.principal.save(update_fields=["is_active"])
    refused = press(boss, told, "approve")
    assert refused.status_code == 409, "one of them cannot be given"
    assert {card_of(cast.initiator, card)["status"] for card in cards} == {"draft"}
    part = {"drafts": card_of(boss, cards[0])["draft_request"]["drafts"][:2], "approves": True}
    assert boss.client.post("tasks/approval/decision/", part).status_code == 409, "nor a part of what was sent"
    assert cast.initiator.client.delete(f"tasks/{cards[2]['id']}/approval/").status_code == 200
    assert press(boss, told, "approve").status_code == 409, "another set than he has seen"
    (fresh,) = line(boss)["results"]
    assert press(boss, fresh, "approve").status_code == 204
    assert [card_of(cast.initiator, card)["status"] for card in cards] == ["new", "new", "draft"]


def test_a_set_makes_one_letter_to_each_side(cast, boss, draft, deliver, mailbox):
    cards = [draft(f"Пункт {number}") for number in range(3)]
    send(cast.initiator, boss, *cards)
    deliver()
    assert [letter["To"] for letter in mailbox] == [boss.email]
    mailbox.clear()
    press(boss, line(boss)["results"][0], "return", text="Рано")
    deliver()
    assert [letter["To"] for letter in mailbox] == [cast.initiator.email]


def test_the_author_may_still_release_it_where_the_company_lets_him(cast, boss, draft):
    card = draft()
    send(cast.initiator, boss, card)
    released = cast.initiator.client.post(f"tasks/{card['id']}/do/release/")
    assert (released.status_code, released.json()["draft_request"]) == (200, None)
    assert line(boss)["results"] == []


@pytest.mark.usefixtures("strict")
def test_without_approval_nothing_is_released_where_the_company_wants_it(cast, boss, draft, owner, deliver, mailbox):
    card, dated = draft("По кнопке"), draft("По дате", release_at=PAST)
    assert card["actions"] == []
    refused = cast.initiator.client.post(f"tasks/{card['id']}/do/release/")
    assert refused.status_code == 409 and "Отправьте" in refused.json()["title"]
    bulk = cast.initiator.client.post("tasks/bulk/", {"action": "release", "ids": [card["id"]]}).json()["results"]
    assert bulk[0]["outcome"] == "refused"
    deliver()
    missed = card_of(cast.initiator, dated)
    assert (missed["status"], missed["release_at"]) == ("draft", None)
    assert [str(letter["Subject"]).split(":")[0] for letter in mailbox] == ["Черновик не поставлен"]
    assert kinds(cast.initiator, dated)[0] == "tasks.release_missed"
    send(cast.initiator, boss, card)
    assert cast.initiator.client.post(f"tasks/{card['id']}/do/release/").status_code == 409
    assert press(boss, line(boss)["results"][0], "approve").status_code == 204
    assert card_of(cast.initiator, card)["status"] == "new"


@pytest.mark.usefixtures("strict")
def test_what_is_approved_waits_for_its_date_and_is_kept_to(company, inside, cast, boss, draft, deliver):
    kept, altered = draft("Как утвердили", release_at=FUTURE), draft("Изменён", release_at=FUTURE)
    for card in (kept, altered):
        send(cast.initiator, boss, card)
        (told,) = line(boss)["results"]
        assert press(boss, told, "approve").status_code == 204
    deliver()
    stands = card_of(cast.initiator, kept)
    assert (stands["status"], stands["approval"]) == ("draft", "approved")
    assert [deed["code"] for deed in stands["actions"]] == ["release"], "he may give it sooner"
    sooner = (datetime.now(UTC) + timedelta(hours=1)).isoformat()
    assert cast.initiator.client.patch(f"tasks/{kept['id']}/", {"release_at": sooner}).json()["approval"] == "approved"
    changed = cast.initiator.client.patch(f"tasks/{altered['id']}/", {"title": "Совсем другое"})
    assert changed.json()["approval"] is None
    with inside(company):
        Task.objects.filter(pk__in=[kept["id"], altered["id"]]).update(release_at=PAST)
    assert cast.initiator.client.post("tasks/", {
        "title": "Будильник", "assignee": cast.assignee.id, "is_draft": True, "release_at": PAST,
    }).status_code == 201  # fmt: skip
    deliver()
    assert card_of(cast.initiator, kept)["status"] == "new"
    assert card_of(cast.initiator, altered)["status"] == "draft"


def test_a_date_does_not_overtake_whoever_is_asked(cast, boss, draft, deliver):
    card = draft(release_at=PAST)
    send(cast.initiator, boss, card)
    deliver()
    assert card_of(cast.initiator, card)["status"] == "draft"
    assert press(boss, line(boss)["results"][0], "approve").status_code == 204
    assert card_of(cast.initiator, card)["status"] == "new", "its date has come while he thought"


def test_an_author_without_rights_gives_nothing_by_another_ones_word(company, inside, cast, boss, draft):
    card = draft()
    send(cast.initiator, boss, card)
    with inside(company):
        cast.initiator.principal.is_active = False
        cast.initiator.principal.save(update_fields=["is_active"])
    (told,) = line(boss)["results"]
    refused = press(boss, told, "approve")
    assert refused.status_code == 409 and refused.json()["type"].endswith("author-gives-no-more")
    assert press(boss, told, "return", text="Автор ушёл").status_code == 204


def test_a_message_approves_what_it_has_told_of_only(company, inside, cast, boss, draft):
    card = draft()
    send(cast.initiator, boss, card)
    cast.initiator.client.patch(f"tasks/{card['id']}/", {"title": "Другое"})
    send(cast.initiator, boss, card)
    from_message = _message_press(company, inside, boss, card)
    assert "присылали ещё раз" in from_message
    once = draft("Один раз")
    send(cast.initiator, boss, once)
    assert _message_press(company, inside, boss, once) == f"{once['number']}: утверждена"
    assert card_of(cast.initiator, once)["status"] == "new"


def test_a_long_answer_under_a_message_is_refused_and_the_draft_waits(cast, boss, draft, company, inside):
    """A chat bears four times what is kept."""
    card = draft("Договор")
    send(cast.initiator, boss, card)
    with pytest.raises(Invalid), inside(company):
        TO_APPROVE.buttons.press(Task.objects.get(pk=card["id"]), boss.actor("bot"), "back", "я" * 1001)
    assert _message_press(company, inside, boss, card, "back", "Нет суммы") == f"{card['number']}: возвращён"


def _message_press(company, inside, who, card, code="approve", text=""):
    with inside(company):
        try:
            return TO_APPROVE.buttons.press(Task.objects.get(pk=card["id"]), who.actor("bot"), code, text)
        except Refused as refusal:
            return refusal.title


def test_the_list_of_drafts_tells_how_each_stands(cast, boss, draft, company, inside):
    cards = [draft(f"Черновик {number}") for number in range(3)]
    send(cast.initiator, boss, cards[0])
    send(cast.initiator, boss, cards[1])
    press(boss, line(boss)["results"][-1], "return", text="Нет")
    rows = cast.initiator.client.get("tasks/", tab="drafts").json()["results"]
    assert {row["title"]: row["approval"] for row in rows} == {
        "Черновик 0": "waiting", "Черновик 1": "returned", "Черновик 2": None,
    }  # fmt: skip
    with inside(company):
        assert DraftRequest.objects.filter(outcome="").count() == 1


def test_many_drafts_to_approve_cost_as_many_statements_as_one(cast, boss, draft, statements):
    def asked():
        with statements() as seen:
            line(boss)
        return len(seen)

    send(cast.initiator, boss, draft("А"), draft("Б"))
    asked()
    few = asked()
    for number in range(6):
        send(cast.initiator, boss, draft(f"А{number}"), draft(f"Б{number}"))
    assert (asked(), len(line(boss)["results"])) == (few, 7)


@pytest.mark.parametrize("heir", ["author", "stranger to a private one"])
def test_a_dismissed_approver_leaves_no_draft_without_an_answer(cast, boss, draft, owner, deliver, mailbox, heir):
    card = draft(is_private=heir != "author")
    send(cast.initiator, boss, card)
    deliver()
    mailbox.clear()
    to = cast.initiator if heir == "author" else cast.colleague
    assert owner.client.post(f"employees/{boss.id}/dismiss/", {"successor": to.id}).status_code == 200
    deliver()
    stands = card_of(cast.initiator, card)
    assert (stands["approval"], stands["can"]["ask_approval"]) == (None, True)
    subjects = [str(letter["Subject"]) for letter in mailbox if letter["To"] == cast.initiator.email]
    assert [text.split(":")[0] for text in subjects if card["number"] in text] == ["Черновик некому утвердить"]
    if to is cast.colleague:
        assert to.client.get(f"tasks/{card['id']}/").status_code == 404


def test_whoever_got_it_by_a_dismissal_hears_of_it_and_decides(cast, boss, draft, owner, deliver, mailbox):
    card = draft()
    send(cast.initiator, boss, card)
    deliver()
    mailbox.clear()
    owner.client.post(f"employees/{boss.id}/dismiss/", {"successor": cast.colleague.id})
    deliver()
    subjects = [str(letter["Subject"]) for letter in mailbox if letter["To"] == cast.colleague.email]
    assert any(text.startswith("На утверждение: План") for text in subjects), subjects
    (told,) = line(cast.colleague)["results"]
    assert press(cast.colleague, told, "approve").status_code == 204
    assert card_of(cast.initiator, card)["status"] == "new"
