"""Documents, what their types ask for, the nomenclature; and the tools of their cards.

Relations of documents: `author` is the caller himself, `watcher` watches one of «Продажи», `department` is one of
«Цех», `other` one of «Продажи». They have been registered unless a line says otherwise: what waits for its number is
seen by the same people, and a draft by its author alone.
"""

from datetime import date
from typing import Any

from core.access.actor import Actor
from core.entities import trash
from core.entities.models import Participant
from core.entities.participants import join
from core.events.bus import Change, emit
from core.registry import registry
from core.rest.bulk import do_all
from core.saved_views.models import SavedView
from core.statuses.actions.defining import begin_scheme, define_status
from core.tags.rest.bulk import BULK
from modules.documents.actions import create_document, do_deed, register_document
from modules.documents.actions.minutes import add_line, remove_line
from modules.documents.events import DocumentChanged
from modules.documents.models import CaseFile, Document, DocumentTemplate, MinutesLine, TypeRules

from ..calls import FILE, Call, Maker, known, plain
from ..scene import Scene

COMPANY = """
GET    documents/ | 401 200 200 200 200 401 401
POST   documents/ | 401 201 201 201 201 401 401
GET    documents/counts/ | 401 200 200 200 200 401 401
GET    documents/report/ | 401 200 200 200 200 401 401
GET    documents/summary/ | 401 200 200 200 200 401 401
GET    documents/journal/ | 401 200 200 200 200 401 401
POST   documents/bulk/ | 401 200 200 200 200 401 401
POST   documents/bulk/undo/ | 401 200 200 200 200 401 401
POST   documents/bulk/undo/ #of-another | 401 409 409 409 409 401 401
GET    document-types/ | 401 200 200 200 200 401 401
PATCH  document-types/{code}/ | 401 403 403 200 200 401 401
GET    document-templates/ | 401 200 200 200 200 401 401
POST   document-templates/ | 401 403 403 201 201 401 401
PATCH  document-templates/{template_id}/ | 401 403 403 200 200 401 401
GET    case-files/ | 401 200 200 200 200 401 401
POST   case-files/ | 401 403 403 201 201 401 401
PATCH  case-files/{file_id}/ | 401 403 403 200 200 401 401
GET    case-files/destruction/ | 401 403 403 200 200 401 401
POST   case-files/destruction/ | 401 403 403 200 200 401 401

@ author watcher department other
GET    documents/{card_id}/ | 401 200/200/404/404 200/200/200/404 200 200 401 401
GET    documents/{card_id}/ #draft | 401 200/404/404/404 200/404/404/404 404 404 401 401
PATCH  documents/{card_id}/ | 401 200/403/404/404 200/403/200/404 200 200 401 401
DELETE documents/{card_id}/ | 401 204/403/404/404 204/403/204/404 204 204 401 401
POST   documents/{card_id}/restore/ | 401 200/404/404/404 200/404/200/404 200 200 401 401
POST   documents/{card_id}/do/{deed}/ #submit | 401 200/404/404/404 200/404/404/404 404 404 401 401
POST   documents/{card_id}/do/{deed}/ #enact | 401 200/403/404/404 200/403/200/404 200 200 401 401
POST   documents/{card_id}/register/ | 401 200/403/404/404 200/403/200/404 200 200 401 401
PUT    documents/{card_id}/secrecy/ | 401 200/403/404/404 200/403/200/404 200 200 401 401
PUT    documents/{card_id}/case-file/ | 401 200/403/404/404 200/403/200/404 200 200 401 401
PUT    documents/{card_id}/text/ | 401 200/404/404/404 200/404/404/404 404 404 401 401
GET    documents/{card_id}/resolutions/ | 401 200/200/404/404 200/200/200/404 200 200 401 401
POST   documents/{card_id}/resolutions/ | 401 201/403/404/404 201/403/201/404 201 201 401 401
GET    documents/{card_id}/lines/ | 401 200/200/404/404 200/200/200/404 200 200 401 401
POST   documents/{card_id}/lines/ | 401 201/404/404/404 201/404/404/404 404 404 401 401
POST   documents/{card_id}/lines/ #registered | 401 409/403/404/404 409/403/409/404 409 409 401 401
PATCH  documents/{card_id}/lines/{line_id}/ | 401 200/404/404/404 200/404/404/404 404 404 401 401
DELETE documents/{card_id}/lines/{line_id}/ | 401 204/404/404/404 204/404/404/404 404 404 401 401
POST   documents/{card_id}/lines/{line_id}/restore/ | 401 200/404/404/404 200/404/404/404 404 404 401 401
POST   documents/{card_id}/lines/{line_id}/give/ | 401 200/403/404/404 200/403/200/404 200 200 401 401
GET    documents/{card_id}/former-lines/ | 401 200/200/404/404 200/200/200/404 200 200 401 401
POST   documents/{card_id}/next/ | 401 201/201/404/404 201/201/201/404 201 201 401 401
GET    documents/{card_id}/print/ | 401 200/200/404/404 200/200/200/404 200 200 401 401
GET    documents/{card_id}/history/ | 401 200/200/404/404 200/200/200/404 200 200 401 401
POST   documents/{card_id}/history/{fact_id}/restore/ | 401 200/403/404/404 200/403/200/404 200 200 401 401
GET    documents/{card_id}/access/ | 401 200/403/404/404 200/403/403/404 200 200 401 401
GET    documents/{card_id}/access/{employee_id}/ | 401 200/403/404/404 200/403/403/404 200 200 401 401
GET    documents/{card_id}/acknowledgements/ | 401 200/200/404/404 200/200/200/404 200 200 401 401
POST   documents/{card_id}/acknowledgements/ | 401 201/403/404/404 201/403/201/404 201 201 401 401
GET    documents/{card_id}/acknowledgements/meant/ | 401 200/403/404/404 200/403/200/404 200 200 401 401
POST   documents/{card_id}/acknowledgements/confirm/ | 401 409/409/404/404 409/409/409/404 409 409 401 401
POST   documents/{card_id}/acknowledgements/confirm/ #asked | 401 200/200/404/404 200/200/200/404 200 200 401 401
POST   documents/{card_id}/acknowledgements/again/ | 401 409/403/404/404 409/403/409/404 409 409 401 401
POST   documents/{card_id}/acknowledgements/again/ #asked | 401 201/403/404/404 201/403/201/404 201 201 401 401
GET    documents/{card_id}/attachments/ | 401 200/200/404/404 200/200/200/404 200 200 401 401
POST   documents/{card_id}/attachments/ | 401 201/201/404/404 201/201/201/404 201 201 401 401
GET    documents/{card_id}/checklist/ | 401 200/200/404/404 200/200/200/404 200 200 401 401
POST   documents/{card_id}/checklist/ | 401 201/403/404/404 201/403/201/404 201 201 401 401
GET    documents/{card_id}/comments/ | 401 200/200/404/404 200/200/200/404 200 200 401 401
POST   documents/{card_id}/comments/ | 401 201/201/404/404 201/201/201/404 201 201 401 401
GET    documents/{card_id}/fields/ | 401 200/200/404/404 200/200/200/404 200 200 401 401
PATCH  documents/{card_id}/fields/ | 401 200/404/404/404 200/404/404/404 404 404 401 401
GET    documents/{card_id}/groups/ | 401 200/200/404/404 200/200/200/404 200 200 401 401
GET    documents/{card_id}/links/ | 401 200/200/404/404 200/200/200/404 200 200 401 401
POST   documents/{card_id}/links/ | 401 201/201/404/404 201/201/201/404 201 201 401 401
GET    documents/{card_id}/notices/ | 401 200/200/404/404 200/200/200/404 200 200 401 401
PUT    documents/{card_id}/mute/ | 401 200/200/404/404 200/200/200/404 200 200 401 401
GET    documents/{card_id}/status/ | 401 200/200/404/404 200/200/200/404 200 200 401 401
POST   documents/{card_id}/status/ | 401 200/403/404/404 200/403/200/404 200 200 401 401
GET    documents/{card_id}/tags/ | 401 200/200/404/404 200/200/200/404 200 200 401 401
PUT    documents/{card_id}/tags/ | 401 200/403/404/404 200/403/200/404 200 200 401 401
GET    documents/{card_id}/watchers/ | 401 200/200/404/404 200/200/200/404 200 200 401 401
PUT    documents/{card_id}/watchers/ | 401 200/403/404/404 200/403/200/404 200 200 401 401
POST   documents/{card_id}/watchers/ | 401 200/200/404/404 200/200/200/404 200 200 401 401
DELETE documents/{card_id}/watchers/ | 401 204/204/404/404 204/204/204/404 204 204 401 401
"""

