"""Into what groups the list of documents falls, and what its rows come to."""

from django.db.models import BigIntegerField, F, Q
from django.db.models.functions import Cast

from core.rest.groups import ByChoice, ByPerson, Choice, Grouping, Total
from core.statuses.rest.groups import ByOwnStatus
from modules.documents.models import Document, Status
from modules.documents.rules import STATES


def _statuses() -> list[Choice]:
    # The state says nothing more, but there is an index by it.
    return [Choice(status.value, str(status.label), Q(status=status, state=STATES[status])) for status in Status]


GROUPINGS: dict[str, Grouping] = {
    "status": ByChoice(_statuses),
    "own_status": ByOwnStatus(Document.KIND),
    "responsible": ByPerson("responsible", "Без ответственного"),
    "author": ByPerson("author", "Без автора"),
}
# Sums of lists are whole numbers, so money is told in hundredths.
TOTALS = {"kopecks": Total(lambda: Cast(F("amount") * 100, BigIntegerField()))}
