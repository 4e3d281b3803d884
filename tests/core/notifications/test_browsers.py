"""Browsers of a person: turned on, tried, let go; ended with the session; nobody else's business."""

import re

import pytest
from django.utils import timezone

from core.context import control_scope
from core.events.models import Fact
from core.identity.models import Session
from core.notifications.models import Delivery, PushSubscription
from core.notifications.pushes.queries import MOST
from core.outbox.models import Outbox
from tests.support.client import Api

pytestmark = pytest.mark.row("T-22")
PATH = "notices/browsers/"


def own(person):
    return person.browser.get(PATH).json()["results"]


def body_of(held, **more):
    return {"endpoint": held["endpoint"], "keys": held["keys"], **more}


def give(initiator, assignee):
    made = initiator.client.post("tasks/", {"title": "Отчёт Ромашке", "assignee": assignee.id})
    assert made.status_code == 201
    return made.json()


def test_a_browser_is_turned_on_and_shown_to_its_person(company, person, subscribed, inside):
    worker = person(company)
    assert own(worker) == []
    subscribed(worker)
    (line,) = own(worker)
    assert (line["name"], line["is_current"], line["error"], line["used_at"]) == ("Chrome, Windows", True, "", None)
    assert worker.client.get(PATH).json()["results"][0]["is_current"] is False, "another session of the same person"
    assert len(worker.browser.get(PATH).json()["public_key"]) == 87
    with inside(company):
        fact = Fact.objects.get(kind="notifications.browser_subscribed")
    assert fact.actor_id == worker.principal.pk


def test_the_same_browser_again_is_the_same(company, person, subscribed, inside):
    worker = person(company)
    held = subscribed(worker)
    again = worker.client.post(PATH, body_of(held))
    assert (again.status_code, again.json()["id"]) == (201, held["row"])
    assert again.json()["is_current"] is True and own(worker)[0]["is_current"] is False
    with inside(company):
        assert PushSubscription.objects.count() == 1
        assert Fact.objects.filter(kind="notifications.browser_subscribed").count() == 1


def test_whoever_turns_them_on_in_a_browser_of_a_colleague_has_it_from_then_on(
    company, person, subscribed, deliver, shown
):
    first, second = person(company), person(company)
    held = subscribed(first)
    assert second.browser.post(PATH, body_of(held)).status_code == 201
    assert own(first) == [] and len(own(second)) == 1
    give(second, first)
    deliver()
    assert shown(held) == []


def test_an_address_alone_gives_nobody_a_colleagues_browser(company, person, subscribed):
    first, second = person(company), person(company)
    held, other = subscribed(first), subscribed(second, told=False)
    refused = second.browser.post(PATH, {"endpoint": held["endpoint"], "keys": other["keys"]})
    assert (refused.status_code, refused.json()["type"]) == (409, "/problems/browser-taken")
    assert len(own(first)) == 1 and own(second) == []


def test_nobody_reads_tries_or_lets_go_what_is_anothers(company, other_company, person, owner, subscribed, deliver):
    worker, colleague, abroad = person(company), person(company), person(other_company)
    held = subscribed(worker)
    for stranger in (colleague, owner, abroad):
        assert stranger.browser.get(PATH).json()["results"] == []
        assert stranger.browser.delete(f"{PATH}{held['row']}/").status_code == 404
        assert stranger.browser.post(f"{PATH}{held['row']}/try/").status_code == 404
        assert stranger.browser.post(PATH, body_of(held, again=True)).status_code == 404
    assert len(own(worker)) == 1


def test_a_browser_that_is_let_go_hears_nothing(company, person, subscribed, deliver, shown, sent, inside):
    boss, worker = person(company), person(company)
    held = subscribed(worker)
    assert worker.browser.delete(f"{PATH}{held['row']}/").status_code == 204
    assert worker.browser.delete(f"{PATH}{held['row']}/").status_code == 404
    give(boss, worker)
    deliver()
    assert shown(held) == [] and sent(worker, "push") == []
    with inside(company):
        assert Fact.objects.filter(kind="notifications.browser_let_go").count() == 1


