"""Many believable tasks, for load and for trying things out at size."""

import random
from collections.abc import Iterator
from datetime import timedelta
from functools import partial

from django.utils import timezone

from core.access.loading import system_actor
from core.context import Company, company_scope
from core.entities.bulk import NewCard, write_cards
from core.entities.models import Participant
from core.identity.models import Principal
from core.numbering.actions import take_numbers

from .models import Status, Task
from .rules import OPEN, STATES

BATCH = 50_000
_numbers = partial(take_numbers, Task.KIND, Task.NUMBER_PREFIX)

_VERBS = ("Подготовить", "Проверить", "Согласовать", "Отправить", "Обновить", "Собрать", "Рассчитать", "Заказать")
_THINGS = (
    "договор", "счёт", "смету", "отчёт", "чертёж", "график отгрузок", "коммерческое предложение", "акт сверки",
    "список поставщиков", "инструкцию", "спецификацию", "план закупок", "презентацию", "паспорт изделия",
)  # fmt: skip
_FOR = (
    "ООО «Ромашка»", "ООО «Северный ветер»", "АО «Техмаш»", "ИП Рыбаков", "ООО «Балтика-Сервис»", "ПАО «Энергия»",
    "склада № 2", "цеха сборки", "участка покраски", "отдела продаж", "совещания в понедельник", "тендера",
)  # fmt: skip
# The first are named often, the last hardly ever: a search meets words of every frequency.
_TOWNS = (
    "Москва", "Казань", "Самара", "Тула", "Пермь", "Омск", "Уфа", "Тверь", "Калуга", "Рязань", "Брянск", "Курск",
    "Орёл", "Псков", "Вологда", "Кострома", "Ижевск", "Чебоксары", "Саранск", "Пенза", "Ульяновск", "Сызрань",
    "Тольятти", "Бузулук", "Орск", "Магнитогорск", "Миасс", "Златоуст", "Ишим", "Тобольск", "Сургут", "Нягань",
    "Салехард", "Норильск", "Абакан", "Минусинск", "Кызыл", "Братск", "Чита", "Магадан",
)  # fmt: skip
_TOWN_WEIGHTS = [1 / place**2 for place in range(1, len(_TOWNS) + 1)]
# How often a task of a grown company stands in each state.
_SPREAD = {
    Status.CLOSED: 58, Status.CANCELLED: 5, Status.NEW: 9, Status.ACCEPTED: 8, Status.IN_WORK: 13,
    Status.IN_REVIEW: 5, Status.RETURNED: 2,
}  # fmt: skip


def fill(company: Company, count: int) -> None:
    """Write tasks of the last two years among the company's employees; opens its own scopes."""
    chance = random.Random(count)
    for start in range(0, count, BATCH):
        with company_scope(company, statement_timeout_ms=0):
            working = Principal.objects.filter(kind=Principal.Kind.EMPLOYEE, is_active=True).order_by("pk")
            people = list(working.values_list("pk", flat=True))
            cards = _believable(chance, people, min(BATCH, count - start))
            write_cards(Task, cards, numbers=_numbers, by=system_actor())


def _believable(chance: random.Random, people: list[int], count: int) -> Iterator[NewCard]:
    now, statuses, weights = timezone.now(), list(_SPREAD), list(_SPREAD.values())
    for status in chance.choices(statuses, weights, k=count):
        author, responsible = chance.choice(people), chance.choice(people)
        created = now - timedelta(minutes=chance.randrange(2 * 365 * 24 * 60))
        due = created + timedelta(hours=chance.randrange(4, 24 * 45)) if chance.random() < 0.8 else None
        changed = min(now, created + timedelta(minutes=chance.randrange(1, 60 * 24 * 30)))
        if status in OPEN and due is not None and due < now and chance.random() < 0.9:
            # Most of what is still open was given lately; a little of it is late.
            due = now + timedelta(hours=chance.randrange(1, 24 * 30))
        where = f", {chance.choices(_TOWNS, _TOWN_WEIGHTS)[0]}" if chance.random() < 0.3 else ""
        common = {
            "title": f"{chance.choice(_VERBS)} {chance.choice(_THINGS)} для {chance.choice(_FOR)}{where}",
            "author": author,
            "responsible": responsible,
            "status": status,
            "state": STATES[status],
            "due_at": due,
            "priority": chance.choices((0, 1, 2), (80, 15, 5))[0],
            "is_private": chance.random() < 0.01,
            "done_at": None if status in OPEN else changed,
            "created_at": created,
            "changed_at": changed,
        }
        watchers = (chance.choice(people),) if chance.random() < 0.2 else ()
        yield NewCard(common, {"description": ""}, {Participant.Part.WATCHER: watchers})
