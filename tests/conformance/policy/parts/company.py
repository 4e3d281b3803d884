"""The company itself: its name, its logo, its modules."""

import base64

from tests.core.attachments.samples import png

from ..calls import Call, Maker, plain
from ..scene import Scene

COMPANY = """
GET    company/ | 401 200 200 200 200 401 401
PATCH  company/ | 401 403 403 200 200 401 401
PUT    company/logo/ | 401 403 403 200 200 401 401
DELETE company/logo/ | 401 403 403 200 200 401 401
GET    company/logo/{version}/ | 200 200 200 200 200 401 401
GET    company/copies/ | 401 403 403 200 200 401 401
POST   company/copies/{copy_id}/download/ | 401 403 403 200 200 401 401
GET    modules/ | 401 200 200 200 200 401 401
PATCH  modules/{code}/ | 401 403 403 200 200 401 401
"""

LOGO = base64.b64encode(png()).decode()


def _logo(scene: Scene, caller: str, relation: str) -> Call:
    return Call(f"company/logo/{scene.logo()}/")


def _copy(scene: Scene, caller: str, relation: str) -> Call:
    return Call(f"company/copies/{scene.copy()}/download/")


CALLS: dict[str, Maker] = {
    "GET company/": plain("company/"),
    "PATCH company/": plain("company/", {"name": "Альфа и Ко"}),
    "PUT company/logo/": plain("company/logo/", {"image": LOGO}),
    "DELETE company/logo/": plain("company/logo/"),
    "GET company/logo/{version}/": _logo,
    "GET company/copies/": plain("company/copies/"),
    "POST company/copies/{copy_id}/download/": _copy,
    "GET modules/": plain("modules/"),
    "PATCH modules/{code}/": plain("modules/tasks/", {"enabled": True}),
}
