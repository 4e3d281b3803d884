"""How a line of the queue is put together."""

from collections.abc import Mapping
from typing import Any


def line(
    key: str,
    card: dict[str, Any],
    *,
    actions: list[dict[str, Any]],
    who: dict[str, Any] | None = None,
    text: str = "",
    due_at: str | None = None,
    is_overdue: bool = False,
) -> dict[str, Any]:
    """One line; `card` is its brief, `due_at` as JSON has it."""
    told = {"key": key, "card": card, "text": text, "who": who, "due_at": due_at, "is_overdue": is_overdue}
    return told | {"actions": actions}


def action(
    code: str,
    title: str,
    path: str,
    *,
    key: str,
    done: str,
    method: str = "POST",
    body: Mapping[str, Any] | None = None,
    kind: str = "primary",
    needs_text: bool = False,
    asks: str = "",
) -> dict[str, Any]:
    """One button of a line, with the request that it makes; `asks` is what its text is to say, where it needs one."""
    told = {"code": code, "title": title, "kind": kind, "needs_text": needs_text, "key": key, "method": method}
    if asks:
        told["asks"] = asks
    return told | {"path": path, "body": dict(body or {}), "done": done}
