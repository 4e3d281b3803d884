"""The ready types of a new company, and the documents of the demo company."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

from core.access.actor import Actor
from core.custom_fields.models import CardType, Field
from core.numbering.actions import company_day
from core.numbering.models import NumberMask
from core.templates.actions.templates import seed_template

from .actions import create_document, do_deed, register_document
from .actions.nomenclature import make_case_file, put_into_file
from .actions.resolutions import Line, give_resolution
from .models import Document, DocumentTemplate, TypeRules

Direction = TypeRules.Direction
_MASK = "{ТИП}-{#}"
_OWN_SIGN = "Д"
_PAGES = Path(__file__).resolve().parent / "templates"


@dataclass(frozen=True)
class ReadyType:
    """A type that a company begins with; `sign` stands in its numbers, `page` is its ready print in `templates/`."""

    code: str
    title: str
    sign: str
    direction: str
    page: str
    author_registers: bool = False
    answer_days: int = 0


READY = (
    ReadyType("incoming", "Входящее письмо", "ВХ", Direction.INCOMING, "letter_in", answer_days=10),
    ReadyType("outgoing", "Исходящее письмо", "ИСХ", Direction.OUTGOING, "letter_out"),
    ReadyType("internal", "Внутренний документ", "ВН", Direction.INTERNAL, "internal", author_registers=True),
    ReadyType("contract", "Договор", "ДГ", Direction.CONTRACT, "contract"),
    ReadyType("order", "Приказ", "П", Direction.INTERNAL, "order"),
    ReadyType("memo", "Служебная записка", "СЗ", Direction.INTERNAL, "memo", author_registers=True, answer_days=5),
    ReadyType("minutes", "Протокол", "ПР", Direction.INTERNAL, "minutes", author_registers=True),
    ReadyType("act", "Акт", "АКТ", Direction.CONTRACT, "act", author_registers=True),
    ReadyType("power_of_attorney", "Доверенность", "ДВ", Direction.INTERNAL, "power"),
)
# Code, title, type of the field, settings, types of cards that have it.
_TEXT: dict[str, Any] = {"multiline": False}
_LONG: dict[str, Any] = {"multiline": True}
_FIELDS: tuple[tuple[str, str, str, dict[str, Any], tuple[str, ...]], ...] = (
    ("delivery", "Способ доставки", "text", _TEXT, ("incoming", "outgoing")),
    ("sheets", "Листов и приложений", "text", _TEXT, ("incoming", "outgoing")),
    ("in_reply_to", "В ответ на", "card", {"kinds": [Document.KIND]}, ("incoming", "outgoing")),
    ("contract_subject", "Предмет договора", "text", _LONG, ("contract",)),
    ("prolongation", "Продлевается сам", "flag", {}, ("contract",)),
    ("basis", "Основание документа", "text", _TEXT, ("order", "power_of_attorney", "act")),
    ("meeting_place", "Где проходило", "text", _TEXT, ("minutes",)),
    ("agenda", "Повестка", "text", _LONG, ("minutes",)),
    ("to_contract", "К договору", "card", {"kinds": [Document.KIND]}, ("act",)),
    ("powers", "Полномочия", "text", _LONG, ("power_of_attorney",)),
)
_TEMPLATES = (
    ("Служебная записка", "memo", "Служебная записка о ", "Прошу рассмотреть вопрос о …\n\n{{ автор }}, {{ сегодня }}"),
    ("Приказ по основной деятельности", "order", "О ", "В целях … приказываю:\n\n1. …\n\n2. Контроль за исполнением …"),
    (
        "Договор оказания услуг", "contract", "Договор с {{ контрагент }}",
        "{{ компания }} и {{ контрагент }} заключили договор.\n\nЦена договора: {{ сумма }} ({{ сумма прописью }}).\n\n"
        "Договор действует с {{ действует с }} до {{ действует до }}.",
    ),
    (
        "Ответ на обращение", "outgoing", "Ответ {{ контрагент }}",
        "На ваше № {{ номер контрагента }} от {{ дата контрагента }}.",
    ),
)  # fmt: skip


def seed() -> None:
    """Ready types with their fields, rules, signs in numbers and templates, where the company has none yet: it may
    rename all of them and put them away, so a second run adds nothing."""
    if CardType.objects.filter(kind=Document.KIND).exists() or TypeRules.objects.exists():
        return
    CardType.objects.bulk_create(
        CardType(kind=Document.KIND, code=one.code, title=one.title, place=place)
        for place, one in enumerate(READY, start=1)
    )
    TypeRules.objects.bulk_create(
        TypeRules(
            code=one.code,
            direction=one.direction,
            author_registers=one.author_registers,
            answer_days=one.answer_days,
        )
        for one in READY
    )
    Field.objects.bulk_create(
        Field(kind=Document.KIND, code=code, title=title, type=of, place=place, settings=kept, card_types=list(types))
        for place, (code, title, of, kept, types) in enumerate(_FIELDS, start=1)
    )
    signs = {one.code: one.sign for one in READY} | {"": _OWN_SIGN}
    NumberMask.objects.get_or_create(kind=Document.KIND, defaults={"mask": _MASK, "types": signs, "per_type": True})
    DocumentTemplate.objects.bulk_create(
        DocumentTemplate(title=title, card_type=of, subject=subject, content=content)
        for title, of, subject, content in _TEMPLATES
    )
    _seed_prints()


def _seed_prints() -> None:
    for one in READY:
        page = (_PAGES / f"{one.page}.html").read_text(encoding="utf-8")
        seed_template(Document.KIND, one.code, one.title, page)


DIRECTOR, PETROV, SOKOLOVA = 0, 1, 2


def demo(people: Sequence[Actor]) -> None:
    """A few documents of each direction, one of them with a resolution, one that soon ends."""
    director, petrov, sokolova, today = people[DIRECTOR], people[PETROV], people[SOKOLOVA], company_day()
    letters = make_case_file(
        given={
            "index": "01-05",
            "title": "Переписка с заказчиками",
            "year": today.year,
            "years": 5,
            "article": "ст. 70",
        },
        by=director,
    )
    make_case_file(
        given={"index": "01-01", "title": "Приказы по основной деятельности", "year": today.year}, by=director
    )
    letter = _registered(
        "Запрос о сроках поставки насосов", director, card_type="incoming", correspondent="ООО «Северный ветер»",
        outer_number="118/2", outer_date=today - timedelta(days=3), addressee=director.principal_id,
        content="Просим сообщить сроки поставки по заказу № 214.",
    )  # fmt: skip
    put_into_file(letter, case_file=letters, by=director)
    give_resolution(
        letter, text="Подготовить ответ", lines=[Line("Ответить «Северному ветру» о сроках", petrov.principal_id)],
        by=director,
    )  # fmt: skip
    contract = _registered(
        "Договор аренды склада", director, card_type="contract", correspondent="АО «Балтика-Сервис»",
        amount=Decimal("1260000.00"), valid_from=today - timedelta(days=340), valid_until=today + timedelta(days=25),
        responsible=sokolova.principal_id,
    )  # fmt: skip
    do_deed(contract, "enact", by=director)
    order = _registered(
        "О графике работы в декабре", director, card_type="order", content="Установить график работы по приложению.",
        watchers=[petrov.principal_id, sokolova.principal_id],
    )  # fmt: skip
    do_deed(order, "enact", by=director)
    memo = create_document(
        title="О закупке измерительного инструмента", card_type="memo", addressee=director.principal_id,
        content="Прошу согласовать закупку двух толщиномеров.", by=petrov,
    )  # fmt: skip
    register_document(memo, by=petrov)
    waiting = create_document(
        title="Ответ «Техмашу» по рекламации", card_type="outgoing", correspondent="АО «Техмаш»", by=sokolova
    )
    do_deed(waiting, "submit", by=sokolova)
    create_document(title="Проект приказа о премировании", card_type="order", by=director)


def _registered(title: str, by: Actor, **more: Any) -> Document:
    document = create_document(title=title, by=by, **more)
    return register_document(document, by=by)
