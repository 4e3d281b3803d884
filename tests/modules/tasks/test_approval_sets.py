"""What an approver may not do besides deciding, and sets of drafts of which one is not there any more."""

import pytest

from core.attachments.models import Attachment
from core.entities.models import Participant
from core.organization.models import Department, Employee
from modules.tasks.models import Task
from modules.tasks.notifications.kinds import TO_APPROVE

from .test_approvals import card_of, line, press, send


@pytest.fixture
def draft(give):
    return lambda title="План", **more: give(title, is_draft=True, **more)


@pytest.fixture
def boss(cast):
    return cast.stranger


@pytest.fixture
def few(cast, boss, draft):
    """Three drafts that the author has sent together."""
    cards = [draft(title) for title in ("Первый", "Второй", "Третий")]
    assert send(cast.initiator, boss, *cards).status_code == 204
    return cards


@pytest.fixture
def approvers(company, inside, cast, owner, person):
    """Those whose right to change would reach the draft: it reaches everything, their own work, their department."""
    head = person(company, role="head", name="Главный Олег")
    with inside(company):
        place = Department.objects.create(title="Отдел")
        place.path = [place.pk]
        place.save(update_fields=["path"])
        Employee.objects.filter(pk__in=[head.id, cast.initiator.id]).update(department=place)
    return {"owner": owner, "assignee": cast.assignee, "head": head}


@pytest.fixture
def under_message(company, inside, boss):
    """`under_message(card, "back", "Рано")`: the approver presses a button under a message about a draft."""

    def do(card, code, text=""):
        with inside(company):
            return TO_APPROVE.buttons.press(Task.objects.get(pk=card["id"]), boss.actor("bot"), code, text)

    return do


def throw_away(who, card):
    answer = who.client.delete(f"tasks/{card['id']}/")
    assert answer.status_code in (200, 204), answer.json()


def letters_of(mailbox, who, subject):
    found = [str(letter["Subject"]) for letter in mailbox if letter["To"] == who.email]
    return [text for text in found if text.startswith(subject)]


def stands(who, cards):
    return [card_of(who, card)["status"] for card in cards]


@pytest.mark.parametrize("who", ["owner", "assignee", "head"])
def test_an_approver_changes_nothing_by_the_tools_of_the_card(cast, draft, approvers, who):
    card, approver = draft(), approvers[who]
    path, client = f"tasks/{card['id']}/", approver.client
    assert send(cast.initiator, approver, card).status_code == 204
    answers = {
        "checklist": client.post(f"{path}checklist/", {"points": [{"text": "Ещё и это"}]}),
        "tags": client.put(f"{path}tags/", {"tags": ["Срочно"]}),
        "fields": client.patch(f"{path}fields/", {"fields": {}}),
        "readers": client.post(f"{path}acknowledgements/", {"people": [cast.colleague.id]}),
        "trash": client.delete(path),
    }
    assert {name: answer.status_code for name, answer in answers.items()} == dict.fromkeys(answers, 403)
    assert press(approver, line(approver)["results"][0], "approve").status_code == 204


@pytest.fixture
def hung_with_tools(company, inside, cast):
    """`hung_with_tools(card, approver, own)`: its author has put a file, a point and a reading of the approver's on a
    draft, and a tie to a task of his own; ids of the file, the point and the tie."""

    def make(card, approver, own):
        path, author = f"tasks/{card['id']}/", cast.initiator
        point = {"text": "Проверить", "assignee": approver.id}
        points = author.client.post(f"{path}checklist/", {"points": [point]}).json()["results"]
        assert author.client.post(f"{path}acknowledgements/", {"people": [approver.id]}).status_code == 201
        with inside(company):
            file = Attachment.objects.create(
                entity_id=card["id"], author_id=author.principal.pk, name="план.pdf", size=5, state="ready",
                content_type="application/pdf", storage_key="files/plan",
            )  # fmt: skip
        # The approver's own task is nothing that the author sees, so it is shown to him first.
        shown = approver.client.put(f"tasks/{own['id']}/watchers/", {"watchers": [author.id]})
        assert shown.status_code == 200, shown.json()
        tie = author.client.post(f"{path}links/", {"ref": own["ref"]})
        assert tie.status_code == 201, tie.json()
        return file.pk, points[0]["id"], tie.json()["id"]

    return make