_PERIOD = {"since": "2026-01-01", "until": "2026-12-31"}


def document(
    scene: Scene, caller: str, relation: str, before: str = "registered", card_type: str = "", line: str = ""
) -> int:
    """A document that stands so to the caller; `before`: draft, submitted, registered, trashed. Minutes have one line,
    `removed` or not."""
    author = {"author": caller, "watcher": "seller", "department": "colleague", "other": "seller"}[relation]

    def make() -> int:
        by = scene.people[author].actor()
        made = create_document(title="Проверка прав", card_type=card_type, by=by)
        if card_type == "minutes":
            TypeRules.objects.filter(code=card_type).update(needs_route=False)
            idea = add_line(made, fields={"sort": "idea", "text": "Общий склад"}, by=by)
            if line == "removed":
                remove_line(idea, made, by=by)
        if relation == "watcher":
            join(made, {Participant.Part.WATCHER: [scene.people[caller].principal]})
        if before in ("submitted", "trashed"):
            made = do_deed(made, "submit", by=by)
        if before == "registered":
            made = register_document(made, by=by)
        return trash.trash(made, by=by).pk if before == "trashed" else made.pk

    return scene.inside(make)


def _on(tail: str = "", body: Any = None, *, before: str = "registered", **more: Any) -> Maker:
    """On a document that stands so to the caller; `body` may be made from the scene."""

    def make(scene: Scene, caller: str, relation: str) -> Call:
        pk = document(scene, known(caller), relation, before)
        return Call(f"documents/{pk}/{tail}", body(scene) if callable(body) else body, **more)

    return make


