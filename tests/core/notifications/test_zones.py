"""Moments are told by the clock of whoever reads them, with its place where the company lives by another."""

from datetime import UTC, datetime

import pytest

from core.notifications.moments import moment_in, open_moment, told_to

MOSCOW, EAST = "Europe/Moscow", "Asia/Yekaterinburg"
EVENING = datetime(2030, 3, 15, 15, tzinfo=UTC)


@pytest.mark.parametrize(
    ("own", "said"),
    [
        ("", "15.03.2030 в 18:00"),
        (MOSCOW, "15.03.2030 в 18:00"),
        ("Europe/Minsk", "15.03.2030 в 18:00"),
        (EAST, "15.03.2030 в 20:00 (Екатеринбург, UTC+5)"),
        ("Asia/Kamchatka", "16.03.2030 в 03:00 (Камчатка, UTC+12)"),
        ("Asia/Kolkata", "15.03.2030 в 20:30 (UTC+5:30)"),
        ("America/St_Johns", "15.03.2030 в 12:30 (UTC−2:30)"),
        ("Europe/London", "15.03.2030 в 15:00 (UTC+0)"),
        ("Nowhere/Atlantis", "15.03.2030 в 18:00"),
    ],
)
def test_the_place_is_named_where_the_clock_differs(own, said):
    assert moment_in(EVENING, own, MOSCOW) == said
    assert told_to(f"Срок: {open_moment(EVENING)}.", own, MOSCOW) == f"Срок: {said}."


def test_words_without_a_moment_stay_as_they_are():
    forged = (f"\u2063{moment}T15:00:00+00:00\u2063" for moment in ("2030-13-45", "0000-01-01", "9999-12-31"))
    for text in ("", "в 18:00", "\u2063", "\u2063завтра\u2063", "2030-03-15T15:00:00+00:00", *forged):
        assert told_to(text, "Asia/Kamchatka", MOSCOW) == text


@pytest.fixture
def trio(company, person):
    """(who gives, who sits in the east, who sits with the company)."""
    boss, east, here = (person(company) for _ in range(3))
    told = east.client.patch("notices/settings/", {"time_zone": EAST})
    assert (told.status_code, told.json()["time_zone"]) == (200, EAST)
    assert here.client.get("notices/settings/").json()["time_zone"] == ""
    return boss, east, here


def test_each_reads_the_same_fact_by_his_own_clock(trio, deliver, mailbox):
    boss, east, here = trio
    body = {"title": "Отчёт", "assignee": here.id, "co_assignees": [east.id], "due_at": EVENING.isoformat()}
    assert boss.client.post("tasks/", body).status_code == 201
    deliver()
    said = {who.email: "15.03.2030 в 18:00" for who in (here,)} | {
        east.email: "15.03.2030 в 20:00 (Екатеринбург, UTC+5)"
    }
    letters = {str(letter["To"]): letter.get_body(("plain",)).get_content() for letter in mailbox}
    for who in (here, east):
        assert f"Срок: {said[who.email]}." in letters[who.email]
        assert f"Срок: {said[who.email]}." in who.client.get("notices/").json()["results"][0]["text"]


def test_whoever_goes_back_reads_as_the_company_lives(trio, deliver):
    boss, east, _ = trio
    assert east.client.patch("notices/settings/", {"time_zone": ""}).status_code == 200
    boss.client.post("tasks/", {"title": "Отчёт", "assignee": east.id, "due_at": EVENING.isoformat()})
    deliver()
    assert "Срок: 15.03.2030 в 18:00." in east.client.get("notices/").json()["results"][0]["text"]


def test_a_zone_that_is_not_there_is_refused(trio):
    refused = trio[1].client.patch("notices/settings/", {"time_zone": "Nowhere/Atlantis"})
    assert refused.status_code == 422
    assert [one["pointer"] for one in refused.json()["errors"]] == ["/time_zone"]
    assert trio[1].client.get("notices/settings/").json()["time_zone"] == EAST, "he keeps his"