@pytest.fixture
def draft_status(owner):
    """The id of a status that the company has made of drafts."""
    told = {"kind": Task.KIND}
    assert owner.client.post("own-statuses/scheme/", told).status_code == 201
    answer = owner.client.post("own-statuses/", told | {"title": "Правится", "base": "draft"})
    assert answer.status_code == 201, answer.json()
    return answer.json()["id"]


FILE = {"name": "замечания.pdf", "size": 5, "content_type": "application/pdf"}
SPENT = {"minutes": 30, "started_at": "2026-01-12T09:00:00Z"}


@pytest.mark.parametrize("who", ["owner", "assignee", "head"])
def test_an_approver_puts_nothing_of_his_own_on_the_draft_but_words(
    cast, draft, give, approvers, who, hung_with_tools, draft_status
):
    card, approver = draft(), approvers[who]
    path, client = f"tasks/{card['id']}/", approver.client
    own = give("Своя", by=approver, to=approver)
    file, point, tie = hung_with_tools(card, approver, own)
    assert send(cast.initiator, approver, card).status_code == 204
    answers = {
        "file": client.post(f"{path}attachments/", FILE),
        "version": client.post(f"attachments/{file}/versions/", FILE),
        "link": client.post(f"{path}links/", {"ref": own["ref"], "relation": "depends_on"}),
        "link from the other side": client.post(f"tasks/{own['id']}/links/", {"ref": card["ref"]}),
        "link taken away": client.delete(f"links/{tie}/"),
        "point": client.post(f"{path}checklist/", {"points": [{"text": "Ещё и это"}]}),
        "tick": client.post(f"checklist/{point}/tick/", {}),
        "failure": client.post(f"checklist/{point}/failure/", {"note": "Нет"}),
        "reading": client.post(f"{path}acknowledgements/confirm/", {}),
        "subtask": client.post("tasks/", {"title": "Часть", "assignee": approver.id, "parent": card["id"]}),
        "status": client.post(f"{path}status/", {"to": draft_status}),
        "time": client.post(f"{path}time/", SPENT),
        "template": client.post(f"{path}template/", {}),
    }
    assert {name: answer.status_code for name, answer in answers.items()} == dict.fromkeys(answers, 403)
    shut = {name for name, answer in answers.items() if answer.json()["type"] == "/problems/draft-of-another"}
    assert shut == set(answers) - {"point", "status"}, "these are refused to whoever does not answer for a card"
    seen = client.get(path).json()["can"]
    assert (seen["attach"], seen["divide"], seen["comment"]) == (False, False, True)
    assert client.get(f"{path}links/").json()["can_add"] is False
    assert client.get(f"{path}checklist/").json()["results"][0]["can_tick"] is False
    assert client.get(f"{path}acknowledgements/").json()["waits_for_me"] is False
    assert client.post(f"{path}comments/", {"text": "Сроки сжаты"}).status_code == 201
    assert press(approver, line(approver)["results"][0], "approve").status_code == 204
    assert client.post(f"{path}links/", {"ref": own["ref"], "relation": "depends_on"}).status_code == 201
    assert client.post(f"checklist/{point}/tick/", {}).status_code == 200, "a task that is given is everybody's again"


def test_an_author_hangs_on_his_draft_what_he_likes(cast, draft, give, draft_status):
    card, other = draft(), give("Другая")
    path, client = f"tasks/{card['id']}/", cast.initiator.client
    assert client.post(f"{path}attachments/", FILE).status_code == 201
    assert client.post(f"{path}links/", {"ref": other["ref"]}).status_code == 201
    assert client.get(f"{path}links/").json()["can_add"] is True
    assert client.get(path).json()["can"]["attach"] is True
    assert client.post(f"{path}status/", {"to": draft_status}).status_code == 200


