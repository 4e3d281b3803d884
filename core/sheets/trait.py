"""What exports give the house: a door to ask for a file of a list, and the job that writes it."""

from core.handover.registry import Stays
from core.jobs.registry import Job
from core.traits import Trait

from .events import ListExported
from .jobs import write_export
from .models import Export
from .notifications import READY
from .permissions import EXPORT
from .rest.routes import routes

trait = Trait(
    code="sheets",
    routes=routes,
    facts=(ListExported,),
    jobs=(Job("sheets.write", write_export, time_limit=540),),
    notifications=(READY,),
    permissions=(EXPORT,),
    default_roles={"head": {EXPORT: "all"}},
    stays=(Stays("an export is there for a day and for its author alone", ((Export, "author"),)),),
)
