"""How people come into the company, change and leave: principal, user and employee card at once."""

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any, TypeVar

from django.db.models import Model
from django.utils import timezone

from core.access.actions import keep_an_owner, lock_owners, must_be_owner
from core.access.actor import Actor
from core.access.models import Role, RoleAssignment
from core.access.reach import is_above as is_administered
from core.access.reach import must_not_be_above, must_not_widen_by_moving
from core.comments.actions import comment
from core.entities.locks import lock
from core.entities.models import Entity, Participant
from core.entities.queries import insert_card
from core.errors import Invalid
from core.events.bus import Change, emit
from core.identity.actions import move_epochs
from core.identity.actions.sessions import revoke_all
from core.identity.events import UserJoined
from core.identity.models import Principal, User
from core.identity.names import FullName, read_email, read_full_name
from core.identity.seats import take_seats
from core.numbering.actions import next_number, take_numbers
from core.registry import registry
from core.statuses.actions.moving import land, lead
from core.statuses.errors import MoveNotAllowed
from core.texts import clean_line
from core.verb import verb

from .errors import NotYourself
from .events import EmployeeBlocked, EmployeeChanged, EmployeeHired, EmployeeUnblocked
from .guards import must_reach
from .models import Department, Employee, Position
from .people import principal_of
from .permissions import BLOCK, EDIT_PEOPLE
from .queries import is_above, lock_managers, principals_in
from .rules import NAMES, changeable, read_day_of_hiring, read_phone

R = TypeVar("R", bound=Model)
_COLUMNS = {"email": "work_email"}
_LONGEST_NAME = 200
_PHOTO_TYPES = ("image/jpeg", "image/png", "image/webp")


@verb
def hire(
    *,
    name: FullName,
    email: str,
    password_hash: str,
    email_verified: bool,
    role_code: str,
    department_id: int | None = None,
    by: Actor | None = None,
) -> Employee:
    """Make the person's principal, way to sign in and card; `by` None means he comes by himself (the owner).

    IntegrityError when the e-mail is taken in this company; the caller looks first.
    """
    principal = Principal.objects.create(kind=Principal.Kind.EMPLOYEE, name=str(name))
    user = _open_account(principal, email, password_hash, email_verified=email_verified)
    employee = Employee(
        kind=Employee.KIND,
        title=str(name),
        author=principal,
        responsible=principal,
        status=Employee.Status.WORKS,
        principal=principal,
        last_name=name.last,
        first_name=name.first,
        middle_name=name.middle,
        work_email=email,
        department_id=department_id,
    )
    own: dict[str, list[int]] = {Participant.Part.AUTHOR: [principal.pk], Participant.Part.RESPONSIBLE: [principal.pk]}
    employee = insert_card(employee, own)
    RoleAssignment.objects.create(role=Role.objects.get(code=role_code), principal=principal)
    himself = Actor(principal.pk, principal.kind, principal.name)
    emit(EmployeeHired(employee.ref, by_himself=by is None), by=by or himself)
    # Whoever has made the card has not joined: its owner has.
    emit(UserJoined(employee.ref, user_id=user.pk), by=himself)
    # Last: others who are hired wait for the counter from here on. His department may stand in the number.
    employee.number = next_number(Employee.KIND, Employee.NUMBER_PREFIX, whose=principal.pk)
    employee.save(update_fields=["number"])
    return employee


@verb
def number_the_rest(*, by: Actor) -> int:
    """Number those who have no number, in the order in which they came; how many that were. Others are left alone."""
    ids = list(Employee.objects.filter(number="").values_list("pk", flat=True))
    held = list(Entity.objects.select_for_update(no_key=True).filter(pk__in=ids).order_by("pk").values_list("pk"))
    rest = list(Employee.objects.filter(number="").order_by("pk")) if held else []
    if not rest:
        return 0
    numbers = take_numbers(Employee.KIND, Employee.NUMBER_PREFIX, [employee.principal_id for employee in rest])
    for employee, number in zip(rest, numbers, strict=True):
        employee.number = number
        employee.save_change("number")
        emit(EmployeeChanged(employee.ref, changes=(Change("number", None, number),)), by=by)
    return len(rest)


