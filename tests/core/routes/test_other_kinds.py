"""The engine knows no kind of card: a leave request, which is nothing but a common row, goes along as a task does."""

from datetime import UTC, datetime
from decimal import Decimal
from pathlib import Path
from typing import ClassVar

import pytest
from django.test.utils import isolate_apps

import core.routes
from core.entities.kinds import EntityKind, Routes
from core.entities.models import Entity
from core.formulas.values import Kind
from core.manifest import Module
from core.organization.models import Employee
from core.registry import registry
from core.routes.actions.deciding import decide_step
from core.routes.actions.running import content_changed, recall_route, start_route
from core.routes.contents import content_of, hash_of
from core.routes.errors import NotYourRoute
from core.routes.models import Decision
from core.routes.queries import waiting_steps
from core.routes.rules import Verdict
from core.routes.schemes import By, Performer, Stage
from core.routes.strips import strip_of
from modules.tasks.manifest import TASK
from tests.core.routes.conftest import publish

pytestmark = pytest.mark.row("D-03", "D-13")
_MANAGER = Stage(
    "manager", "Руководитель", performers=(Performer(By.MANAGER),), cares=frozenset({"starts_at", "due_at"})
)
_DIRECTOR = Stage(
    "director", "Директор", performers=(Performer(By.ROLE, code="owner"),), after=("manager",), condition="[Дней] > 14"
)


def _days(leave):
    return Decimal((leave.due_at - leave.starts_at).days)


def _ended(leave, outcome, by):
    leave.status = outcome
    leave.save_change("status")


def _must_send(leave, actor):
    if actor.principal_id != leave.author_id:
        raise NotYourRoute()


@pytest.fixture
def leaves(monkeypatch):
    """A kind of leave requests, declared while the test lasts."""
    # A model of the product's own registry would be asked for its table by other tests.
    with isolate_apps("core.entities"):

        class Leave(Entity):
            KIND: ClassVar[str] = "leave.request"

            class Meta:
                proxy, app_label = True, "entities"

    routes = Routes(
        initiator=lambda leave: leave.author_id,
        content=lambda leave: {"title": leave.title, "starts_at": leave.starts_at, "due_at": leave.due_at},
        values={"Дней": (Kind.NUMBER, _days)},
        must_start=_must_send,
        ended=_ended,
    )
    kind = EntityKind(
        model=Leave, viewset=TASK.viewset, plural="leaves", title="Заявление на отпуск", icon="sun", route="/leaves",
        view=TASK.view, edit=TASK.edit, history={"starts_at": "С", "due_at": "По"}, routes=routes,
    )  # fmt: skip
    module = Module(code="leave", title="Отпуска", icon="sun", group="Опыты", entities=(kind,))
    monkeypatch.setitem(registry.modules, "leave", module)
    return kind


def asked(author, *days):
    since, until = (datetime(2026, 12, day, tzinfo=UTC) for day in days)
    return Entity.objects.create(
        kind="leave.request", title="Отпуск", author_id=author.principal.pk, responsible_id=author.principal.pk,
        status="new", state="open", starts_at=since, due_at=until,
    )  # fmt: skip


def say(who, card, kind, verdict=Verdict.APPROVE, words=""):
    step = waiting_steps(who.actor()).get(passing__run__entity=card.pk)
    seen = hash_of(content_of(kind.model.objects.get(pk=card.pk), kind))
    return decide_step(step, verdict=verdict, comment=words, seen=seen, by=who.actor())


def test_a_leave_request_goes_to_the_manager_and_a_long_one_to_the_director(owner, scene, leaves):
    worker, manager, stranger, _ = scene
    Employee.objects.filter(pk=worker.id).update(manager=manager.id)
    route = publish([_MANAGER, _DIRECTOR], owner).route
    route.kind = leaves.code
    route.save(update_fields=["kind"])
    short, long = asked(worker, 1, 10), asked(worker, 1, 30)
    for card in (short, long):
        with pytest.raises(NotYourRoute):
            start_route(card, leaves, by=stranger.actor())
        start_route(card, leaves, by=worker.actor())
        say(manager, card, leaves)
    long.refresh_from_db()
    assert (Entity.objects.get(pk=short.pk).status, long.status) == ("approved", "new")
    # It is made shorter on the way: the manager minds that, and the director is asked no more.
    long.due_at = datetime(2026, 12, 5, tzinfo=UTC)
    long.save(update_fields=["due_at"])
    content_changed(long, leaves, by=worker.actor())
    said = Decision.objects.get(step__passing__run__entity=long.pk)
    assert (
        said.step.void_at is not None and not waiting_steps(owner.actor()).filter(passing__run__entity=long.pk).exists()
    )
    run = said.step.passing.run
    run.refresh_from_db()
    (void,) = [one for one in strip_of(run, worker.actor())["stages"][0]["people"] if one["is_void"]]
    assert void["changes"] == [{"title": "По", "old": "30.12.2026 03:00", "new": "05.12.2026 03:00"}]
    say(manager, long, leaves)
    assert Entity.objects.get(pk=long.pk).status == "approved"


def test_it_is_taken_back_or_refused(owner, scene, leaves):
    worker, manager, *_ = scene
    Employee.objects.filter(pk=worker.id).update(manager=manager.id)
    route = publish([_MANAGER], owner).route
    route.kind = leaves.code
    route.save(update_fields=["kind"])
    refused, taken = asked(worker, 1, 10), asked(worker, 1, 10)
    for card in (refused, taken):
        start_route(card, leaves, by=worker.actor())
    say(manager, refused, leaves, Verdict.REJECT, "Сдача года")
    recall_route(taken, leaves, by=worker.actor())
    assert [Entity.objects.get(pk=one.pk).status for one in (refused, taken)] == ["rejected", "recalled"]


def test_the_engine_names_no_kind_of_card():
    folder = Path(core.routes.__file__).parent
    texts = {path.name: path.read_text() for path in folder.rglob("*.py")}
    assert texts and not [name for name, text in texts.items() if "modules." in text or "Document" in text]
