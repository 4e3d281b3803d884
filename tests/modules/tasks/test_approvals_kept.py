"""An approval is of a draft as it stood: what is harmless keeps it, and hides no change that came before."""

import pytest

from modules.tasks.models import Task

from .test_approvals import FUTURE, PAST, card_of, line, press, send, strict  # noqa: F401  (a fixture)

LATER = "2040-02-01T10:00:00Z"
pytestmark = [pytest.mark.row("T-10"), pytest.mark.usefixtures("strict")]


@pytest.fixture
def approved(cast, give):
    """A draft with a date ahead that somebody has approved."""
    card = give("Выдать аванс", is_draft=True, release_at=FUTURE)
    assert send(cast.initiator, cast.stranger, card).status_code == 204
    (told,) = line(cast.stranger)["results"]
    assert press(cast.stranger, told, "approve").status_code == 204
    assert card_of(cast.initiator, card)["approval"] == "approved"
    return card


@pytest.fixture
def change(cast, give, owner, approved):
    """`change("tags")` changes the approved draft."""
    path, client = f"tasks/{approved['id']}/", cast.initiator.client

    def a_field():
        field = {"kind": "tasks.task", "code": "sum", "title": "Сумма", "type": "text", "settings": {}}
        assert owner.client.post("custom-fields/", field).status_code == 201
        return client.patch(f"{path}fields/", {"fields": {"sum": "990 000"}})

    does = {
        "checklist": lambda: client.post(f"{path}checklist/", {"points": [{"text": "И ещё 990 000 наличными"}]}),
        "tags": lambda: client.put(f"{path}tags/", {"tags": ["Срочно"]}),
        "links": lambda: client.post(f"{path}links/", {"ref": give("Другая")["ref"], "relation": "related"}),
        "fields": a_field,
        "watchers": lambda: client.put(f"{path}watchers/", {"watchers": [cast.colleague.id]}),
        "date": lambda: client.patch(path, {"release_at": LATER}),
    }

    def do(what):
        answer = does[what]()
        assert answer.status_code in (200, 201), answer.json()

    return do


def release(cast, card):
    answer = cast.initiator.client.post(f"tasks/{card['id']}/do/release/")
    return answer.status_code, answer.json().get("type")


@pytest.mark.parametrize("harmless", ["watchers", "date"])
@pytest.mark.parametrize("matter", ["checklist", "tags", "links", "fields"])
def test_what_is_harmless_hides_no_change_before_it(cast, approved, change, matter, harmless):
    change(matter)
    assert release(cast, approved) == (409, "/problems/not-approved")
    change(harmless)
    assert release(cast, approved) == (409, "/problems/not-approved")
    assert card_of(cast.assignee, approved).get("status") == 404


@pytest.mark.parametrize("matter", ["checklist", "tags"])
def test_nor_does_it_go_out_by_its_date(cast, approved, change, matter, company, inside, give, deliver):
    change(matter)
    change("watchers")
    change("date")
    with inside(company):
        Task.objects.filter(pk=approved["id"]).update(release_at=PAST)
    give("Будильник", is_draft=True, release_at=PAST)
    deliver()
    stands = card_of(cast.initiator, approved)
    assert (stands["status"], stands["release_at"]) == ("draft", None), "it waits for its author's hand"


def test_what_is_harmless_alone_keeps_the_approval(cast, approved, change):
    change("watchers")
    change("date")
    assert release(cast, approved)[0] == 200
