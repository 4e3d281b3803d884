"""What numbering gives the house: masks that administrators set, and numbers kept for later."""

from core.handover.registry import Stays
from core.jobs.registry import Job
from core.traits import Trait

from .actions import EXPIRE
from .events import MaskChanged, NumberGivenBack, NumbersReserved
from .jobs import expire
from .models import ReservedNumber
from .permissions import MANAGE_NUMBERS, RESERVE_NUMBERS
from .rest.routes import routes

trait = Trait(
    code="numbering",
    permissions=(MANAGE_NUMBERS, RESERVE_NUMBERS),
    default_roles={"head": {RESERVE_NUMBERS: "all"}},
    routes=routes,
    facts=(MaskChanged, NumbersReserved, NumberGivenBack),
    jobs=(Job(EXPIRE, expire),),
    stays=(Stays("a reserved number comes free by itself when its time is over", ((ReservedNumber, "holder"),)),),
)
