"""How each mechanism of cards is used: one line for each, whatever kinds carry it."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import httpx

from core.context import company_scope
from core.entities.kinds import EntityKind
from core.entities.models import Entity
from core.links.mixin import Linkable
from core.registry import registry
from tests.core.attachments.samples import PDF

from .scene import MAKERS, MARK, Scene

FILE = {"name": f"{MARK}.pdf", "size": len(PDF), "content_type": "application/pdf"}


@dataclass(frozen=True)
class Tool:
    """One way to put something on a card.

    `body(scene)` is sent to `tail` below the card; `shown` is where it is read, `mark(scene)` stands in what is read.
    `told` is the fact that the history tells, `made(answer)` the id under which the thing has an address of its own.
    `by_all`: whoever sees the card may use it. `own`: each has his own, which nobody else is shown. `settle(scene, who,
    answer)` is what is done, and awaited, before others are shown it.
    """

    tail: str
    method: str
    body: Callable[[Scene], Any]
    told: str = ""
    mark: Callable[[Scene], str] = lambda scene: MARK
    shown: str = ""
    made: Callable[[Any], int] | None = None
    by_all: bool = False
    own: bool = False
    settle: Callable[[Scene, Any, Any], None] | None = None

    def use(self, scene: Scene, who: Any, body: Any) -> Any:
        """The answer to whoever uses it."""
        answer = who.client.call(self.method, scene.path + self.tail, body)
        if self.settle and answer.status_code < 300:
            self.settle(scene, who, answer)
        return answer

    def read(self, scene: Scene, who: Any) -> Any:
        return who.client.get(scene.path + (self.shown or self.tail))

    def is_on(self, scene: Scene, who: Any) -> bool:
        answer = self.read(scene, who)
        assert answer.status_code == 200, answer.json()
        return self.mark(scene) in answer.content.decode()

    def is_open(self, scene: Scene, who: Any) -> bool:
        """Whether somebody who sees the card, and no more, may use the tool."""
        return self.by_all and (not self.settle or scene.opens_files(who))


def _of_id(answer: Any) -> int:
    return int(answer.json()["id"])


def _last(answer: Any) -> int:
    return int(answer.json()["results"][-1]["id"])


def _neighbour(scene: Scene) -> dict[str, str]:
    """A card of another kind to be tied to, made once."""
    kind = next(one for one in linkable() if one.code != scene.kind.code)
    found = MAKERS[kind.code].beside(scene.boss, scene.guest, scene.other)
    return {"ref": f"{kind.code}/{found}"}


def linkable() -> list[EntityKind]:
    return [kind for kind in registry.kinds() if issubclass(kind.model, Linkable)]


def _uploaded(scene: Scene, who: Any, answer: Any) -> None:
    """As a browser does: the bytes go to the store by the signed address, where the product looks at them."""
    told = answer.json()
    sent = httpx.put(told["upload"]["url"], content=PDF, headers=told["upload"]["headers"])
    assert sent.status_code == 200, sent.text
    assert who.client.post(f"attachments/{told['id']}/complete/").json()["state"] == "checking"
    scene.deliver()
    assert who.client.get(f"attachments/{told['id']}/").json()["state"] == "ready"


def _field(scene: Scene) -> dict[str, Any]:
    """A value for a field that the owner has just added to the kind."""
    told = {"kind": scene.kind.code, "title": "Особое", "type": "text"}
    answer = scene.owner.client.post("custom-fields/", told)
    assert answer.status_code == 201, answer.json()
    return {"fields": {answer.json()["code"]: MARK}}


def _status(scene: Scene) -> dict[str, int]:
    """A status that the owner has just made of the one in which the card stands."""
    told = {"kind": scene.kind.code}
    assert scene.owner.client.post("own-statuses/scheme/", told).status_code == 201
    with company_scope(scene.company):
        base = Entity.objects.get(pk=scene.card).status
    answer = scene.owner.client.post("own-statuses/", told | {"title": MARK, "base": base})
    assert answer.status_code == 201, answer.json()
    return {"to": answer.json()["id"]}


POINTS = {"points": [{"text": MARK}]}
WEEKLY = {"plan": {"every": "weeks", "weekdays": [0]}}


def _plan(scene: Scene) -> dict[str, Any]:
    """A plan; about what is no template it says what is to be done."""
    return WEEKLY if scene.kind.repeat else WEEKLY | {"work": {"title": "Осмотр"}}


TOOLS: dict[str, Tool] = {
    "acknowledgements": Tool(
        "acknowledgements/", "post", lambda scene: {"people": [scene.guest.id]}, "acknowledgements.asked",
        mark=lambda scene: "Гостев", made=_last,
    ),
    "attachments": Tool(
        "attachments/", "post", lambda scene: FILE, "attachments.ready", made=_of_id, by_all=True, settle=_uploaded
    ),
    "checklists": Tool("checklist/", "post", lambda scene: POINTS, "checklists.added", made=_last),
    "comments": Tool("comments/", "post", lambda scene: {"text": MARK}, "comments.added", made=_of_id, by_all=True),
    "custom_fields": Tool("fields/", "patch", _field, "custom_fields.changed"),
    "links": Tool(
        "links/", "post", _neighbour, "links.added", mark=lambda scene: '"relation":"related"', made=_of_id, by_all=True
    ),
    "notifications": Tool(
        "mute/", "put", lambda scene: {"is_muted": True}, mark=lambda scene: '"is_muted":true', shown="notices/",
        by_all=True, own=True,
    ),
    "recurrence": Tool(
        "recurrence/", "put", _plan, "recurrence.set", mark=lambda scene: '"every":"weeks"'
    ),
    "statuses": Tool(
        "status/", "post", _status, "statuses.moved", mark=lambda scene: f'"status_title":"{MARK}"'
    ),
    "tags": Tool("tags/", "put", lambda scene: {"tags": [MARK]}, "tags.changed"),
    # Whoever sees a task by this stays there.
    "watchers": Tool(
        "watchers/", "put", lambda scene: {"watchers": [scene.guest.id, scene.other.id]}, "watchers.changed",
        mark=lambda scene: "Соседов",
    ),
}  # fmt: skip
# They put nothing on a card: they read what has happened to it, who sees it, in which groups it is.
READ_ONLY = ("access", "history", "saved_views")
