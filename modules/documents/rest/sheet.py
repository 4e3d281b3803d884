"""Documents in files: what is written of each, and how documents are made of rows.

What is imported has been registered elsewhere: it gets a number of the company's own, and what stood beside it there is
its `outer_number`. A draft is written by a person, so none is made of a row.
"""

from collections.abc import Sequence
from datetime import date, datetime, time
from decimal import Decimal
from functools import partial
from typing import Any
from zoneinfo import ZoneInfo

from django.utils import timezone

from core import richtext
from core.access.actor import Actor
from core.context import current_company
from core.entities.bulk import NewCard
from core.entities.sheets import Cell, Column, Sheet
from core.numbering.actions import company_day, take_numbers
from core.statuses.queries import scheme_of
from core.statuses.rules import Scheme
from core.statuses.sheet import base_of, disagreement, status_in
from modules.documents.actions.cards import is_closed
from modules.documents.models import Document, Secrecy, Status
from modules.documents.permissions import CREATE
from modules.documents.queries import rows_asked, rules_of
from modules.documents.rules import NUMBERED, STATES

_NOON, _EVENING = time(12), time(18)


def _statuses() -> list[tuple[str, str]]:
    """What a document may be in a file; words of other programs after our own."""
    own = [(status.value, str(status.label)) for status in Status if status in NUMBERED]
    return [*own, (Status.IN_FORCE.value, "Действующий"), (Status.ARCHIVED.value, "Исполнен")]


def _status_word(code: str) -> str:
    return str(Status(code).label)


def _marks() -> list[tuple[str, str]]:
    return [(value, str(title)) for value, title in Secrecy.choices]


def _described(text: str) -> str:
    richtext.check(text)
    return richtext.kept(text, {})


def _past(day: date) -> date:
    if day > company_day():
        raise ValueError("Этот день ещё не наступил. Проверьте дату")
    if day.year < 1950:
        raise ValueError("Проверьте год")
    return day


def _term(day: date) -> date:
    if not 1950 <= day.year < 2200:
        raise ValueError("Проверьте год")
    return day


def _amount(value: Decimal) -> Decimal:
    if not 0 <= value < Decimal(10) ** 16:
        raise ValueError("Сумма не может быть отрицательной или такой большой")
    return value


def _refusals(values: dict[str, Any]) -> dict[str, str]:
    known = {status.value: str(status.label) for status in Status if status in NUMBERED}
    if wrong := disagreement(values, known):
        return wrong
    since, until = values.get("valid_from"), values.get("valid_until")
    if since and until and until < since:
        return {"valid_until": "Срок заканчивается раньше, чем начинается. Проверьте даты"}
    return {}


def _make(rows: Sequence[dict[str, Any]], by: Actor) -> list[NewCard]:
    scheme, rules = scheme_of(Document.KIND, ""), rules_of("")
    zone = ZoneInfo(current_company().time_zone)
    return [_card(row, scheme, is_closed(row.get("secrecy", Secrecy.OPEN), rules), zone, by) for row in rows]


def _card(row: dict[str, Any], scheme: Scheme, is_private: bool, zone: ZoneInfo, by: Actor) -> NewCard:
    status, day = (
        Status(row.get("status") or base_of(row) or Status.REGISTERED),
        row.get("registered_on", company_day()),
    )
    moment, entry = datetime.combine(day, _NOON, zone), scheme.entry(status)
    common = {
        "title": row["title"],
        "author": by.principal_id,
        "responsible": row.get("responsible", by.principal_id),
        "status": status,
        "own_status": status_in(row) or (entry.id if entry else None),
        "state": STATES[status],
        "due_at": row.get("due_at"),
        "starts_at": moment,
        "created_at": timezone.now(),
        "done_at": None if STATES[status] == "open" else moment,
        "is_private": is_private,
    }
    own = {
        name: row[name] for name in ("amount", "valid_from", "valid_until", "outer_date") if row.get(name) is not None
    }
    own |= {name: row.get(name, "") for name in ("content", "correspondent", "outer_number", "paper_place")}
    own |= {"secrecy": row.get("secrecy", ""), "registered_on": day, "registered_by": by.principal_id}
    return NewCard(common, own)


SHEET = Sheet(
    title="Документы",
    columns=(
        Column(
            "number", "Номер", Cell.LINE, "number", is_read=False, sought=True, longest=60,
            aliases=("№", "Рег. номер", "Регистрационный номер"),
        ),
        Column(
            "registered_on", "Дата регистрации", Cell.DAY, "registered_on", check=_past,
            aliases=("Дата", "Рег. дата", "Дата документа"), example="21.11.2026",
        ),
        Column(
            "title", "Заголовок", Cell.LINE, "title", required=True, sought=True,
            aliases=("Название", "Тема", "Краткое содержание", "Наименование", "Title"), example="Договор поставки",
        ),
        Column(
            "status", "Состояние", Cell.CHOICE, "status", choices=_statuses, show=_status_word,
            aliases=("Статус",), example="Зарегистрирован",
        ),
        Column("secrecy", "Пометка", Cell.CHOICE, "secrecy", choices=_marks, aliases=("Гриф",)),
        Column(
            "responsible", "Ответственный", Cell.PERSON, "responsible_id",
            aliases=("Исполнитель", "Ответственный исполнитель"),
        ),
        Column("author", "Автор", Cell.PERSON, "author_id", is_read=False),
        Column(
            "correspondent", "Корреспондент", Cell.LINE, "correspondent", longest=300,
            aliases=("Контрагент", "От кого", "Кому", "Отправитель", "Получатель"), example="ООО «Ромашка»",
        ),
        Column(
            "outer_number", "Номер корреспондента", Cell.LINE, "outer_number", longest=60,
            aliases=("Исходящий номер", "Прежний номер", "Номер у отправителя"),
        ),
        Column("outer_date", "Дата корреспондента", Cell.DAY, "outer_date", check=_term),
        Column(
            "amount", "Сумма", Cell.NUMBER, "amount", check=_amount,
            aliases=("Сумма договора", "Цена"), example="125000.00",
        ),
        Column(
            "valid_from", "Действует с", Cell.DAY, "valid_from", check=_term, aliases=("Начало действия",)
        ),
        Column(
            "valid_until", "Действует до", Cell.DAY, "valid_until", check=_term,
            aliases=("Окончание действия", "Срок действия"),
        ),
        Column(
            "due_at", "Срок", Cell.MOMENT, "due_at", day_time=_EVENING, aliases=("Срок исполнения", "Контрольный срок"),
        ),
        Column("paper_place", "Где лежит оригинал", Cell.LINE, "paper_place", longest=200),
        Column(
            "content", "Содержание", Cell.TEXT, "content", longest=richtext.LONGEST, show=richtext.plain_of,
            check=_described, aliases=("Текст", "Описание"),
        ),
    ),
    rows=rows_asked,
    create=CREATE,
    make=_make,
    numbers=partial(take_numbers, Document.KIND, Document.NUMBER_PREFIX),
    twins=("title", "number"),
    status=Status.REGISTERED,
    refusals=_refusals,
)  # fmt: skip
