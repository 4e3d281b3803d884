"""The matrix of kinds and channels, quiet hours, digests, muted cards: what a person says is what he gets."""

from datetime import time, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.utils import timezone

from core.notifications.models import Delivery
from core.notifications.queries import preferences_of, wishes_of

pytestmark = pytest.mark.row("TG-05", "T-22")


def give(initiator, assignee, **more):
    return initiator.client.post("tasks/", {"title": "Отчёт", "assignee": assignee.id, **more}).json()


def cell(shown, kind, channel):
    (row,) = (row for row in shown["kinds"] if row["code"] == kind)
    (found,) = (found for found in row["cells"] if found["channel"] == channel)
    return found


def test_a_person_turns_a_channel_off_and_the_rest_stays(company, person, deliver, mailbox):
    boss, worker = person(company), person(company)
    shown = worker.client.patch("notices/settings/", {"choices": {"tasks.given": {"mail": False}}}).json()
    assert cell(shown, "tasks.given", "mail")["on"] is False
    assert cell(shown, "tasks.given", "bell")["on"] is True
    give(boss, worker)
    deliver()
    assert mailbox == [] and worker.client.get("notices/unread/").json() == {"unread": 1}


def test_the_company_forces_and_bars(company, person, owner, deliver, mailbox):
    boss, worker = person(company), person(company)
    policy = {"choices": {"tasks.given": {"mail": "forced", "bell": "never"}}}
    assert worker.client.patch("notices/policy/", policy).status_code == 403
    assert owner.client.patch("notices/policy/", policy).status_code == 200
    refused = worker.client.patch("notices/settings/", {"choices": {"tasks.given": {"mail": False}}})
    assert refused.status_code == 422
    assert cell(worker.client.get("notices/settings/").json(), "tasks.given", "mail")["is_locked"] is True
    give(boss, worker)
    deliver()
    assert len(mailbox) == 1 and worker.client.get("notices/unread/").json() == {"unread": 0}


@pytest.mark.parametrize(
    "body",
    [
        {"choices": {"no.such": {"mail": True}}},
        {"choices": {"tasks.given": {"pigeon": True}}},
        {"choices": {"identity.alert": {"mail": False}}},
        {"digest": "yearly"},
        {"reminders": [7]},
        {"quiet": {"begins": "22:00"}},
        {"quiet": {"begins": "22:00", "ends": "22:00"}},
        {"choices": {"tasks.given": {"mail": "может быть"}}},
    ],
)
def test_senseless_wishes_are_refused(company, person, body):
    assert person(company).client.patch("notices/settings/", body).status_code == 422


def test_quiet_hours_put_a_letter_off_and_do_not_lose_it(company, person, deliver, mailbox, later, inside):
    boss, worker = person(company), person(company)
    # Whatever the hour, the night of this person is around it.
    now = timezone.now().astimezone(ZoneInfo(company.time_zone))
    begins, ends = (f"{now + timedelta(hours=hours):%H:%M}" for hours in (-3, 3))
    worker.client.patch("notices/settings/", {"quiet": {"begins": begins, "ends": ends}})
    give(boss, worker)
    deliver()
    with inside(company):
        row = Delivery.objects.get(channel="mail", principal=worker.principal.pk)
    assert row.not_before is not None
    assert mailbox == [] and worker.client.get("notices/unread/").json() == {"unread": 1}
    with inside(company):
        Delivery.objects.update(not_before=None)
    later()
    deliver()
    assert len(mailbox) == 1


def test_the_companys_night_is_everybodys_who_has_not_said_otherwise(company, person, owner, inside):
    def quiet(who):
        return who.client.get("notices/settings/").json()["quiet"]

    worker, other = person(company), person(company)
    other.client.patch("notices/settings/", {"quiet": {"begins": "19:00", "ends": "07:00"}})
    assert quiet(worker) is None
    assert owner.client.patch("options/", {"values": {"notifications.quiet": "22-8"}}).status_code == 200
    assert quiet(worker) == {"begins": "22:00", "ends": "08:00"}
    assert quiet(other) == {"begins": "19:00", "ends": "07:00"}
    worker.client.patch("notices/settings/", {"quiet": None})
    assert quiet(worker) is None, "he wants to hear at night"
    with inside(company):
        policy, own = preferences_of([worker.principal.pk])
        assert wishes_of(policy, own[worker.principal.pk]).quiet is None
        assert wishes_of(policy, None).quiet == (time(22), time(8))


