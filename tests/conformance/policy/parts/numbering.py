"""Masks of numbers, and numbers that are kept for later."""

from datetime import timedelta

from django.utils import timezone

from core.access.loading import system_actor
from core.numbering.models import ReservedNumber

from ..calls import Call, Maker, plain
from ..scene import Scene

COMPANY = """
GET    numbering/ | 401 403 403 200 200 401 401
PUT    numbering/{kind}/ | 401 403 403 200 200 401 401
POST   numbering/{kind}/preview/ | 401 403 403 200 200 401 401
GET    reserved-numbers/ | 401 403 200 200 200 401 401
POST   reserved-numbers/ | 401 403 201 201 201 401 401
GET    reserved-numbers/kinds/ | 401 403 200 200 200 401 401
DELETE reserved-numbers/{reserved_id}/ | 401 403 403 204 204 401 401
"""

_KEEP = {"kind": "tasks.task", "count": 2, "until": f"{timezone.localdate() + timedelta(days=2)}"}


def _kept(scene: Scene, caller: str, relation: str) -> Call:
    """A number that nobody of those who call keeps for himself."""

    def make() -> int:
        until = timezone.now() + timedelta(days=2)
        own = {"kind": "tasks.task", "counted_by": "tasks.task", "mask": "З-{#}", "number": "З-900"}
        return ReservedNumber.objects.create(**own, counter=900, holder_id=system_actor().principal_id, until=until).pk

    return Call(f"reserved-numbers/{scene.inside(make)}/")


_MASK = {"mask": "ЗД-{ГГГГ}-{####}", "period": "year"}
CALLS: dict[str, Maker] = {
    "GET numbering/": plain("numbering/"),
    "PUT numbering/{kind}/": plain("numbering/tasks.task/", _MASK),
    "POST numbering/{kind}/preview/": plain("numbering/tasks.task/preview/", _MASK),
    "GET reserved-numbers/": plain("reserved-numbers/"),
    "POST reserved-numbers/": plain("reserved-numbers/", _KEEP),
    "GET reserved-numbers/kinds/": plain("reserved-numbers/kinds/"),
    "DELETE reserved-numbers/{reserved_id}/": _kept,
}
