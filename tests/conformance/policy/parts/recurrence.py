"""What comes round about people: whoever says what a person is here sets the plan, everybody who sees him reads it."""

from typing import Any

from django.utils import timezone

from core.organization.models import Employee
from core.recurrence.actions import set_plan
from core.recurrence.rules import Every, Plan
from core.recurrence.work import Work
from core.registry import registry

from ..calls import Call, Maker, card
from ..scene import Scene

COMPANY = """
@ own department other
GET    employees/{card_id}/recurrence/ | 401 200/200/200 200/200/200 200 200 401 401
PUT    employees/{card_id}/recurrence/ | 401 403/403/403 403/200/403 200 200 401 401
PATCH  employees/{card_id}/recurrence/ | 401 403/403/403 403/200/403 200 200 401 401
DELETE employees/{card_id}/recurrence/ | 401 403/403/403 403/204/403 204 204 401 401
POST   employees/{card_id}/recurrence/preview/ | 401 200/200/200 200/200/200 200 200 401 401
GET    employees/{card_id}/occurrences/ | 401 200/200/200 200/200/200 200 200 401 401
"""

_PLAN = {"plan": {"every": "weeks", "weekdays": [0]}, "work": {"title": "Медосмотр"}}


def _planned(body: Any = None) -> Maker:
    """On the card of a person about whom something comes round already."""

    def make(scene: Scene, caller: str, relation: str) -> Call:
        pk = scene.card(caller, relation)

        def plan() -> None:
            kind, by = registry.kind_of(Employee.KIND), scene.people["owner"].actor()
            told: dict[str, Any] = {
                "plan": Plan(Every.DAYS, timezone.localdate()),
                "catch_up": "latest",
                "one_open": False,
            }
            set_plan(Employee.objects.get(pk=pk), kind, **told, most=None, work=Work("Медосмотр"), by=by)

        scene.inside(plan)
        return Call(f"employees/{pk}/recurrence/", body)

    return make


CALLS: dict[str, Maker] = {
    "GET employees/{card_id}/recurrence/": card("recurrence/"),
    "PUT employees/{card_id}/recurrence/": card("recurrence/", _PLAN),
    "PATCH employees/{card_id}/recurrence/": _planned({"is_on": False}),
    "DELETE employees/{card_id}/recurrence/": _planned(),
    "POST employees/{card_id}/recurrence/preview/": card("recurrence/preview/", _PLAN["plan"]),
    "GET employees/{card_id}/occurrences/": card("occurrences/"),
}
