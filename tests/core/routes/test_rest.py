"""Routes over the API: drawn, tried, published; a card sent, decided about, waited for; figures of stages."""

from datetime import timedelta

import pytest
from django.utils import timezone

from core.context import company_scope
from core.organization.models import Employee
from core.routes.models import Passing, Step

pytestmark = pytest.mark.row("D-03", "D-04", "D-05", "D-06", "D-20")


def by_person(*people):
    return [{"by": "person", "value": one.id} for one in people]


def ok(answer, status=200):
    assert answer.status_code == status, answer.content.decode()
    return answer.json() if answer.content else None


def drawn(owner, stages, **more):
    """The id of a route in force."""
    row = ok(owner.client.post("routes/", {"kind": "tasks.task", "title": f"Путь {timezone.now()}", **more}), 201)
    ok(owner.client.put(f"routes/{row['id']}/draft/", {"stages": stages}))
    ok(owner.client.post(f"routes/{row['id']}/publish/"))
    return row["id"]


def sent(author, **more):
    """(task, its strip)."""
    task = ok(author.client.post("tasks/", {"title": "Договор", "assignee": author.id, **more}), 201)
    return task["id"], ok(author.client.post(f"cards/{task['id']}/route/", {}))


def step_of(who, card):
    (mine,) = ok(who.client.get(f"cards/{card}/route/"))["run"]["mine"]
    return mine["step"]


def test_a_card_is_sent_waits_for_people_and_is_decided_about(owner, people):
    author, first, second, stranger = people
    drawn(owner, [
        {"code": "a", "title": "Юрист", "performers": by_person(first), "hours": 8},
        {"code": "b", "title": "Директор", "performers": by_person(second), "after": ["a"]},
    ])  # fmt: skip
    card, strip = sent(author)
    assert [(one["title"], one["place"], one["planned_hours"]) for one in strip["run"]["stages"]] == [
        ("Юрист", "now", 8), ("Директор", "next", None),
    ]  # fmt: skip
    (line,) = [
        one
        for section in ok(first.client.get("waiting/"))["sections"]
        for one in section["results"]
        if one["key"].startswith("route-step/")
    ]
    assert [one["title"] for one in line["actions"]] == ["Согласовать", "На доработку", "Отклонить"]
    assert stranger.client.get(f"cards/{card}/route/").status_code == 404
    ok(first.client.post(line["actions"][0]["path"], line["actions"][0]["body"]))
    step = step_of(second, card)
    refused = second.client.post(f"route-steps/{step}/decide/", {"verdict": "reject", "seen": strip["content"]})
    assert refused.status_code == 422
    told = {"verdict": "return", "seen": strip["content"], "text": "Уточните", "to": "a"}
    strip = ok(second.client.post(f"route-steps/{step}/decide/", told))
    assert [one["place"] for one in strip["run"]["stages"]] == ["now", "returned"]
    (said,) = [one for one in strip["run"]["stages"][0]["people"] if one["verdict"]]
    assert said["is_void"] and said["hash"] == strip["content"]


def test_what_was_looked_at_is_what_is_decided_upon(owner, people):
    author, first, *_ = people
    drawn(owner, [{"code": "a", "title": "Юрист", "performers": by_person(first)}])
    card, strip = sent(author)
    step = step_of(first, card)
    ok(author.client.patch(f"tasks/{card}/", {"title": "Другой договор"}))
    told = {"verdict": "approve", "seen": strip["content"]}
    refused = first.client.post(f"route-steps/{step}/decide/", told)
    assert (refused.status_code, refused.json()["fields"]) == (412, ["Название"])
    now = ok(first.client.get(f"cards/{card}/route/"))["content"]
    done = ok(first.client.post(f"route-steps/{step}/decide/", told | {"seen": now}))
    assert done["run"]["outcome"] == "approved"