@verb
def let_in(employee: Employee, *, email: str, password_hash: str, role_code: str) -> Employee:
    """Give a card that was made for somebody, by an import, his way to sign in; the e-mail is proved to be his.

    What the company has written in the card stays. IntegrityError when somebody has the e-mail or the card is taken.
    """
    employee = lock(employee)
    user = _open_account(employee.principal, email, password_hash, email_verified=True)
    RoleAssignment.objects.get_or_create(role=Role.objects.get(code=role_code), principal=employee.principal)
    doer = Actor(employee.principal_id, employee.principal.kind, employee.principal.name)
    emit(UserJoined(employee.ref, user_id=user.pk), by=doer)
    return employee


def _open_account(principal: Principal, email: str, password_hash: str, *, email_verified: bool) -> User:
    take_seats(1, email=email)
    now = timezone.now()
    return User.objects.create(
        principal=principal,
        email=email,
        password=password_hash,
        password_changed_at=now,
        email_verified_at=now if email_verified else None,
    )


@verb
def change_employee(employee: Employee, *, given: Mapping[str, Any], by: Actor, version: int | None = None) -> Employee:
    """Change fields of a card; those that stay as they are ask for no right and leave no trace.

    `given` holds any of: full_name or last_name, first_name, middle_name; email, phone, hired_on; position, department,
    manager, photo_id as ids or None. Invalid names every wrong field, NarrowRights those beyond the caller's scope;
    AdminsOnly when it is an administrator's card and the caller is none; Forbidden when a move would widen rights.
    """
    by.must(EDIT_PEOPLE, employee)
    employee = lock(employee, version=version)
    wanted = _wanted(employee, given, by)
    changed = {name: value for name, value in wanted.items() if getattr(employee, _COLUMNS.get(name, name)) != value}
    must_reach(employee, changed, by, same=wanted.keys() - changed.keys())
    if not changed:
        return employee
    if "department" in changed:
        must_not_widen_by_moving(employee, changed["department"], by)
    changes = tuple(_told(name, _held(employee, name), value) for name, value in changed.items())
    affected = _reached_by_move(employee, changed["department"]) if "department" in changed else set()
    _write(employee, changed)
    emit(EmployeeChanged(employee.ref, changes=changes), by=by)
    move_epochs(affected, reason="structure", by=by)
    return employee


def _wanted(employee: Employee, given: Mapping[str, Any], by: Actor) -> dict[str, Any]:
    """As of `read_card`; whoever may not change a field hears that before what is wrong with his value of it."""
    try:
        return read_card(employee, given)
    except Invalid as wrong:
        # It would be a change: what cannot be read is none of the values that stand.
        must_reach(employee, wrong.errors, by)
        raise


def put_back(employee: Employee, fields: Mapping[str, Any], *, by: Actor) -> Employee:
    """Give an employee card the values that it had before. Errors as of `change_employee`."""
    given = {"photo_id" if name == "photo" else name: value for name, value in fields.items()}
    if day := given.get("hired_on"):
        given["hired_on"] = date.fromisoformat(day)
    return change_employee(employee, given=given, by=by)


def open_to(by: Actor, employee: Employee) -> frozenset[str]:
    """Fields of a card that somebody may change."""
    if not by.may(EDIT_PEOPLE, employee) or is_administered(employee.principal, by):
        return frozenset()
    is_own = by.principal_id == employee.principal_id
    return changeable(by.scope_of(EDIT_PEOPLE), is_own=is_own) - set(by.limits.get(Employee.KIND, ()))


@verb
def block_employee(
    employee: Employee, *, by: Actor, own_status: int | None = None, text: str = "", version: int | None = None
) -> Employee:
    """Shut a person out: no sign-in, no session or token, no rights; his card and everything he wrote stay.

    Into `own_status` the company's moves lead. Without one nothing but the right is asked: no drawing of moves keeps
    an account open. Errors: those of `must_block`, Stale, those of `core.statuses.actions.moving.lead`.
    """
    must_block(employee, by=by)
    kind, blocked = registry.kind_of(Employee.KIND), Employee.Status.BLOCKED
    employee = lock(employee, version=version)
    if employee.is_blocked:
        return _standing_there(employee, own_status)
    moved = (
        lead(employee, kind, blocked, by=by, to=own_status, text=text) if own_status else land(employee, kind, blocked)
    )
    return shut_out(employee, moved, by=by, text=text)


