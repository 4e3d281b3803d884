"""What archives of the company give the house: doors for its owners. They are written by a job of `tenants`."""

from core.handover.registry import Stays
from core.traits import Trait

from .events import TakeoutAsked, TakeoutMade, TakeoutOpened
from .models import Takeout
from .notifications import READY
from .permissions import SEE_TAKEOUTS
from .reads import TAKEOUT_TAKEN
from .rest.routes import routes

trait = Trait(
    code="takeout",
    routes=routes,
    facts=(TakeoutAsked, TakeoutMade, TakeoutOpened),
    notifications=(READY,),
    permissions=(SEE_TAKEOUTS,),
    reads=(TAKEOUT_TAKEN,),
    stays=(Stays("an archive is there for days and for all owners", ((Takeout, "author"),)),),
)
