"""Who is asked to read a card and says that he has."""

from typing import Any

from ..calls import Call, Maker, card, known, task
from ..scene import Scene

COMPANY = """
@ own department other
GET    employees/{card_id}/acknowledgements/ | 401 200/200/200 200/200/200 200 200 401 401
POST   employees/{card_id}/acknowledgements/ | 401 201/403/403 201/201/403 201 201 401 401
POST   employees/{card_id}/acknowledgements/confirm/ | 401 409/409/409 409/409/409 409 409 401 401
POST   employees/{card_id}/acknowledgements/confirm/ #asked | 401 200/200/200 200/200/200 200 200 401 401
POST   employees/{card_id}/acknowledgements/again/ | 401 409/403/403 409/409/403 409 409 401 401
POST   employees/{card_id}/acknowledgements/again/ #asked | 401 201/403/403 201/201/403 201 201 401 401

@ initiator assignee watcher department other
GET    tasks/{card_id}/acknowledgements/ | 401 200/200/200/404/404 200/200/200/200/404 200 200 401 401
POST   tasks/{card_id}/acknowledgements/ | 401 201/201/403/404/404 201/201/403/201/404 201 201 401 401
POST   tasks/{card_id}/acknowledgements/confirm/ | 401 409/409/409/404/404 409/409/409/409/404 409 409 401 401
POST   tasks/{card_id}/acknowledgements/confirm/ #asked | 401 200/200/200/404/404 200/200/200/200/404 200 200 401 401
POST   tasks/{card_id}/acknowledgements/again/ | 401 409/409/403/404/404 409/409/403/409/404 409 409 401 401
POST   tasks/{card_id}/acknowledgements/again/ #asked | 401 201/201/403/404/404 201/201/403/201/404 201 201 401 401

@ mine watched department other
DELETE acknowledgements/{row_id}/ | 401 204/403/404/404 204/403/204/404 204 204 401 401
"""


def _reader(scene: Scene, caller: str, relation: str) -> Call:
    return Call(f"acknowledgements/{scene.reader(known(caller), relation)}/")


def _asked(maker: Maker) -> Maker:
    """The same call on a card that the caller has been asked to read."""

    def make(scene: Scene, caller: str, relation: str) -> Call:
        call = maker(scene, caller, relation)
        scene.ask_to_read(known(caller), int(call.path.split("/")[1]))
        return call

    return make


def _trader_reads(scene: Scene) -> dict[str, Any]:
    return {"people": [scene.people["trader"].id]}


CALLS: dict[str, Maker] = {
    "GET employees/{card_id}/acknowledgements/": card("acknowledgements/"),
    "POST employees/{card_id}/acknowledgements/": card("acknowledgements/", _trader_reads),
    "POST employees/{card_id}/acknowledgements/confirm/": card("acknowledgements/confirm/", {}),
    "POST employees/{card_id}/acknowledgements/confirm/ #asked": _asked(card("acknowledgements/confirm/", {})),
    "POST employees/{card_id}/acknowledgements/again/": card("acknowledgements/again/", {}),
    "POST employees/{card_id}/acknowledgements/again/ #asked": _asked(card("acknowledgements/again/", {})),
    "GET tasks/{card_id}/acknowledgements/": task("acknowledgements/"),
    "POST tasks/{card_id}/acknowledgements/": task("acknowledgements/", _trader_reads),
    "POST tasks/{card_id}/acknowledgements/confirm/": task("acknowledgements/confirm/", {}),
    "POST tasks/{card_id}/acknowledgements/confirm/ #asked": _asked(task("acknowledgements/confirm/", {})),
    "POST tasks/{card_id}/acknowledgements/again/": task("acknowledgements/again/", {}),
    "POST tasks/{card_id}/acknowledgements/again/ #asked": _asked(task("acknowledgements/again/", {})),
    "DELETE acknowledgements/{row_id}/": _reader,
}
