"""What documents tell the house."""

from typing import Any

from core.entities.kinds import BuiltIn, EntityKind
from core.manifest import MenuItem, Module

from .actions.cards import put_back
from .actions.filling import PRINTS
from .actions.moving import LIFECYCLE
from .actions.routing import ROUTES
from .events import FACTS
from .fill import fill
from .handovers import HANDOVERS, STAYS
from .jobs import watching
from .models import Document, Status
from .notifications import KINDS, letters
from .options import OPTIONS
from .permissions import CREATE, EDIT, FILES, REGISTER, RULES, VIEW
from .queries import owns, searched, searched_words, settled_files
from .reactions import arriving, closing, forgetting, terms
from .rest.routes import routes_of
from .rest.sheet import SHEET
from .rest.views import DocumentViewSet
from .rest.waiting import SOURCES
from .rules import why_over, why_settled
from .seed import demo, seed


def _own(code: str, title: str, empty: Any, *found: str, **more: Any) -> BuiltIn:
    """A field that is called the same wherever it stands."""
    return BuiltIn(code, title, {code: empty}, (code,), (code,), found, **more)


_FIELDS = (
    BuiltIn(
        "content", "Содержание", {"content": "", "content_html": ""}, ("content",), ("content", "line", "lines"),
        searched=searched_words,
    ),
    _own("correspondent", "Корреспондент", "", "correspondent", searched=searched("correspondent")),
    _own("outer_number", "Номер корреспондента", "", searched=searched("outer_number")),
    _own("outer_date", "Дата корреспондента", None),
    _own("amount", "Сумма", None, "amount", "kopecks"),
    _own("valid_from", "Действует с", None),
    _own("valid_until", "Действует до", None, "valid_until"),
    BuiltIn("due_at", "Срок", {"due_at": None, "is_overdue": False}, ("due_at",), ("due_at",), ("due_at", "late")),
    _own("priority", "Важность", "normal", "priority"),
    _own("paper_place", "Где лежит оригинал", ""),
)  # fmt: skip
DOCUMENT = EntityKind(
    model=Document,
    viewset=DocumentViewSet,
    plural="documents",
    title="Документ",
    icon="file-text",
    route="/documents",
    view=VIEW,
    edit=EDIT,
    owns=owns,
    over=why_over,
    settled=why_settled,
    settled_files=settled_files,
    put_back=put_back,
    statuses=dict(Status.choices),
    lifecycle=LIFECYCLE,
    routes=ROUTES,
    sheet=SHEET,
    fields=_FIELDS,
    prints=PRINTS,
    history={
        "title": "Заголовок",
        "content": "Содержание",
        "correspondent": "Корреспондент",
        "addressee": "Адресат",
        "signatory": "Подписант",
        "responsible": "Ответственный",
        "outer_number": "Номер корреспондента",
        "outer_date": "Дата корреспондента",
        "amount": "Сумма",
        "valid_from": "Действует с",
        "valid_until": "Действует до",
        "due_at": "Срок",
        "priority": "Важность",
        "paper_place": "Где лежит оригинал",
        "secrecy": "Пометка",
        "is_private": "Кому виден",
        "number": "Номер",
        "status": "Состояние",
        "case_file": "Дело",
        "text": "Файл с текстом",
        "resolution": "Резолюция",
        "line": "Строка протокола",
        "lines": "Строки протокола",
        "started": "Начато поручений",
    },
)

module = Module(
    code="documents",
    title="Документы",
    icon="file-text",
    group="Работа",
    description="Письма, договоры, приказы и записки: от черновика до номера, архива и дела",
    preset=True,
    entities=(DOCUMENT,),
    permissions=(VIEW, CREATE, EDIT, REGISTER, FILES, RULES),
    default_roles={
        "head": {VIEW: "department_tree", CREATE: "all", EDIT: "department_tree"},
        "employee": {VIEW: "participant", CREATE: "all", EDIT: "own"},
    },
    facts=FACTS,
    readers=(letters, arriving, closing, forgetting, terms),
    jobs=(watching,),
    routes=routes_of(DOCUMENT),
    menu=(MenuItem("Документы", "file-text", "/documents", VIEW, place=30),),
    notifications=KINDS,
    options=OPTIONS,
    seed=seed,
    fill=fill,
    demo=demo,
    waiting=SOURCES,
    handovers=HANDOVERS,
    stays=STAYS,
)