def _minutes(tail: str, body: Any = None, *, before: str = "draft", line: str = "") -> Maker:
    """On minutes that stand so to the caller; `{}` in the tail is the id of their line."""

    def make(scene: Scene, caller: str, relation: str) -> Call:
        pk = document(scene, known(caller), relation, before, "minutes", line)
        one = scene.inside(lambda: MinutesLine.objects.get(document=pk).pk)
        return Call(f"documents/{pk}/{tail.format(one)}", body(scene) if callable(body) else body)

    return make


def _asked(maker: Maker) -> Maker:
    """The same call on a card that the caller has been asked to read."""

    def make(scene: Scene, caller: str, relation: str) -> Call:
        call = maker(scene, caller, relation)
        scene.ask_to_read(known(caller), int(call.path.split("/")[1]))
        return call

    return make


def _trader(scene: Scene) -> int:
    return scene.people["trader"].id


def _access_of_one(scene: Scene, caller: str, relation: str) -> Call:
    return Call(f"documents/{document(scene, known(caller), relation)}/access/{_trader(scene)}/")


def _meant(scene: Scene, caller: str, relation: str) -> Call:
    pk = document(scene, known(caller), relation)
    row = {"kind": "organization.employee", "title": "Все", "place": 1, "is_group": True}
    owner = scene.people[known(caller)].principal
    group = scene.inside(lambda: SavedView.objects.create(params={"is_active": "true"}, owner_id=owner, **row).pk)
    return Call(f"documents/{pk}/acknowledgements/meant/", params={"groups": str(group)})


def _restore(scene: Scene, caller: str, relation: str) -> Call:
    pk = document(scene, known(caller), relation)

    def changed() -> int:
        row = Document.objects.get(pk=pk)
        change = Change("paper_place", "Папка 1", "", back=("Папка 1",))
        return emit(DocumentChanged(row.ref, (change,)), by=Actor(row.author_id, "employee", "Автор"))

    return Call(f"documents/{pk}/history/{scene.inside(changed)}/restore/", {})


