"""What tests of the log of reads share."""

from collections.abc import Callable
from typing import Any

import pytest

from core.context import company_scope
from core.reads.models import Read
from tests.core.attachments.conftest import s3_stand_in, store  # noqa: F401  (fixtures)
from tests.support.committed import committed  # noqa: F401  (a fixture)
from tests.tenants.archives import alfa  # noqa: F401  (a fixture)

PEOPLE = "organization.employee"
NUMBER = "4510 123456"


@pytest.fixture
def log(company) -> Callable[..., list[Read]]:
    """`log("fields.shown")` are lines of the log since it was asked for last, oldest first."""
    seen = 0

    def read(kind: str = "") -> list[Read]:
        nonlocal seen
        with company_scope(company):
            rows = list(Read.objects.filter(pk__gt=seen).order_by("pk"))
        seen = rows[-1].pk if rows else seen
        return [row for row in rows if row.kind == kind or not kind]

    return read


@pytest.fixture
def define(owner) -> Callable[..., dict[str, Any]]:
    """`define("Паспорт", is_recorded=True)` adds a field to cards of employees; its settings."""

    def make(title: str, of_type: str = "text", **more: Any) -> dict[str, Any]:
        answer = owner.client.post("custom-fields/", {"kind": PEOPLE, "title": title, "type": of_type, **more})
        assert answer.status_code == 201, answer.json()
        return answer.json()

    return make


@pytest.fixture
def passport(owner, person, company, define, deliver) -> Any:
    """A colleague whose card holds a recorded field, and another one beside it."""
    # Hired first: that forgets what has been promised so far.
    who = person(company, name="Паспортов Пётр")
    define("Паспорт", code="passport", is_recorded=True, is_filterable=True)
    define("Хобби", code="hobby")
    values = {"passport": NUMBER, "hobby": "шахматы"}
    # Whoever writes is answered with the card, so this is the first line of the log.
    answer = owner.client.patch(f"employees/{who.id}/fields/", {"fields": values})
    assert answer.status_code == 200, answer.json()
    deliver()
    return who
