"""Versions of a file, its removal, the figure in the list, the history, and what the removal leaves in the store."""

from datetime import timedelta

import pytest
from django.utils import timezone

from core.attachments import jobs
from core.attachments.actions import forget_files_of
from core.attachments.models import Attachment, Leftover
from core.attachments.queries import files_counts
from tests.core.attachments.conftest import Desk, keys_in
from tests.core.attachments.samples import PDF

pytestmark = pytest.mark.row("PL-06", "T-17")
SECOND = PDF + b"2"


def files_count(client) -> int:
    return client.get("tasks/", tab="all").json()["results"][0]["files_count"]


def test_a_new_version_takes_the_place_of_the_old_one(desk, card):
    first = desk.attach("Смета.pdf", PDF)
    second = desk.attach("Смета новая.pdf", SECOND, path=f"attachments/{first['id']}/versions/")
    assert (first["version"], second["version"]) == (1, 2)
    assert [row["id"] for row in desk.files()] == [second["id"]]
    versions = card[2].client.get(f"attachments/{first['id']}/versions/").json()["results"]
    assert [(row["id"], row["version"]) for row in versions] == [(second["id"], 2), (first["id"], 1)]
    assert card[2].client.get(f"attachments/{first['id']}/content/").status_code == 302
    assert files_count(desk.client) == 1


def test_until_a_version_is_checked_the_old_one_stays(desk, card):
    first = desk.attach("Смета.pdf", PDF)
    ticket = desk.ticket("Смета.pdf", len(SECOND), path=f"attachments/{first['id']}/versions/")
    assert [row["id"] for row in desk.files()] == [first["id"]]
    ticket.put(SECOND)
    desk.client.post(f"attachments/{ticket.id}/complete/")
    assert [row["id"] for row in desk.files()] == [first["id"], ticket.id]
    assert [row["id"] for row in card[2].client.get(f"{card[0]}attachments/").json()["results"]] == [first["id"]]


def test_a_rejected_version_leaves_no_gap_in_the_numbers(desk):
    first = desk.attach("Смета.pdf", PDF)
    path = f"attachments/{first['id']}/versions/"
    assert desk.attach("Смета.pdf", b"MZ" + b"\0" * 100, path=path)["state"] == "rejected"
    assert desk.attach("Смета.pdf", SECOND, path=path)["version"] == 2


def test_two_versions_at_once_get_two_numbers(desk):
    first = desk.attach("Смета.pdf", PDF)
    tickets = [desk.ticket("Смета.pdf", len(SECOND), path=f"attachments/{first['id']}/versions/") for _ in range(2)]
    for ticket in tickets:
        ticket.put(SECOND)
        desk.client.post(f"attachments/{ticket.id}/complete/")
    desk.deliver()
    found = [desk.client.get(f"attachments/{ticket.id}/").json() for ticket in tickets]
    assert sorted((row["state"], row["version"]) for row in found) == [("ready", 2), ("ready", 3)]


def test_removing_the_current_version_removes_the_file(desk, card, store, later, company, inside):
    first = desk.attach("Смета.pdf", PDF)
    second = desk.attach("Смета.pdf", SECOND, path=f"attachments/{first['id']}/versions/")
    assert desk.client.delete(f"attachments/{second['id']}/").status_code == 204
    assert desk.files() == [] and files_count(desk.client) == 0
    assert desk.client.get(f"attachments/{first['id']}/content/").status_code == 404
    assert desk.client.delete(f"attachments/{second['id']}/").status_code == 404
    later()
    assert keys_in(store) == []
    with inside(company):
        assert Attachment.objects.filter(deleted_at__isnull=False).count() == 2
        assert not Leftover.objects.exists()


def test_removing_an_old_version_removes_it_alone(desk):
    first = desk.attach("Смета.pdf", PDF)
    second = desk.attach("Смета.pdf", SECOND, path=f"attachments/{first['id']}/versions/")
    assert desk.client.delete(f"attachments/{first['id']}/").status_code == 204
    assert [row["id"] for row in desk.files()] == [second["id"]]


