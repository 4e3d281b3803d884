"""How tasks are divided, moved in time, timed, drafted and reported.

An entry of time `#of-colleague` was written by somebody else, a request to move the due moment by the assignee.
"""

from datetime import timedelta
from typing import Any

from django.utils import timezone

from modules.tasks.actions import create_task
from modules.tasks.models import DueRequest, Task, TimeEntry

from ..calls import Call, Maker, known, plain, task
from ..scene import Scene

COMPANY = """
GET    tasks/rules/ | 401 200 200 200 200 401 401
GET    tasks/timer/ | 401 200 200 200 200 401 401
POST   tasks/parse/ | 401 200 200 200 200 401 401
POST   tasks/release/ | 401 204 204 204 204 401 401
POST   tasks/release/ #of-colleague | 401 422 422 422 422 401 401
GET    tasks/assignments/ | 401 200 200 200 200 401 401
GET    tasks/assignments/{employee_id}/ | 401 200 200 200 200 401 401
@ initiator assignee watcher department other
GET    tasks/{card_id}/subtasks/ | 401 200/200/200/404/404 200/200/200/200/404 200 200 401 401
POST   tasks/{card_id}/subtasks/ | 401 201/201/403/404/404 201/201/403/201/404 201 201 401 401
POST   tasks/{card_id}/subtasks/from-point/ | 401 201/201/403/404/404 201/201/403/201/404 201 201 401 401
PUT    tasks/{card_id}/parent/ | 401 200/403/403/404/404 200/403/403/200/404 200 200 401 401
POST   tasks/{card_id}/due-request/ | 401 403/201/403/404/404 403/201/403/403/404 403 403 401 401
DELETE tasks/{card_id}/due-request/ | 401 403/200/403/404/404 403/200/403/403/404 403 403 401 401
POST   tasks/{card_id}/due-request/decision/ | 401 200/403/403/404/404 200/403/403/200/404 200 200 401 401
POST   tasks/{card_id}/timer/ | 401 200/200/403/404/404 200/200/403/200/404 200 200 401 401
DELETE tasks/{card_id}/timer/ | 401 200/200/200/404/404 200/200/200/200/404 200 200 401 401
GET    tasks/{card_id}/time/ | 401 200/200/200/404/404 200/200/200/200/404 200 200 401 401
POST   tasks/{card_id}/time/ | 401 201/201/403/404/404 201/201/403/201/404 201 201 401 401
PATCH  time-entries/{entry_id}/ | 401 200/403/403/404/404 200/403/403/200/404 200 200 401 401
DELETE time-entries/{entry_id}/ | 401 204/403/403/404/404 204/403/403/204/404 204 204 401 401
"""


def _from_point(scene: Scene, caller: str, relation: str) -> Call:
    call = task("subtasks/from-point/")(scene, caller, relation)
    pk = int(call.path.split("/")[1])
    point = scene.inside(lambda: Task.objects.get(pk=pk).points.create(place=1, text="Осмотр").pk)
    return Call(call.path, {"point": point})


def _asked(tail: str, body: Any = None) -> Maker:
    """On a task whose assignee has asked for another due moment."""

    def make(scene: Scene, caller: str, relation: str) -> Call:
        call = task(f"due-request/{tail}")(scene, caller, relation)

        def ask() -> int:
            row = Task.objects.get(pk=int(call.path.split("/")[1]))
            later = timezone.now() + timedelta(days=9)
            return DueRequest.objects.create(
                task=row, asker_id=row.responsible_id, decider_id=row.author_id, due_at=later, reason="Ждём детали"
            ).pk

        request = scene.inside(ask)
        return Call(call.path, body and {**body, "request": request})

    return make


def _running(scene: Scene, caller: str, relation: str) -> Call:
    call = task("timer/")(scene, caller, relation)
    row = {"task_id": int(call.path.split("/")[1]), "person_id": scene.people[known(caller)].principal}
    scene.inside(lambda: TimeEntry.objects.create(**row))
    return call


def _entry(body: Any = None) -> Maker:
    """Time that somebody else has written down on a task."""

    def make(scene: Scene, caller: str, relation: str) -> Call:
        now = timezone.now()
        row = {"task_id": scene.task(known(caller), relation), "person_id": scene.people["blocked"].principal}
        whole = row | {"started_at": now, "ended_at": now, "minutes": 30}
        return Call(f"time-entries/{scene.inside(lambda: TimeEntry.objects.create(**whole).pk)}/", body)

    return make


def _draft(whose: str = "") -> Maker:
    def make(scene: Scene, caller: str, relation: str) -> Call:
        author, to = scene.people[whose or known(caller)], scene.people["seller"].principal
        draft = scene.inside(lambda: create_task(title="План", assignee=to, is_draft=True, by=author.actor()).pk)
        return Call("tasks/release/", {"tasks": [draft]})

    return make


_LATER = {"due_at": "2030-01-01T10:00:00Z", "reason": "Ждём детали"}
CALLS: dict[str, Maker] = {
    "GET tasks/rules/": plain("tasks/rules/"),
    "GET tasks/timer/": plain("tasks/timer/"),
    "POST tasks/parse/": plain("tasks/parse/", {"text": "Завтра позвонить"}),
    "POST tasks/release/": _draft(),
    "POST tasks/release/ #of-colleague": _draft("colleague"),
    "GET tasks/assignments/": plain("tasks/assignments/"),
    "GET tasks/assignments/{employee_id}/": lambda scene, caller, relation: Call(
        f"tasks/assignments/{scene.people['employee'].id}/"
    ),
    "GET tasks/{card_id}/subtasks/": task("subtasks/"),
    "POST tasks/{card_id}/subtasks/": task("subtasks/", {"subtasks": [{"title": "Часть"}]}),
    "POST tasks/{card_id}/subtasks/from-point/": _from_point,
    "PUT tasks/{card_id}/parent/": task("parent/", {"parent": None}),
    "POST tasks/{card_id}/due-request/": task("due-request/", _LATER),
    "DELETE tasks/{card_id}/due-request/": _asked(""),
    "POST tasks/{card_id}/due-request/decision/": _asked("decision/", {"consents": True}),
    "POST tasks/{card_id}/timer/": task("timer/"),
    "DELETE tasks/{card_id}/timer/": _running,
    "GET tasks/{card_id}/time/": task("time/"),
    "POST tasks/{card_id}/time/": task("time/", {"minutes": 30}),
    "PATCH time-entries/{entry_id}/": _entry({"minutes": 20}),
    "DELETE time-entries/{entry_id}/": _entry(),
}