@pytest.mark.parametrize("who", ["owner", "assignee", "head"])
def test_an_approver_lets_nobody_in_by_a_mention(company, inside, cast, draft, approvers, who):
    card = draft()
    assert send(cast.initiator, approvers[who], card).status_code == 204
    said = approvers[who].client.post(f"tasks/{card['id']}/comments/", {"text": f"@[{cast.colleague.id}], взгляни"})
    assert said.status_code == 201, said.json()
    with inside(company):
        assert not Participant.objects.filter(entity=card["id"], part=Participant.Part.MENTIONED).exists()


def test_a_draft_in_the_trash_does_not_hold_up_those_sent_with_it(cast, boss, few):
    throw_away(cast.initiator, few[2])
    (told,) = line(boss)["results"]
    assert told["text"].endswith("Первый; Второй")
    assert len(card_of(boss, few[0])["draft_request"]["drafts"]) == 2
    assert press(boss, told, "approve").status_code == 204
    assert stands(cast.initiator, few[:2]) == ["new", "new"]
    back = cast.initiator.client.post("trash/restore/", {"ref": few[2]["ref"]})
    assert back.status_code in (200, 204), back.content
    (late,) = line(boss)["results"]
    assert press(boss, late, "approve").status_code == 204, "taken out of the trash it waits on its own"


def test_a_message_speaks_of_those_that_are_not_in_the_trash(cast, boss, few, under_message):
    throw_away(cast.initiator, few[0])
    assert under_message(few[1], "approve") == "Утверждено: 2"
    assert stands(cast.initiator, few[1:]) == ["new", "new"]


@pytest.mark.parametrize("gone", ["recalled", "trashed"])
def test_the_letter_of_a_set_outlives_its_first_draft(cast, boss, few, deliver, mailbox, gone):
    if gone == "recalled":
        assert cast.initiator.client.delete(f"tasks/{few[0]['id']}/approval/").status_code == 200
    else:
        throw_away(cast.initiator, few[0])
    deliver()
    assert letters_of(mailbox, boss, "На утверждение") == [f"На утверждение: Второй ({few[1]['number']})"]
    (letter,) = [one for one in mailbox if one["To"] == boss.email]
    said = letter.get_body(("plain",)).get_content()
    assert few[2]["number"] in said and few[0]["number"] not in said


def test_the_author_hears_of_a_set_whose_first_draft_he_has_thrown_away(cast, boss, few, deliver, mailbox):
    assert press(boss, line(boss)["results"][0], "return", text="Рано").status_code == 204
    throw_away(cast.initiator, few[0])
    deliver()
    assert letters_of(mailbox, cast.initiator, "Черновик возвращён") == [
        f"Черновик возвращён: Второй ({few[1]['number']})"
    ]


def test_a_message_returns_all_that_was_sent_together(cast, boss, few, under_message):
    assert under_message(few[1], "back", "Рано") == "Возвращено: 3"
    assert {card_of(cast.initiator, card)["approval"] for card in few} == {"returned"}
    assert line(boss)["results"] == []


def test_a_part_of_a_set_is_not_returned(cast, boss, few):
    part = {"drafts": card_of(boss, few[0])["draft_request"]["drafts"][:2], "approves": False, "text": "Рано"}
    assert boss.client.post("tasks/approval/decision/", part).status_code == 409
    assert {card_of(cast.initiator, card)["approval"] for card in few} == {"waiting"}


def test_an_heir_gets_one_letter_of_a_set(cast, boss, few, owner, deliver, mailbox):
    deliver()
    mailbox.clear()
    assert owner.client.post(f"employees/{boss.id}/dismiss/", {"successor": cast.colleague.id}).status_code == 200
    deliver()
    assert letters_of(mailbox, cast.colleague, "На утверждение") == [f"На утверждение: Первый ({few[0]['number']})"]
    assert press(cast.colleague, line(cast.colleague)["results"][0], "approve").status_code == 204
    assert stands(cast.initiator, few) == ["new", "new", "new"]
