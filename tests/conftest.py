"""Fixtures that every test may use; the cluster itself is started by tests/support/plugin.py."""

import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import timedelta
from email.message import EmailMessage
from functools import cache
from itertools import count
from typing import Any

import hypothesis
import pytest
import redis
from django.conf import settings
from django.contrib.auth.hashers import make_password
from django.db import connection
from django.test.testcases import TestCase
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from core import mail
from core.access import loading
from core.access.actor import Actor
from core.access.loading import actor_of_principal
from core.context import Company, company_scope, control_scope
from core.identity.models import Principal, Session, User
from core.identity.names import read_full_name
from core.identity.secrets import digest, new_secret
from core.options import queries as options
from core.organization.actions import hire
from core.organization.models import Employee
from core.outbox.models import Outbox
from infra.launch.product import Product
from tenants.snapshots import find, snapshots
from tests.support.client import Api
from tests.support.cluster import fresh_folder
from tests.support.hashing import hash_lightly
from tests.support.promises import keep_promises
from tests.support.template import CANARY

# The same examples each time: what fails has been broken by the change at hand. `HYPOTHESIS=random` looks further.
hypothesis.settings.register_profile("steady", derandomize=True, deadline=None)
hypothesis.settings.register_profile("random", deadline=None, print_blob=True)
hypothesis.settings.load_profile(os.environ.get("HYPOTHESIS", "steady"))
hash_lightly()
PASSWORD = "person-pass-1"
_hashed = cache(make_password)
_numbers = count(1)


@pytest.fixture(scope="session")
def django_db_setup() -> None:
    """The template holds the tables and two companies already."""


@pytest.fixture(autouse=True)
def _nothing_remembered() -> Iterator[None]:
    """What a test's rolled-back transaction left in memory and Redis must not reach the next one."""
    redis.Redis.from_url(settings.REDIS_URL).flushall()
    snapshots.forget()
    loading._grants.clear()
    options._held.clear()
    yield
    snapshots.forget()
    loading._grants.clear()
    options._held.clear()


@pytest.fixture(scope="session")
def product() -> Iterator[Product]:
    """The whole product as `make run` starts it; for tests marked `committed` or `journey`."""
    running = Product(fresh_folder(f"product{os.getpid()}")).start()
    yield running
    running.stop()


@pytest.fixture
def company(db: None) -> Company:
    """The company `alfa`; whatever the test does to it is rolled back."""
    found = find(host="alfa.localhost")
    assert found is not None
    return found


@pytest.fixture
def other_company(db: None) -> Company:
    """The company `beta`, whose every string carries the canary."""
    found = find(host="beta.localhost")
    assert found is not None
    return found


@pytest.fixture
def inside() -> Callable[[Company], Any]:
    """`with inside(company):` opens the company's scope."""

    @contextmanager
    def enter(company: Company) -> Iterator[None]:
        with TestCase.captureOnCommitCallbacks(execute=True), company_scope(company):
            yield

    return enter


@dataclass
class Person:
    """Somebody who works in a company, with what tests need of him."""

    company: Company
    employee: Employee
    principal: Principal
    user: User
    email: str
    password: str
    token: str
    cookie: str

    @property
    def id(self) -> int:
        """The employee's id, as the API names people."""
        return self.employee.pk

    @property
    def client(self) -> Api:
        return Api(self.company, token=self.token)

    @property
    def browser(self) -> Api:
        return Api(self.company, cookie=self.cookie)

    def actor(self, door: str = "screen") -> Actor:
        """The person as an actor; inside the company's scope."""
        return actor_of_principal(Principal.objects.get(pk=self.principal.pk), door=door, user_id=self.user.pk)


@pytest.fixture
def person() -> Callable[..., Person]:
    """`person(company, role="employee", name="Петров Пётр")` hires somebody and signs him in."""

    def make(company: Company, role: str = "employee", name: str = "", **more: Any) -> Person:
        number = next(_numbers)
        mark = f" {CANARY}" if company.slug == "beta" else ""
        with company_scope(company):
            full_name = read_full_name(name or f"Сотрудник{mark} Номер{number}")
            email = f"person{number}@{company.slug}.example"
            secrets = {kind: new_secret() for kind in ("token", "browser")}
            employee = hire(
                name=full_name, email=email, password_hash=_hashed(PASSWORD), email_verified=True, role_code=role,
                **more,
            )  # fmt: skip
            user = User.objects.get(principal=employee.principal)
            for kind, secret in secrets.items():
                Session.objects.create(
                    user=user, kind=kind, secret_hash=digest(secret), last_seen_at=timezone.now(),
                    expires_at=timezone.now() + timedelta(days=1),
                )  # fmt: skip
        with control_scope():
            Outbox.objects.filter(company=company.schema).delete()
        return Person(
            company, employee, employee.principal, user, email, PASSWORD, secrets["token"], secrets["browser"]
        )

    return make


@pytest.fixture
def owner(company: Company) -> Person:
    """The owner of `alfa`."""
    return owner_of(company)


@pytest.fixture
def other_owner(other_company: Company) -> Person:
    """The owner of `beta`."""
    return owner_of(other_company)


def owner_of(company: Company) -> Person:
    """The founder of one of the companies of the template, signed in."""
    with company_scope(company):
        user = User.objects.select_related("principal__employee").get(email=f"owner@{company.slug}.example")
        secrets = {kind: new_secret() for kind in ("token", "browser")}
        for kind, secret in secrets.items():
            Session.objects.create(
                user=user, kind=kind, secret_hash=digest(secret), last_seen_at=timezone.now(),
                expires_at=timezone.now() + timedelta(days=1),
            )  # fmt: skip
    principal = user.principal
    return Person(
        company, principal.employee, principal, user, user.email, "owner-pass-1", secrets["token"], secrets["browser"]
    )


@pytest.fixture
def api() -> type[Api]:
    """`api()` is the bare host; `api(company)` an anonymous caller of a company."""
    return Api


@pytest.fixture(autouse=True)
def mailbox(monkeypatch: pytest.MonkeyPatch) -> list[EmailMessage]:
    """Letters handed over to the mail server, oldest first; the canary is looked for in each."""
    letters: list[EmailMessage] = []

    def keep(message: EmailMessage, _: str) -> None:
        if "beta" not in str(message["To"]):
            assert CANARY not in message.as_string(), "data of another company in a letter"
        letters.append(message)

    monkeypatch.setattr(mail, "hand_over", keep)
    return letters


@pytest.fixture
def deliver(db: None) -> Callable[[], int]:
    """`deliver()` keeps every promise made so far, and those made meanwhile; how many. A failure is raised."""
    return keep_promises


@pytest.fixture
def statements() -> Callable[[], CaptureQueriesContext]:
    """`with statements() as seen:` counts SQL statements; `len(seen)`."""
    return lambda: CaptureQueriesContext(connection)


@pytest.fixture(autouse=True)
def _rows_in_report(request: pytest.FixtureRequest, record_property: Callable[[str, object], None]) -> None:
    """Write the requirements a test proves into the JUnit report."""
    for mark in request.node.iter_markers("row"):
        for code in mark.args:
            record_property("row", code)
            if waits := mark.kwargs.get("waits"):
                record_property("row-waits", f"{code} {waits}")