def test_many_are_decided_with_one_word_and_each_is_answered_for(owner, people):
    author, first, second, _ = people
    drawn(owner, [{"code": "a", "title": "Юрист", "performers": by_person(first)}])
    cards = [sent(author) for _ in range(3)]
    steps = [{"step": step_of(first, card), "seen": strip["content"]} for card, strip in cards]
    steps[1]["seen"] = "0" * 64
    results = ok(first.client.post("route-steps/decide/", {"verdict": "approve", "steps": steps}))["results"]
    assert [one["is_done"] for one in results] == [True, False, True] and "изменили" in results[1]["detail"]
    others = ok(second.client.post("route-steps/decide/", {"verdict": "approve", "steps": steps}))["results"]
    assert not any(one["is_done"] for one in others)


def test_a_colleague_is_asked_and_answers_and_the_step_is_handed_on(owner, people):
    author, first, second, third = people
    drawn(owner, [{"code": "a", "title": "Юрист", "performers": by_person(first)}])
    card, _ = sent(author)
    step = step_of(first, card)
    ok(first.client.post(f"route-steps/{step}/ask/", {"person": second.id, "text": "Цена обычная?"}))
    (person,) = ok(second.client.get(f"cards/{card}/route/"))["run"]["stages"][0]["people"]
    (question,) = person["questions"]
    ok(second.client.post(f"route-questions/{question['id']}/answer/", {"text": "Да"}))
    assert second.client.post(f"route-questions/{question['id']}/answer/", {"text": "Да"}).status_code == 409
    ok(first.client.post(f"route-steps/{step}/redirect/", {"to": third.id, "text": "Я в отпуске"}))
    assert third.client.post(f"route-steps/{step}/decide/", {"verdict": "approve", "seen": "x"}).status_code == 403
    assert step_of(third, card) != step


def test_versions_lists_and_who_may_set_them_up(owner, people):
    author, first, second, _ = people
    named = ok(owner.client.post("approval-lists/", {
        "kind": "tasks.task", "title": "Закупки", "people": [second.id, first.id],
    }), 201)  # fmt: skip
    assert [one["id"] for one in named["people"]] == [second.id, first.id]
    assert author.client.get("routes/").status_code == author.client.get("approval-lists/").status_code == 403
    stages = [{"code": "a", "title": "Лист", "performers": [{"by": "list", "value": named["id"]}], "in_turn": True}]
    route = drawn(owner, stages)
    card, strip = sent(author)
    asked = [(one["person"]["id"], one["state"]) for one in strip["run"]["stages"][0]["people"]]
    assert asked == [(second.id, "open"), (first.id, "waiting")]
    ok(owner.client.put(f"routes/{route}/draft/", {"stages": [{**stages[0], "title": "Новый"}]}))
    ok(owner.client.post(f"routes/{route}/publish/"))
    assert owner.client.post(f"routes/{route}/publish/").status_code == 409
    versions = ok(owner.client.get(f"routes/{route}/versions/"))["results"]
    assert [(one["number"], one["going"], bool(one["retired_at"])) for one in versions] == [
        (2, 0, False), (1, 1, True),
    ]  # fmt: skip
    assert ok(second.client.get(f"cards/{card}/route/"))["run"]["stages"][0]["title"] == "Лист"
    ok(owner.client.delete(f"routes/{route}/"), 204)
    assert author.client.post("cards/0/route/", {}).status_code == 404


@pytest.mark.parametrize(
    ("stage", "words"),
    [
        ({"performers": []}, "кто решает"),
        ({"after": ["b"]}, "только после"),
        ({"condition": "[Сумма] > 5"}, "нет"),
        ({"condition": "1 + 2"}, "«да» или «нет»"),
        ({"on_reject": "z"}, "предшествует"),
        ({"kind": "wait", "signal": "ever"}, "чего ждёт"),
        ({"kind": "timer"}, "до какой даты"),
        ({"hours": 2, "remind": 2}, "раньше"),
        ({"remind": 2}, "Без срока"),
        ({"rule": "count"}, "сколько человек"),
        ({"performers": [{"by": "field", "code": "boss"}]}, "поля с сотрудником"),
    ],
)
def test_a_scheme_along_which_no_card_could_go_is_not_kept(owner, people, stage, words):
    row = ok(owner.client.post("routes/", {"kind": "tasks.task", "title": "Путь"}), 201)
    drawn_so = {"code": "a", "title": "Юрист", "performers": by_person(people[0])} | stage
    refused = owner.client.put(f"routes/{row['id']}/draft/", {"stages": [drawn_so]})
    assert refused.status_code == 422 and words in refused.content.decode()


