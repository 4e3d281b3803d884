"""What tasks tell the house."""

from core.entities.kinds import EntityKind
from core.manifest import MenuItem, Module

from .events import MOVES, CoAssigneesChanged, TaskAssigned, TaskChanged, TaskCreated, WatchersChanged
from .fill import fill
from .models import Status, Task
from .notifications import letters
from .permissions import CREATE, EDIT, VIEW
from .queries import is_initiator, open_mine
from .reactions import repairs
from .rest.serializers import sections_of_my_day
from .rest.views import TaskViewSet
from .rules import why_over
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
    over=why_over,
    statuses=dict(Status.choices),
    history={
        "title": "Название",
        "description": "Описание",
        "due_at": "Срок",
        "assignee": "Исполнитель",
        "status": "Состояние",
        "watchers": "Наблюдатели",
        "co_assignees": "Соисполнители",
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
    permissions=(VIEW, CREATE, EDIT),
    default_roles={
        "head": {VIEW: "department_tree", CREATE: "all", EDIT: "department_tree"},
        "employee": {VIEW: "participant", CREATE: "all", EDIT: "own"},
    },
    facts=(TaskCreated, TaskAssigned, TaskChanged, WatchersChanged, CoAssigneesChanged, *MOVES.values()),
    readers=(letters, repairs),
    menu=(MenuItem("Задачи", "list-checks", "/tasks", VIEW, count=open_mine),),
    fill=fill,
    demo=demo,
    home=(sections_of_my_day,),
)
