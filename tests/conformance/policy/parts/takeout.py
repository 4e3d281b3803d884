"""All data of the company in a file: administrators see that it was taken, owners alone take it, in a browser."""

from django.utils import timezone

from core.storage import CompanyStore
from core.takeout.models import Takeout

from ..calls import Call, Maker, plain
from ..scene import PASSWORD, Scene

COMPANY = """
GET    takeouts/ | 401 403 403 200 200 401 401
GET    takeouts/ #by-token | 401 403 403 403 403 401 401
POST   takeouts/ | 401 403 403 403 201 401 401
POST   takeouts/ #by-token | 401 403 403 403 403 401 401
POST   takeouts/ #wrong-password | 401 403 403 422 422 401 401
POST   takeouts/{takeout_id}/open/ | 401 403 403 403 200 401 401
"""


def _opening(scene: Scene, caller: str, relation: str) -> Call:
    def written() -> int:
        key, author = CompanyStore(scene.company.schema).new_key(), scene.people["owner"].principal
        told = {"name": "alfa.zip", "storage_key": key, "author_id": author, "finished_at": timezone.now()}
        return Takeout.objects.create(state="ready", **told).pk

    return Call(f"takeouts/{scene.inside(written)}/open/", by_cookie=True)


CALLS: dict[str, Maker] = {
    "GET takeouts/": plain("takeouts/", by_cookie=True),
    "GET takeouts/ #by-token": plain("takeouts/"),
    "POST takeouts/": plain("takeouts/", {"password": PASSWORD}, by_cookie=True),
    "POST takeouts/ #by-token": plain("takeouts/", {"password": PASSWORD}),
    "POST takeouts/ #wrong-password": plain("takeouts/", {"password": "not-it-at-all"}, by_cookie=True),
    "POST takeouts/{takeout_id}/open/": _opening,
}
