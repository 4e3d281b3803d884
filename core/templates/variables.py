"""What stands behind the names of templates: of a card, as one person sees it, and of the company."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal, InvalidOperation
from typing import Any
from zoneinfo import ZoneInfo

from core.access.actor import Actor
from core.access.limits import hidden
from core.context import current_company
from core.custom_fields.mixin import Customizable
from core.custom_fields.queries import held_by_card
from core.custom_fields.rest.shown import card_fields
from core.entities.kinds import EntityKind, Variable
from core.entities.models import Entity
from core.formulas.values import key_of
from core.language.cases import key_of_phrase
from core.notifications.rules import address_of
from core.numbering.actions import company_day
from core.organization.models import Employee
from core.organization.people import people

from .approval import ROUTE_COLUMNS, ROUTE_LIST, route_lines
from .models import Wording
from .rules.values import LONGEST_VALUE, MOST_LINES, QR, SIGNATURE, STAMP, Sort

OWN_FIELDS = "поля"
COMMON = (
    Variable("компания", Sort.TEXT, "ООО «Ромашка»"),
    Variable("сегодня", Sort.DAY, "23.11.2026"),
    Variable("печатает", Sort.PERSON, "Иванов Иван Иванович"),
    Variable("вид", Sort.TEXT, "Договор"),
    Variable("номер", Sort.TEXT, "ДГ-15"),
    Variable("название", Sort.TEXT, "Договор аренды склада"),
    Variable("состояние", Sort.TEXT, "Зарегистрирован"),
    Variable("создано", Sort.DAY, "20.11.2026"),
    Variable("срок", Sort.DAY, "30.11.2026", "due_at"),
    Variable("автор", Sort.PERSON, "Петров Пётр Сергеевич"),
    Variable("ответственный", Sort.PERSON, "Соколова Мария Павловна"),
    Variable("ссылка", Sort.TEXT, "https://romashka.example/documents/15"),
    Variable(QR, Sort.PICTURE),
    Variable(STAMP, Sort.PICTURE),
    Variable(SIGNATURE, Sort.PICTURE),
)
_POST, _PLACE = "должность", "отдел"
# What comes with each person, and examples of it.
PERSON_WORDS = ((_POST, "главный бухгалтер"), (_PLACE, "Бухгалтерия"))
_WORDS = (Sort.TEXT.value, Sort.PERSON.value)
FIELD_SORTS = {"number": Sort.NUMBER, "money": Sort.MONEY, "date": Sort.DAY, "flag": Sort.FLAG, "person": Sort.PERSON}


@dataclass(frozen=True)
class Values:
    """Raw values by name, with the variables that they belong to."""

    variables: tuple[Variable, ...]
    values: Mapping[str, Any]
    lists: Mapping[str, tuple[tuple[Variable, ...], Sequence[Mapping[str, Any]]]]


def variables_of(kind: EntityKind) -> tuple[Variable, ...]:
    """Names that templates of a kind may print, own fields of the company aside."""
    declared = kind.prints.variables if kind.prints else ()
    named = {key_of(one.name) for one in declared}
    return (*declared, *(one for one in COMMON if key_of(one.name) not in named))


def lists_of(kind: EntityKind) -> dict[str, tuple[Variable, ...]]:
    """Lists that tables of templates repeat, each with its columns."""
    own = dict(kind.prints.lists) if kind.prints else {}
    return own | ({ROUTE_LIST: ROUTE_COLUMNS} if kind.routes is not None else {})


def scope_of_card(card: Entity, kind: EntityKind, by: Actor) -> dict[str, Any]:
    """Everything that templates may print of a card, as `by` sees it: a plain scope for `rules.values.scope_of`."""
    told = dict(_common(card, kind, by))
    if kind.prints:
        told |= {key_of(name): value for name, value in kind.prints.values(card).items()}
    shut = hidden(by.limits, kind.code)
    declared = variables_of(kind)
    shown = {one for one in declared if not one.field or one.field not in shut}
    values = {key_of(one.name): (one.sort, told.get(key_of(one.name)) if one in shown else None) for one in declared}
    values |= _own_fields(card, kind, by)
    return plain_scope(values, _lists(card, kind, shut))


def plain_scope(
    values: Mapping[str, tuple[Sort, Any]],
    lists: Mapping[str, tuple[tuple[Variable, ...], Sequence[Mapping[str, Any]]]] | None = None,
) -> dict[str, Any]:
    """A scope as it goes to another process: people by their names, words as they have been put right.

    A person is the principal's id; with each come «….должность» and «….отдел».
    """
    rows = {name: (columns, list(lines)[:MOST_LINES]) for name, (columns, lines) in (lists or {}).items()}
    named = _named([values, *(_typed(columns, line) for columns, lines in rows.values() for line in lines)])
    flat = _flat(values, named)
    told = {name: [_flat(_typed(columns, line), named) for line in lines] for name, (columns, lines) in rows.items()}
    tables = [flat, *(row for lines in told.values() for row in lines)]
    return {
        "values": flat,
        "lists": {
            name: {"columns": {column.name: column.sort.value for column in rows[name][0]}, "rows": lines}
            for name, lines in told.items()
        },
        "known": put_right(
            one["value"] for table in tables for one in table.values() if one["sort"] in _WORDS and one["value"]
        ),
        "today": str(company_day()),
    }


def put_right(phrases: Iterable[str]) -> dict[str, dict[str, str]]:
    """Forms of these phrases that people, or a service, have told: {case: {folded phrase: form}}."""
    keys = {key_of_phrase(phrase) for phrase in phrases if len(phrase) <= 300}
    known: dict[str, dict[str, str]] = {}
    for case, key, form in Wording.objects.filter(key__in=keys).values_list("case", "key", "form") if keys else ():
        known.setdefault(case, {})[key] = form
    return known


def _common(card: Entity, kind: EntityKind, by: Actor) -> dict[str, Any]:
    company = current_company()
    zone = ZoneInfo(company.time_zone)
    of_type = held_by_card(card).type if issubclass(kind.model, Customizable) else None
    return {
        "компания": company.name,
        "сегодня": company_day(),
        "печатает": by.principal_id,
        "вид": of_type.title if of_type else kind.title,
        "номер": card.number,
        "название": card.title,
        "состояние": kind.statuses.get(card.status, card.status),
        "создано": card.created_at.astimezone(zone).date(),
        "срок": card.due_at.astimezone(zone).date() if card.due_at else None,
        "автор": card.author_id,
        "ответственный": card.responsible_id,
        "ссылка": address_of(company, f"{kind.route}/{card.pk}"),
        QR: QR,
        STAMP: STAMP,
        SIGNATURE: SIGNATURE,
    }


def _lists(
    card: Entity, kind: EntityKind, shut: Collection[str]
) -> dict[str, tuple[tuple[Variable, ...], Sequence[Mapping[str, Any]]]]:
    """Rows of each list; none of one whose columns tell a field that is hidden from the reader."""
    told = dict(kind.prints.lines(card)) if kind.prints and kind.prints.lines else {}
    if kind.routes is not None:
        told[ROUTE_LIST] = route_lines(card)
    return {
        name: (columns, () if any(one.field in shut for one in columns if one.field) else told.get(name, ()))
        for name, columns in lists_of(kind).items()
    }


def _own_fields(card: Entity, kind: EntityKind, by: Actor) -> dict[str, tuple[Sort, Any]]:
    """Fields that the company has added, as far as the actor may see them."""
    if not issubclass(kind.model, Customizable):
        return {}
    found: dict[str, tuple[Sort, Any]] = {}
    for row in card_fields(card, kind, by)["results"]:
        sort = FIELD_SORTS.get(row["type"], Sort.TEXT)
        found[key_of(f"{OWN_FIELDS}.{row['title']}")] = (
            (Sort.TEXT if sort == Sort.PERSON else sort), _field_value(row["value"], sort),
        )  # fmt: skip
    return found


def _field_value(value: Any, sort: Sort) -> Any:
    """What a field's JSON means; of a person, a card and a file their names."""
    if value is None or value == "":
        return None
    if isinstance(value, Mapping):
        return value.get("full_name") or value.get("title") or value.get("name")
    if isinstance(value, list):
        return ", ".join(str(one) for one in value)
    try:
        if sort == Sort.DAY:
            return date.fromisoformat(str(value))
        if sort in (Sort.NUMBER, Sort.MONEY):
            return Decimal(str(value))
    except (ValueError, InvalidOperation):
        return None
    return value if isinstance(value, bool) else str(value)


