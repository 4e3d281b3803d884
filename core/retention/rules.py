"""What is kept how long. One list, so that whoever asks is answered from one place (docs/operations)."""

from dataclasses import dataclass
from datetime import timedelta

from django.db.models import Model

from core.events.models import Inbox
from core.identity.models import Invitation, Session
from core.metering.models import MeterEvent
from core.notifications.models import Delivery, PushSubscription
from core.rest.models import IdempotentAnswer


@dataclass(frozen=True)
class Term:
    """Rows of `model` go when `column`, which has an index, is older than `kept`.

    `key` are the columns that name a row. `only` is a further condition. `promised` columns hold ids of facts: rows of
    facts that are still to be told stay.
    """

    model: type[Model]
    column: str
    kept: timedelta
    key: tuple[str, ...] = ("id",)
    only: str = "true"
    promised: str = ""


TERMS = (
    # A repetition after a day is a new request (TRUST D15).
    Term(IdempotentAnswer, "created_at", timedelta(hours=24)),
    # Without its mark a fact that is told once more would have its effect twice.
    Term(Inbox, "at", timedelta(days=30), key=("reader", "fact_id"), promised="fact_id"),
    # Its day has been written long ago, and nothing is told again after so long.
    Term(MeterEvent, "created_at", timedelta(days=100), only="taken"),
    Term(Delivery, "created_at", timedelta(days=90), only="status <> 'waiting'"),
    # Whoever signs in again goes on hearing there. Before the sessions, which they point to.
    Term(PushSubscription, "expires_at", timedelta(days=60)),
    # Where a person has come from lately is remembered for as long (core/identity/attempts.py).
    Term(Session, "expires_at", timedelta(days=90)),
    # The longest lives 30 days, and stands in the list as expired for a while.
    Term(Invitation, "created_at", timedelta(days=120)),
)
