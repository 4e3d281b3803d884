"""Somebody with a file of cards."""

import csv
import io
from collections.abc import Callable, Sequence
from typing import Any

import httpx


def table(*rows: Sequence[str], delimiter: str = ";", encoding: str = "utf-8-sig") -> bytes:
    """Rows as a CSV file."""
    text = io.StringIO()
    csv.writer(text, delimiter=delimiter).writerows(rows)
    return text.getvalue().encode(encoding)


class Desk:
    """One person and one import after another; `client` is his, `deliver` keeps all promises."""

    def __init__(self, client: Any, deliver: Callable[[], int]) -> None:
        self.client, self.deliver, self.id = client, deliver, 0

    def begin(self, content: bytes, *, name: str = "Задачи.csv", kind: str = "tasks.task", size: int = -1) -> Any:
        body = {"kind": kind, "name": name, "size": len(content) if size < 0 else size, "content_type": "text/csv"}
        return self.client.post("imports/", body)

    def bring(self, content: bytes, **more: Any) -> dict[str, Any]:
        """Upload a file and have it read; the import as it then stands."""
        answer = self.begin(content, **more)
        assert answer.status_code == 201, answer.json()
        self.id, upload = answer.json()["id"], answer.json()["upload"]
        assert httpx.put(upload["url"], content=content, headers=upload["headers"]).status_code == 200
        assert self.client.post(f"imports/{self.id}/complete/").json()["state"] == "reading"
        self.deliver()
        return self.now()

    def now(self) -> dict[str, Any]:
        return self.client.get(f"imports/{self.id}/").json()

    def choose(self, **given: Any) -> Any:
        return self.client.patch(f"imports/{self.id}/", given)

    def check(self) -> dict[str, Any]:
        answer = self.client.post(f"imports/{self.id}/check/")
        assert answer.status_code == 200, answer.json()
        self.deliver()
        return self.now()

    def problems(self) -> list[dict[str, Any]]:
        return self.client.get(f"imports/{self.id}/problems/").json()["results"]

    def fix(self, row: int, column: str, text: str) -> Any:
        return self.client.patch(f"imports/{self.id}/cells/", {"row": row, "column": column, "text": text})

    def run(self, *, leave_bad: bool = False) -> dict[str, Any]:
        answer = self.client.post(f"imports/{self.id}/run/", {"leave_bad": leave_bad})
        assert answer.status_code == 200, answer.json()
        self.deliver()
        return self.now()

    def load(self, content: bytes, **more: Any) -> dict[str, Any]:
        """The whole way of a file without errors."""
        self.bring(content, **more)
        found = self.check()
        assert (found["state"], found["bad_count"]) == ("checked", 0), self.problems()
        return self.run()
