"""Files of cards, their versions and content."""

from typing import Any

from core.attachments.models import Attachment

from ..calls import FILE, Call, Maker, card, file, task
from ..scene import Scene

COMPANY = """
@ own department other
GET    employees/{card_id}/attachments/ | 401 200/403/403 200/200/403 200 200 401 401
POST   employees/{card_id}/attachments/ | 401 201/403/403 201/201/403 201 201 401 401

@ initiator assignee watcher department other
GET    tasks/{card_id}/attachments/ | 401 200/200/200/404/404 200/200/200/200/404 200 200 401 401
POST   tasks/{card_id}/attachments/ | 401 201/201/201/404/404 201/201/201/201/404 201 201 401 401

@ mine watched department other
GET    attachments/{attachment_id}/ | 401 200/200/404/404 200/200/200/404 200 200 401 401
DELETE attachments/{attachment_id}/ | 401 204/403/404/404 204/403/204/404 204 204 401 401
POST   attachments/{attachment_id}/complete/ | 401 200/404/404/404 200/404/404/404 404 404 401 401
GET    attachments/{attachment_id}/versions/ | 401 200/200/404/404 200/200/200/404 200 200 401 401
POST   attachments/{attachment_id}/versions/ | 401 201/201/404/404 201/201/201/404 201 201 401 401
GET    attachments/{attachment_id}/content/ | 401 302/302/404/404 302/302/302/404 302 302 401 401
GET    attachments/{attachment_id}/sheet/ | 401 200/200/404/404 200/200/200/404 200 200 401 401
@ own department other
GET    attachments/{attachment_id}/ #on-employee | 401 200/404/404 200/200/404 200 200 401 401
GET    attachments/{attachment_id}/ #photo | 401 200/200/200 200/200/200 200 200 401 401
DELETE attachments/{attachment_id}/ #on-employee | 401 204/404/404 204/204/404 204 204 401 401
DELETE attachments/{attachment_id}/ #photo | 401 204/404/404 204/204/404 204 204 401 401
GET    attachments/{attachment_id}/versions/ #on-employee | 401 200/404/404 200/200/404 200 200 401 401
GET    attachments/{attachment_id}/versions/ #photo | 401 200/404/404 200/200/404 200 200 401 401
POST   attachments/{attachment_id}/versions/ #on-employee | 401 201/404/404 201/201/404 201 201 401 401
POST   attachments/{attachment_id}/versions/ #photo | 401 201/404/404 201/201/404 201 201 401 401
GET    attachments/{attachment_id}/content/ #on-employee | 401 302/404/404 302/302/404 302 302 401 401
GET    attachments/{attachment_id}/content/ #photo | 401 302/302/302 302/302/302 302 302 401 401
GET    attachments/{attachment_id}/sheet/ #on-employee | 401 200/404/404 200/200/404 200 200 401 401
GET    attachments/{attachment_id}/sheet/ #photo | 401 200/404/404 200/200/404 200 200 401 401
"""


def _file_of_person(tail: str = "", body: Any = None, *, is_photo: bool = False) -> Maker:
    def make(scene: Scene, caller: str, relation: str) -> Call:
        pk = scene.file_of_person(scene.card(caller, relation), is_photo=is_photo)
        return Call(f"attachments/{pk}/{tail}", body)

    return make


def _as_table(make: Maker) -> Maker:
    """The same file, called a table: whatever the store gives is read as lines of text."""

    def make_table(scene: Scene, caller: str, relation: str) -> Call:
        call = make(scene, caller, relation)
        pk = int(call.path.split("/")[1])
        renamed = {"name": "план.csv", "content_type": "text/plain"}
        scene.inside(lambda: Attachment.objects.filter(pk=pk).update(**renamed))
        return call

    return make_table


CALLS: dict[str, Maker] = {
    "GET employees/{card_id}/attachments/": card("attachments/"),
    "POST employees/{card_id}/attachments/": card("attachments/", FILE),
    "GET tasks/{card_id}/attachments/": task("attachments/"),
    "POST tasks/{card_id}/attachments/": task("attachments/", FILE),
    "GET attachments/{attachment_id}/": file(),
    "DELETE attachments/{attachment_id}/": file(),
    "POST attachments/{attachment_id}/complete/": file("complete/", state="uploading"),
    "GET attachments/{attachment_id}/versions/": file("versions/"),
    "POST attachments/{attachment_id}/versions/": file("versions/", FILE),
    "GET attachments/{attachment_id}/content/": file("content/"),
    "GET attachments/{attachment_id}/sheet/": _as_table(file("sheet/")),
    "GET attachments/{attachment_id}/ #on-employee": _file_of_person(),
    "GET attachments/{attachment_id}/ #photo": _file_of_person(is_photo=True),
    "DELETE attachments/{attachment_id}/ #on-employee": _file_of_person(),
    "DELETE attachments/{attachment_id}/ #photo": _file_of_person(is_photo=True),
    "GET attachments/{attachment_id}/versions/ #on-employee": _file_of_person("versions/"),
    "GET attachments/{attachment_id}/versions/ #photo": _file_of_person("versions/", is_photo=True),
    "POST attachments/{attachment_id}/versions/ #on-employee": _file_of_person("versions/", FILE),
    "POST attachments/{attachment_id}/versions/ #photo": _file_of_person("versions/", FILE, is_photo=True),
    "GET attachments/{attachment_id}/content/ #on-employee": _file_of_person("content/"),
    "GET attachments/{attachment_id}/content/ #photo": _file_of_person("content/", is_photo=True),
    "GET attachments/{attachment_id}/sheet/ #on-employee": _as_table(_file_of_person("sheet/")),
    "GET attachments/{attachment_id}/sheet/ #photo": _as_table(_file_of_person("sheet/", is_photo=True)),
}