def test_who_would_get_it_if_and_what_last_month_would_have_come_to(owner, people, company):
    author, first, second, _ = people
    with company_scope(company):
        Employee.objects.filter(pk=author.id).update(manager=first.id)
    stages = [
        {"code": "a", "title": "Руководитель", "performers": [{"by": "manager"}]},
        {"code": "b", "title": "Директор", "performers": by_person(second), "condition": "[Оценка] > 60"},
    ]
    route = drawn(owner, stages)
    small = ok(owner.client.post(f"routes/{route}/trial/", {"initiator": author.id, "values": {"Оценка": "30"}}))
    large = ok(owner.client.post(f"routes/{route}/trial/", {"initiator": author.id, "values": {"Оценка": 300}}))
    assert [one["is_passed_over"] for one in small["stages"]] == [False, True]
    assert [[who["person"]["id"] for who in one["people"]] for one in large["stages"]] == [[first.id], [second.id]]
    wrong = owner.client.post(f"routes/{route}/trial/", {"initiator": author.id, "values": {"Оценка": "много"}})
    assert wrong.status_code == 422
    ok(author.client.post("tasks/", {"title": "Большая", "assignee": author.id, "estimate": 600}), 201)
    ok(first.client.post("tasks/", {"title": "Без руководителя", "assignee": first.id}), 201)
    told = ok(owner.client.get(f"routes/{route}/replay/"))
    tally = {one["code"]: one for one in told["stages"]}
    assert told["cards"] >= 2 and tally["b"]["asked"] == 1
    assert "Без руководителя" in [one["title"] for one in told["stuck"]]


def test_figures_say_where_time_is_lost(owner, people, company):
    author, first, *_ = people
    route = drawn(owner, [{"code": "a", "title": "Юрист", "performers": by_person(first), "hours": 1}])
    card, strip = sent(author)
    with company_scope(company):
        begun = timezone.now() - timedelta(days=5)
        Passing.objects.update(opened_at=begun, due_at=begun + timedelta(hours=20))
    told = {"verdict": "return", "seen": strip["content"], "text": "Нет"}
    ok(first.client.post(f"route-steps/{step_of(first, card)}/decide/", told))
    (figure, rework) = ok(owner.client.get(f"routes/{route}/figures/"))["results"]
    assert (figure["passings"], figure["late"], figure["returned"], figure["hours"]) == (1, 1, 1, 120.0)
    assert (rework["code"], rework["open"]) == ("rework", 1)


def test_each_who_is_asked_gets_one_letter_and_the_sender_hears_of_the_end(owner, people, deliver, mailbox):
    author, first, second, _ = people
    drawn(owner, [
        {"code": "a", "title": "Юрист", "performers": by_person(first)},
        {"code": "b", "title": "Директор", "performers": by_person(second), "after": ["a"]},
    ])  # fmt: skip
    card, strip = sent(author)
    deliver()
    for who in (first, second):
        told = {"verdict": "approve", "seen": strip["content"]}
        ok(who.client.post(f"route-steps/{step_of(who, card)}/decide/", told))
        deliver()
    subjects = {one.email: [str(letter["Subject"]) for letter in mailbox if letter["To"] == one.email]
                for one in people}  # fmt: skip
    assert len([text for text in subjects[first.email] if "вашего решения: Юрист" in text]) == 1
    assert len([text for text in subjects[second.email] if "вашего решения: Директор" in text]) == 1
    assert len([text for text in subjects[author.email] if "Согласовано: Договор" in text]) == 1


def test_a_dismissed_persons_steps_go_to_his_heir(owner, people, company):
    author, first, second, _ = people
    drawn(owner, [{"code": "a", "title": "Юрист", "performers": by_person(first)}])
    sent(author)
    from core.handover.registry import Held
    from core.routes.handovers import HANDOVERS

    with company_scope(company):
        held, heir = Held(first.principal.pk, first.id), Held(second.principal.pk, second.id)
        sort = HANDOVERS[0]
        for row in sort.rows(held):
            sort.hand(row, held, heir, owner.actor())
        assert Step.objects.get(state="open").principal_id == second.principal.pk
