"""The reading list: people, departments and roles are asked, each confirms for himself, a new version asks again."""

from datetime import timedelta

import pytest
from django.utils import timezone

from core.acknowledgements.models import Acknowledgement
from core.context import company_scope
from core.entities.models import Participant
from core.organization.models import Employee

pytestmark = pytest.mark.row("T-14", "T-18", "AK-01", "AK-03")


@pytest.fixture
def scene(company, person):
    """(path of a task's list, initiator, assignee, reader, watcher)."""
    initiator, assignee, reader, watcher = (person(company) for _ in range(4))
    body = {"title": "Приказ о пропусках", "assignee": assignee.id, "watchers": [watcher.id]}
    task = initiator.client.post("tasks/", body).json()
    return f"tasks/{task['id']}/acknowledgements/", initiator, assignee, reader, watcher


def ask(who, path, *people, **more):
    answer = who.client.post(path, {"people": [one.id for one in people], **more})
    assert answer.status_code == 201, answer.json()
    return answer.json()


def card_of(path):
    return path.removesuffix("acknowledgements/")


def test_who_is_asked_sees_the_card_and_confirms_in_one_click(scene):
    path, initiator, _, reader, _ = scene
    assert reader.client.get(card_of(path)).status_code == 404
    listed = ask(initiator, path, reader)
    assert (listed["asked"], listed["done"], listed["round"]) == (1, 0, 1)
    assert reader.client.get(path).json()["waits_for_me"]
    confirmed = reader.client.post(f"{path}confirm/").json()
    (line,) = confirmed["results"]
    assert (confirmed["done"], confirmed["waits_for_me"], line["person"]["id"]) == (1, False, reader.id)
    assert line["done_at"] and line["version"] == reader.client.get(card_of(path)).json()["version"]
    assert reader.client.post(f"{path}confirm/").status_code == 409


def test_nobody_confirms_for_another_or_unasked(scene):
    path, initiator, assignee, reader, _ = scene
    ask(initiator, path, reader)
    assert assignee.client.post(f"{path}confirm/").status_code == 409
    assert initiator.client.get(path).json()["done"] == 0


def test_departments_with_all_below_and_roles_are_asked_by_their_people(owner, scene, person, company):
    path, initiator, *_ = scene
    top = owner.client.post("departments/", {"title": "Завод"}).json()["id"]
    below = owner.client.post("departments/", {"title": "Цех", "parent": top}).json()["id"]
    inside, deeper, heads = person(company), person(company), person(company, role="head")
    with company_scope(company):
        Employee.objects.filter(pk=inside.id).update(department=top)
        Employee.objects.filter(pk=deeper.id).update(department=below)
    listed = ask(initiator, path, departments=[top], roles=["head"])
    assert {line["person"]["id"] for line in listed["results"]} == {inside.id, deeper.id, heads.id}


def test_each_is_asked_once_and_gets_one_letter(scene, deliver, mailbox):
    path, initiator, _, reader, _ = scene
    for _ in range(2):
        assert ask(initiator, path, reader)["asked"] == 1
    deliver()
    letters = [str(letter["Subject"]) for letter in mailbox if letter["To"] == reader.email]
    assert len(letters) == 1 and "просит ознакомиться с карточкой «Приказ о пропусках»" in letters[0]


def test_whoever_has_read_it_before_the_letter_was_written_gets_none(scene, deliver, mailbox):
    path, initiator, _, reader, _ = scene
    ask(initiator, path, reader)
    reader.client.post(f"{path}confirm/")
    deliver()
    assert [letter for letter in mailbox if letter["To"] == reader.email] == []


def test_a_new_version_asks_everybody_again_and_keeps_what_was_confirmed(scene, person, company):
    path, initiator, _, reader, _ = scene
    slow = person(company)
    ask(initiator, path, reader, slow)
    reader.client.post(f"{path}confirm/")
    again = initiator.client.post(f"{path}again/")
    assert (again.status_code, again.json()["round"], again.json()["asked"], again.json()["done"]) == (201, 2, 2, 0)
    assert reader.client.post(f"{path}confirm/").json()["done"] == 1
    told = initiator.client.get(f"{card_of(path)}history/").json()["results"]
    assert [line["title"] for line in told].count("ознакомился(лась)") == 2


def test_those_who_answer_for_the_card_ask_and_others_do_not(scene):
    path, initiator, assignee, reader, watcher = scene
    assert ask(assignee, path, reader)["can_edit"]
    (line,) = watcher.client.get(path).json()["results"]
    assert watcher.client.post(path, {"people": [watcher.id]}).status_code == 403
    assert watcher.client.post(f"{path}again/").status_code == 403
    assert watcher.client.delete(f"acknowledgements/{line['id']}/").status_code == 403
    assert initiator.client.delete(f"acknowledgements/{line['id']}/").status_code == 204
    assert initiator.client.delete(f"acknowledgements/{line['id']}/").status_code == 404


