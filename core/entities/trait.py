"""What cards give the house by being cards: the trash."""

from core.handover.registry import Stays
from core.jobs.registry import Job
from core.traits import Trait

from .events import CardRestored, CardsAdded, CardsPurged, CardTrashed
from .models import Entity
from .rest.routes import routes
from .trash import PURGE, purge

trait = Trait(
    code="entities",
    routes=routes,
    facts=(CardTrashed, CardRestored, CardsAdded, CardsPurged),
    jobs=(Job(PURGE, purge, time_limit=300),),
    stays=(Stays("history and authorship name whoever did it, for ever", ((Entity, "trashed_by"),)),),
)
