"""What tasks tell the house."""

from core.entities.kinds import EntityKind
from core.manifest import MenuItem, Module

from .events import (
    MOVES,
    CoAssigneesChanged,
    DraftMade,
    DueMoveAsked,
    DueMoved,
    DueMoveDropped,
    DueMoveRefused,
    RulesChanged,
    SubtaskAdded,
    SubtaskRemoved,
    TaskAssigned,
    TaskChanged,
    TaskCreated,
    TaskPlaced,
    TaskUnblocked,
    TimerStarted,
    TimeSpent,
    WatchersChanged,
)
from .fill import fill
from .jobs import releasing
from .models import Status, Task
from .notifications import letters
from .permissions import CREATE, EDIT, RULES, VIEW
from .queries import is_initiator, open_mine
from .reactions import repairs, unblocking
from .rest.routes import routes_of
from .rest.serializers import sections_of_my_day
from .rest.views import TaskViewSet
from .rest.waiting import SOURCES
from .seed import demo

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
    statuses=dict(Status.choices),
    history={
        "title": "Название",
        "description": "Описание",
        "due_at": "Срок",
        "assignee": "Исполнитель",
        "status": "Состояние",
        "watchers": "Наблюдатели",
        "co_assignees": "Соисполнители",
        "priority": "Важность",
        "estimate": "Оценка",
        "is_private": "Личная",
        "release_at": "Поставить",
    },
)

module = Module(
    code="tasks",
    title="Задачи",
    icon="list-checks",
    group="Работа",
    description="Поручения с исполнителем и сроком: от постановки до проверки",
    preset=True,
    entities=(TASK,),
    permissions=(VIEW, CREATE, EDIT, RULES),
    default_roles={
        "head": {VIEW: "department_tree", CREATE: "all", EDIT: "department_tree"},
        "employee": {VIEW: "participant", CREATE: "all", EDIT: "own"},
    },
    facts=(
        TaskCreated,
        DraftMade,
        TaskAssigned,
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
        RulesChanged,
    ),
    readers=(letters, repairs, unblocking),
    jobs=(releasing,),
    routes=routes_of(TASK),
    menu=(MenuItem("Задачи", "list-checks", "/tasks", VIEW, count=open_mine),),
    fill=fill,
    demo=demo,
    home=(sections_of_my_day,),
    waiting=SOURCES,
)
