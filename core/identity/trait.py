"""What identity gives the house."""

from core.handover.registry import Stays
from core.jobs.registry import Job
from core.traits import Trait

from .actions.recovery import send_reset_letter
from .alerts import ALERT
from .alerts import reader as alerts
from .events import FACTS
from .models import Invitation, User
from .rest.routes import routes

trait = Trait(
    code="identity",
    facts=FACTS,
    routes=routes,
    readers=(alerts,),
    notifications=(ALERT,),
    jobs=(Job("identity.reset_letter", send_reset_letter),),
    stays=(
        Stays("it is his way to sign in, shut with him", ((User, "principal"),)),
        Stays("history and authorship name whoever did it, for ever", ((Invitation, "invited_by"),)),
    ),
)