@verb
def shut_out(employee: Employee, moved: Change, *, by: Actor, text: str = "") -> Employee:
    """What blocking does with a locked card once it is chosen where it ends; `must_block` has let the doer."""
    Principal.objects.filter(pk=employee.principal_id).update(is_active=False)
    employee.status = Employee.Status.BLOCKED
    employee.save_change("status", "own_status")
    emit(EmployeeBlocked(employee.ref, (moved,), text.strip()), by=by)
    _say(employee, text, by)
    if user := User.objects.filter(principal_id=employee.principal_id).first():
        # Ending the sessions also says that access has changed.
        revoke_all(user, by=by)
    else:
        move_epochs([employee.principal_id], reason="blocked", by=by)
    return employee


def must_block(employee: Employee, *, by: Actor) -> None:
    """Refuse whoever may not shut this person out; nobody joins or leaves the owners until the transaction ends.

    Errors: Forbidden, NotYourself, AdminsOnly, OwnersOnly, LastOwner.
    """
    by.must(BLOCK, employee)
    owners = lock_owners()
    if employee.principal_id == by.principal_id:
        raise NotYourself()
    if not Principal.objects.filter(pk=employee.principal_id, is_active=True).exists():
        return
    must_not_be_above(employee.principal, by)
    if RoleAssignment.objects.filter(role=owners, principal_id=employee.principal_id).exists():
        must_be_owner(by)
        keep_an_owner(owners, besides=employee.principal_id)


@verb
def unblock_employee(
    employee: Employee, *, by: Actor, own_status: int | None = None, text: str = "", version: int | None = None
) -> Employee:
    """Let a blocked person sign in again with the roles he had; sessions that were ended stay ended.

    The company's moves lead him, into `own_status` or where the base begins. Errors: those of `must_unblock`, Stale,
    SeatsOver, those of `core.statuses.actions.moving.lead`.
    """
    must_unblock(employee, by=by)
    employee = lock(employee, version=version)
    if not employee.is_blocked:
        return _standing_there(employee, own_status)
    kind = registry.kind_of(Employee.KIND)
    moved = lead(employee, kind, Employee.Status.WORKS, by=by, to=own_status, text=text)
    return let_work(employee, moved, by=by, text=text)


def must_unblock(employee: Employee, *, by: Actor) -> None:
    """Refuse whoever may not let this person in again, as `must_block`. Errors: Forbidden, AdminsOnly, OwnersOnly."""
    by.must(BLOCK, employee)
    owners = lock_owners()
    if not Principal.objects.filter(pk=employee.principal_id, is_active=False).exists():
        return
    must_not_be_above(employee.principal, by)
    if RoleAssignment.objects.filter(role=owners, principal_id=employee.principal_id).exists():
        must_be_owner(by)


@verb
def let_work(employee: Employee, moved: Change, *, by: Actor, text: str = "") -> Employee:
    """What unblocking does with a locked card once it is chosen where it ends; `must_unblock` has let the doer.

    SeatsOver when the company has paid for no more people.
    """
    take_seats(1)
    Principal.objects.filter(pk=employee.principal_id).update(is_active=True)
    employee.status = Employee.Status.WORKS
    employee.save_change("status", "own_status")
    emit(EmployeeUnblocked(employee.ref, (moved,), text.strip()), by=by)
    _say(employee, text, by)
    move_epochs([employee.principal_id], reason="unblocked", by=by)
    return employee


def _standing_there(employee: Employee, wanted: int | None) -> Employee:
    """Somebody has done it meanwhile: nothing is left to do, but a status that was chosen has not been seen so."""
    if wanted and wanted != employee.own_status_id:
        title = str(Employee.Status(employee.status).label)
        raise MoveNotAllowed(title, title)
    return employee


def _say(employee: Employee, text: str, by: Actor) -> None:
    if text.strip():
        comment(employee, registry.kind_of(Employee.KIND), text=text, by=by)


