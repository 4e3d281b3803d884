"""What the log of reads gives the house: its page, and the job that forgets."""

from core.handover.registry import Stays
from core.jobs.registry import Job
from core.traits import Trait

from .jobs import FORGET, forget_reads
from .kinds import FIELDS_SHOWN, LIST_TAKEN, READS_SHOWN, SUPPORT_LOOKED
from .models import Read
from .permissions import SEE_READS
from .rest.routes import routes

trait = Trait(
    code="reads",
    routes=routes,
    reads=(FIELDS_SHOWN, LIST_TAKEN, SUPPORT_LOOKED, READS_SHOWN),
    permissions=(SEE_READS,),
    jobs=(Job(FORGET, forget_reads, time_limit=300),),
    stays=(Stays("the log tells who has read what, and of whom", ((Read, "reader"), (Read, "whose"))),),
)
