"""The engine knows no document: here a task goes along its routes."""

import pytest

from core.context import company_scope
from core.routes.models import Route, RouteVersion
from core.routes.reading import kept_scheme
from core.routes.schemes import By, Performer, Scheme, Stage
from modules.tasks.actions import create_task

from .sample import tasks_go_along_routes


@pytest.fixture
def ends():
    """What the kind has been told: ("began",) and ("ended", outcome)."""
    return []


@pytest.fixture(autouse=True)
def routable(ends):
    """Tasks go along routes while the test lasts."""
    with tasks_go_along_routes(ends.append):
        yield


def asks(*people, **more):
    """Performers by name."""
    return {"performers": tuple(Performer(By.PERSON, one.principal.pk) for one in people), **more}


def publish(stages, by, *, route=None, condition="", **more):
    """A version in force; inside a scope."""
    if route is None:
        route = Route.objects.create(
            kind="tasks.task",
            title=f"Маршрут {Route.objects.count()}",
            place=Route.objects.count(),
            condition=condition,
        )
    return RouteVersion.objects.create(
        route=route, number=route.versions.count() + 1, scheme=kept_scheme(Scheme(tuple(stages), **more)),
        author_id=by.principal.pk, published_by_id=by.principal.pk,
    )  # fmt: skip


def stage(code, *people, **more):
    return Stage(code, f"Этап {code}", **asks(*people, **more))


@pytest.fixture
def people(company, person):
    """(author, three approvers)."""
    return tuple(person(company) for _ in range(4))


@pytest.fixture
def scene(company, people):
    """The same, inside the company's scope."""
    with company_scope(company):
        yield people


def task_of(author, **more):
    return create_task(title="Договор", assignee=author.principal.pk, by=author.actor(), **more)
