"""What documents tell templates of: names that stand in a print, and in what a new document begins with."""

from collections.abc import Mapping, Sequence
from typing import Any
from zoneinfo import ZoneInfo

from core.access.actor import Actor
from core.acknowledgements.queries import last_round
from core.acknowledgements.queries import rows_of as readers_of
from core.context import current_company
from core.entities.kinds import Prints, Variable
from core.formulas.values import key_of
from core.language.sums import in_words
from core.numbering.actions import company_day
from core.richtext import is_formatted, plain_of
from core.templates.rules.text import fill_leniently, fill_markup, names_asked
from core.templates.rules.values import Sort, scope_of
from core.templates.variables import COMMON, plain_scope

from ..models import Document, DocumentTemplate, MinutesLine, Secrecy
from ..queries import living_lines

_PEOPLE = ("addressee", "signatory", "responsible")
VARIABLES = (
    Variable("контрагент", Sort.TEXT, "ООО «Ромашка»", "correspondent"),
    Variable("номер контрагента", Sort.TEXT, "118/2", "outer_number"),
    Variable("дата контрагента", Sort.DAY, "20.11.2026", "outer_date"),
    Variable("адресат", Sort.PERSON, "Петрова Анна Сергеевна"),
    Variable("подписант", Sort.PERSON, "Иванов Иван Иванович"),
    Variable("сумма", Sort.MONEY, "123 000,00", "amount"),
    Variable("сумма прописью", Sort.TEXT, "Сто двадцать три тысячи рублей 00 копеек", "amount"),
    Variable("действует с", Sort.DAY, "01.12.2026", "valid_from"),
    Variable("действует до", Sort.DAY, "30.11.2027", "valid_until"),
    Variable("дата регистрации", Sort.DAY, "23.11.2026"),
    Variable("дело", Sort.TEXT, "01-05 Переписка с заказчиками"),
    Variable("пометка", Sort.TEXT, "Конфиденциально"),
    Variable("текст", Sort.TEXT, "Просим сообщить сроки поставки", "content"),
)
LISTS = {
    "ознакомление": (
        Variable("сотрудник", Sort.PERSON, "Петров Пётр Сергеевич"),
        Variable("когда", Sort.TEXT, "23.11.2026 12:40"),
    ),
    "поручения": (
        Variable("текст", Sort.TEXT, "Подготовить смету", "content"),
        Variable("кому", Sort.PERSON, "Петров Пётр Сергеевич"),
        Variable("срок", Sort.TEXT, "25.11.2026"),
        Variable("номер задачи", Sort.TEXT, "З-118"),
    ),
    "решения": (Variable("текст", Sort.TEXT, "Перенести запуск на декабрь", "content"),),
    "идеи": (Variable("текст", Sort.TEXT, "Завести общий склад запчастей", "content"),),
    "резолюции": (
        Variable("автор", Sort.PERSON, "Иванов Иван Иванович"),
        Variable("текст", Sort.TEXT, "Подготовить ответ"),
        Variable("когда", Sort.TEXT, "23.11.2026 12:40"),
    ),
}


def beginning_of(template: DocumentTemplate, given: Mapping[str, Any], *, by: Actor) -> dict[str, Any]:
    """Title, words and type of a document that is made from a template; `given` is what has been typed already.

    A name that nobody knows, and one without a value, leaves a line to write on: whoever has begun goes on typing.
    """
    known = _of_given(given, by)
    sorts = {key_of(one.name): one.sort for one in (*COMMON, *VARIABLES)}
    scope = scope_of(plain_scope({name: (sort, known.get(name)) for name, sort in sorts.items()}))
    content = template.content
    return {
        "title": " ".join(fill_leniently(template.subject, scope).split())[:500],
        "content": fill_markup(content, scope) if is_formatted(content) else fill_leniently(content, scope),
        "card_type": template.card_type,
    }


def unknown_names(text: str) -> list[str]:
    """Names in a text that stand for nothing, in their order; a mark that cannot be read, as written."""
    people = [one.name for one in (*COMMON, *VARIABLES) if one.sort == Sort.PERSON]
    known = {key_of(one.name) for one in (*COMMON, *VARIABLES)}
    known |= {f"{key_of(name)}.{word}" for name in people for word in ("должность", "отдел")}
    return [name for name in names_asked(text) if name not in known]


def _of_given(given: Mapping[str, Any], by: Actor) -> dict[str, Any]:
    amount = given.get("amount")
    named = dict(zip(("адресат", "подписант", "ответственный"), (given.get(name) for name in _PEOPLE), strict=True))
    return named | {
        "автор": by.principal_id,
        "печатает": by.principal_id,
        "контрагент": given.get("correspondent", ""),
        "номер контрагента": given.get("outer_number", ""),
        "дата контрагента": given.get("outer_date"),
        "сумма": amount,
        "сумма прописью": in_words(amount, "RUB") if amount is not None else "",
        "действует с": given.get("valid_from"),
        "действует до": given.get("valid_until"),
        "сегодня": company_day(),
        "компания": current_company().name,
    }


def _of_card(document: Document) -> dict[str, Any]:
    amount = document.amount
    return {
        "контрагент": document.correspondent,
        "номер контрагента": document.outer_number,
        "дата контрагента": document.outer_date,
        "адресат": document.addressee_id,
        "подписант": document.signatory_id,
        "сумма": amount,
        "сумма прописью": in_words(amount, "RUB") if amount is not None else None,
        "действует с": document.valid_from,
        "действует до": document.valid_until,
        "дата регистрации": document.registered_on,
        "дело": str(document.case_file) if document.case_file else None,
        "пометка": str(Secrecy(document.secrecy).label) if document.secrecy else None,
        "текст": plain_of(document.content),
    }


def _lines(document: Document) -> Mapping[str, Sequence[Mapping[str, Any]]]:
    readers = readers_of(document.pk).filter(round=last_round(document.pk)).order_by("pk")
    return _of_minutes(document) | {
        "ознакомление": [{"сотрудник": row.principal_id, "когда": _moment(row.done_at)} for row in readers],
        "резолюции": [
            {"автор": row.author_id, "текст": row.text, "когда": _moment(row.given_at)}
            for row in document.resolutions.order_by("pk")
        ],
    }


def _of_minutes(document: Document) -> dict[str, list[Mapping[str, Any]]]:
    rows = list(living_lines(document).select_related("task"))
    of_sort = {sort: [row for row in rows if row.sort == sort] for sort in MinutesLine.Sort}
    return {
        "поручения": [
            {
                "текст": row.text,
                "кому": row.assignee_id,
                "срок": _day(row.due_at),
                "номер задачи": row.task.number if row.task else "",
            }
            for row in of_sort[MinutesLine.Sort.TASK]
        ],
        "решения": [{"текст": row.text} for row in of_sort[MinutesLine.Sort.DECISION]],
        "идеи": [{"текст": row.text} for row in of_sort[MinutesLine.Sort.IDEA]],
    }


def _day(at: Any) -> str:
    return f"{at.astimezone(ZoneInfo(current_company().time_zone)):%d.%m.%Y}" if at else ""


def _moment(at: Any) -> str:
    return f"{at.astimezone(ZoneInfo(current_company().time_zone)):%d.%m.%Y %H:%M}" if at else ""


def _signer(document: Document) -> int | None:
    return document.signatory_id


PRINTS = Prints(variables=VARIABLES, values=_of_card, lists=LISTS, lines=_lines, signer=_signer)
