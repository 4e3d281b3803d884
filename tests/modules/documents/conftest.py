"""People around a document."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import pytest

from modules.documents.models import Document
from modules.documents.seed import ACCOUNTANTS, LAWYERS
from tests.core.notifications.conftest import _world, hook, linked, world  # noqa: F401  (fixtures)
from tests.support.committed import committed  # noqa: F401  (a fixture)


@dataclass
class Cast:
    """Who plays in a scene: `clerk` registers whatever is shown to him, `stranger` sees what is his own."""

    author: Any
    clerk: Any
    chief: Any
    stranger: Any


def role(owner: Any, title: str, **grants: str) -> str:
    """A role with these permissions of documents; its code."""
    told = [{"permission": f"documents.{code}", "scope": scope} for code, scope in grants.items()]
    answer = owner.client.post("roles/", {"title": title, "grants": told})
    assert answer.status_code == 201, answer.json()
    return str(answer.json()["code"])


@pytest.fixture
def cast(company, person, owner) -> Cast:
    clerk = role(owner, "Делопроизводитель", view="all", register="all", files="all", create="all", edit="own")
    names = ("Авторов Антон", "Шефов Пётр", "Чужов Иван")
    author, chief, stranger = (person(company, name=name) for name in names)
    return Cast(author, person(company, name="Канцелярская Анна", role=clerk), chief, stranger)


@pytest.fixture
def write(cast) -> Callable[..., dict[str, Any]]:
    """`write("Договор", card_type="contract")` makes the author write a draft; its card as the API answers."""

    def make(title: str = "Письмо о сроках", *, by: Any = None, **more: Any) -> dict[str, Any]:
        answer = (by or cast.author).client.post("documents/", {"title": title, **more})
        assert answer.status_code == 201, answer.json()
        return answer.json()

    return make


@pytest.fixture
def press() -> Callable[..., Any]:
    """`press(person, card, "submit", text="…")`; the response."""

    def do(who: Any, card: dict[str, Any], code: str, **body: Any) -> Any:
        return who.client.post(f"documents/{card['id']}/do/{code}/", body)

    return do


@pytest.fixture
def registered(write, press, cast) -> Callable[..., dict[str, Any]]:
    """`registered("Договор", card_type="contract")` is a document with a number; its card."""

    def make(title: str = "Письмо о сроках", **more: Any) -> dict[str, Any]:
        card = write(title, **more)
        assert press(cast.author, card, "submit").status_code == 200
        answer = press(cast.clerk, card, "register")
        assert answer.status_code == 200, answer.json()
        return answer.json()

    return make


@pytest.fixture
def desk(company, person, owner):
    """(lawyer, accountant): those whom the lists of the ready routes name."""
    lawyer, accountant = (person(company, name=name) for name in ("Юристова Вера", "Счетов Олег"))
    named = {LAWYERS: lawyer, ACCOUNTANTS: accountant}
    for row in _told(owner.client.get("approval-lists/", kind=Document.KIND))["results"]:
        _told(
            owner.client.put(
                f"approval-lists/{row['id']}/", {"title": row["title"], "people": [named[row["title"]].id]}
            )
        )
    return lawyer, accountant


@pytest.fixture
def sent(write, cast, press):
    """`sent("Договор", card_type="contract", amount="1000")` is a document on its way; its card."""

    def make(title="Договор поставки", **more):
        return _told(press(cast.author, write(title, **more), "send"))

    return make


def _told(answer: Any, status: int = 200) -> Any:
    assert answer.status_code == status, answer.content.decode()
    return answer.json() if answer.content else None
