"""A company that makes statuses of its own."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

import pytest

TASKS = "tasks.task"


@dataclass
class Desk:
    """Who sets statuses up and who works with them; `deliver` does what has been promised."""

    admin: Any
    initiator: Any
    assignee: Any
    stranger: Any
    deliver: Any

    def begin(self, card_type: str = "") -> dict[str, int]:
        """Begin the statuses of a type; {title: id}."""
        answer = self.admin.client.post("own-statuses/scheme/", {"kind": TASKS, "card_type": card_type})
        assert answer.status_code == 201, answer.json()
        self.deliver()
        return {row["title"]: row["id"] for row in answer.json()["statuses"]}

    def add(self, title: str, base: str = "in_work", **more: Any) -> int:
        answer = self.admin.client.post("own-statuses/", {"kind": TASKS, "title": title, "base": base, **more})
        assert answer.status_code == 201, answer.json()
        return answer.json()["id"]

    def alter(self, status: int, **given: Any) -> Any:
        return self.admin.client.patch(f"own-statuses/{status}/", given)

    def scheme(self, card_type: str = "") -> dict[str, Any]:
        answer = self.admin.client.get("own-statuses/scheme/", kind=TASKS, card_type=card_type)
        assert answer.status_code == 200, answer.json()
        return answer.json()

    def draw(self, *moves: tuple[int, int] | dict[str, Any], **more: Any) -> Any:
        """Allow exactly these moves."""
        told = [move if isinstance(move, dict) else {"source": move[0], "to": move[1]} for move in moves]
        return self.admin.client.put("own-statuses/scheme/moves/", {"kind": TASKS, "moves": told, **more})

    def task(self, *deeds: str, **more: Any) -> dict[str, Any]:
        """A task given by the initiator, led on by these deeds of the assignee."""
        body = {"title": "Собрать узел", "assignee": self.assignee.id, **more}
        answer = self.initiator.client.post("tasks/", body)
        assert answer.status_code == 201, answer.json()
        for deed in deeds:
            assert self.press(self.assignee, answer.json(), deed).status_code == 200
        return self.card(answer.json())

    def press(self, who: Any, card: dict[str, Any], deed: str, **body: Any) -> Any:
        return who.client.post(f"tasks/{card['id']}/do/{deed}/", body)

    def move(self, who: Any, card: dict[str, Any], to: int, **body: Any) -> Any:
        return who.client.post(f"tasks/{card['id']}/status/", {"to": to, **body})

    def card(self, card: dict[str, Any], who: Any = None) -> dict[str, Any]:
        answer = (who or self.initiator).client.get(f"tasks/{card['id']}/")
        assert answer.status_code == 200, answer.json()
        return answer.json()

    def history(self, card: dict[str, Any]) -> list[str]:
        """«old → new» of each move, the newest first."""
        lines = self.initiator.client.get(f"tasks/{card['id']}/history/").json()["results"]
        return [f"{one['old']} → {one['new']}" for line in lines for one in line["changes"] if one["field"] == "status"]


def titles(rows: Iterable[dict[str, Any]]) -> list[str]:
    return [row["title"] for row in rows]


@pytest.fixture
def desk(company, person, deliver) -> Desk:
    admin = person(company, role="admin", name="Админов Лев")
    names = ("Крылова Анна", "Петров Пётр", "Чужов Иван")
    return Desk(admin, *(person(company, name=name) for name in names), deliver)
