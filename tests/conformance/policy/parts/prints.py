"""Templates of print, words in cases, Morpher's key, pictures of the stamp and of signatures.

Whoever sees cards of a kind prints those that he sees; all that a company sets up is its administrators'.
"""

import base64
import io

from PIL import Image

from core.templates.actions.templates import seed_template
from core.templates.models import Wording
from modules.documents.models import Document

from ..calls import Call, Maker, known, plain
from ..scene import Scene
from .documents import document

COMPANY = """
GET    print-templates/ | 401 200 200 200 200 401 401
POST   print-templates/ | 401 403 403 201 201 401 401
GET    print-templates/names/ | 401 200 200 200 200 401 401
PATCH  print-templates/{template_id}/ | 401 403 403 200 200 401 401
GET    print-templates/{template_id}/file/ | 401 403 403 200 200 401 401
GET    language/cases/ | 401 200 200 200 200 401 401
GET    language/wordings/ | 401 403 403 200 200 401 401
POST   language/wordings/ | 401 403 403 201 201 401 401
DELETE language/wordings/{wording_id}/ | 401 403 403 204 204 401 401
GET    language/morpher/ | 401 403 403 200 200 401 401
PUT    language/morpher/ | 401 403 403 200 200 401 401
DELETE language/morpher/ | 401 403 403 204 204 401 401
GET    facsimiles/ | 401 200 200 200 200 401 401
PUT    facsimiles/{whose}/ #mine | 401 200 200 200 200 401 401
PUT    facsimiles/{whose}/ #company | 401 403 403 200 200 401 401
DELETE facsimiles/{whose}/ #mine | 401 204 204 204 204 401 401
DELETE facsimiles/{whose}/ #company | 401 403 403 204 204 401 401

@ author watcher department other
GET    print-templates/{template_id}/check/{card_id}/ | 401 200/200/404/404 200/200/200/404 200 200 401 401
GET    print-templates/{template_id}/print/{card_id}/ | 401 200/200/404/404 200/200/200/404 200 200 401 401
"""

_PAGE = "<p>{{ название }}</p>"
_KIND = {"kind": Document.KIND}
_MORPHER = {"key": "00000000-0000-0000-0000-000000000000"}


def _png() -> str:
    made = io.BytesIO()
    Image.new("RGBA", (40, 20), (0, 0, 120, 255)).save(made, "PNG")
    return base64.b64encode(made.getvalue()).decode()


def _template(tail: str = "", body: object = None) -> Maker:
    def make(scene: Scene, caller: str, relation: str) -> Call:
        made = scene.inside(lambda: seed_template(Document.KIND, "", "Печать", _PAGE).pk)
        return Call(f"print-templates/{made}/{tail}", body)

    return make


def _on_card(tail: str) -> Maker:
    def make(scene: Scene, caller: str, relation: str) -> Call:
        pk = document(scene, known(caller), relation)
        made = scene.inside(lambda: seed_template(Document.KIND, "", "Печать", _PAGE).pk)
        return Call(f"print-templates/{made}/{tail}/{pk}/")

    return make


def _wording(scene: Scene, caller: str, relation: str) -> Call:
    row = {"phrase": "чек-лист", "key": "чек-лист", "case": "родительный", "form": "чек-листа"}
    return Call(f"language/wordings/{scene.inside(lambda: Wording.objects.create(**row).pk)}/")


_NEW = {**_KIND, "title": "Печать", "file_name": "Печать.html", "content": base64.b64encode(_PAGE.encode()).decode()}
CALLS: dict[str, Maker] = {
    "GET print-templates/": plain("print-templates/", params=_KIND),
    "POST print-templates/": plain("print-templates/", _NEW),
    "GET print-templates/names/": plain("print-templates/names/", params=_KIND),
    "PATCH print-templates/{template_id}/": _template(body={"title": "Иначе"}),
    "GET print-templates/{template_id}/file/": _template("file/"),
    "GET print-templates/{template_id}/check/{card_id}/": _on_card("check"),
    "GET print-templates/{template_id}/print/{card_id}/": _on_card("print"),
    "GET language/cases/": plain("language/cases/", params={"text": "договор"}),
    "GET language/wordings/": plain("language/wordings/"),
    "POST language/wordings/": plain(
        "language/wordings/", {"phrase": "чек-лист", "case": "родительный", "form": "чек-листа"}
    ),
    "DELETE language/wordings/{wording_id}/": _wording,
    "GET language/morpher/": plain("language/morpher/"),
    "PUT language/morpher/": plain("language/morpher/", _MORPHER),
    "DELETE language/morpher/": plain("language/morpher/"),
    "GET facsimiles/": plain("facsimiles/"),
    "PUT facsimiles/{whose}/ #mine": plain("facsimiles/mine/", {"content": _png()}),
    "PUT facsimiles/{whose}/ #company": plain("facsimiles/company/", {"content": _png()}),
    "DELETE facsimiles/{whose}/ #mine": plain("facsimiles/mine/"),
    "DELETE facsimiles/{whose}/ #company": plain("facsimiles/company/"),
}
