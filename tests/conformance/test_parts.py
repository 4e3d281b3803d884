"""Whatever shows a card to somebody is taken away again: each part in a card, with the doors that give and take it."""

from collections.abc import Callable
from typing import Any

import pytest

from core.context import company_scope
from core.entities.models import Participant
from core.events.bus import Told
from core.events.models import Fact
from core.realtime.announcing import messages

Part = Participant.Part
Taking = Callable[[], Any]
# Who has made a card answers for its history, and an employee's card is his own; nobody takes that away.
FOR_EVER = {Part.AUTHOR}


def assignee(path: str, boss: Any, guest: Any, other: Any) -> Taking:
    boss.client.patch(path, {"assignee": guest.id})

    def take() -> Any:
        boss.client.patch(path, {"assignee": other.id})
        # The former assignee keeps watching until that is taken from him as well.
        return boss.client.put(f"{path}watchers/", {"watchers": []})

    return take


def watcher(path: str, boss: Any, guest: Any, other: Any) -> Taking:
    boss.client.put(f"{path}watchers/", {"watchers": [guest.id, other.id]})
    return lambda: boss.client.put(f"{path}watchers/", {"watchers": [other.id]})


def co_worker(path: str, boss: Any, guest: Any, other: Any) -> Taking:
    boss.client.put(f"{path}co-assignees/", {"co_assignees": [guest.id, other.id]})
    return lambda: boss.client.put(f"{path}co-assignees/", {"co_assignees": [other.id]})


def mentioned(path: str, boss: Any, guest: Any, other: Any) -> Taking:
    said = boss.client.post(f"{path}comments/", {"text": f"@[{guest.id}], взгляните"}).json()
    return lambda: boss.client.delete(f"comments/{said['id']}/")


def reader(path: str, boss: Any, guest: Any, other: Any) -> Taking:
    asked = boss.client.post(f"{path}acknowledgements/", {"people": [guest.id, other.id]}).json()["results"]
    line = next(line for line in asked if line["person"]["id"] == guest.id)
    return lambda: boss.client.delete(f"acknowledgements/{line['id']}/")


def point_of(path: str, boss: Any, guest: Any) -> str:
    body = {"points": [{"text": "Осмотр", "assignee": guest.id}]}
    return f"checklist/{boss.client.post(f'{path}checklist/', body).json()['results'][-1]['id']}/"


def checker_removed(path: str, boss: Any, guest: Any, other: Any) -> Taking:
    point = point_of(path, boss, guest)
    return lambda: boss.client.delete(point)


def checker_replaced(path: str, boss: Any, guest: Any, other: Any) -> Taking:
    point = point_of(path, boss, guest)
    return lambda: boss.client.patch(point, {"assignee": other.id})


def checker_let_off(path: str, boss: Any, guest: Any, other: Any) -> Taking:
    point = point_of(path, boss, guest)
    return lambda: boss.client.patch(point, {"assignee": None})


def approver_recalled(path: str, boss: Any, guest: Any, other: Any) -> Taking:
    boss.client.post("tasks/approval/", {"tasks": [int(path.split("/")[1])], "approver": guest.id})
    return lambda: boss.client.delete(f"{path}approval/")


def approver_outrun(path: str, boss: Any, guest: Any, other: Any) -> Taking:
    approver_recalled(path, boss, guest, other)
    return lambda: boss.client.post(f"{path}do/release/")


def approver_decided(path: str, boss: Any, guest: Any, other: Any) -> Taking:
    approver_recalled(path, boss, guest, other)
    asked = guest.client.get(path).json()["draft_request"]["drafts"]
    return lambda: guest.client.post("tasks/approval/decision/", {"drafts": asked, "approves": True})


def approver_returned(path: str, boss: Any, guest: Any, other: Any) -> Taking:
    approver_recalled(path, boss, guest, other)
    asked = guest.client.get(path).json()["draft_request"]["drafts"]
    return lambda: guest.client.post("tasks/approval/decision/", {"drafts": asked, "approves": False, "text": "Нет"})


WAYS: tuple[tuple[str, Callable[..., Taking]], ...] = (
    (Part.RESPONSIBLE, assignee), (Part.WATCHER, watcher), (Part.CO_WORKER, co_worker), (Part.MENTIONED, mentioned),
    (Part.READER, reader), (Part.CHECKER, checker_removed), (Part.CHECKER, checker_replaced),
    (Part.CHECKER, checker_let_off), (Part.APPROVER, approver_recalled), (Part.APPROVER, approver_outrun),
    (Part.APPROVER, approver_decided), (Part.APPROVER, approver_returned),
)  # fmt: skip


def test_no_part_is_forgotten_here():
    assert {part for part, _ in WAYS} | FOR_EVER == set(Part)


@pytest.mark.row("SE-07")
@pytest.mark.parametrize(("part", "give"), WAYS, ids=lambda one: getattr(one, "__name__", str(one)))
def test_a_part_that_is_taken_away_closes_the_card(company, person, part, give):
    boss, guest, other = (person(company) for _ in range(3))
    body = {"title": "Секретный приказ", "assignee": boss.id, "is_draft": part == Part.APPROVER}
    task = boss.client.post("tasks/", body).json()
    path = f"tasks/{task['id']}/"
    assert guest.client.get(path).status_code == 404
    take = give(path, boss, guest, other)
    assert guest.client.get(path).status_code == 200
    assert part in parts(company, task, guest)
    answer = take()
    assert answer.status_code in (200, 204), answer.content
    assert parts(company, task, guest) == set()
    assert guest.client.get(path).status_code == 404
    assert rechecked(company, task, guest), "what he has open on his screen must be asked again"


def parts(company: Any, task: Any, who: Any) -> set[str]:
    with company_scope(company):
        rows = Participant.objects.filter(entity_id=task["id"], principal_id=who.principal.pk)
        return set(rows.values_list("part", flat=True))


def rechecked(company: Any, task: Any, who: Any) -> bool:
    """Whether a fact of the card makes his sockets look again at what they may listen to."""
    with company_scope(company):
        told = [Told.of(fact, None) for fact in Fact.objects.filter(entity_id=task["id"])]
    sent = [message for one in told for message in messages(company.schema, one)]
    return (f"{company.schema}.who.{who.principal.pk}", {"type": "live.recheck"}) in sent
