"""What tasks tell the house."""

from core.entities.kinds import BuiltIn, EntityKind, Gathering
from core.manifest import MenuItem, Module

from .actions.approvals import gathered
from .actions.giving import WORK
from .actions.guards import must_gather
from .actions.moving import LIFECYCLE
from .actions.restoring import put_back, put_template_back
from .actions.templates import repeat
from .events import (
    MOVES,
    ApproverChanged,
    CoAssigneesChanged,
    DraftApproved,
    DraftMade,
    DraftRecalled,
    DraftReturned,
    DraftSent,
    DueMoveAsked,
    DueMoved,
    DueMoveDropped,
    DueMoveRefused,
    InitiatorChanged,
    NamedIsGone,
    ReleaseMissed,
    SubtaskAdded,
    SubtaskRemoved,
    TaskAssigned,
    TaskChanged,
    TaskCreated,
    TaskPlaced,
    TasksPromised,
    TaskUnblocked,
    TemplateChanged,
    TemplateMade,
    TimerStarted,
    TimeSpent,
    WatchersChanged,
)
from .fill import fill
from .handovers import HANDOVERS, STAYS
from .jobs import giving, releasing
from .models import Status, Task, TaskTemplate
from .notifications import KINDS, draft_letters, gone_letters, letters, plan_letters
from .options import OPTIONS
from .permissions import CREATE, EDIT, RULES, VIEW
from .queries import is_initiator, open_mine, searched, templates_searched
from .reactions import forgetting, repairs, unblocking
from .rest.chat import WORDS
from .rest.routes import routes_of
from .rest.serializers import sections_of_my_day
from .rest.sheet import SHEET
from .rest.templates import TemplateViewSet
from .rest.views import TaskViewSet
from .rest.waiting import SOURCES
from .rules import why_over
from .seed import demo

_DESCRIPTION = {"description": "", "description_html": ""}
_DUE = {
    "due_at": None, "is_overdue": False, "late_days": None, "first_due_at": None, "due_moves": 0, "due_request": None,
}  # fmt: skip
_ESTIMATE = BuiltIn("estimate", "Оценка", {"estimate": None}, ("estimate",), ("estimate",), ("estimate",))
_PRIORITY = BuiltIn("priority", "Важность", {"priority": "normal"}, ("priority",), ("priority",), ("priority",))

TASK = EntityKind(
    model=Task,
    viewset=TaskViewSet,
    plural="tasks",
    title="Задача",
    icon="list-checks",
    route="/tasks",
    view=VIEW,
    edit=EDIT,
    owns=is_initiator,
    gathering=Gathering(must_gather, kept=gathered, tells=True),
    over=why_over,
    put_back=put_back,
    statuses=dict(Status.choices),
    lifecycle=LIFECYCLE,
    sheet=SHEET,
    fields=(
        BuiltIn("description", "Описание", _DESCRIPTION, ("description",), ("description",), searched=searched),
        BuiltIn("due_at", "Срок", _DUE, ("due_at",), ("due_at", "reason"), ("due_at", "late", "due")),
        _PRIORITY,
        _ESTIMATE,
        BuiltIn(
            "spent", "Затраченное время", {"spent": 0, "timer_started_at": None}, ("minutes",), ("time",), ("spent",)
        ),
    ),
    history={
        "title": "Название",
        "description": "Описание",
        "due_at": "Срок",
        "assignee": "Исполнитель",
        "initiator": "Инициатор",
        "status": "Состояние",
        "co_assignees": "Соисполнители",
        "priority": "Важность",
        "estimate": "Оценка",
        "is_private": "Личная",
        "release_at": "Поставить",
    },
)

TEMPLATE = EntityKind(
    model=TaskTemplate,
    viewset=TemplateViewSet,
    plural="task-templates",
    title="Шаблон задачи",
    icon="repeat",
    route="/tasks/templates",
    view=VIEW,
    edit=EDIT,
    statuses=TaskTemplate.STATUSES,
    fields=(
        BuiltIn(
            "description",
            "Описание",
            _DESCRIPTION,
            ("description",),
            ("description",),
            searched=templates_searched,
        ),
        BuiltIn("due_in", "Срок", {"due_in": None}, ("due_in",), ("due_in",)),
        _PRIORITY,
        _ESTIMATE,
    ),
    history={
        "title": "Название",
        "description": "Описание",
        "assignees": "Исполнители",
        "roles": "Исполнители по ролям",
        "departments": "Исполнители по отделам",
        "initiator": "Инициатор",
        "due_in": "Срок",
        "estimate": "Оценка",
        "priority": "Важность",
        "is_private": "Личная",
    },
    repeat=repeat,
    put_back=put_template_back,
)

module = Module(
    code="tasks",
    title="Задачи",
    icon="list-checks",
    group="Работа",
    description="Поручения с исполнителем и сроком: от постановки до проверки",
    preset=True,
    entities=(TASK, TEMPLATE),
    permissions=(VIEW, CREATE, EDIT, RULES),
    default_roles={
        "head": {VIEW: "department_tree", CREATE: "all", EDIT: "department_tree"},
        "employee": {VIEW: "participant", CREATE: "all", EDIT: "own"},
    },
    facts=(
        TaskCreated,
        DraftMade,
        DraftSent,
        DraftApproved,
        DraftReturned,
        DraftRecalled,
        ApproverChanged,
        ReleaseMissed,
        TaskAssigned,
        InitiatorChanged,
        TaskChanged,
        WatchersChanged,
        CoAssigneesChanged,
        *MOVES.values(),
        DueMoved,
        DueMoveAsked,
        DueMoveRefused,
        DueMoveDropped,
        SubtaskAdded,
        SubtaskRemoved,
        TaskPlaced,
        TaskUnblocked,
        TimerStarted,
        TimeSpent,
        TemplateMade,
        TemplateChanged,
        TasksPromised,
        NamedIsGone,
    ),
    readers=(letters, draft_letters, plan_letters, gone_letters, repairs, unblocking, forgetting),
    jobs=(releasing, giving),
    routes=routes_of(TASK),
    notifications=KINDS,
    chat=WORDS,
    options=OPTIONS,
    menu=(MenuItem("Задачи", "list-checks", "/tasks", VIEW, count=open_mine, place=10),),
    fill=fill,
    demo=demo,
    home=(sections_of_my_day,),
    waiting=SOURCES,
    handovers=HANDOVERS,
    stays=STAYS,
    work=WORK,
)
