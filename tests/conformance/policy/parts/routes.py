"""Routes: cards on their way, steps of those who are asked, how routes are set up.

`mine` is a step (a question) of the caller on a task of «Продажи», `other` one of «trader» there.
"""

from collections.abc import Callable
from typing import Any

from django.utils import timezone

from core.routes.actions.deciding import ask_colleague
from core.routes.actions.defining import save_draft
from core.routes.actions.lists import make_list
from core.routes.actions.running import start_route
from core.routes.contents import content_of, hash_of
from core.routes.models import Question, Route, RouteVersion, Step
from core.routes.reading import kept_scheme
from core.routes.schemes import By, Performer, Scheme, Stage
from modules.tasks.manifest import TASK
from modules.tasks.models import Task

from ..calls import Call, Maker, known, plain
from ..scene import Scene

COMPANY = """
@ initiator assignee watcher department other
GET    cards/{card_id}/route/ | 401 200/200/200/404/404 200/200/200/200/404 200 200 401 401
POST   cards/{card_id}/route/ | 401 200/200/403/404/404 200/200/403/200/404 200 200 401 401
POST   cards/{card_id}/route/recall/ | 401 200/200/403/404/404 200/200/403/200/404 200 200 401 401
GET    cards/{card_id}/routes/ | 401 200/200/200/404/404 200/200/200/200/404 200 200 401 401
GET    cards/{card_id}/routes/{route_id}/preview/ | 401 200/200/200/404/404 200/200/200/200/404 200 200 401 401
@ mine other
POST   route-steps/{step_id}/decide/ | 401 200/404 200/404 200/403 200/403 401 401
POST   route-steps/{step_id}/redirect/ | 401 200/404 200/404 200/200 200/200 401 401
POST   route-steps/{step_id}/ask/ | 401 200/404 200/404 200/403 200/403 401 401
POST   route-questions/{question_id}/answer/ | 401 200/404 200/404 200/409 200/409 401 401
@ -
POST   route-steps/decide/ | 401 200 200 200 200 401 401
GET    routes/ | 401 403 403 200 200 401 401
POST   routes/ | 401 403 403 201 201 401 401
GET    routes/kinds/ | 401 403 403 200 200 401 401
POST   routes/conditions/ | 401 403 403 200 200 401 401
GET    routes/{route_id}/ | 401 403 403 200 200 401 401
PATCH  routes/{route_id}/ | 401 403 403 200 200 401 401
DELETE routes/{route_id}/ | 401 403 403 204 204 401 401
PUT    routes/{route_id}/draft/ | 401 403 403 200 200 401 401
POST   routes/{route_id}/publish/ | 401 403 403 200 200 401 401
GET    routes/{route_id}/versions/ | 401 403 403 200 200 401 401
POST   routes/{route_id}/trial/ | 401 403 403 200 200 401 401
GET    routes/{route_id}/replay/ | 401 403 403 200 200 401 401
GET    routes/{route_id}/figures/ | 401 403 403 200 200 401 401
GET    approval-lists/ | 401 403 403 200 200 401 401
POST   approval-lists/ | 401 403 403 201 201 401 401
PUT    approval-lists/{list_id}/ | 401 403 403 200 200 401 401
DELETE approval-lists/{list_id}/ | 401 403 403 204 204 401 401
"""


def _route(scene: Scene, performer: str) -> Route:
    """A route in force by which one person decides."""
    who, owner = scene.people[performer].principal, scene.people["owner"].principal
    row = Route.objects.create(kind=TASK.code, title=f"Путь {performer}", place=1)
    scheme = Scheme((Stage("a", "Решение", performers=(Performer(By.PERSON, who),)),))
    RouteVersion.objects.create(
        route=row, number=1, scheme=kept_scheme(scheme), author_id=owner, published_at=timezone.now(),
        published_by_id=owner,
    )  # fmt: skip
    return row


def _card(tail: str, body: Any = None, *, sent: bool = False) -> Maker:
    def make(scene: Scene, caller: str, relation: str) -> Call:
        task = scene.task(known(caller), relation)

        def ready() -> None:
            route = _route(scene, "trader")
            if sent:
                start_route(Task.objects.get(pk=task), TASK, route=route, by=scene.people["owner"].actor())

        scene.inside(ready)
        return Call(f"cards/{task}/{tail}", body)

    return make


def _preview(scene: Scene, caller: str, relation: str) -> Call:
    task = scene.task(known(caller), relation)
    route = scene.inside(lambda: _route(scene, "trader").pk)
    return Call(f"cards/{task}/routes/{route}/preview/")


def _asked(scene: Scene, caller: str, relation: str) -> tuple[int, str]:
    """The step of the caller, or of «trader», and what the card says."""
    return _sent(scene, known(caller) if relation in ("mine", "-") else "trader")


