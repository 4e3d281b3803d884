"""What a role hides of a card is in no answer: each declared field gets a value that stands nowhere else."""

import base64
import binascii
import re
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime
from decimal import Decimal
from functools import cache
from typing import Any

import pytest

from core.access.actions import limit_fields
from core.access.models import Role
from core.context import company_scope
from core.entities.models import Entity
from core.organization.models import Employee, Position
from core.privacy.gathering import tables_about
from core.registry import registry
from core.rest.encoding import encoded
from infra.api_schema import build
from modules.documents.models import Document
from modules.tasks.models import Task, TaskTemplate, TimeEntry

from . import parts
from .parts.documents import document
from .scene import Scene
from .table import Case, Line
from .test_policy import COMPANY, _store_at_hand, scene, undone  # noqa: F401

MOMENT = datetime(2031, 3, 7, 5, 43, 21, tzinfo=UTC)
WORD = "Канарейкин"


def _position() -> None:
    Employee.objects.update(position=Position.objects.get_or_create(title=f"{WORD} разряд")[0])


def _spent() -> None:
    author = Employee.objects.values_list("principal_id", flat=True)[0]
    begun = datetime(2020, 1, 1, tzinfo=UTC)
    TimeEntry.objects.bulk_create(
        TimeEntry(task_id=pk, person_id=author, started_at=begun, ended_at=MOMENT, minutes=748_211)
        for pk in Task.objects.values_list("pk", flat=True)
    )


# Field → (how it comes into every card of the kind, what tells it in an answer).
CANARIES: dict[tuple[str, str], tuple[Callable[[], Any], str]] = {
    ("organization.employee", "email"): (lambda: Employee.objects.update(work_email="k@canary.example"), "canary.ex"),
    ("organization.employee", "phone"): (lambda: Employee.objects.update(phone="+79990001748"), "79990001748"),
    ("organization.employee", "position"): (_position, f"{WORD} разряд"),
    ("organization.employee", "manager"): (lambda: None, ""),
    ("organization.employee", "hired_on"): (lambda: Employee.objects.update(hired_on=date(1987, 3, 14)), "1987-03-14"),
    ("tasks.task", "description"): (lambda: Task.objects.update(description=f"{WORD} в задаче"), f"{WORD} в задаче"),
    ("tasks.task", "due_at"): (lambda: Entity.objects.filter(kind=Task.KIND).update(due_at=MOMENT), "2031-03-07"),
    ("tasks.task", "priority"): (lambda: Entity.objects.filter(kind=Task.KIND).update(priority=2), '"urgent"'),
    ("tasks.task", "estimate"): (lambda: Task.objects.update(estimate=438_917), "438917"),
    ("tasks.task", "spent"): (_spent, "748211"),
    ("tasks.template", "description"): (
        lambda: TaskTemplate.objects.update(description=f"{WORD} в шаблоне"), f"{WORD} в шаблоне",
    ),
    ("tasks.template", "due_in"): (lambda: TaskTemplate.objects.update(due_in=517_283), "517283"),
    ("tasks.template", "priority"): (
        lambda: Entity.objects.filter(kind=TaskTemplate.KIND).update(priority=2), '"urgent"',
    ),
    ("tasks.template", "estimate"): (lambda: TaskTemplate.objects.update(estimate=438_918), "438918"),
    ("documents.document", "content"): (
        lambda: Document.objects.update(content=f"{WORD} в документе"), f"{WORD} в документе",
    ),
    ("documents.document", "correspondent"): (
        lambda: Document.objects.update(correspondent=f"ООО «{WORD}»"), f"ООО «{WORD}»",
    ),
    ("documents.document", "outer_number"): (lambda: Document.objects.update(outer_number="КН-90417"), "КН-90417"),
    ("documents.document", "outer_date"): (lambda: Document.objects.update(outer_date=date(1979, 4, 2)), "1979-04-02"),
    ("documents.document", "amount"): (lambda: Document.objects.update(amount=Decimal("731482.19")), "731482.19"),
    ("documents.document", "valid_from"): (lambda: Document.objects.update(valid_from=date(1977, 5, 11)), "1977-05-11"),
    ("documents.document", "valid_until"): (
        lambda: Document.objects.update(valid_until=date(2188, 5, 11)), "2188-05-11",
    ),
    ("documents.document", "due_at"): (
        lambda: Entity.objects.filter(kind=Document.KIND).update(due_at=MOMENT), "2031-03-07",
    ),
    ("documents.document", "priority"): (
        lambda: Entity.objects.filter(kind=Document.KIND).update(priority=2), '"urgent"',
    ),
    ("documents.document", "paper_place"): (
        lambda: Document.objects.update(paper_place=f"Шкаф, где {WORD}"), f"Шкаф, где {WORD}",
    ),
}  # fmt: skip
# Names stand in many answers for other reasons; that this field is empty, tests/core/access/test_limits.py asks.
UNTOLD = {("organization.employee", "manager")}
# Operation → what it may tell, and why.
EXEMPT = {
    "GET notices/settings/": "one's own phone, to which one's messages go",
    "PATCH notices/settings/": "the same",
    "GET positions/": "the directory: which there are, not whose",
    "GET schema/": "words of the API, no data",
}


