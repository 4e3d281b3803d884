"""A company that adds fields to its cards."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import pytest

TASKS, PEOPLE = "tasks.task", "organization.employee"


@dataclass
class Desk:
    """Who works with the fields of tasks."""

    admin: Any
    initiator: Any
    assignee: Any
    stranger: Any

    def define(self, title: str, of_type: str, *, kind: str = TASKS, **more: Any) -> dict[str, Any]:
        """Add a field as the administrator; its settings as the API answers."""
        answer = self.admin.client.post("custom-fields/", {"kind": kind, "title": title, "type": of_type, **more})
        assert answer.status_code == 201, answer.json()
        return answer.json()

    def alter(self, field: dict[str, Any], **given: Any) -> Any:
        return self.admin.client.patch(f"custom-fields/{field['id']}/", given)

    def task(self, **more: Any) -> str:
        """A new task given by the initiator; the path of its fields."""
        body = {"title": "Пуск котельной", "assignee": self.assignee.id, **more}
        answer = self.initiator.client.post("tasks/", body)
        assert answer.status_code == 201, answer.json()
        return f"tasks/{answer.json()['id']}/fields/"


@pytest.fixture
def desk(company, person) -> Desk:
    admin = person(company, role="admin", name="Админов Лев")
    return Desk(admin, *(person(company, name=name) for name in ("Крылова Анна", "Петров Пётр", "Чужов Иван")))


@pytest.fixture
def fill() -> Callable[..., Any]:
    """`fill(person, path, sum="5")` puts values into fields; the response."""
    return lambda by, path, /, **values: by.client.patch(path, {"fields": values})


@pytest.fixture
def shown() -> Callable[..., dict[str, Any]]:
    """`shown(person, path)` → {code: value} as the person sees the card."""

    def read(who: Any, path: str) -> dict[str, Any]:
        answer = who.client.get(path)
        assert answer.status_code == 200, answer.json()
        return {row["code"]: row["value"] for row in answer.json()["results"]}

    return read