def _move(scene: Scene, caller: str, relation: str) -> Call:
    kind, by = registry.kind_of(Document.KIND), scene.people["owner"]
    pk = document(scene, known(caller), relation)

    def added() -> int:
        begin_scheme(kind, by=by.actor())
        return define_status(kind, card_type="", base="registered", title="В деле", by=by.actor()).pk

    return Call(f"documents/{pk}/status/", {"to": scene.inside(added)})


def _case_file(scene: Scene, **more: Any) -> int:
    return scene.inside(lambda: CaseFile.objects.create(index="01-01", title="Приказы", year=2015, **more).pk)


def _destroyed(scene: Scene, caller: str, relation: str) -> Call:
    pk = _case_file(scene, years=5, closed_on=date(2015, 12, 31))
    return Call("case-files/destruction/", {"ids": [pk], "act": "№ 1 от 01.11.2026"})


def _template(scene: Scene, caller: str, relation: str) -> Call:
    made = scene.inside(lambda: DocumentTemplate.objects.create(title="Ответ", subject="Ответ").pk)
    return Call(f"document-templates/{made}/", {"title": "Отзыв"})


def _undo(by: str = "") -> Maker:
    """With the note of what somebody has just done: the caller himself unless it is said."""

    def make(scene: Scene, caller: str, relation: str) -> Call:
        doer, kind = by or known(caller), registry.kind_of(Document.KIND)
        pk = document(scene, doer, "author")

        def deed() -> str:
            return do_all(BULK[0], kind, [pk], {"tag": "Срочно"}, scene.people[doer].actor())["undo"]

        return Call("documents/bulk/undo/", {"undo": scene.inside(deed)})

    return make


