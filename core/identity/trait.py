"""What identity gives the house."""

from core.jobs.registry import Job
from core.traits import Trait

from .actions.recovery import send_reset_letter
from .alerts import ALERT
from .alerts import reader as alerts
from .events import FACTS
from .rest.routes import routes

trait = Trait(
    code="identity",
    facts=FACTS,
    routes=routes,
    readers=(alerts,),
    notifications=(ALERT,),
    jobs=(Job("identity.reset_letter", send_reset_letter),),
)
