"""Into what groups the list of documents falls, and what its rows come to."""

from django.db.models import BigIntegerField, F, Q
from django.db.models.functions import Cast
from django.utils import timezone

from core.custom_fields.models import CardType
from core.registry import registry
from core.rest.groups import NOTHING, ByChoice, ByPerson, Choice, Grouping, Total
from core.routes.rest.groups import ByHolder, ByStage
from core.statuses.rest.groups import ByOwnStatus
from modules.documents.models import Document, Status
from modules.documents.rules import STATES

# How the kind's own type, which has no code, is called among groups.
_OWN_TYPE = "own"


def _statuses() -> list[Choice]:
    # The state says nothing more, but there is an index by it.
    return [Choice(status.value, str(status.label), Q(status=status, state=STATES[status])) for status in Status]


def _types() -> list[Choice]:
    own = Q(custom__isnull=True) | Q(custom__type__isnull=True)
    title = registry.kind_of(Document.KIND).title
    # Documents of a type that was put away are still there.
    types = CardType.objects.filter(kind=Document.KIND).order_by("place", "pk")
    named = (Choice(one.code, one.title, Q(custom__type=one.pk), one.pk) for one in types)
    return [Choice(_OWN_TYPE, title, own), *named]


def _dues() -> list[Choice]:
    """What is late comes first; what asks for no more work stands apart."""
    now, going_on = timezone.now(), Q(state="open")
    return [
        Choice("late", "Просрочено", going_on & Q(due_at__lt=now)),
        Choice("ahead", "Срок впереди", going_on & Q(due_at__gte=now)),
        Choice(NOTHING, "Без срока", going_on & Q(due_at__isnull=True)),
        Choice("over", "Работа завершена", ~going_on),
    ]


GROUPINGS: dict[str, Grouping] = {
    "status": ByChoice(_statuses),
    "type": ByChoice(_types, "custom__type"),
    "late": ByChoice(_dues),
    "own_status": ByOwnStatus(Document.KIND),
    "stage": ByStage("Не на маршруте"),
    "holder": ByHolder("", "Никого не ждёт"),
    "responsible": ByPerson("responsible", "Без ответственного"),
    "author": ByPerson("author", "Без автора"),
}
# Sums of lists are whole numbers, so money is told in hundredths.
TOTALS = {"kopecks": Total(lambda: Cast(F("amount") * 100, BigIntegerField()))}
