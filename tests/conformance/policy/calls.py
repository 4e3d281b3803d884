"""What several parts of the policy table call with.

A refusal must come from rights alone, so every body here succeeds for whoever may.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from .scene import Scene

NEW_PASSWORD = "another-person-2"
FILE = {"name": "план.pdf", "size": 5, "content_type": "application/pdf"}


@dataclass(frozen=True)
class Call:
    """What to send; `params` only for GET."""

    path: str
    body: Any = None
    params: dict[str, str] = field(default_factory=dict)
    by_cookie: bool = False
    headers: dict[str, str] = field(default_factory=dict)


Maker = Callable[[Scene, str, str], Call]


def plain(path: str, body: Any = None, **more: Any) -> Maker:
    """An address that is the same for everybody."""
    return lambda scene, caller, relation: Call(path, body, **more)


def card(tail: str = "", body: Any = None) -> Maker:
    """On the employee card that stands so to the caller; `body` may be made from the scene."""

    def make(scene: Scene, caller: str, relation: str) -> Call:
        filled = body(scene) if callable(body) else body
        return Call(f"employees/{scene.card(caller, relation)}/{tail}", filled)

    return make


def whose(name: str, tail: str, body: Any = None) -> Maker:
    """On the card of one person, whoever calls."""
    return lambda scene, caller, relation: Call(f"employees/{scene.people[name].id}/{tail}", body)


def task(tail: str = "", body: Any = None, *, in_trash: bool = False) -> Maker:
    """On a task that stands so to the caller; `body` may be made from the scene."""

    def make(scene: Scene, caller: str, relation: str) -> Call:
        pk = scene.task(known(caller), relation, in_trash=in_trash)
        return Call(f"tasks/{pk}/{tail}", body(scene) if callable(body) else body)

    return make


def comment(body: Any = None) -> Maker:
    """On a comment that stands so to the caller."""
    return lambda scene, caller, relation: Call(f"comments/{scene.comment(known(caller), relation)}/", body)


def file(tail: str = "", body: Any = None, state: str = "ready") -> Maker:
    """On a file of a task that stands so to the caller."""

    def make(scene: Scene, caller: str, relation: str) -> Call:
        return Call(f"attachments/{scene.file(known(caller), relation, state)}/{tail}", body)

    return make


def known(caller: str) -> str:
    """Objects of people who cannot have any stand to the caller as to a stranger."""
    return caller if caller in ("employee", "head", "admin", "owner") else "employee"
