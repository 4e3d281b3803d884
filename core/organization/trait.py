"""What the organization gives the house: employees as cards, departments, positions."""

from core.entities.kinds import BuiltIn, EntityKind, Regular, Searched
from core.entities.models import Participant
from core.traits import Trait

from .actions import open_to, put_back
from .events import FACTS, DepartmentChanged, PositionRemoved, PositionRenamed
from .handovers import HANDOVERS, STAYS
from .jobs import numbering
from .models import Employee
from .notifications import FOLLOWED, following
from .permissions import BLOCK, EDIT_PEOPLE, INVITE, MANAGE_STRUCTURE, SEE_FILES, VIEW_PEOPLE
from .queries import by_email, by_phone, by_position, manager_of, searched
from .rest.routes import routes
from .rest.sheet import SHEET
from .rest.views import EmployeeViewSet
from .rules import why_at_rest
from .standing.actions import LIFECYCLE, working

# Names and departments are no secret: work is given by them, and rights reach by them.
_FIELDS = (
    BuiltIn("email", "Рабочая почта", {"email": ""}, ("email",), ("email",), ("email",), by_email),
    BuiltIn("phone", "Телефон", {"phone": ""}, ("phone",), ("phone",), ("phone",), by_phone),
    BuiltIn("position", "Должность", {"position": None}, ("position",), ("position",), ("position",), by_position),
    BuiltIn("manager", "Руководитель", {"manager": None}, ("manager",), ("manager",), ("manager",)),
    BuiltIn("hired_on", "Дата приёма", {"hired_on": None}, ("hired_on",), ("hired_on",)),
)

EMPLOYEES = EntityKind(
    model=Employee,
    viewset=EmployeeViewSet,
    plural="employees",
    title="Сотрудник",
    icon="users",
    route="/people",
    view=VIEW_PEOPLE,
    edit=EDIT_PEOPLE,
    files=SEE_FILES,
    search=Searched(searched, (DepartmentChanged.kind, PositionRenamed.kind, PositionRemoved.kind)),
    sheet=SHEET,
    face=lambda card: card.photo_id,
    put_back=put_back,
    changes=open_to,
    fields=_FIELDS,
    addressed={Participant.Part.RESPONSIBLE: "это ваша карточка"},
    statuses={status.value: str(status.label) for status in Employee.Status},
    lifecycle=LIFECYCLE,
    regular=Regular(
        planned=working,
        answers=manager_of,
        named=lambda card: card.short_name,
        rests=why_at_rest,
        field="manager",
    ),
    history={
        "status": "Состояние",
        "last_name": "Фамилия",
        "first_name": "Имя",
        "middle_name": "Отчество",
        "email": "Рабочая почта",
        "phone": "Телефон",
        "position": "Должность",
        "department": "Отдел",
        "manager": "Руководитель",
        "hired_on": "Дата приёма",
        "number": "Табельный номер",
        "photo": "Фото",
        "roles": "Роли",
        "login": "Адрес входа",
    },
)

trait = Trait(
    code="organization",
    routes=routes,
    kinds=(EMPLOYEES,),
    facts=FACTS,
    readers=(following,),
    jobs=(numbering,),
    notifications=(FOLLOWED,),
    permissions=(VIEW_PEOPLE, EDIT_PEOPLE, SEE_FILES, INVITE, BLOCK, MANAGE_STRUCTURE),
    default_roles={
        "head": {VIEW_PEOPLE: "all", EDIT_PEOPLE: "department_tree", SEE_FILES: "department_tree", INVITE: "all"},
        "employee": {VIEW_PEOPLE: "all", EDIT_PEOPLE: "own", SEE_FILES: "own"},
    },
    handovers=HANDOVERS,
    stays=STAYS,
)