def test_every_declared_field_has_its_canary() -> None:
    declared = {(kind.code, field.code) for kind in registry.kinds() for field in kind.fields}
    assert declared == set(CANARIES)


def answers(scene: Scene, caller: str, *, limited: bool) -> Iterator[tuple[Line, Case, str]]:  # noqa: F811
    """Every operation that the table lets the caller do, with cards full of canaries."""
    for line in COMPANY:
        for case in line.cases:
            if case.caller != caller or case.status >= 400:
                continue
            with undone():
                call = parts.COMPANY_CALLS[str(line)](scene, case.caller, case.relation)
                with company_scope(scene.company):
                    if limited:
                        shut(scene)
                    for put, _ in CANARIES.values():
                        put()
                client = scene.client(caller, by_cookie=call.by_cookie)
                method = line.operation.partition(" ")[0].lower()
                # Pages of one line: wherever another line is left, there is a cursor.
                page = {"limit": "1"} if method == "get" and str(line) in paged() else {}
                params = {**(call.params or {}), **page}
                response = client.call(method, call.path, call.body, params=params, headers=call.headers)
                if not response.streaming and "json" in response.headers.get("Content-Type", ""):
                    yield line, case, opened(response.content.decode())


@cache
def paged() -> frozenset[str]:
    """Operations that take `limit`, as the description of the API says."""
    found = set()
    for path, operations in build("company")["paths"].items():
        named = {asked["name"] for asked in operations.get("get", {}).get("parameters", ())}
        if {"limit", "cursor"} <= named:
            found.add(f"GET {path.removeprefix('/api/v1/')}")
    return frozenset(found)


def opened(text: str) -> str:
    """An answer with what anybody reads in its cursors who knows how to decode base64."""
    found = [text]
    for cursor in re.findall(r'"next(?:_cursor)?": ?"([^"]+)"', text):
        for piece in re.split(r"[:.]", cursor):
            try:
                found.append(base64.urlsafe_b64decode(piece + "=" * (-len(piece) % 4)).decode(errors="replace"))
            except binascii.Error:
                continue
    return "\n".join(found)


def shut(scene: Scene) -> None:  # noqa: F811
    limits = [{"kind": kind, "field": field, "level": "hidden"} for kind, field in CANARIES]
    limit_fields(Role.objects.get(code="employee"), limits=limits, by=scene.people["owner"].actor())


@pytest.mark.row("SE-05", "SA-07")
def test_a_hidden_field_is_in_no_answer(scene: Scene) -> None:  # noqa: F811
    met = [
        f"{line} ({case.relation}) tells {kind}:{field}"
        for line, case, text in answers(scene, "employee", limited=True)
        for (kind, field), (_, canary) in CANARIES.items()
        if (kind, field) not in UNTOLD and canary in text and str(line) not in EXEMPT
    ]
    assert met == [], "\n".join(met)


def test_the_owner_is_told_every_field(scene: Scene) -> None:  # noqa: F811
    """The twin: the same calls do meet each canary, so the test above could fail."""
    told: set[tuple[str, str]] = set()
    for _, _, text in answers(scene, "owner", limited=False):
        told |= {at for at, (_, canary) in CANARIES.items() if canary in text}
        if told == set(CANARIES):
            return
    assert told == set(CANARIES)


# Columns that stand in no file about a person, whoever asks.
_UNTOLD_COLUMNS = {
    "description", "estimate", "due_in", "manager", "position", "content", "correspondent", "outer_number",
    "outer_date", "amount", "valid_from", "paper_place",
}  # fmt: skip
NOT_IN_FILES = {(kind, field) for kind, field in CANARIES if field in _UNTOLD_COLUMNS}


def _file(scene: Scene, caller: str, *, limited: bool) -> str:  # noqa: F811
    """What the file about oneself holds (core/privacy): a job writes it, so no operation above answers with it."""
    with undone():
        for relation in ("initiator", "assignee"):
            scene.task(caller, relation)
        scene.template(caller, "own")
        document(scene, caller, "author")
        with company_scope(scene.company):
            if limited:
                shut(scene)
            for put, _ in CANARIES.values():
                put()
            TimeEntry.objects.update(person=scene.people[caller].principal)
            about = Employee.objects.get(pk=scene.people[caller].id)
            tables = tables_about(about, by=scene.people[caller].actor())
            return "\n".join(encoded(row).decode() for _, rows in tables for row in rows)


@pytest.mark.row("SE-05", "SE-02")
def test_a_hidden_field_is_not_in_the_file_about_oneself(scene: Scene) -> None:  # noqa: F811
    text = _file(scene, "employee", limited=True)
    # An importance is a number in the table.
    canaries = {at: '"priority":2' if at[1] == "priority" else canary for at, (_, canary) in CANARIES.items()}
    assert [at for at, canary in canaries.items() if canary and canary in text] == []
    whole = _file(scene, "owner", limited=False)
    assert {at for at, canary in canaries.items() if canary in whole} >= set(CANARIES) - NOT_IN_FILES
