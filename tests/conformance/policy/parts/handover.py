"""What a person holds, and his dismissal."""

from datetime import timedelta
from typing import Any

from django.utils import timezone

from core.handover.actions import dismiss
from core.organization.models import Employee

from ..calls import Call, Maker, card, whose
from ..scene import Scene

COMPANY = """
@ own department other
GET    employees/{card_id}/handover/ | 401 403/403/403 403/403/403 200/200/200 200/200/200 401 401
POST   employees/{card_id}/dismiss/ | 401 403/403/403 403/403/403 409/200/200 409/200/200 401 401
@ -
POST   employees/{card_id}/dismiss/ #owner | 401 403 403 403 409 401 401
POST   employees/{card_id}/dismiss/ #admin | 401 403 403 409 200 401 401
DELETE employees/{card_id}/handover/ | 401 403 403 200 200 401 401
"""


def _leave(scene: Scene) -> dict[str, Any]:
    """Everything may go to somebody who is never dismissed here."""
    return {"successor": scene.people["trader"].id}


def _planned(scene: Scene, caller: str, relation: str) -> Call:
    """Somebody whose dismissal is planned."""
    seller, trader = (scene.people[name].id for name in ("seller", "trader"))

    def plan() -> None:
        day = timezone.localdate() + timedelta(days=7)
        by = scene.people["owner"].actor()
        dismiss(Employee.objects.get(pk=seller), heir=trader, heirs={}, last_day=day, by=by)

    scene.inside(plan)
    return Call(f"employees/{seller}/handover/")


CALLS: dict[str, Maker] = {
    "GET employees/{card_id}/handover/": card("handover/"),
    "POST employees/{card_id}/dismiss/": card("dismiss/", _leave),
    "POST employees/{card_id}/dismiss/ #owner": lambda s, c, r: whose("owner", "dismiss/", _leave(s))(s, c, r),
    "POST employees/{card_id}/dismiss/ #admin": lambda s, c, r: whose("admin", "dismiss/", _leave(s))(s, c, r),
    "DELETE employees/{card_id}/handover/": _planned,
}
