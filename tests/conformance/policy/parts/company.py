"""The company itself: its name, its logo, its modules."""

import base64

from tests.core.attachments.samples import png

from ..calls import Call, Maker, plain
from ..scene import PASSWORD, Scene

COMPANY = """
GET    company/ | 401 200 200 200 200 401 401
PATCH  company/ | 401 403 403 200 200 401 401
GET    company/erasure/ | 401 403 403 200 200 401 401
GET    company/erasure/ #by-token | 401 403 403 403 403 401 401
POST   company/erasure/ | 401 403 403 403 201 401 401
POST   company/erasure/ #wrong-password | 401 403 403 422 422 401 401
DELETE company/erasure/ | 401 403 403 403 204 401 401
GET    company/licence/ | 401 403 403 200 200 401 401
PUT    company/licence/ | 401 403 403 409 409 401 401
PUT    company/logo/ | 401 403 403 200 200 401 401
DELETE company/logo/ | 401 403 403 200 200 401 401
GET    company/logo/{version}/ | 200 200 200 200 200 401 401
GET    company/copies/ | 401 403 403 200 200 401 401
POST   company/copies/{copy_id}/download/ | 401 403 403 403 200 401 401
POST   company/copies/{copy_id}/download/ #by-token | 401 403 403 403 403 401 401
POST   company/copies/{copy_id}/download/ #wrong-password | 401 403 403 422 422 401 401
GET    modules/ | 401 200 200 200 200 401 401
PATCH  modules/{code}/ | 401 403 403 200 200 401 401
"""

LOGO = base64.b64encode(png()).decode()


def _logo(scene: Scene, caller: str, relation: str) -> Call:
    return Call(f"company/logo/{scene.logo()}/")


def _copy(password: str, *, by_cookie: bool = True) -> Maker:
    def make(scene: Scene, caller: str, relation: str) -> Call:
        return Call(f"company/copies/{scene.copy()}/download/", {"password": password}, by_cookie=by_cookie)

    return make


def _erasure(password: str) -> Maker:
    def make(scene: Scene, caller: str, relation: str) -> Call:
        return Call("company/erasure/", {"name": scene.company.name, "password": password}, by_cookie=True)

    return make


CALLS: dict[str, Maker] = {
    "GET company/erasure/": plain("company/erasure/", by_cookie=True),
    "GET company/erasure/ #by-token": plain("company/erasure/"),
    "POST company/erasure/": _erasure(PASSWORD),
    "POST company/erasure/ #wrong-password": _erasure("not-it-at-all"),
    "DELETE company/erasure/": plain("company/erasure/", by_cookie=True),
    "GET company/": plain("company/"),
    "PATCH company/": plain("company/", {"name": "Альфа и Ко"}),
    "GET company/licence/": plain("company/licence/"),
    # There is none in the cloud: on an own server tests/tenants/test_putting_licences.py asks.
    "PUT company/licence/": plain("company/licence/", {"content": "{}"}),
    "PUT company/logo/": plain("company/logo/", {"image": LOGO}),
    "DELETE company/logo/": plain("company/logo/"),
    "GET company/logo/{version}/": _logo,
    "GET company/copies/": plain("company/copies/"),
    "POST company/copies/{copy_id}/download/": _copy(PASSWORD),
    "POST company/copies/{copy_id}/download/ #by-token": _copy(PASSWORD, by_cookie=False),
    "POST company/copies/{copy_id}/download/ #wrong-password": _copy("not-it-at-all"),
    "GET modules/": plain("modules/"),
    "PATCH modules/{code}/": plain("modules/tasks/", {"enabled": True}),
}
