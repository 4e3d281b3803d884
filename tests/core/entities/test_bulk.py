"""Many cards at once beside one: with real commits and two connections."""

import threading
from functools import partial

import pytest
from django.db import connections

from core.access.loading import actor_of_principal, system_actor
from core.context import company_scope
from core.entities import bulk
from core.entities.bulk import NewCard, write_cards
from core.numbering.actions import take_numbers
from core.organization.models import Employee
from modules.tasks.actions import create_task
from modules.tasks.models import Task
from tenants.snapshots import find

pytestmark = [pytest.mark.committed, pytest.mark.usefixtures("committed")]
NUMBERS = partial(take_numbers, Task.KIND, Task.NUMBER_PREFIX)
MANY = 5


class Load:
    """A large load in a thread of its own, which stops in the middle until it is let on; `failure` is how it ended."""

    def __init__(self, company, who: int, *, breaks: bool = False) -> None:
        self.halfway, self.go = threading.Event(), threading.Event()
        self.company, self.who, self.breaks = company, who, breaks
        self.failure: Exception | None = None
        self.thread = threading.Thread(target=self._run)

    def __enter__(self) -> "Load":
        self.thread.start()
        assert self.halfway.wait(20)
        return self

    def __exit__(self, *told) -> None:
        self.go.set()
        self.thread.join(30)
        assert not self.thread.is_alive()

    def _run(self) -> None:
        try:
            with company_scope(self.company):
                write_cards(Task, self._cards(), numbers=NUMBERS, by=system_actor())
        except ArithmeticError as failure:
            self.failure = failure
        finally:
            connections.close_all()

    def _cards(self):
        for number in range(MANY):
            if number == MANY - 1:
                self.halfway.set()
                assert self.go.wait(20)
                if self.breaks:
                    raise ArithmeticError("the file is broken here")
            common = {"title": f"Много {number}", "author": self.who, "responsible": self.who, "status": "new"}
            yield NewCard(common, {"description": ""})


@pytest.fixture
def scene(monkeypatch):
    """(company, principal); chunks are so small that a load has several."""
    monkeypatch.setattr(bulk, "CHUNK", 2)
    company = find(host="alfa.localhost")
    assert company
    with company_scope(company):
        return company, Employee.objects.get(work_email="owner@alfa.example").principal


def create(company, principal) -> str:
    # Waiting for the load would end here: it goes on only after this card.
    with company_scope(company, statement_timeout_ms=5000):
        actor = actor_of_principal(principal, door="screen")
        return create_task(title="Одна", assignee=principal.pk, by=actor).number


def numbers_by_title(company) -> dict[str, str]:
    with company_scope(company):
        return dict(Task.objects.order_by("pk").values_list("title", "number"))


def test_one_card_does_not_wait_until_many_are_written(scene):
    company, principal = scene
    with Load(company, principal.pk) as load:
        assert create(company, principal) == "З-1"
    assert load.failure is None
    found = numbers_by_title(company)
    assert found.pop("Одна") == "З-1"
    assert found == {f"Много {number}": f"З-{number + 2}" for number in range(MANY)}


def test_a_broken_load_leaves_no_gap(scene):
    company, principal = scene
    with Load(company, principal.pk, breaks=True) as load:
        pass
    assert isinstance(load.failure, ArithmeticError)
    assert create(company, principal) == "З-1"
    assert numbers_by_title(company) == {"Одна": "З-1"}
