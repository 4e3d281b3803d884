"""What is asked before anything is done: who would get this very card, whether a condition is one."""

import pytest

from core.context import company_scope
from core.routes.models import Run

from .test_rest import by_person, drawn, ok

pytestmark = pytest.mark.row("D-03", "D-04")


def test_whoever_sends_a_card_sees_beforehand_who_will_get_it(owner, people, company):
    author, first, second, stranger = people
    route = drawn(owner, [
        {"code": "a", "title": "Юрист", "performers": by_person(first)},
        {"code": "b", "title": "Директор", "performers": by_person(second), "condition": "[Оценка] > 100",
         "after": ["a"]},
    ])  # fmt: skip
    small = ok(author.client.post("tasks/", {"title": "Малый", "assignee": author.id, "estimate": 30}), 201)["id"]
    large = ok(author.client.post("tasks/", {"title": "Большой", "assignee": author.id, "estimate": 300}), 201)["id"]
    told = {card: ok(author.client.get(f"cards/{card}/routes/{route}/preview/"))["stages"] for card in (small, large)}
    assert [one["is_passed_over"] for one in told[small]] == [False, True]
    assert [[who["person"]["id"] for who in one["people"]] for one in told[large]] == [[first.id], [second.id]]
    # Neither a stranger's card nor a route that is not offered to it tells anything, and nothing has been sent.
    assert stranger.client.get(f"cards/{small}/routes/{route}/preview/").status_code == 404
    assert author.client.get(f"cards/{small}/routes/{route + 1}/preview/").status_code == 404
    with company_scope(company):
        assert not Run.objects.exists()


@pytest.mark.parametrize(
    ("condition", "words"),
    [
        ("", None),
        ("[Оценка] > 100", None),
        ("[Оценка] +", "Условие: "),
        ("[Сумма] > 1", "Сумма"),
        ("[Оценка] + 1", "«да» или «нет»"),
    ],
)
def test_a_condition_is_checked_while_it_is_written(owner, people, condition, words):
    told = ok(owner.client.post("routes/conditions/", {"kind": "tasks.task", "condition": condition}))
    assert (words or "") in (told["error"] or "") and (told["error"] is None) == (words is None)
    refused = people[0].client.post("routes/conditions/", {"kind": "tasks.task", "condition": condition})
    assert refused.status_code == 403
