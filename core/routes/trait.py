"""What routes give to a card: a run along stages, decisions bound to content, a place in «Ждёт меня»."""

from core.attachments.events import AttachmentReady, AttachmentRemoved
from core.custom_fields.events import FieldsChanged
from core.entities.events import CardRestored
from core.events.bus import Reader
from core.jobs.registry import Job
from core.traits import Trait

from .events import FACTS
from .handovers import HANDOVERS, STAYS
from .jobs import RUN_SECONDS, again, heard, tick
from .keeping import TICK
from .notifications import KINDS, READERS
from .permissions import MANAGE_ROUTES
from .rest.routes import routes
from .waiting import SOURCES

trait = Trait(
    code="routes",
    facts=FACTS,
    permissions=(MANAGE_ROUTES,),
    routes=routes,
    notifications=KINDS,
    waiting=SOURCES,
    readers=(
        *READERS,
        Reader("routes.again", (CardRestored.kind,), effect=again),
        Reader("routes.heard", (AttachmentReady.kind, AttachmentRemoved.kind, FieldsChanged.kind), effect=heard),
    ),
    # A run as long as it may be, and the last transaction that it has begun.
    jobs=(Job(TICK, tick, time_limit=RUN_SECONDS + 120),),
    handovers=HANDOVERS,
    stays=STAYS,
)