def test_a_trial_comes_in_that_browser_alone(company, person, subscribed, deliver, shown):
    worker = person(company)
    here, there = subscribed(worker), subscribed(worker)
    assert worker.browser.post(f"{PATH}{there['row']}/try/").status_code == 202
    deliver()
    (told,) = shown(there)
    assert (told["title"], told["always"], told["ttl"]) == ("Проверка: уведомления приходят", True, 60)
    assert shown(here) == []
    assert [line["used_at"] is not None for line in own(worker)] == [False, True]
    assert worker.browser.get("notices/").json()["results"] == [], "a trial rings no bell"


def test_trials_are_not_without_end(company, person, subscribed):
    worker = person(company)
    held = subscribed(worker)
    answers = [worker.browser.post(f"{PATH}{held['row']}/try/").status_code for _ in range(11)]
    assert answers == [202] * 10 + [429]


ENDINGS = {
    "signs out": lambda worker, owner: worker.browser.post("auth/sign-out/"),
    "ends that session elsewhere": lambda worker, owner: worker.client.post("auth/sessions/revoke-others/"),
    "is blocked": lambda worker, owner: owner.client.post(f"employees/{worker.id}/block/"),
}


@pytest.mark.parametrize("ending", ENDINGS)
def test_with_the_session_ends_the_browser(company, person, owner, subscribed, deliver, shown, sent, inside, ending):
    boss, worker = person(company), person(company)
    held = subscribed(worker)
    give(boss, worker)
    assert ENDINGS[ending](worker, owner).status_code in (200, 204)
    deliver()
    assert shown(held) == []
    assert [row.status for row in sent(worker, "push")] in ([], ["failed"])
    if ending != "is blocked":
        assert worker.client.get(PATH).json()["results"] == []


def test_a_new_password_ends_all_browsers(company, person, subscribed, deliver, shown, mailbox):
    boss, worker = person(company), person(company)
    held = subscribed(worker)
    Api(company).post("auth/password-reset/", {"email": worker.email})
    deliver()
    text = next(one for one in mailbox if one["To"] == worker.email).get_body(("plain",)).get_content()
    found = re.search(r"/reset\?token=([\w.]+)", text)
    assert found is not None
    confirmed = Api(company).post(
        "auth/password-reset/confirm/", {"token": found[1], "password": "sovsem-drugoy-parol-7"}
    )
    assert confirmed.status_code == 204
    give(boss, worker)
    deliver()
    assert shown(held) == []


def test_what_was_on_its_way_when_he_signed_out_does_not_come(company, person, subscribed, deliver, shown, sent):
    boss, worker = person(company), person(company)
    held = subscribed(worker)
    give(boss, worker)
    with control_scope():
        facts = set(Outbox.objects.filter(company=company.schema, kind="fact").values_list("subject_id", flat=True))
    from core.jobs.delivery import perform

    assert perform(company.schema, "fact", sorted(facts)) == {}
    assert [row.status for row in sent(worker, "push")] == ["waiting"]
    worker.browser.post("auth/sign-out/")
    deliver()
    (row,) = sent(worker, "push")
    assert (row.status, row.error) == ("failed", "Получатель отключил уведомления браузера")
    assert shown(held) == []


def test_an_expired_session_is_none(company, person, subscribed, deliver, shown, inside):
    boss, worker = person(company), person(company)
    held = subscribed(worker)
    with inside(company):
        Session.objects.filter(user=worker.user, kind="browser").update(expires_at=timezone.now())
    give(boss, worker)
    deliver()
    assert shown(held) == [] and worker.client.get(PATH).json()["results"] == []


def test_after_a_new_sign_in_it_goes_on_unless_it_was_let_go(company, person, subscribed, deliver, shown):
    boss, worker = person(company), person(company)
    held = subscribed(worker)
    worker.browser.post("auth/sign-out/")
    assert worker.client.post(PATH, body_of(held, again=True)).status_code == 201
    give(boss, worker)
    deliver()
    assert len(shown(held)) == 1
    worker.client.delete(f"{PATH}{held['row']}/")
    assert worker.client.post(PATH, body_of(held, again=True)).status_code == 404


def test_the_oldest_of_too_many_goes(company, person, subscribed, inside):
    worker = person(company)
    made = [subscribed(worker)["row"] for _ in range(MOST + 1)]
    assert [line["id"] for line in own(worker)] == made[1:]


def test_a_colleagues_old_browser_is_not_taken_for_the_oldest(company, person, subscribed):
    first, second = person(company), person(company)
    held = subscribed(first)
    made = [subscribed(second)["row"] for _ in range(MOST)]
    assert second.browser.post(PATH, body_of(held)).status_code == 201
    assert [line["id"] for line in own(second)] == [held["row"], *made[1:]]


