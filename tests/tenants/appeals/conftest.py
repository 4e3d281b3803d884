"""What tests of appeals share: somebody who asks, somebody who answers."""

import uuid
from collections.abc import Callable
from typing import Any

import httpx
import pytest

from tests.support.operators import OperatorPerson, make_operator


def asked(who: Any, text: str = "Не печатается наряд", **more: Any) -> Any:
    """The answer to an appeal of this person."""
    return who.client.post("help/appeals/", {"key": str(uuid.uuid4()), "text": text, **more})


def made(who: Any, text: str = "Не печатается наряд", **more: Any) -> int:
    """The number of a new appeal."""
    answer = asked(who, text, **more)
    assert answer.status_code == 201, answer.content
    return answer.json()["id"]


def answered(who: OperatorPerson, appeal: int, text: str = "Обновите страницу", **more: Any) -> Any:
    found = who.client.post(f"appeals/{appeal}/answer/", {"key": str(uuid.uuid4()), "text": text, **more})
    assert found.status_code == 201, found.content
    return found.json()


def said(who: Any, appeal: int, text: str, **more: Any) -> Any:
    return who.client.post(f"help/appeals/{appeal}/lines/", {"key": str(uuid.uuid4()), "text": text, **more})


def texts(who: Any, appeal: int) -> list[str]:
    """What the person reads in the talk, from its beginning."""
    return [line["text"] for line in reversed(who.client.get(f"help/appeals/{appeal}/lines/").json()["results"])]


def brought(who: Any, name: str, content: bytes, content_type: str = "application/pdf") -> int:
    """A file sent up as the browser does; its number."""
    ticket = who.client.post("help/files/", {"name": name, "size": len(content), "content_type": content_type})
    assert ticket.status_code == 201, ticket.content
    told = ticket.json()
    sent = httpx.put(told["upload"]["url"], content=content, headers=told["upload"]["headers"])
    assert sent.status_code == 200
    assert who.client.post(f"help/files/{told['id']}/complete/").status_code == 200
    return told["id"]


@pytest.fixture
def helper(db: None) -> OperatorPerson:
    return make_operator("support")


@pytest.fixture
def operator(db: None) -> Callable[..., OperatorPerson]:
    return make_operator


@pytest.fixture
def asker(company: Any, person: Callable[..., Any]) -> Any:
    return person(company, name="Ильин Олег")