def test_a_file_is_removed_by_who_attached_it_or_may_change_the_card(desk, card):
    path, initiator, assignee, _ = card
    theirs = Desk(assignee.client, path, desk.deliver)
    mine, other = desk.attach("мой.pdf", PDF), theirs.attach("чужой.pdf", PDF)
    answer = assignee.client.delete(f"attachments/{mine['id']}/")
    assert (answer.status_code, answer.json()["type"]) == (403, "/problems/forbidden")
    assert assignee.client.delete(f"attachments/{other['id']}/").status_code == 204
    again = theirs.attach("чужой.pdf", PDF)
    assert initiator.client.delete(f"attachments/{again['id']}/").status_code == 204


def test_a_file_with_a_version_of_somebody_else_is_not_ones_own(desk, card):
    path, initiator, assignee, _ = card
    first = desk.attach("Смета.pdf", PDF)
    theirs = Desk(assignee.client, path, desk.deliver)
    second = theirs.attach("Смета.pdf", SECOND, path=f"attachments/{first['id']}/versions/")
    assert assignee.client.delete(f"attachments/{second['id']}/").status_code == 403
    assert initiator.client.delete(f"attachments/{second['id']}/").status_code == 204


def test_an_upload_is_given_up_by_its_uploader(desk, store, later):
    ticket = desk.ticket("a.pdf", len(PDF))
    ticket.put(PDF)
    assert desk.client.delete(f"attachments/{ticket.id}/").status_code == 204
    assert desk.client.post(f"attachments/{ticket.id}/complete/").status_code == 404
    later()
    assert keys_in(store) == []


def test_a_file_removed_while_it_is_checked_leaves_nothing(desk, store, later, monkeypatch):
    ticket = desk.ticket("a.pdf", len(PDF))
    ticket.put(PDF)
    desk.client.post(f"attachments/{ticket.id}/complete/")
    real = jobs.judge
    monkeypatch.setattr(jobs, "judge", lambda *told: desk.client.delete(f"attachments/{ticket.id}/") and real(*told))
    later()
    later()
    assert keys_in(store) == [] and desk.files() == []


def test_the_history_tells_of_files(desk):
    first = desk.attach("Смета.pdf", PDF)
    second = desk.attach("Смета.pdf", SECOND, path=f"attachments/{first['id']}/versions/")
    desk.attach("вирус.png", b"<html>")
    desk.client.delete(f"attachments/{second['id']}/")
    lines = desk.client.get(f"{desk.card}history/").json()["results"]
    assert [(line["title"], line["changes"][0]["new"]) for line in lines[:4]] == [
        ("удалил(а) файл", "Смета.pdf (версия 2)"),
        ("приложил(а) файл, который не прошёл проверку", "вирус.png"),
        ("приложил(а) файл", "Смета.pdf (версия 2)"),
        ("приложил(а) файл", "Смета.pdf"),
    ]
    assert lines[0]["changes"][0]["label"] == "Файл"
    assert all(line["actor"]["name"] for line in lines)


def test_figures_of_several_cards_come_in_one_query(desk, company, inside, statements):
    found = desk.attach("a.pdf", PDF)
    desk.attach("b.pdf", PDF)
    desk.attach("a.pdf", SECOND, path=f"attachments/{found['id']}/versions/")
    with inside(company):
        card_id = Attachment.objects.get(pk=found["id"]).entity_id
        with statements() as seen:
            assert files_counts([card_id, 1]) == {card_id: 2}
        assert len(seen) == 1


def test_cards_that_go_for_good_take_their_bytes_along(desk, company, inside, store, later):
    found = desk.attach("a.pdf", PDF)
    with inside(company):
        forget_files_of([Attachment.objects.get(pk=found["id"]).entity_id])
    later()
    assert keys_in(store) == []


def test_the_list_costs_the_same_with_many_files(desk, statements):
    desk.attach("a.pdf", PDF)
    with statements() as few:
        desk.files()
    for number in range(4):
        desk.attach(f"{number}.pdf", PDF)
    with statements() as many:
        assert len(desk.files()) == 5
    assert len(many) == len(few)


def test_old_uploads_of_a_version_do_not_take_the_file_with_them(desk, company, inside, later):
    first = desk.attach("Смета.pdf", PDF)
    ticket = desk.ticket("Смета.pdf", len(SECOND), path=f"attachments/{first['id']}/versions/")
    with inside(company):
        Attachment.objects.filter(pk=ticket.id).update(created_at=timezone.now() - timedelta(hours=25))
    later()
    assert [row["id"] for row in desk.files()] == [first["id"]]
