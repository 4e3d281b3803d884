"""Many believable documents, for load and for trying things out at size."""

import random
from collections.abc import Iterator
from datetime import datetime, timedelta
from decimal import Decimal
from functools import partial

from django.utils import timezone

from core.access.loading import system_actor
from core.context import Company, company_scope
from core.custom_fields.models import CardFields, CardType
from core.entities.bulk import NewCard, write_cards
from core.identity.models import Principal
from core.numbering.actions import take_numbers

from .models import Document, Status
from .rules import STATES

BATCH, _NEAR = 50_000, timedelta(days=60)
_numbers = partial(take_numbers, Document.KIND, Document.NUMBER_PREFIX)
_WHAT = (
    "Договор поставки",
    "Запрос о сроках",
    "Ответ на претензию",
    "Приказ о графике",
    "Акт сверки",
    "Служебная записка",
)
_WHOM = ("ООО «Ромашка»", "АО «Техмаш»", "ООО «Северный ветер»", "ИП Рыбаков", "ПАО «Энергия»", "ООО «Балтика-Сервис»")
_SPREAD = {Status.REGISTERED: 25, Status.IN_FORCE: 30, Status.ARCHIVED: 40, Status.CANCELLED: 5}


def fill(company: Company, count: int) -> None:
    """Write registered documents of the last three years among the company's employees; opens its own scopes."""
    chance = random.Random(count)
    for start in range(0, count, BATCH):
        with company_scope(company, statement_timeout_ms=0):
            working = Principal.objects.filter(kind=Principal.Kind.EMPLOYEE, is_active=True).order_by("pk")
            people = list(working.values_list("pk", flat=True))
            cards = _believable(chance, people, min(BATCH, count - start))
            write_cards(Document, cards, numbers=_numbers, by=system_actor(), beside=partial(_give_types, chance))


def _give_types(chance: random.Random, ids: list[int]) -> None:
    """Nine in ten are of one of the company's types, the others of the kind's own."""
    types = list(CardType.objects.filter(kind=Document.KIND).order_by("place", "pk").values_list("pk", flat=True))
    rows = (CardFields(entity_id=pk, type_id=chance.choice(types)) for pk in ids if types and chance.random() < 0.9)
    CardFields.objects.bulk_create(rows, batch_size=5000)


def _believable(chance: random.Random, people: list[int], count: int) -> Iterator[NewCard]:
    now = timezone.now()
    for status in chance.choices(list(_SPREAD), list(_SPREAD.values()), k=count):
        moment = now - timedelta(minutes=chance.randrange(3 * 365 * 24 * 60))
        whom, author = chance.choice(_WHOM), chance.choice(people)
        common = {
            "title": f"{chance.choice(_WHAT)}, {whom}",
            "author": author,
            "responsible": chance.choice(people),
            "status": status,
            "state": STATES[status],
            "starts_at": moment,
            "created_at": moment,
            "changed_at": moment,
            "done_at": None if STATES[status] == "open" else moment,
        }
        yield NewCard(common, _own(chance, moment, whom, author))


def _own(chance: random.Random, moment: datetime, whom: str, author: int) -> dict[str, object]:
    told: dict[str, object] = {
        "correspondent": whom,
        "registered_on": moment.date(),
        "registered_by": author,
        "outer_number": str(chance.randrange(1, 999)),
    }
    if chance.random() < 0.4:
        told["amount"] = Decimal(chance.randrange(10_000, 9_000_000)) / 100
        told["valid_until"] = until = moment.date() + timedelta(days=chance.randrange(30, 1500))
        # Nobody is to get a letter about each of thousands of terms that are over, or nearly.
        told["warned"] = 2 if until < timezone.now().date() + _NEAR else 0
    return told