def _sent(scene: Scene, performer: str) -> tuple[int, str]:
    """A task between people of «Продажи» about which one person decides."""
    task = scene.task("seller", "other")

    def sent() -> tuple[int, str]:
        card = Task.objects.get(pk=task)
        start_route(card, TASK, route=_route(scene, performer), by=scene.people["owner"].actor())
        return Step.objects.get(passing__run__entity=task).pk, hash_of(content_of(card, TASK))

    return scene.inside(sent)


def _step(tail: str, body: Callable[[Scene, str], Any]) -> Maker:
    def make(scene: Scene, caller: str, relation: str) -> Call:
        step, seen = _asked(scene, caller, relation)
        return Call(f"route-steps/{step}/{tail}", body(scene, seen))

    return make


def _many(scene: Scene, caller: str, relation: str) -> Call:
    step, seen = _asked(scene, caller, relation)
    return Call("route-steps/decide/", {"verdict": "approve", "steps": [{"step": step, "seen": seen}]})


def _question(scene: Scene, caller: str, relation: str) -> Call:
    """«colleague» decides and asks the caller, or asks «trader»."""
    step, _ = _sent(scene, "colleague")

    def ask() -> Question:
        row = Step.objects.select_related("passing__run__entity").get(pk=step)
        whom = scene.people[known(caller) if relation == "mine" else "trader"].principal
        return ask_colleague(row, who=whom, text="Так?", by=scene.people["colleague"].actor())

    return Call(f"route-questions/{scene.inside(ask).pk}/answer/", {"text": "Так"})


_STAGE = {"code": "a", "title": "Решение", "performers": [{"by": "manager"}]}


def _own(tail: str = "", body: Any = None, *, drawn: bool = False) -> Maker:
    def make(scene: Scene, caller: str, relation: str) -> Call:
        def ready() -> int:
            row = _route(scene, "trader")
            if drawn:
                scheme = Scheme((Stage("b", "Иначе", performers=(Performer(By.MANAGER),)),))
                save_draft(row, TASK, scheme=scheme, version=None, by=scene.people["owner"].actor())
            return row.pk

        return Call(f"routes/{scene.inside(ready)}/{tail}", body(scene) if callable(body) else body)

    return make


def _people(scene: Scene) -> dict[str, Any]:
    return {"title": "Закупки", "people": [scene.people["trader"].id]}


def _new_list(scene: Scene, caller: str, relation: str) -> Call:
    return Call("approval-lists/", {"kind": TASK.code, **_people(scene)})


def _list(body: Callable[[Scene], Any] = lambda scene: None) -> Maker:
    def make(scene: Scene, caller: str, relation: str) -> Call:
        def ready() -> int:
            people, by = [scene.people["trader"].principal], scene.people["owner"].actor()
            return make_list(kind=TASK.code, card_type="", title="Прежний", people=people, by=by).pk

        return Call(f"approval-lists/{scene.inside(ready)}/", body(scene))

    return make


CALLS: dict[str, Maker] = {
    "GET cards/{card_id}/route/": _card("route/"),
    "POST cards/{card_id}/route/": _card("route/", {}),
    "POST cards/{card_id}/route/recall/": _card("route/recall/", {}, sent=True),
    "GET cards/{card_id}/routes/": _card("routes/"),
    "GET cards/{card_id}/routes/{route_id}/preview/": _preview,
    "POST route-steps/{step_id}/decide/": _step("decide/", lambda scene, seen: {"verdict": "approve", "seen": seen}),
    "POST route-steps/{step_id}/redirect/": _step(
        "redirect/", lambda scene, seen: {"to": scene.people["neighbour"].id}
    ),
    "POST route-steps/{step_id}/ask/": _step(
        "ask/", lambda scene, seen: {"person": scene.people["neighbour"].id, "text": "Так?"}
    ),
    "POST route-questions/{question_id}/answer/": _question,
    "POST route-steps/decide/": _many,
    "GET routes/": plain("routes/"),
    "POST routes/": plain("routes/", {"kind": TASK.code, "title": "Новый путь"}),
    "GET routes/kinds/": plain("routes/kinds/"),
    "POST routes/conditions/": plain("routes/conditions/", {"kind": TASK.code, "condition": "[Оценка] > 1"}),
    "GET routes/{route_id}/": _own(),
    "PATCH routes/{route_id}/": _own("", {"title": "Иначе"}),
    "DELETE routes/{route_id}/": _own(),
    "PUT routes/{route_id}/draft/": _own("draft/", {"stages": [_STAGE]}),
    "POST routes/{route_id}/publish/": _own("publish/", drawn=True),
    "GET routes/{route_id}/versions/": _own("versions/"),
    "POST routes/{route_id}/trial/": _own("trial/", lambda scene: {"initiator": scene.people["trader"].id}),
    "GET routes/{route_id}/replay/": _own("replay/"),
    "GET routes/{route_id}/figures/": _own("figures/"),
    "GET approval-lists/": plain("approval-lists/"),
    "POST approval-lists/": _new_list,
    "PUT approval-lists/{list_id}/": _list(_people),
    "DELETE approval-lists/{list_id}/": _list(),
}
