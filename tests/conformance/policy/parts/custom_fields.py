"""Types of cards, the company's own fields, and what stands in them."""

from typing import Any

from core.custom_fields.actions.defining import define_field
from core.custom_fields.actions.types import define_type
from core.registry import registry
from modules.tasks.models import Task

from ..calls import Call, Maker, card, plain, task
from ..scene import Scene

COMPANY = """
GET    card-kinds/ | 401 200 200 200 200 401 401
GET    fields/ | 401 200 200 200 200 401 401
POST   card-types/ | 401 403 403 201 201 401 401
PATCH  card-types/{type_id}/ | 401 403 403 200 200 401 401
GET    custom-fields/ | 401 403 403 200 200 401 401
POST   custom-fields/ | 401 403 403 201 201 401 401
POST   custom-fields/trial/ | 401 403 403 200 200 401 401
PATCH  custom-fields/{field_id}/ | 401 403 403 200 200 401 401
PUT    custom-fields/{field_id}/place/ | 401 403 403 204 204 401 401
POST   custom-fields/{field_id}/effect/ | 401 403 403 200 200 401 401

@ own department other
GET    employees/{card_id}/fields/ | 401 200/200/200 200/200/200 200 200 401 401
PATCH  employees/{card_id}/fields/ | 401 200/403/403 200/200/403 200 200 401 401

@ initiator assignee watcher department other
GET    tasks/{card_id}/fields/ | 401 200/200/200/404/404 200/200/200/200/404 200 200 401 401
PATCH  tasks/{card_id}/fields/ | 401 200/200/403/404/404 200/200/403/200/404 200 200 401 401
"""

_TASKS = {"kind": Task.KIND}


def _field(tail: str = "", body: Any = None) -> Maker:
    def make(scene: Scene, caller: str, relation: str) -> Call:
        kind, given = registry.kind_of(Task.KIND), {"title": "Вес", "type": "number"}
        made = scene.inside(lambda: define_field(kind, given=given, by=scene.people["owner"].actor()))
        return Call(f"custom-fields/{made.pk}/{tail}", body)

    return make


def _type(scene: Scene, caller: str, relation: str) -> Call:
    kind = registry.kind_of(Task.KIND)
    made = scene.inside(lambda: define_type(kind, title="Дефект", by=scene.people["owner"].actor()))
    return Call(f"card-types/{made.pk}/", {"title": "Замечание"})


CALLS: dict[str, Maker] = {
    "GET card-kinds/": plain("card-kinds/"),
    "GET fields/": plain("fields/", params=_TASKS),
    "POST card-types/": plain("card-types/", {**_TASKS, "title": "Заявка"}),
    "PATCH card-types/{type_id}/": _type,
    "GET custom-fields/": plain("custom-fields/", params=_TASKS),
    "POST custom-fields/": plain("custom-fields/", {**_TASKS, "title": "Сумма", "type": "money"}),
    "POST custom-fields/trial/": plain("custom-fields/trial/", {**_TASKS, "formula": "2 * 2"}),
    "PATCH custom-fields/{field_id}/": _field("", {"title": "Масса"}),
    "PUT custom-fields/{field_id}/place/": _field("place/", {"after": None, "group": ""}),
    "POST custom-fields/{field_id}/effect/": _field("effect/", {"type": "money"}),
    "GET employees/{card_id}/fields/": card("fields/"),
    "PATCH employees/{card_id}/fields/": card("fields/", {"card_type": ""}),
    "GET tasks/{card_id}/fields/": task("fields/"),
    "PATCH tasks/{card_id}/fields/": task("fields/", {"card_type": ""}),
}
