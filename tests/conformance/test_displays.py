"""Every kind that is laid out as a board: its columns hold just what its list holds, for whoever asks."""

from typing import Any

import pytest

from core.registry import registry
from core.rest.displays import Displayed

LAID = [
    (kind.code, by)
    for kind in sorted(registry.kinds(), key=lambda kind: kind.code)
    if issubclass(kind.viewset, Displayed)
    for by in kind.viewset.boards
]


def ids_of_list(client: Any, path: str) -> set[int]:
    found, cursor = set(), {}
    while True:
        page = client.get(f"{path}/", limit=3, **cursor).json()
        found |= {row["id"] for row in page["results"]}
        if page["next"] is None:
            return found
        cursor = {"cursor": page["next"]}


def columns_of(client: Any, path: str, by: str) -> list[dict[str, Any]]:
    found, cursor = [], {}
    while True:
        answer = client.get(f"{path}/board/", by=by, limit=2, **cursor)
        assert answer.status_code == 200, answer.json()
        found += answer.json()["columns"]
        if answer.json()["next"] is None:
            return found
        cursor = {"columns_cursor": answer.json()["next"]}


def cards_of(client: Any, path: str, by: str, column: dict[str, Any]) -> list[dict[str, Any]]:
    cards, cursor = list(column["results"]), column["next"]
    while cursor:
        asked = {"by": by, "column": column["value"], "limit": 2, "cursor": cursor}
        (further,) = client.get(f"{path}/board/", **asked).json()["columns"]
        cards += further["results"]
        cursor = further["next"]
    return cards


@pytest.fixture
def scene(company, person, owner):
    """People in departments and out of them, with tasks that not everybody sees."""
    shop = owner.client.post("departments/", {"title": "Цех"}).json()["id"]
    owner.client.post("departments/", {"title": "Пустой"})
    place = owner.client.post("positions/", {"title": "Сварщик"}).json()["id"]
    head, worker, loner = (person(company, role=role) for role in ("head", "employee", "employee"))
    for who in (head, worker):
        moved = {"department": shop, "position": place}
        assert owner.client.patch(f"employees/{who.id}/", moved).status_code == 200
    for number in range(5):
        body = {"title": f"Дело {number}", "assignee": worker.id, "is_private": number == 0}
        assert loner.client.post("tasks/", body).status_code == 201
    owner.client.post("tasks/", {"title": "Главе", "assignee": head.id, "due_at": "2030-01-01T10:00:00Z"})
    return {"owner": owner, "head": head, "worker": worker, "loner": loner}


def test_at_least_two_kinds_are_laid_out():
    assert {code for code, _ in LAID} >= {"tasks.task", "organization.employee"}


@pytest.mark.parametrize(("code", "by"), LAID)
@pytest.mark.parametrize("who", ["owner", "head", "worker", "loner"])
def test_a_board_is_its_list(scene, code, by, who):
    client, path = scene[who].client, registry.kind_of(code).plural
    shown: list[int] = []
    for column in columns_of(client, path, by):
        cards = cards_of(client, path, by, column)
        assert len(cards) == column["count"], column["title"]
        shown += [card["id"] for card in cards]
        for card in cards:
            ways = {(move["to"], bool(move["do"])) for move in card["moves"]}
            assert all(bool(to) == does for to, does in ways), "a deed names its column, a PATCH none"
    assert len(shown) == len(set(shown))
    assert set(shown) == ids_of_list(client, path) and shown


@pytest.mark.parametrize(("code", "by"), LAID)
def test_columns_and_moves_agree_with_the_door_of_cards(scene, code, by):
    """Whoever is offered a PATCH is not refused for want of rights, whoever is not, is."""
    path, tried = registry.kind_of(code).plural, 0
    for who in ("worker", "head", "owner"):
        client = scene[who].client
        columns = columns_of(client, path, by)
        for column in columns:
            others = [one["sets"] for one in columns if one["sets"] and one["value"] != column["value"]]
            for card in cards_of(client, path, by, column) if others else ():
                body = others[-1] | ({"due_reason": "Иначе не успеть"} if "due_at" in others[-1] else {})
                answer = client.patch(f"{path}/{card['id']}/", body)
                assert answer.status_code == (200 if card["moves"] else 403), answer.json()
                tried += 1
    # Between statuses deeds lead, and no PATCH.
    assert tried or by in ("status", "own_status")