def test_a_digest_is_one_letter_of_many(company, person, deliver, mailbox, later, inside):
    boss, worker = person(company), person(company)
    worker.client.patch("notices/settings/", {"digest": "hourly"})
    for _ in range(3):
        give(boss, worker)
        deliver()
    assert mailbox == []
    with inside(company):
        Delivery.objects.filter(trace__digest=True).update(not_before="2026-01-01T00:00Z")
    later()
    deliver()
    (letter,) = mailbox
    assert letter["Subject"] == "Сводка уведомлений: 3"
    assert letter.get_body(("plain",)).get_content().count("/tasks/") == 3
    later()
    deliver()
    assert len(mailbox) == 1


def test_a_muted_card_says_nothing_and_speaks_again(company, person, deliver, mailbox, later, inside):
    boss, worker = person(company), person(company)
    task = give(boss, worker)
    deliver()
    mailbox.clear()
    shown = worker.client.put(f"tasks/{task['id']}/mute/", {"is_muted": True})
    assert shown.json() == {"is_muted": True}
    assert worker.client.get(f"tasks/{task['id']}/notices/").json()["is_muted"] is True
    boss.client.post(f"tasks/{task['id']}/comments/", {"text": "Как дела?"})
    deliver()
    assert mailbox == []
    boss.client.post(f"tasks/{task['id']}/comments/", {"text": f"@[{worker.id}] ответь"})
    deliver()
    assert len(mailbox) == 1
    worker.client.put(f"tasks/{task['id']}/mute/", {"is_muted": False})
    boss.client.post(f"tasks/{task['id']}/comments/", {"text": "Спасибо"})
    deliver()
    # It follows another one, so it waits for the end of the window.
    with inside(company):
        Delivery.objects.filter(not_before__isnull=False).update(not_before=timezone.now())
    later()
    deliver()
    assert len(mailbox) == 2


def test_only_mentions_hushes_talk(company, person, deliver, mailbox):
    boss, worker = person(company), person(company)
    task = give(boss, worker)
    deliver()
    mailbox.clear()
    worker.client.patch("notices/settings/", {"mentions_only": True})
    boss.client.post(f"tasks/{task['id']}/comments/", {"text": "Как дела?"})
    deliver()
    assert mailbox == []


@pytest.mark.row("T-05")
def test_a_tick_sends_a_letter_and_the_card_shows_how_it_went(company, person, deliver, mailbox):
    boss, worker = person(company), person(company)
    worker.client.patch("notices/settings/", {"choices": {"tasks.given": {"mail": False}}})
    task = give(boss, worker, channels=["mail"])
    deliver()
    (letter,) = mailbox
    assert f"/tasks/{task['id']}" in letter.get_body(("plain",)).get_content()
    shown = boss.client.get(f"tasks/{task['id']}/notices/").json()
    assert [(row["channel"], row["status"], row["person"]["id"]) for row in shown["results"]] == [
        ("mail", "sent", worker.id)
    ]
    assert shown["can_see_sendings"] is True
    seen_by_worker = worker.client.get(f"tasks/{task['id']}/notices/").json()
    assert (seen_by_worker["results"], seen_by_worker["can_see_sendings"]) == ([], False) or seen_by_worker["results"]


@pytest.mark.row("T-06", "T-07")
def test_a_tick_without_a_provider_says_what_to_do(company, person, deliver, owner, settings):
    settings.SANDBOX_URL = ""
    boss, worker = person(company), person(company)
    task = give(boss, worker, channels=["sms", "telegram"])
    deliver()
    rows = boss.client.get(f"tasks/{task['id']}/notices/").json()["results"]
    errors = {row["channel"]: (row["status"], row["error"]) for row in rows if row["channel"] != "mail"}
    assert errors["sms"] == ("failed", "SMS не подключены: это делает администратор в разделе «Интеграции»")
    assert errors["telegram"] == ("failed", "Telegram не подключён: это делает администратор в разделе «Интеграции»")


def test_unknown_ticks_are_refused(company, person):
    boss, worker = person(company), person(company)
    made = boss.client.post("tasks/", {"title": "Отчёт", "assignee": worker.id, "channels": ["pigeon"]})
    assert made.status_code == 422
