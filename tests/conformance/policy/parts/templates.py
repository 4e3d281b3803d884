"""Templates of tasks and their plans."""

from typing import Any

from ..calls import FILE, Call, Maker, known, plain, task
from ..scene import Scene

COMPANY = """
GET    task-templates/ | 401 200 200 200 200 401 401
POST   task-templates/ | 401 201 201 201 201 401 401
GET    task-templates/recipients/ | 401 200 200 200 200 401 401
@ own assigned department other
GET    task-templates/{card_id}/ | 401 200/200/404/404 200/200/200/404 200 200 401 401
PATCH  task-templates/{card_id}/ | 401 200/403/404/404 200/200/200/404 200 200 401 401
DELETE task-templates/{card_id}/ | 401 204/403/404/404 204/204/204/404 204 204 401 401
POST   task-templates/{card_id}/restore/ | 401 200/404/404/404 200/200/200/404 200 200 401 401
POST   task-templates/{card_id}/give/ | 401 201/201/404/404 201/201/201/404 201 201 401 401
GET    task-templates/{card_id}/recurrence/ | 401 200/200/404/404 200/200/200/404 200 200 401 401
PUT    task-templates/{card_id}/recurrence/ | 401 200/403/404/404 200/200/200/404 200 200 401 401
PATCH  task-templates/{card_id}/recurrence/ | 401 200/403/404/404 200/200/200/404 200 200 401 401
DELETE task-templates/{card_id}/recurrence/ | 401 204/403/404/404 204/204/204/404 204 204 401 401
POST   task-templates/{card_id}/recurrence/preview/ | 401 200/200/404/404 200/200/200/404 200 200 401 401
GET    task-templates/{card_id}/occurrences/ | 401 200/200/404/404 200/200/200/404 200 200 401 401
GET    task-templates/{card_id}/history/ | 401 200/200/404/404 200/200/200/404 200 200 401 401
GET    task-templates/{card_id}/links/ | 401 200/200/404/404 200/200/200/404 200 200 401 401
POST   task-templates/{card_id}/links/ | 401 201/201/404/404 201/201/201/404 201 201 401 401
GET    task-templates/{card_id}/checklist/ | 401 200/200/404/404 200/200/200/404 200 200 401 401
POST   task-templates/{card_id}/checklist/ | 401 201/403/404/404 201/201/201/404 201 201 401 401
GET    task-templates/{card_id}/attachments/ | 401 200/200/404/404 200/200/200/404 200 200 401 401
POST   task-templates/{card_id}/attachments/ | 401 201/201/404/404 201/201/201/404 201 201 401 401
GET    task-templates/{card_id}/tags/ | 401 200/200/404/404 200/200/200/404 200 200 401 401
PUT    task-templates/{card_id}/tags/ | 401 200/403/404/404 200/200/200/404 200 200 401 401
GET    task-templates/{card_id}/acknowledgements/ | 401 200/200/404/404 200/200/200/404 200 200 401 401
POST   task-templates/{card_id}/acknowledgements/ | 401 201/403/404/404 201/201/201/404 201 201 401 401
POST   task-templates/{card_id}/acknowledgements/confirm/ | 401 409/409/404/404 409/409/409/404 409 409 401 401
POST   task-templates/{card_id}/acknowledgements/again/ | 401 409/403/404/404 409/409/409/404 409 409 401 401
POST   task-templates/{card_id}/acknowledgements/confirm/ #asked | 401 200/200/404/404 200/200/200/404 200 200 401 401
POST   task-templates/{card_id}/acknowledgements/again/ #asked | 401 201/403/404/404 201/201/201/404 201 201 401 401

@ initiator assignee watcher department other
POST   tasks/{card_id}/template/ | 401 201/201/201/404/404 201/201/201/201/404 201 201 401 401
POST   tasks/{card_id}/template/repeat/ | 401 201/201/201/404/404 201/201/201/201/404 201 201 401 401
POST   tasks/{card_id}/template/repeat/preview/ | 401 200/200/200/404/404 200/200/200/200/404 200 200 401 401
"""

