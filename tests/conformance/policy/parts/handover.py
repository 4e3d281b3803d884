"""What a person holds, and his dismissal."""

from typing import Any

from ..calls import Maker, card, whose
from ..scene import Scene

COMPANY = """
@ own department other
GET    employees/{card_id}/handover/ | 401 403/403/403 403/403/403 200/200/200 200/200/200 401 401
POST   employees/{card_id}/dismiss/ | 401 403/403/403 403/403/403 409/200/200 409/200/200 401 401
@ -
POST   employees/{card_id}/dismiss/ #owner | 401 403 403 403 409 401 401
POST   employees/{card_id}/dismiss/ #admin | 401 403 403 409 200 401 401
DELETE employees/{card_id}/handover/ | 401 403 403 409 409 401 401
"""


def _leave(scene: Scene) -> dict[str, Any]:
    """Everything may go to somebody who is never dismissed here."""
    return {"successor": scene.people["trader"].id}


CALLS: dict[str, Maker] = {
    "GET employees/{card_id}/handover/": card("handover/"),
    "POST employees/{card_id}/dismiss/": card("dismiss/", _leave),
    "POST employees/{card_id}/dismiss/ #owner": lambda s, c, r: whose("owner", "dismiss/", _leave(s))(s, c, r),
    "POST employees/{card_id}/dismiss/ #admin": lambda s, c, r: whose("admin", "dismiss/", _leave(s))(s, c, r),
    "DELETE employees/{card_id}/handover/": whose("seller", "handover/"),
}
