"""What recurrence gives to a card: a plan, a look ahead, and the list of what came of it."""

from core.entities.events import CardRestored
from core.events.bus import Reader
from core.jobs.registry import Job
from core.traits import Trait

from .actions import TICK
from .events import (
    OccurrenceFailed,
    RecurrenceOver,
    RecurrencePaused,
    RecurrenceRemoved,
    RecurrenceResumed,
    RecurrenceSet,
)
from .handovers import HANDOVERS, STAYS
from .jobs import RUN_SECONDS, again, tick
from .mixin import Recurring
from .notifications import NOT_MADE, letters
from .rest.views import CardOccurrencesView, CardPreviewView, CardRecurrenceView

trait = Trait(
    code="recurrence",
    mixin=Recurring,
    card_views=(
        ("recurrence/", CardRecurrenceView),
        ("recurrence/preview/", CardPreviewView),
        ("occurrences/", CardOccurrencesView),
    ),
    facts=(RecurrenceSet, RecurrencePaused, RecurrenceResumed, RecurrenceRemoved, RecurrenceOver, OccurrenceFailed),
    notifications=(NOT_MADE,),
    readers=(Reader("recurrence.again", (CardRestored.kind,), effect=again), letters),
    # A run as long as it may be, and the last transaction that it has begun.
    jobs=(Job(TICK, tick, time_limit=RUN_SECONDS + 120),),
    handovers=HANDOVERS,
    stays=STAYS,
)
