"""Taking back what one has done to many cards is no door round what his role keeps him from since."""

from collections.abc import Iterator
from typing import Any

import pytest

from core.access.actions import limit_fields
from core.access.models import Role
from core.context import company_scope
from core.registry import registry

from .scene import Scene
from .test_limited_writing import TYPED
from .test_policy import _store_at_hand, scene, undone  # noqa: F401

# What a deed asks for besides the field that it changes.
BESIDE = {"due_at": {"due_reason": "Позже"}}


def doors() -> Iterator[tuple[Any, str, str]]:
    """(kind, deed of many that can be taken back, name of a field that it writes)."""
    for kind in registry.kinds():
        for action in getattr(kind.viewset, "bulk_actions", ()):
            names = set(action.values().fields) if action.back and action.values else set()
            yield from ((kind, action.code, name) for name in sorted(names & set(TYPED)))


def limit(scene: Scene, level: str) -> None:  # noqa: F811
    with company_scope(scene.company):
        limits = [
            {"kind": kind.code, "field": field.code, "level": level}
            for kind, _, name in (doors() if level else ())
            for field in kind.fields
            if name in field.written
        ]
        limit_fields(Role.objects.get(code="employee"), limits=limits, by=scene.people["owner"].actor())


@pytest.mark.row("SE-05")
def test_there_are_doors() -> None:
    assert {(kind.code, name) for kind, _, name in doors()} == {("tasks.task", "due_at"), ("tasks.task", "priority")}


@pytest.mark.row("SE-05")
@pytest.mark.parametrize("level", ["read", "hidden", ""])
def test_no_undoing_writes_what_its_caller_may_not(scene: Scene, level: str) -> None:  # noqa: F811
    for kind, code, name in doors():
        with undone():
            limit(scene, "")
            path = f"{kind.plural}/{scene.task('employee', 'initiator')}/"
            client, owner = scene.client("employee"), scene.client("owner")
            body = {"action": code, "ids": [int(path.split("/")[1])]}
            values = {name: TYPED[name][0]} | BESIDE.get(name, {})
            first = owner.get(path).json()[name]
            answer = client.post(f"{kind.plural}/bulk/", {**body, "values": values}).json()
            assert [line["outcome"] for line in answer["results"]] == ["done"], answer
            stands = owner.get(path).json()[name]
            limit(scene, level)
            (line,) = client.post(f"{kind.plural}/bulk/undo/", {"undo": answer["undo"]}).json()["results"]
            told = (line["outcome"], owner.get(path).json()[name])
            assert told == (("refused", stands) if level else ("done", first)), (code, name, line)