def test_browsers_of_ended_sessions_go_before_those_that_are_told(company, person, subscribed, inside):
    worker = person(company)
    old = worker.client.post(PATH, body_of(subscribed(worker, told=False))).json()["id"]
    for _ in range(MOST - 1):
        subscribed(worker)
    worker.browser.post("auth/sign-out/")
    new = worker.client.post(PATH, body_of(subscribed(worker, told=False))).json()["id"]
    assert [line["id"] for line in worker.client.get(PATH).json()["results"]] == [old, new]
    with inside(company):
        assert PushSubscription.objects.filter(principal=worker.principal.pk).count() == MOST


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"endpoint": "http://push.example/x"}, "/endpoint"),
        ({"endpoint": "https://push.example:5432/x"}, "/endpoint"),
        ({"endpoint": "https://user:pass@push.example/x"}, "/endpoint"),
        ({"endpoint": "ftp://push.example/x"}, "/endpoint"),
        ({"endpoint": "push"}, "/endpoint"),
        ({"endpoint": "https://push.example/" + "x" * 1000}, "/endpoint"),
        ({"endpoint": "https://push.example/почта"}, "/endpoint"),
        ({"keys": {"p256dh": "x", "auth": "x"}}, "/keys"),
        ({"keys": {"p256dh": "A" * 87, "auth": "BTBZMqHH6r4Tts7J_aSIgg"}}, "/keys"),
    ],
)
def test_what_is_no_subscription_is_refused_in_words(company, person, subscribed, change, field):
    worker = person(company)
    held = subscribed(worker, told=False)
    refused = worker.browser.post(PATH, body_of(held) | change)
    assert refused.status_code == 422
    (error,) = refused.json()["errors"]
    assert error["pointer"] == field and any("а" <= sign <= "я" for sign in error["detail"])


def test_a_short_secret_is_refused(company, person, subscribed):
    worker = person(company)
    held = subscribed(worker, told=False)
    body = body_of(held, keys=held["keys"] | {"auth": "AAAA"})
    assert worker.browser.post(PATH, body).status_code == 422


def test_without_a_key_of_the_installation_nothing_is_offered(company, person, subscribed, settings, deliver, sent):
    boss, worker = person(company), person(company)
    held = subscribed(worker)
    settings.VAPID_PRIVATE_KEY = ""
    assert worker.browser.get(PATH).json()["public_key"] == ""
    refused = worker.browser.post(PATH, body_of(held))
    assert (refused.status_code, refused.json()["type"]) == (409, "/problems/push-off")
    give(boss, worker)
    deliver()
    (row,) = sent(worker, "push")
    assert (row.status, row.error) == ("failed", "Уведомления браузера в этой установке не настроены")


def test_the_names_of_browsers_stand_in_the_log_and_no_address(company, person, owner, subscribed, deliver):
    boss, worker = person(company), person(company)
    held = subscribed(worker)
    give(boss, worker)
    deliver()
    assert person(company).client.get("notices/log/").status_code == 403
    (row,) = owner.client.get("notices/log/", channel="push").json()["results"]
    assert (row["address"], row["status"], row["channel_title"]) == ("Chrome, Windows", "sent", "Браузер")
    assert held["endpoint"] not in str(row)


def test_reading_ones_browsers_costs_the_same_for_many(company, person, subscribed, statements):
    worker = person(company)
    subscribed(worker)
    own(worker)
    with statements() as few:
        own(worker)
    for _ in range(3):
        subscribed(worker)
    with statements() as many:
        own(worker)
    assert len(few) == len(many)


def test_only_a_person_with_a_living_browser_costs_a_row(company, person, subscribed, inside, deliver):
    boss, worker, without, ended = (person(company) for _ in range(4))
    subscribed(worker)
    subscribed(ended)
    ended.browser.post("auth/sign-out/")
    for who in (worker, without, ended):
        give(boss, who)
    deliver()
    with inside(company):
        bells = Delivery.objects.filter(channel="bell").values_list("principal", flat=True)
        rows = Delivery.objects.filter(channel="push").values_list("principal", flat=True)
        assert sorted(bells) == sorted(who.principal.pk for who in (worker, without, ended))
        assert list(rows) == [worker.principal.pk]
