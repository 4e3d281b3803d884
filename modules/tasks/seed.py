"""The tasks of the demo company: what a manager sees in his first minute."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, time, timedelta
from decimal import Decimal
from functools import partial
from typing import Any
from zoneinfo import ZoneInfo

from django.utils import timezone

from core.access.actor import Actor
from core.access.loading import system_actor
from core.acknowledgements.actions import ask_to_read, confirm_reading
from core.checklists.actions import add_points, tick
from core.checklists.rules import Shown
from core.comments.models import Comment
from core.context import current_company
from core.entities.bulk import NewCard, write_cards
from core.entities.models import Entity, Participant, Ref
from core.events.bus import Change, Event, recall
from core.links.actions import link
from core.numbering.actions import take_numbers
from core.recurrence.actions import set_plan
from core.recurrence.models import Recurrence
from core.recurrence.rules import DayOff, Every, Plan
from core.registry import registry
from core.saved_views.actions import make_view
from core.saved_views.models import SavedView
from core.tags.actions import tag_cards

from .actions.templates import create_template
from .events import MOVES, TaskCreated
from .models import Status, Task, TaskTemplate
from .rules import ASSIGNEE, BY_CODE, OPEN, STATES

_numbers = partial(take_numbers, Task.KIND, Task.NUMBER_PREFIX)
# Places of people in the demo company.
DIRECTOR, PETROV, SOKOLOVA, ZAYTSEV, GROMOV, BELOVA, KUZMIN, FEDOROVA, ORLOVA, TIKHONOV = range(10)

TAKEN = ("accept",)
WORKED = ("accept", "start")
HANDED_IN = ("accept", "start", "submit")
SENT_BACK = ("accept", "start", "submit", "return")
FINISHED = ("accept", "start", "submit", "close")
REDONE = ("accept", "start", "submit", "return", "start", "submit", "close")
DROPPED = ("cancel",)

IMPORTANT, URGENT = Entity.Priority.IMPORTANT, Entity.Priority.URGENT


@dataclass(frozen=True)
class DemoTask:
    """One task. `due` is in days from today with `hour`, `given` in days ago; `said` are (who, text, days ago).

    `estimate` is in minutes, `under` the title of the task that it is a part of.
    """

    title: str
    initiator: int
    assignee: int
    due: int | None = None
    deeds: tuple[str, ...] = ()
    given: float = 3
    hour: int = 18
    description: str = ""
    watchers: tuple[int, ...] = ()
    returned: str = ""
    said: tuple[tuple[int, str, float], ...] = ()
    tags: tuple[str, ...] = ()
    priority: int = Entity.Priority.NORMAL
    estimate: int | None = None
    under: str = ""


@dataclass(frozen=True)
class DemoTools:
    """What hangs on a task: points of its list with how many are ticked, who reads it and who of them has done so."""

    title: str
    points: tuple[Mapping[str, Any], ...] = ()
    ticked: tuple[Shown, ...] = ()
    readers: tuple[int, ...] = ()
    have_read: tuple[int, ...] = ()
    depends_on: str = ""


DEMO = (
    DemoTask("Подготовить коммерческое предложение для ООО «Северный ветер»", SOKOLOVA, PETROV, 0, WORKED, 2,
             description="Нужны два варианта: с монтажом и без. Скидку больше 7 % согласуйте со мной.",
             watchers=(DIRECTOR,), said=((PETROV, "Первый вариант готов, считаю монтаж.", 0.3),
                                         (SOKOLOVA, "Хорошо. Проверьте сроки поставки двигателей.", 0.2)),
             tags=("Продажи", "Клиент"), priority=IMPORTANT, estimate=240),
    DemoTask("Перезвонить в «Техмаш» по рекламации", SOKOLOVA, PETROV, -1, TAKEN, 4, 12,
             description="Жалуются на шум редуктора в партии 118.",
             said=((PETROV, "Звонил дважды, секретарь обещает соединить завтра.", 1.1),),
             tags=("Рекламация", "Клиент"), priority=URGENT),
    DemoTask("Отправить договор на подпись в «Балтика-Сервис»", SOKOLOVA, PETROV, 1, (), 0.3,
             tags=("Клиент",)),
    DemoTask("Обновить прайс-лист на декабрь", SOKOLOVA, PETROV, 3, (), 0.2,
             description="Учесть рост цен на сталь, таблица у Елены Николаевны.",
             tags=("Продажи",), estimate=120),
    DemoTask("Составить список гостей на день открытых дверей", DIRECTOR, PETROV, 5, WORKED, 6, watchers=(SOKOLOVA,)),
    DemoTask("Подготовить отчёт о продажах за квартал", DIRECTOR, SOKOLOVA, 0, HANDED_IN, 7, 17,
             description="По менеджерам и по группам изделий, с планом на следующий квартал.",
             said=((SOKOLOVA, "Отчёт готов, выводы на последней странице.", 0.4),)),
    DemoTask("Согласовать условия с новым дистрибьютором", DIRECTOR, SOKOLOVA, 2, WORKED, 5, watchers=(FEDOROVA,)),
    DemoTask("Разобрать причины трёх потерянных сделок", DIRECTOR, SOKOLOVA, -2, WORKED, 9),
    DemoTask("Провести обучение по новой линейке насосов", SOKOLOVA, ZAYTSEV, 4, TAKEN, 3),
    DemoTask("Собрать отзывы клиентов после монтажа", SOKOLOVA, ZAYTSEV, 8, WORKED, 6,
             said=((ZAYTSEV, "Ответили семеро из двенадцати.", 0.8),)),
    DemoTask("Ответить на претензию ИП Рыбакова", SOKOLOVA, ZAYTSEV, -3, SENT_BACK, 8, 15,
             returned="Приложите акт осмотра и предложите срок замены.",
             said=((ZAYTSEV, "Черновик письма во вложении к делу, прошу проверить.", 2.0),),
             tags=("Рекламация", "Клиент"), priority=URGENT),
    DemoTask("Запустить в работу заказ № 214", DIRECTOR, GROMOV, 0, TAKEN, 1, 10,
             description="Срок отгрузки переносить нельзя: у заказчика пуск в следующий вторник.",
             watchers=(SOKOLOVA, BELOVA),
             tags=("Заказ № 214",), priority=IMPORTANT),
    DemoTask("Подготовить график ремонта станков на зиму", DIRECTOR, GROMOV, 6, WORKED, 5),
    DemoTask("Снизить брак на участке покраски", DIRECTOR, GROMOV, 20, WORKED, 15,
             description="Цель — не больше 1,5 %. Раз в неделю короткий итог в комментариях.",
             said=((GROMOV, "За неделю 2,8 %. Меняем режим сушки.", 7.0), (GROMOV, "Уже 2,1 %.", 1.0)),
             tags=("Качество",), priority=IMPORTANT),
    DemoTask("Проверить запас подшипников к заказу № 214", GROMOV, KUZMIN, 0, (), 0.4, 14,
             tags=("Заказ № 214",), estimate=60, under="Запустить в работу заказ № 214"),
    DemoTask("Обновить технологическую карту корпуса К-40", GROMOV, BELOVA, 1, HANDED_IN, 6,
             said=((BELOVA, "Карта обновлена, добавила операцию контроля.", 0.5),),
             tags=("Заказ № 214",), estimate=480, under="Запустить в работу заказ № 214"),
    DemoTask("Рассчитать нормы расхода краски", GROMOV, BELOVA, 7, WORKED, 4,
             estimate=960, under="Снизить брак на участке покраски"),
    DemoTask("Описать порядок приёмки сварных швов", GROMOV, BELOVA, -4, WORKED, 12,
             tags=("Качество",), under="Снизить брак на участке покраски"),
    DemoTask("Провести инструктаж по охране труда", GROMOV, KUZMIN, 2, TAKEN, 2, 9,
             tags=("Охрана труда",)),
    DemoTask("Заменить освещение в цехе сборки", GROMOV, KUZMIN, 12, WORKED, 8,
             said=((KUZMIN, "Светильники привезли, ставим по одной линии за вечер.", 1.5),)),
    DemoTask("Найти второго поставщика крепежа", DIRECTOR, GROMOV, 9, (), 0.5),
    DemoTask("Сверить расчёты с «Энергией» за ноябрь", FEDOROVA, ORLOVA, 1, WORKED, 3, watchers=(PETROV,),
             estimate=240, tags=("Отчётность",)),
    DemoTask("Подготовить платёжный календарь на неделю", FEDOROVA, ORLOVA, 0, HANDED_IN, 2, 12,
             estimate=180),
    DemoTask("Закрыть авансовые отчёты по командировкам", FEDOROVA, ORLOVA, -1, TAKEN, 6, 18,
             said=((ORLOVA, "Жду билеты от Зайцева.", 1.0),)),
    DemoTask("Подать уведомление об исчисленных налогах", DIRECTOR, FEDOROVA, 3, WORKED, 5,
             tags=("Отчётность",), priority=IMPORTANT),
    DemoTask("Рассчитать премии за квартал", DIRECTOR, FEDOROVA, 5, TAKEN, 2,
             description="Положение о премиях прежнее."),
    DemoTask("Настроить резервное копирование сервера", DIRECTOR, TIKHONOV, 0, HANDED_IN, 10, 19,
             said=((TIKHONOV, "Копии уходят каждую ночь, восстановление проверил на запасном сервере.", 0.3),)),
    DemoTask("Подобрать ноутбук для нового технолога", GROMOV, TIKHONOV, 4, WORKED, 3),
    DemoTask("Продлить сертификат подписи директора", FEDOROVA, TIKHONOV, 2, (), 0.6),
    DemoTask("Просмотреть план закупок на декабрь", FEDOROVA, DIRECTOR, 0, (), 0.5, 16,
             description="Превышение бюджета на 4 %, нужна ваша подпись."),
    DemoTask("Утвердить штатное расписание", FEDOROVA, DIRECTOR, 3, TAKEN, 2),
    DemoTask("Встретиться с представителем банка", DIRECTOR, DIRECTOR, 1, (), 1, 11),
    DemoTask("Подготовить речь к дню завода", DIRECTOR, DIRECTOR, 10, ("start",), 4),
    DemoTask("Отгрузить заказ № 209", DIRECTOR, GROMOV, -6, FINISHED, 14),
    DemoTask("Провести аттестацию сварщиков", GROMOV, KUZMIN, -8, FINISHED, 20),
    DemoTask("Подготовить презентацию для выставки", DIRECTOR, SOKOLOVA, -10, REDONE, 25,
             returned="Добавьте два примера внедрения с цифрами.",
             said=((SOKOLOVA, "Добавила «Техмаш» и «Балтику».", 12.0), (DIRECTOR, "Теперь отлично.", 11.0))),
    DemoTask("Получить отзыв от ПАО «Энергия»", SOKOLOVA, PETROV, -5, FINISHED, 12),
    DemoTask("Сдать отчётность за третий квартал", DIRECTOR, FEDOROVA, -20, FINISHED, 32),
    DemoTask("Обновить антивирус на рабочих местах", DIRECTOR, TIKHONOV, -12, FINISHED, 18),
    DemoTask("Согласовать макет каталога", SOKOLOVA, ZAYTSEV, -7, FINISHED, 16),
    DemoTask("Заказать вывеску для склада № 2", GROMOV, KUZMIN, -3, DROPPED, 15,
             said=((GROMOV, "Отменяю: склад переезжает весной.", 3.0),)),
    DemoTask("Собрать данные для участия в тендере", SOKOLOVA, PETROV, None, DROPPED, 9),
    DemoTask("Прочитать книгу о бережливом производстве", DIRECTOR, GROMOV, None, TAKEN, 30),
)  # fmt: skip

DEMO_TOOLS = (
    DemoTools("Запустить в работу заказ № 214", depends_on="Отправить договор на подпись в «Балтика-Сервис»"),
    DemoTools("Обновить технологическую карту корпуса К-40",
              ({"text": "Согласовать операцию контроля с ОТК"}, {"text": "Пересчитать нормы времени"},
               {"text": "Выложить карту к станкам"}), (Shown(), Shown())),
    DemoTools("Провести инструктаж по охране труда",
              ({"text": "Сфотографировать журнал с подписями", "demand": "photo"}, {"text": "Выдать новые перчатки"}),
              (), (BELOVA, ZAYTSEV, PETROV, TIKHONOV), (BELOVA, TIKHONOV)),
    DemoTools("Снизить брак на участке покраски",
              ({"section": "Замеры", "text": "Температура в сушильной камере", "demand": "number", "unit": "°C",
                "least": 58, "most": 65, "repair": True},
               {"section": "Замеры", "text": "Влажность воздуха", "demand": "number", "unit": "%", "most": 60},
               {"section": "Обучение", "text": "Показать мастерам новый режим"}),
              (Shown(number=Decimal(61)), Shown(number=Decimal(48)))),
    DemoTools("Составить список гостей на день открытых дверей",
              ({"text": "Клиенты этого года"}, {"text": "Поставщики"}, {"text": "Администрация района"}), (Shown(),)),
)  # fmt: skip


@dataclass(frozen=True)
class DemoTemplate:
    """What one person gives again and again; `due_in` in minutes, `plan` are fields of a plan besides its unit."""

    title: str
    initiator: int
    assignees: tuple[int, ...]
    every: Every
    due_in: int
    plan: Mapping[str, Any] = field(default_factory=dict)
    points: tuple[str, ...] = ()


DEMO_TEMPLATES = (
    DemoTemplate("Обход цеха сборки", GROMOV, (KUZMIN,), Every.WORKDAYS, 120, {"times": (time(8, 30),)},
                 ("Давление в магистрали", "Огнетушители на местах", "Проходы свободны")),
    DemoTemplate("Отчёт о продажах за неделю", DIRECTOR, (SOKOLOVA,), Every.WEEKS, 180,
                 {"weekdays": (4,), "times": (time(15),)}),
    DemoTemplate("Сверить расчёты с поставщиками", FEDOROVA, (ORLOVA, TIKHONOV), Every.MONTHS, 2880,
                 {"month_day": -1, "day_off": DayOff.BEFORE}),
)  # fmt: skip

DEMO_VIEWS = (
    ("Срочное и важное", {"tab": "all", "state": "open", "priority": "important,urgent", "ordering": "due_at"}),
    ("Доска отдела", {"tab": "all", "display": "board", "by": "status"}),
)


def demo(people: Sequence[Actor]) -> None:
    """Write the demo company's tasks with their comments and history, dated around now, and what comes round there;
    inside its scope."""
    zone = ZoneInfo(current_company().time_zone)
    today = timezone.now().astimezone(zone).replace(hour=0, minute=0, second=0, microsecond=0)
    ids = write_cards(Task, (_card(told, people, today) for told in DEMO), numbers=_numbers, by=system_actor())
    recall(memory for pk, told in zip(ids, DEMO, strict=True) for memory in _history(pk, told, people, today))
    said = [_comment(pk, line, people) for pk, told in zip(ids, DEMO, strict=True) for line in told.said]
    written = Comment.objects.bulk_create(comment for comment, _ in said)
    for comment, (_, days_ago) in zip(written, said, strict=True):
        # The column takes the present moment whatever is given, so the past is written after it.
        comment.created_at = timezone.now() - timedelta(days=days_ago, minutes=len(comment.text))
    Comment.objects.bulk_update(written, ["created_at"])
    by_title = dict(zip((told.title for told in DEMO), ids, strict=True))
    tag_cards({by_title[told.title]: told.tags for told in DEMO if told.tags})
    for told in DEMO:
        if told.under:
            Task.objects.filter(pk=by_title[told.title]).update(parent=by_title[told.under])
    for tools in DEMO_TOOLS:
        _equip(tools, by_title, people)
    _views(people[DIRECTOR])
    for pattern in DEMO_TEMPLATES:
        _template(pattern, people, today)


def _equip(told: DemoTools, by_title: Mapping[str, int], people: Sequence[Actor]) -> None:
    kind, task = registry.kind_of(Task.KIND), Task.objects.get(pk=by_title[told.title])
    place = {actor.principal_id: actor for actor in people}
    initiator, assignee = place[task.author_id], place[task.responsible_id or task.author_id]
    if told.points:
        points = add_points(task, kind, points=told.points, by=initiator)
        for point, shown in zip(points, told.ticked, strict=False):
            tick(point, task, kind, shown=shown, by=assignee)
    if told.readers:
        ask_to_read(task, kind, readers=[people[who].principal_id for who in told.readers], by=initiator)
    for who in told.have_read:
        confirm_reading(task, by=people[who])
    if told.depends_on:
        link(task, Task.objects.get(pk=by_title[told.depends_on]), relation="depends_on", by=initiator)


def _views(director: Actor) -> None:
    """Views that everybody finds above the list."""
    kind = registry.kind_of(Task.KIND)
    for title, params in DEMO_VIEWS:
        given = {"title": title, "params": params, "audience": SavedView.Audience.ALL}
        make_view(kind, given=given, by=director)


def _template(told: DemoTemplate, people: Sequence[Actor], today: datetime) -> None:
    by, kind = people[told.initiator], registry.kind_of(TaskTemplate.KIND)
    to = [people[who].principal_id for who in told.assignees]
    template = create_template(title=told.title, assignees=to, due_in=told.due_in, by=by)
    if told.points:
        add_points(template, kind, points=[{"text": text} for text in told.points], by=by)
    plan = Plan(told.every, today.date(), **told.plan)
    set_plan(template, kind, plan=plan, catch_up=Recurrence.CatchUp.LATEST, one_open=False, most=None, by=by)


def _card(told: DemoTask, people: Sequence[Actor], today: datetime) -> NewCard:
    status, moments = Status.NEW, _moments(told)
    for code in told.deeds:
        status = BY_CODE[code].target
    common = {
        "title": told.title,
        "author": people[told.initiator].principal_id,
        "responsible": people[told.assignee].principal_id,
        "status": status,
        "state": STATES[status],
        "priority": told.priority,
        "due_at": None if told.due is None else today + timedelta(days=told.due, hours=told.hour),
        "done_at": None if status in OPEN else moments[-1],
        "created_at": moments[0],
        "changed_at": moments[-1],
        "version": len(moments),
    }
    watchers = tuple(people[who].principal_id for who in told.watchers)
    return NewCard(
        common, {"description": told.description, "estimate": told.estimate}, {Participant.Part.WATCHER: watchers}
    )


def _moments(told: DemoTask) -> list[datetime]:
    """When the task was given and when each button was pressed, evenly between then and two hours ago."""
    given = timezone.now() - timedelta(days=told.given)
    step = (timezone.now() - timedelta(hours=2) - given) / max(len(told.deeds), 1)
    return [given + step * place for place in range(len(told.deeds) + 1)]


def _history(
    pk: int, told: DemoTask, people: Sequence[Actor], today: datetime
) -> Iterator[tuple[Event, Actor, datetime]]:
    ref, moments, status = Ref(Task.KIND, pk), _moments(told), Status.NEW
    initiator, assignee = people[told.initiator], people[told.assignee]
    yield TaskCreated(ref, assignee=assignee.principal_id), initiator, moments[0]
    for code, at in zip(told.deeds, moments[1:], strict=True):
        deed = BY_CODE[code]
        moved = Change("status", status.label, deed.target.label)
        status = deed.target
        doer = assignee if deed.by == ASSIGNEE else initiator
        yield MOVES[code](ref, text=told.returned if deed.needs_text else "", changes=(moved,)), doer, at


def _comment(pk: int, line: tuple[int, str, float], people: Sequence[Actor]) -> tuple[Comment, float]:
    who, text, days_ago = line
    return Comment(entity_id=pk, author_id=people[who].principal_id, text=text), days_ago
