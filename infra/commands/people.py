"""Many believable employees for load and demonstration."""

import random
from collections.abc import Iterator
from functools import partial

from core.access.loading import system_actor
from core.context import Company, company_scope
from core.entities.bulk import NewCard, write_cards
from core.identity.models import Principal
from core.numbering.actions import take_numbers
from core.organization.models import Employee

BATCH = 20_000
_numbers = partial(take_numbers, Employee.KIND, Employee.NUMBER_PREFIX)
_MEN = ("Алексей", "Дмитрий", "Сергей", "Андрей", "Павел", "Николай", "Роман", "Егор", "Тимур", "Олег")
_WOMEN = ("Мария", "Ольга", "Наталья", "Ирина", "Екатерина", "Юлия", "Дарья", "Вера", "Полина", "Алла")
_FATHERS = ("Алексеев", "Иванов", "Петров", "Викторов", "Романов", "Олегов", "Николаев", "Павлов", "Егоров", "Максимов")
_FAMILIES = (
    "Смирнов", "Волков", "Лебедев", "Новиков", "Морозов", "Козлов", "Павлов", "Семёнов", "Голубев", "Виноградов",
    "Богданов", "Воробьёв", "Филиппов", "Комаров", "Киселёв", "Макаров", "Андреев", "Ковалёв", "Ильин", "Гусев",
)  # fmt: skip


def fill_employees(company: Company, count: int) -> None:
    """Write employees without a way to sign in; opens its own scopes."""
    chance = random.Random(count)
    for start in range(0, count, BATCH):
        with company_scope(company, statement_timeout_ms=0):
            names = [_name(chance) for _ in range(min(BATCH, count - start))]
            rows = [Principal(kind=Principal.Kind.EMPLOYEE, name=" ".join(name)) for name in names]
            principals = Principal.objects.bulk_create(rows, batch_size=5000)
            cards = _cards(names, [principal.pk for principal in principals])
            write_cards(Employee, cards, numbers=_numbers, by=system_actor())


def _cards(names: list[tuple[str, str, str]], principals: list[int]) -> Iterator[NewCard]:
    for (last, first, middle), who in zip(names, principals, strict=True):
        title = f"{last} {first} {middle}"
        common = {"title": title, "author": who, "responsible": who, "status": Employee.Status.WORKS}
        own = {"principal": who, "last_name": last, "first_name": first, "middle_name": middle}
        yield NewCard(common, own)


def _name(chance: random.Random) -> tuple[str, str, str]:
    family, father = chance.choice(_FAMILIES), chance.choice(_FATHERS)
    if chance.random() < 0.5:
        return family, chance.choice(_MEN), f"{father}ич"
    return f"{family}а", chance.choice(_WOMEN), f"{father}на"
