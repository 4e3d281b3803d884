"""Lists written to files, and cards made from files."""

from typing import Any

from django.utils import timezone

from core.imports.models import Import
from core.sheets.models import Export
from core.storage import CompanyStore

from ..calls import Call, Maker, known, plain
from ..scene import Scene

COMPANY = """
GET    exports/ | 401 403 200 200 200 401 401
POST   exports/ | 401 403 201 201 201 401 401
GET    imports/ | 401 403 200 200 200 401 401
POST   imports/ | 401 403 201 201 201 401 401
GET    imports/kinds/ | 401 403 200 200 200 401 401
GET    imports/samples/{kind}/ | 401 403 200 200 200 401 401

@ own other
GET    exports/{export_id}/ | 401 403/403 200/404 200/404 200/404 401 401
GET    exports/{export_id}/content/ | 401 403/403 302/404 302/404 302/404 401 401
GET    imports/{import_id}/ | 401 403/403 200/404 200/200 200/200 401 401
PATCH  imports/{import_id}/ | 401 403/403 200/404 200/200 200/200 401 401
POST   imports/{import_id}/complete/ | 401 403/403 200/404 200/200 200/200 401 401
POST   imports/{import_id}/check/ | 401 403/403 200/404 200/200 200/200 401 401
GET    imports/{import_id}/problems/ | 401 403/403 200/404 200/200 200/200 401 401
GET    imports/{import_id}/bad-rows/ | 401 403/403 302/404 302/302 302/302 401 401
POST   imports/{import_id}/bad-rows/ | 401 403/403 200/404 200/200 200/200 401 401
PATCH  imports/{import_id}/cells/ | 401 403/403 200/404 200/200 200/200 401 401
POST   imports/{import_id}/run/ | 401 403/403 200/404 200/200 200/200 401 401
POST   imports/{import_id}/undo/ | 401 403/403 200/404 200/200 200/200 401 401
"""

_SHEET = {"name": "", "headers": ["Название"], "samples": [["Дело"]], "rows": 2}
_PROBLEM = {"row": 3, "cells": {"title": ""}, "errors": {"title": "Заполните"}}


def _author(scene: Scene, caller: str, relation: str) -> int:
    return scene.people[known(caller) if relation == "own" else "seller"].principal


def _export(tail: str = "") -> Maker:
    def make(scene: Scene, caller: str, relation: str) -> Call:
        def written() -> int:
            key = CompanyStore(scene.company.schema).new_key()
            told = {"kind": "tasks.task", "format": "csv", "name": "Задачи.csv", "storage_key": key}
            return Export.objects.create(author_id=_author(scene, caller, relation), state="ready", **told).pk

        return Call(f"exports/{scene.inside(written)}/{tail}")

    return make


def _import(tail: str = "", body: Any = None, *, state: str = "mapping", **more: Any) -> Maker:
    def make(scene: Scene, caller: str, relation: str) -> Call:
        def begun() -> int:
            found = Import.objects.create(
                kind="tasks.task",
                name="Задачи.csv",
                size=10,
                content_type="text/csv",
                storage_key=CompanyStore(scene.company.schema).new_key(),
                author_id=_author(scene, caller, relation),
                state=state,
                sheets=[_SHEET],
                mapping={"0": "title"},
                problems=[_PROBLEM],
                good_count=1,
                bad_count=1,
                created_at=timezone.now(),
                bad_key=CompanyStore(scene.company.schema).new_key(),
                **more,
            )
            return found.pk

        return Call(f"imports/{scene.inside(begun)}/{tail}", body)

    return make


_FILE = {"kind": "tasks.task", "name": "Задачи.csv", "size": 5, "content_type": "text/csv"}
CALLS: dict[str, Maker] = {
    "GET exports/": plain("exports/"),
    "POST exports/": plain("exports/", {"kind": "tasks.task", "format": "xlsx"}),
    "GET imports/": plain("imports/"),
    "POST imports/": plain("imports/", _FILE),
    "GET imports/kinds/": plain("imports/kinds/"),
    "GET imports/samples/{kind}/": plain("imports/samples/tasks.task/"),
    "GET exports/{export_id}/": _export(),
    "GET exports/{export_id}/content/": _export("content/"),
    "GET imports/{import_id}/": _import(),
    "PATCH imports/{import_id}/": _import("", {"twins": "title"}),
    "POST imports/{import_id}/complete/": _import("complete/", state="uploading"),
    "POST imports/{import_id}/check/": _import("check/"),
    "GET imports/{import_id}/problems/": _import("problems/", state="checked"),
    "GET imports/{import_id}/bad-rows/": _import("bad-rows/", state="checked", bad_file="ready"),
    "POST imports/{import_id}/bad-rows/": _import("bad-rows/", state="checked"),
    "PATCH imports/{import_id}/cells/": _import(
        "cells/", {"row": 3, "column": "title", "text": "Дело"}, state="checked"
    ),
    "POST imports/{import_id}/run/": _import("run/", {"leave_bad": True}, state="checked"),
    "POST imports/{import_id}/undo/": _import("undo/", {}, state="done"),
}
