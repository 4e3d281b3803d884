"""Personal data: one's own, those of others, names taken away, the register of consents, the log of reads."""

from core.privacy.models import PersonFile
from core.storage import CompanyStore

from ..calls import Call, Maker, known, plain
from ..scene import PASSWORD, Scene

COMPANY = """
@ own other
GET    persons/{employee_id}/data/ | 401 200/403 200/403 200/200 200/200 401 401
POST   persons/{employee_id}/data/ | 401 201/403 201/403 201/201 201/201 401 401
POST   persons/{employee_id}/data/{file_id}/open/ | 401 200/403 200/403 200/200 200/200 401 401
@ -
POST   persons/{employee_id}/anonymise/ | 401 403 403 204 204 401 401
POST   persons/{employee_id}/anonymise/ #by-token | 401 403 403 403 403 401 401
GET    consents/ | 401 403 403 200 200 401 401
GET    reads/ | 401 403 403 200 200 401 401
GET    processing/ | 401 200 200 200 200 401 401
"""


def _data(caller: str, relation: str, scene: Scene) -> str:
    return f"persons/{scene.card(caller, relation)}/data/"


def _asked(body: dict[str, str] | None) -> Maker:
    def make(scene: Scene, caller: str, relation: str) -> Call:
        return Call(_data(caller, relation, scene), body, by_cookie=True)

    return make


def _opened(scene: Scene, caller: str, relation: str) -> Call:
    def written() -> int:
        key = CompanyStore(scene.company.schema).new_key()
        card, author = scene.card(caller, relation), scene.people[known(caller)].principal
        return PersonFile.objects.create(employee_id=card, storage_key=key, author_id=author, state="ready").pk

    return Call(f"{_data(caller, relation, scene)}{scene.inside(written)}/open/", by_cookie=True)


def _anonymised(*, by_cookie: bool) -> Maker:
    def make(scene: Scene, caller: str, relation: str) -> Call:
        path = f"persons/{scene.people['blocked'].id}/anonymise/"
        return Call(path, {"password": PASSWORD}, by_cookie=by_cookie)

    return make


CALLS: dict[str, Maker] = {
    "GET persons/{employee_id}/data/": _asked(None),
    "POST persons/{employee_id}/data/": _asked({"password": PASSWORD}),
    "POST persons/{employee_id}/data/{file_id}/open/": _opened,
    "POST persons/{employee_id}/anonymise/": _anonymised(by_cookie=True),
    "POST persons/{employee_id}/anonymise/ #by-token": _anonymised(by_cookie=False),
    "GET consents/": plain("consents/"),
    "GET reads/": plain("reads/"),
    "GET processing/": plain("processing/"),
}
