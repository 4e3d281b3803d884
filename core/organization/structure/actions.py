"""Changes of the company's structure: the tree of departments and the list of positions."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Any, TypeVar

from django.db import IntegrityError, models, transaction
from django.utils import timezone

from core.access.actor import Actor
from core.access.reach import must_not_widen_by_planting
from core.errors import Invalid, NotFound, Refused, Stale
from core.events.bus import Change, emit
from core.identity.actions import move_epochs
from core.identity.models import Invitation
from core.texts import clean_line
from core.verb import verb

from ..errors import DepartmentCodeTaken, DepartmentNotEmpty, DepartmentTaken, PositionInUse, PositionTaken
from ..events import (
    DepartmentChanged,
    DepartmentCreated,
    DepartmentRemoved,
    PositionCreated,
    PositionRemoved,
    PositionRenamed,
)
from ..models import Department, Employee, Position
from ..people import principal_of
from ..permissions import MANAGE_STRUCTURE
from ..queries import principals_in
from ..rules import read_department_code, refuse_too_deep

M = TypeVar("M", bound=models.Model)


@verb
def create_department(
    *, title: str, by: Actor, parent: int | None = None, head: int | None = None, code: str = ""
) -> Department:
    """Add a department below `parent` (None: at the top), led by an employee if one is named.

    `code` is what stands for it in numbers of cards. Errors: DepartmentTaken, DepartmentCodeTaken, Invalid.
    """
    by.must(MANAGE_STRUCTURE)
    above = _parent(parent)
    refuse_too_deep(len(above.path) + 1 if above else 1)
    department = Department(title=_title(title), parent=above, head=_head(head), code=read_department_code(code))
    with _one_code(department), _unique("department_title_once", DepartmentTaken):
        department.save()
    department.path = [*(above.path if above else []), department.pk]
    department.save(update_fields=["path"])
    changes = tuple(Change(name, None, value) for name, value in _told(department).items() if value)
    emit(DepartmentCreated(None, department_id=department.pk, changes=changes), by=by)
    return department


@verb
def change_department(
    department: Department, *, given: Mapping[str, Any], by: Actor, version: int | None = None
) -> Department:
    """Rename a department, move it with everything below, or give it another head or code.

    `given` holds any of title, code, parent and head, the latter two as ids or None. Forbidden when a move would widen
    the reach of whoever moves.
    """
    by.must(MANAGE_STRUCTURE)
    # The tree is small and seldom changed: one change at a time keeps it a tree.
    tree = {row.pk: row for row in Department.objects.select_for_update().order_by("pk")}
    department = _found(tree.get(department.pk))
    if version is not None and department.version != version:
        raise Stale(version=department.version)
    before, old_path = _told(department), list(department.path)
    if "title" in given:
        department.title = _title(given["title"])
    if "code" in given:
        department.code = read_department_code(given["code"])
    if "parent" in given:
        department.parent = above = _new_parent(department, given["parent"], tree)
        must_not_widen_by_planting(old_path, above.path if above else [], by)
    if "head" in given and given["head"] != department.head_id:
        department.head = _head(given["head"])
    after = _told(department)
    changes = tuple(Change(name, before[name], after[name]) for name in before if before[name] != after[name])
    if not changes:
        return department
    department.version += 1
    with _one_code(department), _unique("department_title_once", DepartmentTaken):
        department.save(update_fields=["title", "code", "parent", "head", "version"])
    _replant(department, tree)
    emit(DepartmentChanged(None, department_id=department.pk, changes=changes), by=by)
    if department.path != old_path:
        move_epochs(principals_in(set(old_path + department.path) - {department.pk}), reason="structure", by=by)
    return department


@verb
def remove_department(department: Department, *, by: Actor) -> None:
    """Delete a department in which nobody sits, nothing lies and to which nobody is invited."""
    by.must(MANAGE_STRUCTURE)
    department = _found(Department.objects.select_for_update().filter(pk=department.pk).first())
    if people := Employee.objects.filter(department=department).count():
        raise DepartmentNotEmpty(f"В отделе числятся люди ({people}). Переведите их в другой отдел, затем удалите его")
    if inside := department.children.count():
        raise DepartmentNotEmpty(f"Внутри есть отделы ({inside}). Перенесите или удалите их, затем удалите этот")
    open_ones = Invitation.objects.filter(department_id=department.pk, accepted_at=None, revoked_at=None)
    if open_ones.filter(expires_at__gt=timezone.now()).exists():
        raise DepartmentNotEmpty("В отдел приглашены новые сотрудники. Отзовите приглашения, затем удалите его")
    emit(DepartmentRemoved(None, department_id=department.pk, department_title=department.title), by=by)
    department.delete()


@verb
def create_position(*, title: str, by: Actor) -> Position:
    """Add a position to the list."""
    by.must(MANAGE_STRUCTURE)
    with _unique("position_title_once", PositionTaken):
        position = Position.objects.create(title=_title(title))
    emit(PositionCreated(None, position_id=position.pk, position_title=position.title), by=by)
    return position


@verb
def rename_position(position: Position, *, title: str, by: Actor) -> Position:
    """Call a position otherwise on all cards at once."""
    by.must(MANAGE_STRUCTURE)
    position = _found(Position.objects.select_for_update().filter(pk=position.pk).first())
    old, new = position.title, _title(title)
    if old == new:
        return position
    position.title = new
    with _unique("position_title_once", PositionTaken):
        position.save(update_fields=["title"])
    emit(PositionRenamed(None, position_id=position.pk, changes=(Change("title", old, new),)), by=by)
    return position


@verb
def remove_position(position: Position, *, by: Actor) -> None:
    """Delete a position that nobody holds."""
    by.must(MANAGE_STRUCTURE)
    position = _found(Position.objects.select_for_update().filter(pk=position.pk).first())
    if held := Employee.objects.filter(position=position).count():
        raise PositionInUse(f"Должность есть у сотрудников ({held}). Назначьте им другую, затем удалите её")
    emit(PositionRemoved(None, position_id=position.pk, position_title=position.title), by=by)
    position.delete()


def _title(text: str) -> str:
    title = clean_line(text)
    if not 1 <= len(title) <= 200:
        raise Invalid({"title": "От 1 до 200 знаков"})
    return title


def _found(row: M | None) -> M:
    if row is None:
        raise NotFound()
    return row


def _parent(pk: int | None) -> Department | None:
    if pk is None:
        return None
    # Locked, so that it neither moves nor disappears before its child stands.
    above = Department.objects.select_for_update().filter(pk=pk).first()
    if above is None:
        raise Invalid({"parent": "Такого отдела нет"})
    return above


def _new_parent(department: Department, pk: int | None, tree: Mapping[int, Department]) -> Department | None:
    if pk is None:
        return None
    above = tree.get(pk)
    if above is None:
        raise Invalid({"parent": "Такого отдела нет"})
    if department.pk in above.path:
        raise Invalid({"parent": "Отдел нельзя вложить в себя или в то, что внутри него"})
    if pk != department.parent_id:
        below = max(len(row.path) for row in tree.values() if department.pk in row.path) - len(department.path)
        refuse_too_deep(len(above.path) + 1 + below)
    return above


def _head(employee_id: int | None) -> Employee | None:
    if employee_id is None:
        return None
    principal_of(employee_id, field="head")
    return Employee.objects.get(pk=employee_id)


def _told(department: Department) -> dict[str, str | None]:
    return {
        "title": department.title,
        "code": department.code or None,
        "parent": department.parent.title if department.parent else None,
        "head": department.head.title if department.head else None,
    }


def _replant(department: Department, tree: Mapping[int, Department]) -> None:
    """Give the department and everything below it the paths that its parent asks for."""
    old = list(department.path)
    new = [*(department.parent.path if department.parent else []), department.pk]
    if new == old:
        return
    for node in tree.values():
        if department.pk in node.path:
            node.path = new + node.path[len(old) :]
            node.save(update_fields=["path"])


@contextmanager
def _unique(constraint: str, refusal: type[Refused]) -> Iterator[None]:
    try:
        with transaction.atomic():
            yield
    except IntegrityError as clash:
        if constraint in str(clash):
            raise refusal() from clash
        raise


@contextmanager
def _one_code(department: Department) -> Iterator[None]:
    """Say whose code it is when another department has it."""
    try:
        with transaction.atomic():
            yield
    except IntegrityError as clash:
        if "department_code_once" not in str(clash):
            raise
        other = Department.objects.filter(code__iexact=department.code).exclude(pk=department.pk).first()
        raise DepartmentCodeTaken(other.title if other else "") from clash
