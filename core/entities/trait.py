"""What cards give the house by being cards: the trash."""

from core.events.bus import Reader
from core.handover.registry import Stays
from core.jobs.registry import Job
from core.options.events import OptionsChanged
from core.traits import Trait

from .events import CardRestored, CardsAdded, CardsPurged, CardTrashed
from .models import Entity
from .options import TRASH_DAYS
from .rest.routes import routes
from .trash import PURGE, look_again, purge

trait = Trait(
    code="entities",
    routes=routes,
    facts=(CardTrashed, CardRestored, CardsAdded, CardsPurged),
    options=(TRASH_DAYS,),
    readers=(Reader("entities.trash_term", (OptionsChanged.kind,), effect=look_again),),
    jobs=(Job(PURGE, purge, time_limit=300, patient=True),),
    stays=(Stays("history and authorship name whoever did it, for ever", ((Entity, "trashed_by"),)),),
)