_PLAN = {"plan": {"every": "weeks", "weekdays": [0]}}


def _template(tail: str = "", body: Any = None, *, before: str = "") -> Maker:
    """On a template that stands so to the caller; `before` is what has been done with it: planned, asked, trashed."""

    def make(scene: Scene, caller: str, relation: str) -> Call:
        pk = scene.template(known(caller), relation, before=before)
        return Call(f"task-templates/{pk}/{tail}", body(scene) if callable(body) else body)

    return make


def _trader(scene: Scene) -> int:
    return scene.people["trader"].id


CALLS: dict[str, Maker] = {
    "GET task-templates/recipients/": plain("task-templates/recipients/", params={"roles": "head"}),
    "GET task-templates/": plain("task-templates/"),
    "POST task-templates/": lambda s, c, r: Call("task-templates/", {"title": "Обход", "assignees": [_trader(s)]}),
    "GET task-templates/{card_id}/": _template(),
    "PATCH task-templates/{card_id}/": _template(body={"title": "Иначе"}),
    "DELETE task-templates/{card_id}/": _template(),
    "POST task-templates/{card_id}/restore/": _template("restore/", before="trashed"),
    "POST task-templates/{card_id}/give/": _template("give/"),
    "GET task-templates/{card_id}/recurrence/": _template("recurrence/"),
    "PUT task-templates/{card_id}/recurrence/": _template("recurrence/", _PLAN),
    "PATCH task-templates/{card_id}/recurrence/": _template("recurrence/", {"is_on": False}, before="planned"),
    "DELETE task-templates/{card_id}/recurrence/": _template("recurrence/", before="planned"),
    "POST task-templates/{card_id}/recurrence/preview/": _template("recurrence/preview/", _PLAN["plan"]),
    "GET task-templates/{card_id}/occurrences/": _template("occurrences/"),
    "GET task-templates/{card_id}/history/": _template("history/"),
    "GET task-templates/{card_id}/links/": _template("links/"),
    "POST task-templates/{card_id}/links/": _template(
        "links/", lambda s: {"ref": f"organization.employee/{_trader(s)}"}
    ),
    "GET task-templates/{card_id}/checklist/": _template("checklist/"),
    "POST task-templates/{card_id}/checklist/": _template("checklist/", {"points": [{"text": "Осмотр"}]}),
    "GET task-templates/{card_id}/attachments/": _template("attachments/"),
    "POST task-templates/{card_id}/attachments/": _template("attachments/", FILE),
    "GET task-templates/{card_id}/tags/": _template("tags/"),
    "PUT task-templates/{card_id}/tags/": _template("tags/", {"tags": ["Обходы"]}),
    "POST tasks/{card_id}/template/": task("template/"),
    "POST tasks/{card_id}/template/repeat/": task("template/repeat/", _PLAN),
    "POST tasks/{card_id}/template/repeat/preview/": task("template/repeat/preview/", _PLAN["plan"]),
    "GET task-templates/{card_id}/acknowledgements/": _template("acknowledgements/"),
    "POST task-templates/{card_id}/acknowledgements/": _template(
        "acknowledgements/", lambda s: {"people": [_trader(s)]}
    ),
    "POST task-templates/{card_id}/acknowledgements/confirm/": _template("acknowledgements/confirm/", {}),
    "POST task-templates/{card_id}/acknowledgements/confirm/ #asked": _template(
        "acknowledgements/confirm/", {}, before="asked"
    ),
    "POST task-templates/{card_id}/acknowledgements/again/": _template("acknowledgements/again/", {}),
    "POST task-templates/{card_id}/acknowledgements/again/ #asked": _template(
        "acknowledgements/again/", {}, before="asked"
    ),
}
