"""People who come to the sign-in page, and what the audit remembers of them."""

from collections.abc import Callable
from email.message import EmailMessage
from typing import Any

import pytest
from django.conf import settings

from core.context import Company, company_scope
from core.events.models import Fact
from tests.support.client import Api


@pytest.fixture
def caller() -> Callable[..., Api]:
    """`caller(company, address="10.0.0.1")`: an anonymous client at a network address."""

    def make(company: Company | None, *, address: str = "10.0.0.1", cookie: str = "", agent: str = "") -> Api:
        api = Api(company, cookie=cookie)
        api.client.defaults |= {"REMOTE_ADDR": address, "HTTP_USER_AGENT": agent}
        return api

    return make


@pytest.fixture
def facts() -> Callable[[Company, str], list[dict[str, Any]]]:
    """`facts(company, kind)`: those told so far, oldest first."""

    def read(company: Company, kind: str) -> list[dict[str, Any]]:
        with company_scope(company):
            rows = Fact.objects.filter(kind=kind).order_by("pk")
            return list(rows.values("kind", "entity_id", "payload", "actor_id", "actor__kind", "door"))

    return read


def cookie_of(response: Any) -> str:
    """The session that an answer gave to the browser."""
    return response.cookies[settings.SESSION_COOKIE].value


def problem(response: Any) -> tuple[int, str]:
    """(status, problem code) of a refusal."""
    return response.status_code, response.json()["type"].removeprefix("/problems/")


def fields(response: Any) -> set[str]:
    """Pointers of the wrong fields."""
    assert response.status_code == 422, response.content
    return {error["pointer"] for error in response.json()["errors"]}


def text_of(letter: EmailMessage) -> str:
    body = letter.get_body(("plain",))
    assert body is not None
    return body.get_content()