def read_card(employee: Employee, given: Mapping[str, Any]) -> dict[str, Any]:
    """What the fields given would make of the card; Invalid tells of all wrong ones at once."""
    readers: dict[str, Callable[[Any], Any]] = {
        "email": lambda text: read_email(text) if text.strip() else "",
        "phone": read_phone,
        "hired_on": read_day_of_hiring,
        "position": lambda pk: _row(Position, pk, "position", "Такой должности нет"),
        "department": lambda pk: _row(Department, pk, "department", "Такого отдела нет"),
        "manager": lambda pk: _manager(employee, pk),
        "photo_id": lambda pk: _photo(employee, pk),
    }
    wanted: dict[str, Any] = {}
    errors: dict[str, list[str]] = {}
    for name in (name for name in readers if name in given):
        try:
            wanted["photo" if name == "photo_id" else name] = readers[name](given[name])
        except Invalid as wrong:
            errors |= wrong.errors
    try:
        wanted |= _names(employee, given)
    except Invalid as wrong:
        errors |= wrong.errors
    if errors:
        raise Invalid(errors)
    return wanted


def _names(employee: Employee, given: Mapping[str, Any]) -> dict[str, str]:
    if "full_name" in given:
        name = read_full_name(given["full_name"])
        parts = dict(zip(NAMES, (name.last, name.first, name.middle), strict=True))
    else:
        parts = {name: clean_line(given[name]) for name in NAMES if name in given}
    whole = {name: parts.get(name, getattr(employee, name)) for name in NAMES}
    field = "full_name" if "full_name" in given else "last_name"
    if not whole["last_name"]:
        raise Invalid({field: "Укажите фамилию"})
    if len(" ".join(whole.values())) > _LONGEST_NAME:
        raise Invalid({field: "Слишком длинное имя"})
    return parts


def _row(model: type[R], pk: int | None, field: str, sentence: str) -> R | None:
    if pk is None:
        return None
    # The lock waits for whoever is deleting the row now.
    found = model._default_manager.select_for_update(no_key=True).filter(pk=pk).first()
    if found is None:
        raise Invalid({field: sentence})
    return found


def _manager(employee: Employee, pk: int | None) -> Employee | None:
    if pk is None:
        return None
    if pk == employee.manager_id:
        return employee.manager
    principal_of(pk, field="manager")
    lock_managers()
    if pk == employee.pk or is_above(employee.pk, pk):
        raise Invalid({"manager": "Этот сотрудник сам подчиняется тому, чью карточку вы меняете"})
    return Employee.objects.get(pk=pk)


def _photo(employee: Employee, pk: int | None) -> Any:
    if pk is None:
        return None
    files = employee.attachments.filter(pk=pk, state="ready", deleted_at__isnull=True)
    found = files.filter(content_type__in=_PHOTO_TYPES).first()
    if found is None:
        raise Invalid({"photo_id": "Загрузите в карточку фото в формате JPEG, PNG или WebP и дождитесь проверки"})
    return found


def _held(employee: Employee, name: str) -> Any:
    return getattr(employee, _COLUMNS.get(name, name))


def _told(name: str, before: Any, after: Any) -> Change:
    return Change(name, _shown(before), _shown(after), back=(before.pk if isinstance(before, Model) else before,))


def _shown(value: Any) -> Any:
    """A value as the history tells it: titles instead of ids."""
    if isinstance(value, date):
        return value.isoformat()
    return value if value is None or isinstance(value, str) else getattr(value, "title", None) or value.name


def _write(employee: Employee, changed: Mapping[str, Any]) -> None:
    for name, value in changed.items():
        setattr(employee, _COLUMNS.get(name, name), value)
    columns = {_COLUMNS.get(name, name) for name in changed}
    if columns & set(NAMES):
        employee.title = employee.full_name
        columns.add("title")
        Principal.objects.filter(pk=employee.principal_id).update(name=employee.full_name)
    employee.save_change(*columns)


def _reached_by_move(employee: Employee, target: Department | None) -> set[int]:
    """Whose reach a person's move between departments changes: his own and that of all above both places."""
    places = [*(employee.department.path if employee.department else []), *(target.path if target else [])]
    return {employee.principal_id} | principals_in(places)
