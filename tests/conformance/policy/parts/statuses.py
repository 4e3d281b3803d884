"""The company's own statuses, the moves between them, and the status of a card."""

from typing import Any

from core.organization.models import Employee
from core.registry import registry
from core.statuses.actions.defining import begin_scheme, define_status
from modules.tasks.models import Task

from ..calls import Call, Maker, card, known, plain, task
from ..scene import Scene

COMPANY = """
GET    own-statuses/ | 401 200 200 200 200 401 401
GET    own-statuses/reachable/ | 401 200 200 200 200 401 401
POST   own-statuses/ | 401 403 403 201 201 401 401
GET    own-statuses/scheme/ | 401 403 403 200 200 401 401
POST   own-statuses/scheme/ | 401 403 403 201 201 401 401
PUT    own-statuses/scheme/moves/ | 401 403 403 200 200 401 401
PATCH  own-statuses/{status_id}/ | 401 403 403 200 200 401 401
PUT    own-statuses/{status_id}/place/ | 401 403 403 204 204 401 401
POST   own-statuses/{status_id}/carry/ | 401 403 403 202 202 401 401

@ own department other
GET    employees/{card_id}/status/ | 401 200/200/200 200/200/200 200 200 401 401
POST   employees/{card_id}/status/ | 401 403/403/403 403/200/403 200/200/200 200/200/200 401 401
POST   employees/{card_id}/status/ #shut | 401 409/409/409 409/409/409 409/200/200 409/200/200 401 401

@ initiator assignee watcher department other
GET    tasks/{card_id}/status/ | 401 200/200/200/404/404 200/200/200/200/404 200 200 401 401
POST   tasks/{card_id}/status/ | 401 200/200/403/404/404 200/200/403/200/404 200 200 401 401
"""

_TASKS = {"kind": Task.KIND}


def _begun(scene: Scene, code: str = Task.KIND) -> dict[str, int]:
    """{base: the plain status} of cards of a kind, begun once."""
    kind = registry.kind_of(code)
    rows = scene.inside(lambda: begin_scheme(kind, by=scene.people["owner"].actor()))
    return {row.base: row.pk for row in rows if row.is_plain}


def _added(scene: Scene) -> int:
    kind, by = registry.kind_of(Task.KIND), scene.people["owner"]
    _begun(scene)
    made = scene.inside(lambda: define_status(kind, card_type="", base="new", title="Разобрана", by=by.actor()))
    return made.pk


def _on_added(tail: str, body: Any) -> Maker:
    """On a status that has been added; `body` may be made from the plain ones."""

    def make(scene: Scene, caller: str, relation: str) -> Call:
        plain_ones, added = _begun(scene), _added(scene)
        return Call(f"own-statuses/{added}/{tail}", body(plain_ones) if callable(body) else body)

    return make


def _new(scene: Scene, caller: str, relation: str) -> Call:
    _begun(scene)
    return Call("own-statuses/", {**_TASKS, "title": "Разобрана", "base": "new"})


def _moves(scene: Scene, caller: str, relation: str) -> Call:
    begun = _begun(scene)
    return Call("own-statuses/scheme/moves/", {**_TASKS, "moves": [{"source": begun["new"], "to": begun["accepted"]}]})


def _move(scene: Scene, caller: str, relation: str) -> Call:
    to = _added(scene)
    return Call(f"tasks/{scene.task(known(caller), relation)}/status/", {"to": to})


def _of_person(base: str) -> Maker:
    """A person is moved into a status that has just been made of a base."""

    def make(scene: Scene, caller: str, relation: str) -> Call:
        kind, by = registry.kind_of(Employee.KIND), scene.people["owner"]
        _begun(scene, Employee.KIND)
        made = scene.inside(lambda: define_status(kind, card_type="", base=base, title="В отъезде", by=by.actor()))
        return Call(f"employees/{scene.card(caller, relation)}/status/", {"to": made.pk})

    return make


CALLS: dict[str, Maker] = {
    "GET employees/{card_id}/status/": card("status/"),
    "POST employees/{card_id}/status/": _of_person("works"),
    "POST employees/{card_id}/status/ #shut": _of_person("blocked"),
    "GET own-statuses/reachable/": plain("own-statuses/reachable/", params=_TASKS | {"ids": "1"}),
    "GET own-statuses/": plain("own-statuses/", params=_TASKS),
    "POST own-statuses/": _new,
    "GET own-statuses/scheme/": plain("own-statuses/scheme/", params=_TASKS),
    "POST own-statuses/scheme/": plain("own-statuses/scheme/", _TASKS),
    "PUT own-statuses/scheme/moves/": _moves,
    "PATCH own-statuses/{status_id}/": _on_added("", {"title": "Взята в план"}),
    "PUT own-statuses/{status_id}/place/": _on_added("place/", {"after": None}),
    "POST own-statuses/{status_id}/carry/": _on_added("carry/", lambda begun: {"to": begun["new"]}),
    "GET tasks/{card_id}/status/": task("status/"),
    "POST tasks/{card_id}/status/": _move,
}
