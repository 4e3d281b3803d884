"""What a role keeps somebody from comes into no card by his doing: neither typed at any door nor copied from a card."""

import json
from collections.abc import Iterator
from typing import Any

import pytest

from core.access.actions import limit_fields
from core.access.models import Role
from core.context import company_scope
from core.entities.models import Entity
from core.registry import registry
from infra.api_schema import build

from . import parts
from .calls import Call
from .scene import Scene
from .table import Case, Line
from .test_hidden_fields import CANARIES, UNTOLD
from .test_policy import COMPANY, _store_at_hand, scene, undone  # noqa: F401

# What is typed at a door for a name under which a field is written, and what tells it in the owner's answer.
TYPED: dict[str, tuple[Any, str]] = {
    "description": ("Канарейкин у двери", "Канарейкин у двери"),
    "due_at": ("2033-05-07T05:43:00Z", "2033-05-07"),
    "priority": ("urgent", '"urgent"'),
    "estimate": (438_919, "438919"),
    "due_in": (517_284, "517284"),
    "minutes": (731, "731"),
    "email": ("door@canary.example", "door@canary"),
    "phone": ("+79990001749", "79990001749"),
    "hired_on": ("1986-02-11", "1986-02-11"),
    "content": ("Канарейкин у двери документа", "Канарейкин у двери документа"),
    "correspondent": ("ООО «Дверь Канарейкина»", "Дверь Канарейкина"),
    "outer_number": ("КН-90418", "КН-90418"),
    "outer_date": ("1979-04-03", "1979-04-03"),
    "amount": ("731482.20", "731482.20"),
    "valid_from": ("1977-05-12", "1977-05-12"),
    "valid_until": ("2188-05-12", "2188-05-12"),
    "paper_place": ("У двери, где Канарейкин", "У двери, где Канарейкин"),
}
# Rows of others, which a scene has no canary for: tests/core/access/test_limits.py.
BY_REFERENCE = {"position", "manager"}
# Operation → why the card made may have what its maker could not write.
AS_WRITTEN = {
    "POST task-templates/{card_id}/give/": "what the template's author has written",
    "POST auth/invitation/accept/": "a newcomer, who has no role yet, comes by the address at which he was invited",
}


def limited(scene: Scene, line: Line, case: Case, level: str, name: str = "") -> Iterator[tuple[str, str, str]]:  # noqa: F811
    """Call an operation as an employee who is kept from every field; (kind, field, what the owner is told of it) for
    each card that came by it out of cards full of canaries or, with a name typed, that came or changed by it."""
    call: Call = parts.COMPANY_CALLS[str(line)](scene, case.caller, case.relation)
    with company_scope(scene.company):
        limits = [{"kind": kind, "field": field, "level": level} for kind, field in CANARIES]
        limit_fields(Role.objects.get(code="employee"), limits=limits, by=scene.people["owner"].actor())
        if not name:
            for put, _ in CANARIES.values():
                put()
        before = dict(Entity.objects.values_list("pk", "version"))
    body = typed(call.body, name, TYPED[name][0]) if name else call.body
    method = line.operation.partition(" ")[0].lower()
    client = scene.client(case.caller, by_cookie=call.by_cookie)
    client.call(method, call.path, body, params=call.params, headers=call.headers)
    with company_scope(scene.company):
        after = list(Entity.objects.filter(trashed_at__isnull=True).values_list("pk", "version", "kind"))
    owner = scene.client("owner")
    for pk, version, code in after:
        kind = registry.kind_of(code)
        is_new = pk not in before
        if not kind.fields or (before.get(pk) == version if name else not is_new):
            continue
        told = owner.get(f"{kind.plural}/{pk}/").json()
        for field in kind.fields:
            yield code, field.code, json.dumps({key: told.get(key) for key in field.keys}, ensure_ascii=False)


def first_case(line: Line) -> Case | None:
    return next((case for case in line.cases if case.caller == "employee" and case.status < 400), None)


def test_every_written_name_is_typed_somewhere() -> None:
    written = {name for kind in registry.kinds() for field in kind.fields for name in field.written}
    assert written - BY_REFERENCE == set(TYPED)


@pytest.mark.row("SE-05")
def test_no_card_is_made_with_what_its_maker_may_not_read(scene: Scene) -> None:  # noqa: F811
    met: list[str] = []
    made, canaries = 0, {canary for at, (_, canary) in CANARIES.items() if at not in UNTOLD}
    for line in COMPANY:
        case = first_case(line)
        if case is None or not line.operation.startswith("POST") or line.operation in AS_WRITTEN:
            continue
        with undone():
            for kind, field, told in limited(scene, line, case, "hidden"):
                made += 1
                # Whatever it is called here: a template takes its words over from a task.
                met += [f"{line} makes {kind} with {field}: {told}" for canary in canaries if canary in told]
    assert made > 0
    assert met == [], "\n".join(met)


@pytest.mark.row("SE-05")
def test_no_door_writes_what_its_caller_may_only_read(scene: Scene) -> None:  # noqa: F811
    doors, met = names_by_operation(), []
    walked: set[str] = set()
    for line in COMPANY:
        case = first_case(line)
        if case is None or line.operation in AS_WRITTEN:
            continue
        for name in sorted(doors.get(line.operation, set()) & set(TYPED)):
            with undone():
                for kind, field, told in limited(scene, line, case, "read", name):
                    if TYPED[name][1] in told:
                        met.append(f"{line} writes {kind}:{field} as {name}")
            walked.add(name)
    assert walked == set(TYPED), "names that no door takes"
    assert met == [], "\n".join(met)


def typed(body: Any, name: str, value: Any) -> Any:
    """The body with the name in each of its objects."""
    if isinstance(body, list):
        return [typed(one, name, value) for one in body]
    if not isinstance(body, dict):
        return body
    return {key: typed(one, name, value) for key, one in body.items()} | {name: value}


def names_by_operation() -> dict[str, set[str]]:
    """Operation → names that its body may hold at any depth, as the description of the API says."""
    schema = build("company")
    found: dict[str, set[str]] = {}
    for path, operations in schema["paths"].items():
        for method, operation in operations.items():
            body = operation.get("requestBody")
            if body:
                shape = body["content"]["application/json"]["schema"]
                address = path.removeprefix("/api/v1/")
                found[f"{method.upper()} {address}"] = _names(shape, schema["components"]["schemas"], set())
    return found


def _names(shape: Any, shapes: dict[str, Any], seen: set[str]) -> set[str]:
    if isinstance(shape, list):
        return {name for one in shape for name in _names(one, shapes, seen)}
    if not isinstance(shape, dict):
        return set()
    if "$ref" in shape:
        ref = shape["$ref"].rpartition("/")[2]
        return set() if ref in seen else _names(shapes[ref], shapes, seen | {ref})
    own = set(shape.get("properties", ()))
    return own.union(
        *(_names(one, shapes, seen) for one in shape.get("properties", {}).values()),
        *(_names(shape[key], shapes, seen) for key in ("items", "allOf", "oneOf", "anyOf") if key in shape),
    )
