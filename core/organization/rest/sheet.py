"""Employees in files: what is written of each, and how people come from rows.

They come as cards: tasks may be given to them and they stand in the structure at once. Nobody gets a way to sign in by
a file: that is what invitations are for.
"""

import re
from collections.abc import Mapping, Sequence
from functools import partial
from typing import Any

from django.db.models import QuerySet

from core.access.actor import Actor
from core.access.queries import visible
from core.entities.bulk import NewCard
from core.entities.kinds import EntityKind
from core.entities.sheets import OWN_NUMBER, Cell, Column, Sheet
from core.identity.models import Principal
from core.identity.names import FullName, read_email, read_full_name
from core.numbering.actions import take_numbers
from core.organization.models import Employee
from core.organization.permissions import INVITE
from core.organization.queries import departments_in_order, positions_in_order
from core.organization.rules import read_day_of_hiring, read_phone
from core.statuses.queries import scheme_of
from core.statuses.rules import OWN_STATUS
from core.statuses.sheet import base_of, status_in

_EMAIL = re.compile(r"[^@\s]+@[^@\s]+\.[a-zа-я]{2,}", re.IGNORECASE)
_PHONE = re.compile(r"(?:\+|8|7|9)[\d\s()\-]{9,18}")
_LONGEST_NAME = 200
_SHUT = "Из файла приходят те, кто работает. Выберите другой статус, а вход закройте в карточке"


def _rows(actor: Actor, kind: EntityKind, params: Mapping[str, str]) -> QuerySet[Employee]:
    return visible(actor, kind)


def _positions() -> list[tuple[int, str]]:
    return [(position.pk, position.title) for position in positions_in_order()]


def _departments() -> list[tuple[int, str]]:
    """Each by the whole way from the top, and by its own title for those who write that alone."""
    rows = departments_in_order()
    return [(row["id"], row["path"]) for row in rows] + [(row["id"], row["title"]) for row in rows]


def _statuses() -> list[tuple[str, str]]:
    return [(status.value, str(status.label)) for status in Employee.Status]


def _named(text: str) -> str:
    return str(read_full_name(text))


def _refusals(values: dict[str, Any]) -> dict[str, str]:
    if not values.get("full_name") and not values.get("last_name"):
        return {"full_name": "Укажите фамилию и имя"}
    if len(str(_name(values))) > _LONGEST_NAME:
        return {"full_name": "Слишком длинное имя"}
    if base_of(values) == Employee.Status.BLOCKED:
        return {OWN_STATUS: _SHUT}
    return {}


def _name(row: Mapping[str, Any]) -> FullName:
    if row.get("full_name"):
        return read_full_name(row["full_name"])
    return FullName(row["last_name"], row.get("first_name", ""), row.get("middle_name", ""))


def _make(rows: Sequence[dict[str, Any]], by: Actor) -> list[NewCard]:
    names = [_name(row) for row in rows]
    people = Principal.objects.bulk_create(Principal(kind=Principal.Kind.EMPLOYEE, name=str(name)) for name in names)
    bosses = Employee.objects.filter(principal__in={row["manager"] for row in rows if "manager" in row})
    cards = dict(bosses.values_list("principal_id", "pk"))
    entry = scheme_of(Employee.KIND, "").entry(Employee.Status.WORKS)
    begins = entry.id if entry else None
    return [_card(*made, cards, begins) for made in zip(rows, names, people, strict=True)]


def _card(
    row: Mapping[str, Any], name: FullName, person: Principal, cards: Mapping[int, int], begins: int | None
) -> NewCard:
    common = {
        "title": str(name),
        "author": person.pk,
        "responsible": person.pk,
        "status": Employee.Status.WORKS,
        "own_status": status_in(row) or begins,
    }
    own = {
        "principal": person.pk,
        "last_name": name.last,
        "first_name": name.first,
        "middle_name": name.middle,
        "work_email": row.get("email", ""),
        "phone": row.get("phone", ""),
        "department": row.get("department"),
        "position": row.get("position"),
        "manager": cards.get(row["manager"]) if "manager" in row else None,
        "hired_on": row.get("hired_on"),
    }
    return NewCard(common, own)


SHEET = Sheet(
    title="Сотрудники",
    columns=(
        Column(
            "number", "Табельный номер", Cell.LINE, "number", is_read=False, sought=True, unread=OWN_NUMBER,
            aliases=("Таб. №", "Таб. номер"),
        ),
        Column(
            "full_name", "ФИО", Cell.LINE, "title", sought=True, longest=_LONGEST_NAME, check=_named,
            aliases=("Сотрудник", "Полное имя", "Фамилия Имя Отчество", "Работник", "Ф.И.О.", "Full name"),
            example="Иванова Анна Сергеевна",
        ),
        Column("last_name", "Фамилия", Cell.LINE, longest=100, is_written=False, aliases=("Last name",)),
        Column("first_name", "Имя", Cell.LINE, longest=100, is_written=False, aliases=("First name",)),
        Column("middle_name", "Отчество", Cell.LINE, longest=100, is_written=False, aliases=("Второе имя",)),
        Column(
            "email", "Рабочая почта", Cell.LINE, "work_email", sought=True, longest=254, check=read_email,
            aliases=("E-mail", "Email", "Почта", "Электронная почта", "Эл. почта", "Адрес почты"),
            looks=lambda text: _EMAIL.fullmatch(text) is not None, example="anna@kompaniya.ru",
        ),
        Column(
            "phone", "Телефон", Cell.LINE, "phone", longest=40, check=read_phone,
            aliases=("Рабочий телефон", "Мобильный телефон", "Мобильный", "Тел.", "Phone"),
            looks=lambda text: _PHONE.fullmatch(text) is not None, example="+7 912 345-67-89",
        ),
        Column("position", "Должность", Cell.CHOICE, "position_id", choices=_positions, aliases=("Position",)),
        Column(
            "department", "Отдел", Cell.CHOICE, "department_id", choices=_departments,
            aliases=("Подразделение", "Департамент", "Department"),
        ),
        Column("manager", "Руководитель", Cell.PERSON, "manager__principal_id", aliases=("Начальник",)),
        Column(
            "hired_on", "Дата приёма", Cell.DAY, "hired_on", check=read_day_of_hiring,
            aliases=("Дата приема на работу", "Принят", "Дата найма"), example="01.02.2027",
        ),
        Column(
            "status", "Состояние", Cell.CHOICE, "status", choices=_statuses, is_read=False,
            unread="Загруженный сотрудник считается работающим. Увольняют и блокируют на его карточке",
        ),
    ),
    rows=_rows,
    create=INVITE,
    make=_make,
    numbers=partial(take_numbers, Employee.KIND, Employee.NUMBER_PREFIX),
    twins=("email", "full_name", "number"),
    sure_twins=("number", "email"),
    owned="principal",
    status=Employee.Status.WORKS,
    refusals=_refusals,
    is_recorded=True,
)  # fmt: skip
