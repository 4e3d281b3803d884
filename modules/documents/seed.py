"""The ready types of a new company, and the documents of the demo company."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

from django.db.models import F
from django.utils import timezone

from core.access.actions import OWNER
from core.access.actor import Actor
from core.access.loading import system_actor
from core.custom_fields.models import CardType, Field
from core.numbering.actions import company_day
from core.numbering.models import NumberMask
from core.outbox.queries import wake
from core.registry import registry
from core.routes.actions.deciding import decide_step
from core.routes.actions.lists import change_list
from core.routes.contents import FILES, content_of, hash_of
from core.routes.keeping import TICK
from core.routes.models import ApprovalList, Passing, Route, RouteVersion, Run, Step
from core.routes.queries import waiting_steps
from core.routes.reading import kept_scheme
from core.routes.rules import Verdict
from core.routes.schemes import By, Escalation, Performer, Rule, Scheme, Stage, StageKind
from core.templates.actions.templates import seed_template

from .actions import create_document, do_deed, register_document
from .actions.minutes import add_line, next_minutes
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
    has_lines: bool = False
    needs_route: bool = False


READY = (
    ReadyType("incoming", "Входящее письмо", "ВХ", Direction.INCOMING, "letter_in", answer_days=10),
    ReadyType("outgoing", "Исходящее письмо", "ИСХ", Direction.OUTGOING, "letter_out"),
    ReadyType("internal", "Внутренний документ", "ВН", Direction.INTERNAL, "internal", author_registers=True),
    ReadyType("contract", "Договор", "ДГ", Direction.CONTRACT, "contract"),
    ReadyType("order", "Приказ", "П", Direction.INTERNAL, "order"),
    ReadyType("memo", "Служебная записка", "СЗ", Direction.INTERNAL, "memo", author_registers=True, answer_days=5),
    ReadyType(
        "minutes",
        "Протокол",
        "ПР",
        Direction.INTERNAL,
        "minutes",
        author_registers=True,
        has_lines=True,
        needs_route=True,
    ),
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
    """Ready types with their fields, rules, signs in numbers, templates and routes, where the company has none yet: it
    may rename all of them and put them away, so a second run adds nothing."""
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
            has_lines=one.has_lines,
            needs_route=one.needs_route,
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
    _seed_routes()
    _seed_prints()


# The company fills these lists with its people; until then whoever owns it is asked.
LAWYERS, ACCOUNTANTS = "Юристы", "Бухгалтерия"
_DIRECTOR = (Performer(By.ROLE, code=OWNER),)
_HEAD = (Performer(By.HEAD),)
# What those who look after the money mind.
_MONEY = frozenset({"amount", "correspondent", "valid_from", "valid_until", "text", FILES})


def _asks(code: str, title: str, *performers: Performer, **more: Any) -> Stage:
    """A stage in which one of those who are named decides within two working days; his manager hears of it if not."""
    terms: dict[str, Any] = {"hours": 16, "remind": 4, "escalation": Escalation.TELL}
    return Stage(code, title, performers=performers, rule=Rule.ANY, **terms | more)


def _ready_routes(lists: Mapping[str, int]) -> tuple[tuple[str, str, tuple[Stage, ...]], ...]:
    """(type, title, stages): nobody is named in them; heads, roles, lists and the people of the card are."""
    lawyers, accountants = (Performer(By.LIST, lists[title]) for title in (LAWYERS, ACCOUNTANTS))
    director = _asks("director", "Директор", *_DIRECTOR, hours=8)
    legal, head = _asks("legal", "Юрист", lawyers), _asks("head", "Руководитель отдела", *_HEAD, hours=8)
    after_head, after_legal = (replace(director, after=(code,)) for code in ("head", "legal"))
    addressee, signatory = (Performer(By.FIELD, code=code) for code in ("addressee", "signatory"))
    return (
        ("incoming", "Резолюция директора", (
            _asks("resolution", "Резолюция", addressee, kind=StageKind.WORK, hours=8),
        )),
        ("outgoing", "Исходящее: руководитель и подписант", (
            head, _asks("sign", "Подписант", signatory, after=("head",)),
        )),
        ("internal", "Внутренний документ: руководитель", (head,)),
        ("contract", "Договор: юрист и бухгалтерия, крупный — директор", (
            legal,
            _asks("finance", "Бухгалтерия", accountants, cares=_MONEY),
            replace(director, after=("legal", "finance"), condition="[Сумма] > 300000"),
        )),
        ("order", "Приказ: руководитель и директор", (head, after_head)),
        ("memo", "Служебная записка: адресат", (_asks("addressee", "Адресат", addressee),)),
        ("minutes", "Протокол: директор", (director,)),
        ("act", "Акт: бухгалтерия", (_asks("finance", "Бухгалтерия", accountants),)),
        ("power_of_attorney", "Доверенность: юрист и директор", (legal, after_legal)),
    )  # fmt: skip


def _seed_routes() -> None:
    """A ready route for each ready type, and one for all of them whose people the sender picks."""
    by, kind = system_actor().principal_id, Document.KIND
    made = ApprovalList.objects.bulk_create(ApprovalList(kind=kind, title=title) for title in (LAWYERS, ACCOUNTANTS))
    drawn = _ready_routes({row.title: row.pk for row in made})
    picked = Stage("picked", "Согласование", performers=(Performer(By.PICKED),), hours=16, remind=4)
    routes = [Route(kind=kind, card_type=of, title=title) for of, title, _ in drawn]
    routes.append(Route(kind=kind, title="Согласующих выбирает отправитель", by_hand=True))
    for place, route in enumerate(routes, start=1):
        route.place = place
    schemes = [*(stages for *_, stages in drawn), (picked,)]
    RouteVersion.objects.bulk_create(
        RouteVersion(route=route, number=1, scheme=kept_scheme(Scheme(stages)), author_id=by, published_by_id=by)
        for route, stages in zip(Route.objects.bulk_create(routes), schemes, strict=True)
    )


def _seed_prints() -> None:
    for one in READY:
        page = (_PAGES / f"{one.page}.html").read_text(encoding="utf-8")
        seed_template(Document.KIND, one.code, one.title, page)


DIRECTOR, PETROV, SOKOLOVA = 0, 1, 2


def demo(people: Sequence[Actor]) -> None:
    """A few documents of each direction, one of them with a resolution, one that soon ends, some on their way."""
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
    _demo_on_their_way(director, petrov, sokolova)


def _demo_on_their_way(director: Actor, petrov: Actor, sokolova: Actor) -> None:
    """A contract that the accountant keeps too long, a memo that waits, one that was returned, an order just sent."""
    for title, who in ((LAWYERS, sokolova), (ACCOUNTANTS, petrov)):
        row = ApprovalList.objects.get(kind=Document.KIND, title=title)
        change_list(row, version=None, people=[who.principal_id], by=director)
    contract = _sent(
        "Договор поставки насосов", director, card_type="contract", correspondent="ООО «Гидромаш»",
        amount=Decimal("850000.00"), content="Поставщик передаёт покупателю двенадцать насосов.",
    )  # fmt: skip
    _decided(contract, sokolova, Verdict.REMARKS, "Проверьте срок поставки в пункте 3")
    _as_if_sent(contract, timedelta(days=5))
    to_director = {"card_type": "memo", "addressee": director.principal_id}
    _as_if_sent(
        _sent("О замене компрессора", petrov, **to_director, content="Прошу заменить компрессор во втором цехе."),
        timedelta(days=6),
    )
    returned = _sent("Об обучении сварщиков", sokolova, **to_director, content="Прошу направить двоих на обучение.")
    _decided(returned, director, Verdict.RETURN, "Приложите расчёт стоимости")
    _sent("О назначении ответственного за склад", sokolova, card_type="order", content="Назначить ответственного.")
    _demo_minutes(director, petrov, sokolova)


def _demo_minutes(director: Actor, petrov: Actor, sokolova: Actor) -> None:
    """Minutes whose assignments have started, and those of the next meeting, half written."""
    soon = timezone.now() + timedelta(days=4)
    held = create_document(
        title="Планёрка по отгрузкам", card_type="minutes", signatory=director.principal_id, by=sokolova
    )
    spoken = (
        ("task", "Сверить остатки насосов на складе", petrov, soon),
        ("task", "Подготовить график отгрузок на декабрь", sokolova, soon + timedelta(days=3)),
        ("task", "Запросить у «Гидромаша» срок поставки", petrov, None),
        ("decision", "Отгрузки по пятницам — до 16:00", None, None),
        ("decision", "Паллеты возвращают в день отгрузки", None, None),
        ("idea", "Завести общий журнал простоев", None, None),
    )
    for sort, text, who, due_at in spoken:
        told = {"sort": sort, "text": text, "assignee_id": who.principal_id if who else None, "due_at": due_at}
        add_line(held, fields=told, by=sokolova)
    do_deed(held, "send", by=sokolova)
    _decided(held, director, Verdict.APPROVE, "")
    register_document(Document.objects.get(pk=held.pk), by=sokolova)
    following = next_minutes(Document.objects.get(pk=held.pk), by=director)
    add_line(following, fields={"text": "Заказать паллеты", "assignee_id": petrov.principal_id}, by=director)
    add_line(following, fields={"sort": "idea", "text": "Взвешивать машины на выезде"}, by=director)


def _sent(title: str, by: Actor, **more: Any) -> Document:
    return do_deed(create_document(title=title, by=by, **more), "send", by=by)


def _decided(document: Document, by: Actor, verdict: Verdict, words: str) -> None:
    step = waiting_steps(by).get(passing__run__entity=document.pk)
    seen = hash_of(content_of(document, registry.kind_of(Document.KIND)))
    decide_step(step, verdict=verdict, comment=words, seen=seen, by=by)


def _as_if_sent(document: Document, ago: timedelta) -> None:
    """Move what has happened to a document on its route into the past: what waits there is late."""
    Run.objects.filter(entity=document.pk).update(started_at=F("started_at") - ago)
    passings = Passing.objects.filter(run__entity=document.pk)
    moments = ("opened_at", "due_at", "remind_at", "escalate_at", "next_at")
    Step.objects.filter(passing__in=passings).update(opened_at=F("opened_at") - ago)
    passings.update(**{name: F(name) - ago for name in moments})
    wake(TICK, timezone.now())


def _registered(title: str, by: Actor, **more: Any) -> Document:
    document = create_document(title=title, by=by, **more)
    return register_document(document, by=by)
