"""«Помощь»: whoever works here asks and reads his own, owners and administrators all; operators answer."""

import uuid
from typing import Any

from core.context import control_scope
from core.storage import CompanyStore
from tenants.appeals.models import Appeal, Line, Paper

from ..calls import Call, Maker, plain
from ..scene import Scene

COMPANY = """
GET    help/ | 401 200 200 200 200 401 401
GET    help/appeals/ | 401 200 200 200 200 401 401
POST   help/appeals/ | 401 201 201 201 201 401 401
POST   help/files/ | 401 201 201 201 201 401 401

@ own other
GET    help/appeals/{appeal_id}/ | 401 200/404 200/404 200/200 200/200 401 401
GET    help/appeals/{appeal_id}/lines/ | 401 200/404 200/404 200/200 200/200 401 401
POST   help/appeals/{appeal_id}/lines/ | 401 201/404 201/404 201/201 201/201 401 401
POST   help/appeals/{appeal_id}/close/ | 401 200/404 200/404 200/200 200/200 401 401
POST   help/appeals/{appeal_id}/reopen/ | 401 200/404 200/404 200/200 200/200 401 401
GET    help/files/{file_id}/ | 401 200/404 200/404 200/200 200/200 401 401
POST   help/files/{file_id}/complete/ | 401 200/404 200/404 200/404 200/404 401 401
GET    help/files/{file_id}/content/ | 401 302/404 302/404 302/302 302/302 401 401
"""

CONSOLE = """
GET    appeals/ | 401 403 200 200 200
GET    appeals/{appeal_id}/ | 401 403 200 200 200
GET    appeals/{appeal_id}/lines/ | 401 403 200 200 200
POST   appeals/{appeal_id}/take/ | 401 403 200 200 200
POST   appeals/{appeal_id}/answer/ | 401 403 201 201 201
POST   appeals/{appeal_id}/note/ | 401 403 201 201 201
POST   appeals/{appeal_id}/close/ | 401 403 200 200 200
GET    appeals/{appeal_id}/files/{file_id}/ | 401 403 302 302 302
"""


def _asked(scene: Scene, caller: str, relation: str) -> tuple[int, int]:
    """An appeal that stands so to the caller, and the file that went with it."""
    named = caller if relation == "own" and caller in scene.people else "seller"
    who = scene.people[named].principal
    told = {"principal_id": who, "author": "Кто-то", "key": uuid.uuid4()}
    key = CompanyStore(scene.company.schema).new_sent_key()
    with control_scope():
        appeal = Appeal.objects.create(company_id=scene.company.id, topic="Вопрос", **told)
        line = Line.objects.create(appeal=appeal, text="Вопрос", **told)
        paper = Paper.objects.create(
            company_id=scene.company.id, principal_id=who, line=line, name="план.pdf", size=5,
            content_type="application/pdf", state="ready", storage_key=key,
        )  # fmt: skip
    return appeal.pk, paper.pk


def _appeal(tail: str = "", body: dict[str, Any] | None = None) -> Maker:
    def make(scene: Scene, caller: str, relation: str) -> Call:
        return Call(f"help/appeals/{_asked(scene, caller, relation)[0]}/{tail}", _keyed(body))

    return make


def _paper(tail: str = "") -> Maker:
    return lambda scene, caller, relation: Call(f"help/files/{_asked(scene, caller, relation)[1]}/{tail}")


def _queued(tail: str = "", body: dict[str, Any] | None = None) -> Maker:
    """At the console, on what somebody of the company has asked."""
    return lambda scene, caller, relation: Call(f"appeals/{_asked(scene, 'seller', 'own')[0]}/{tail}", _keyed(body))


def _queued_file(scene: Scene, caller: str, relation: str) -> Call:
    appeal, paper = _asked(scene, "seller", "own")
    return Call(f"appeals/{appeal}/files/{paper}/")


def _keyed(body: dict[str, Any] | None) -> dict[str, Any] | None:
    return None if body is None else {"key": str(uuid.uuid4()), **body}


def _new(scene: Scene, caller: str, relation: str) -> Call:
    return Call("help/appeals/", _keyed({"text": "Не открывается"}))


CALLS: dict[str, Maker] = {
    "GET help/": plain("help/"),
    "GET help/appeals/": plain("help/appeals/"),
    "POST help/appeals/": _new,
    "POST help/files/": plain("help/files/", {"name": "план.pdf", "size": 5, "content_type": "application/pdf"}),
    "GET help/appeals/{appeal_id}/": _appeal(),
    "GET help/appeals/{appeal_id}/lines/": _appeal("lines/"),
    "POST help/appeals/{appeal_id}/lines/": _appeal("lines/", {"text": "Ещё"}),
    "POST help/appeals/{appeal_id}/close/": _appeal("close/"),
    "POST help/appeals/{appeal_id}/reopen/": _appeal("reopen/"),
    "GET help/files/{file_id}/": _paper(),
    "POST help/files/{file_id}/complete/": _paper("complete/"),
    "GET help/files/{file_id}/content/": _paper("content/"),
}

CONSOLE_CALLS: dict[str, Maker] = {
    "GET appeals/": plain("appeals/"),
    "GET appeals/{appeal_id}/": _queued(),
    "GET appeals/{appeal_id}/lines/": _queued("lines/"),
    "POST appeals/{appeal_id}/take/": _queued("take/"),
    "POST appeals/{appeal_id}/answer/": _queued("answer/", {"text": "Ответ"}),
    "POST appeals/{appeal_id}/note/": _queued("note/", {"text": "Заметка"}),
    "POST appeals/{appeal_id}/close/": _queued("close/"),
    "GET appeals/{appeal_id}/files/{file_id}/": _queued_file,
}
