"""What dismissals give the house: a door to see what a person holds, and the job that gives it to others."""

from core.events.models import Fact
from core.jobs.registry import Job
from core.rest.models import IdempotentAnswer
from core.traits import Trait

from .actions import START
from .events import FACTS
from .jobs import start, walk
from .models import Dismissal
from .notifications import DONE, STOPPED
from .registry import Stays
from .rest.routes import routes

# Facts and remembered answers belong to bones that have no trait of their own.
_STAYS = (
    Stays("it tells who is dismissed, and by whom", ((Dismissal, "employee"), (Dismissal, "asked_by"))),
    Stays("history names whoever did it, for ever", ((Fact, "actor"), (Fact, "on_behalf_of"))),
    Stays("an answer is remembered for whoever asked", ((IdempotentAnswer, "principal"),)),
)

trait = Trait(
    code="handover",
    routes=routes,
    facts=FACTS,
    jobs=(Job(START, start, time_limit=120), Job("handover.walk", walk, time_limit=300)),
    notifications=(DONE, STOPPED),
    stays=_STAYS,
)
