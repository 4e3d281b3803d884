"""People around a task."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import pytest

from tests.core.notifications.conftest import _world, hook, linked, world  # noqa: F401  (fixtures)
from tests.support.committed import committed  # noqa: F401  (a fixture)


@dataclass
class Cast:
    """Who plays in a scene."""

    initiator: Any
    assignee: Any
    colleague: Any
    stranger: Any


@pytest.fixture
def cast(company, person) -> Cast:
    names = ("Крылова Анна", "Петров Пётр", "Соколова Мария", "Чужов Иван")
    return Cast(*(person(company, name=name) for name in names))


@pytest.fixture
def give(cast) -> Callable[..., dict[str, Any]]:
    """`give(due_at=…)` makes the initiator give the assignee a task; its card as the API answers."""

    def make(title: str = "Подготовить договор", *, by: Any = None, to: Any = None, **more: Any) -> dict[str, Any]:
        body = {"title": title, "assignee": (to or cast.assignee).id, **more}
        answer = (by or cast.initiator).client.post("tasks/", body)
        assert answer.status_code == 201, answer.json()
        return answer.json()

    return make


@pytest.fixture
def press() -> Callable[..., Any]:
    """`press(person, card, "accept", text="…")`; the response."""

    def do(who: Any, card: dict[str, Any], code: str, **body: str) -> Any:
        return who.client.post(f"tasks/{card['id']}/do/{code}/", body)

    return do