CALLS: dict[str, Maker] = {
    "GET documents/": plain("documents/"),
    "POST documents/": plain("documents/", {"title": "Новый"}),
    "GET documents/counts/": plain("documents/counts/"),
    "GET documents/report/": plain("documents/report/"),
    "GET documents/summary/": plain("documents/summary/"),
    "GET documents/journal/": plain("documents/journal/", params=_PERIOD),
    "POST documents/bulk/": plain("documents/bulk/", {"action": "submit", "ids": [1]}),
    "POST documents/bulk/undo/": _undo(),
    "POST documents/bulk/undo/ #of-another": _undo(by="seller"),
    "GET document-types/": plain("document-types/"),
    "PATCH document-types/{code}/": plain("document-types/order/", {"answer_days": 3}),
    "GET document-templates/": plain("document-templates/"),
    "POST document-templates/": plain("document-templates/", {"title": "Ответ", "subject": "Ответ {{ контрагент }}"}),
    "PATCH document-templates/{template_id}/": _template,
    "GET case-files/": plain("case-files/"),
    "POST case-files/": plain("case-files/", {"index": "01-01", "title": "Приказы", "year": 2026}),
    "PATCH case-files/{file_id}/": lambda s, c, r: Call(f"case-files/{_case_file(s)}/", {"title": "Иначе"}),
    "GET case-files/destruction/": plain("case-files/destruction/"),
    "POST case-files/destruction/": _destroyed,
    "GET documents/{card_id}/": _on(),
    "GET documents/{card_id}/ #draft": _on(before="draft"),
    "PATCH documents/{card_id}/": _on(body={"paper_place": "Папка 2"}),
    "DELETE documents/{card_id}/": _on(before="submitted"),
    "POST documents/{card_id}/restore/": _on("restore/", before="trashed"),
    "POST documents/{card_id}/do/{deed}/ #submit": _on("do/submit/", before="draft"),
    "POST documents/{card_id}/do/{deed}/ #enact": _on("do/enact/"),
    "POST documents/{card_id}/register/": _on("register/", {}, before="submitted"),
    "PUT documents/{card_id}/secrecy/": _on("secrecy/", {"secrecy": "office"}),
    "PUT documents/{card_id}/case-file/": _on("case-file/", {"case_file": None}),
    "PUT documents/{card_id}/text/": _on("text/", {"file": None}, before="draft"),
    "GET documents/{card_id}/resolutions/": _on("resolutions/"),
    "POST documents/{card_id}/resolutions/": _on("resolutions/", {"text": "Исполнить"}),
    "GET documents/{card_id}/lines/": _minutes("lines/", before="registered"),
    "POST documents/{card_id}/lines/": _minutes("lines/", {"text": "Смета"}),
    "POST documents/{card_id}/lines/ #registered": _minutes("lines/", {"text": "Смета"}, before="registered"),
    "PATCH documents/{card_id}/lines/{line_id}/": _minutes("lines/{}/", {"text": "Склад"}),
    "DELETE documents/{card_id}/lines/{line_id}/": _minutes("lines/{}/"),
    "POST documents/{card_id}/lines/{line_id}/restore/": _minutes("lines/{}/restore/", line="removed"),
    "POST documents/{card_id}/lines/{line_id}/give/": _minutes(
        "lines/{}/give/", lambda s: {"assignee": _trader(s)}, before="registered"
    ),
    "GET documents/{card_id}/former-lines/": _minutes("former-lines/", before="registered"),
    "POST documents/{card_id}/next/": _minutes("next/", before="registered"),
    "GET documents/{card_id}/print/": _on("print/"),
    "GET documents/{card_id}/history/": _on("history/"),
    "POST documents/{card_id}/history/{fact_id}/restore/": _restore,
    "GET documents/{card_id}/access/": _on("access/"),
    "GET documents/{card_id}/access/{employee_id}/": _access_of_one,
    "GET documents/{card_id}/acknowledgements/": _on("acknowledgements/"),
    "POST documents/{card_id}/acknowledgements/": _on("acknowledgements/", lambda s: {"people": [_trader(s)]}),
    "GET documents/{card_id}/acknowledgements/meant/": _meant,
    "POST documents/{card_id}/acknowledgements/confirm/": _on("acknowledgements/confirm/", {}),
    "POST documents/{card_id}/acknowledgements/confirm/ #asked": _asked(_on("acknowledgements/confirm/", {})),
    "POST documents/{card_id}/acknowledgements/again/": _on("acknowledgements/again/", {}),
    "POST documents/{card_id}/acknowledgements/again/ #asked": _asked(_on("acknowledgements/again/", {})),
    "GET documents/{card_id}/attachments/": _on("attachments/"),
    "POST documents/{card_id}/attachments/": _on("attachments/", FILE),
    "GET documents/{card_id}/checklist/": _on("checklist/"),
    "POST documents/{card_id}/checklist/": _on("checklist/", {"points": [{"text": "Осмотр"}]}),
    "GET documents/{card_id}/comments/": _on("comments/"),
    "POST documents/{card_id}/comments/": _on("comments/", {"text": "Слово"}),
    "GET documents/{card_id}/fields/": _on("fields/"),
    "PATCH documents/{card_id}/fields/": _on("fields/", {"card_type": ""}, before="draft"),
    "GET documents/{card_id}/groups/": _on("groups/"),
    "GET documents/{card_id}/links/": _on("links/"),
    "POST documents/{card_id}/links/": _on("links/", lambda s: {"ref": f"organization.employee/{_trader(s)}"}),
    "GET documents/{card_id}/notices/": _on("notices/"),
    "PUT documents/{card_id}/mute/": _on("mute/", {"is_muted": True}),
    "GET documents/{card_id}/status/": _on("status/"),
    "POST documents/{card_id}/status/": _move,
    "GET documents/{card_id}/tags/": _on("tags/"),
    "PUT documents/{card_id}/tags/": _on("tags/", {"tags": ["Срочно"]}),
    "GET documents/{card_id}/watchers/": _on("watchers/"),
    "PUT documents/{card_id}/watchers/": _on("watchers/", lambda s: {"watchers": [s.people["neighbour"].id]}),
    "POST documents/{card_id}/watchers/": _on("watchers/"),
    "DELETE documents/{card_id}/watchers/": _on("watchers/"),
}