def _typed(columns: tuple[Variable, ...], line: Mapping[str, Any]) -> dict[str, tuple[Sort, Any]]:
    told = {key_of(name): value for name, value in line.items()}
    return {key_of(column.name): (column.sort, told.get(key_of(column.name))) for column in columns}


def _named(tables: Iterable[Mapping[str, tuple[Sort, Any]]]) -> dict[int, dict[str, str]]:
    """Principals that values name, with their posts and departments, in two queries."""
    wanted = {value for table in tables for sort, value in table.values() if sort == Sort.PERSON and value}
    known = people(wanted)
    rows = Employee.objects.filter(principal__in=wanted).values_list(
        "principal_id", "position__title", "department__title"
    )
    held = {who: (post or "", place or "") for who, post, place in rows} if wanted else {}
    return {
        who: {"": told["full_name"], _POST: held.get(who, ("", ""))[0], _PLACE: held.get(who, ("", ""))[1]}
        for who, told in known.items()
    }


def _flat(values: Mapping[str, tuple[Sort, Any]], named: Mapping[int, Mapping[str, str]]) -> dict[str, Any]:
    flat: dict[str, Any] = {}
    for name, (sort, value) in values.items():
        if sort != Sort.PERSON:
            flat[name] = {"sort": sort.value, "value": _plain(value)}
            continue
        person = named.get(value, {})
        flat[name] = {"sort": sort.value, "value": person.get("") or None}
        for more in (_POST, _PLACE):
            flat[f"{name}.{more}"] = {"sort": Sort.TEXT.value, "value": person.get(more) or None}
    return flat


def _plain(value: Any) -> Any:
    if isinstance(value, datetime):
        return str(value.date())
    if isinstance(value, Decimal | date):
        return str(value)
    return value[:LONGEST_VALUE] if isinstance(value, str) else value