def test_what_is_confirmed_stays(scene):
    path, initiator, _, reader, _ = scene
    ask(initiator, path, reader)
    (line,) = reader.client.post(f"{path}confirm/").json()["results"]
    assert initiator.client.delete(f"acknowledgements/{line['id']}/").status_code == 409


@pytest.mark.parametrize(
    "body", [{}, {"people": []}, {"roles": ["nobody"]}, {"departments": [10**9]}, {"people": [10**9]}]
)
def test_asking_nobody_is_refused(scene, body):
    path, initiator, *_ = scene
    answer = initiator.client.post(path, body)
    assert (answer.status_code, answer.json()["errors"][0]["pointer"]) == (422, "/people")


def test_nobody_is_asked_again_before_anybody_was_asked(scene):
    assert scene[1].client.post(f"{scene[0]}again/").status_code == 409


def test_a_long_list_comes_in_pages_at_the_same_price(scene, person, company, statements):
    path, initiator, _, reader, _ = scene
    ask(initiator, path, reader)
    costs = []
    for people in ([], [person(company) for _ in range(5)]):
        if people:
            ask(initiator, path, *people)
        with statements() as seen:
            page = initiator.client.get(path, limit=3).json()
        costs.append(len(seen))
    assert (len(page["results"]), page["asked"], bool(page["next"])) == (3, 6, True)
    assert costs[0] == costs[1] <= 10


def withdraw(who, listed, reader):
    line = next(line for line in listed["results"] if line["person"]["id"] == reader.id)
    return who.client.delete(f"acknowledgements/{line['id']}/").status_code


def test_whoever_is_withdrawn_before_he_has_read_sees_the_card_no_more(scene):
    path, initiator, assignee, reader, watcher = scene
    listed = ask(initiator, path, reader, watcher)
    assert withdraw(initiator, listed, reader) == withdraw(initiator, listed, watcher) == 204
    assert reader.client.get(card_of(path)).status_code == 404
    assert watcher.client.get(card_of(path)).status_code == 200, "his other part stays"


def test_whoever_has_confirmed_once_can_always_look_up_what_he_has_read(scene):
    path, initiator, _, reader, _ = scene
    ask(initiator, path, reader)
    reader.client.post(f"{path}confirm/")
    again = initiator.client.post(f"{path}again/").json()
    assert withdraw(initiator, again, reader) == 204
    assert reader.client.get(card_of(path)).status_code == 200


def test_a_blocked_reader_who_is_not_asked_again_finds_the_card_closed_when_he_returns(scene, owner, person, company):
    path, initiator, _, reader, _ = scene
    ask(initiator, path, reader, person(company))
    assert owner.client.post(f"employees/{reader.id}/block/").status_code == 200
    assert initiator.client.post(f"{path}again/").json()["asked"] == 1
    assert owner.client.post(f"employees/{reader.id}/unblock/").status_code == 200
    with company_scope(company):
        assert not Participant.objects.filter(principal_id=reader.principal.pk, part="reader").exists()


def test_presses_at_once_make_one_round_and_one_letter(scene, deliver, mailbox):
    """Each names the round that its screen shows; the second one learns that people are asked already."""
    path, initiator, _, reader, _ = scene
    ask(initiator, path, reader)
    deliver()
    mailbox.clear()
    presses = [initiator.client.post(f"{path}again/", {"round": 1}) for _ in range(3)]
    assert [one.status_code for one in presses] == [201, 409, 409]
    assert presses[1].json()["type"] == "/problems/asked-already"
    assert "уже попросили" in presses[1].json()["detail"]
    deliver()
    assert len([letter for letter in mailbox if letter["To"] == reader.email]) == 1
    assert initiator.client.get(path).json()["round"] == 2
    assert initiator.client.post(f"{path}again/", {"round": 2}).json()["round"] == 3


def test_who_names_no_round_is_refused_only_right_after_another_press(scene, company):
    path, initiator, _, reader, _ = scene
    ask(initiator, path, reader)
    assert [initiator.client.post(f"{path}again/").status_code for _ in range(2)] == [201, 409]
    with company_scope(company):
        rows = Acknowledgement.objects.filter(round=2)
        rows.update(asked_at=timezone.now() - timedelta(minutes=1))
    assert initiator.client.post(f"{path}again/").status_code == 201
    reader.client.post(f"{path}confirm/")
    assert initiator.client.post(f"{path}again/").status_code == 201


def test_a_round_that_is_none_is_refused(scene):
    path, initiator, *_ = scene
    for wrong in (-1, "щ", 10**12):
        assert initiator.client.post(f"{path}again/", {"round": wrong}).status_code == 422
