"""What billing gives the house."""

from core.jobs.registry import Job
from core.traits import Trait

from .card.jobs import EVENT, METERS, NIGHT, SHUT, reconcile, shut, take_event, tell_metered
from .card.syncing import let_go
from .events import CeilingSet, InvoiceIssued, PaymentCame, PlanChanged, StageChanged, TrialExtended
from .jobs import LIFE, USAGE, count, move_on
from .notifications import DUE, LIMITS
from .permissions import MANAGE_BILLING
from .rest.console import part as console
from .rest.routes import routes

trait = Trait(
    code="billing",
    routes=routes,
    let_go=let_go,
    console=console,
    permissions=(MANAGE_BILLING,),
    facts=(PlanChanged, StageChanged, TrialExtended, InvoiceIssued, PaymentCame, CeilingSet),
    # Woken on the days on which something happens; by the clock it finds companies that have just appeared.
    jobs=(
        Job(LIFE, move_on, control=True, every=3600, time_limit=120),
        # Those that are counted today cost the next hours one statement.
        Job(USAGE, count, control=True, every=3600, time_limit=600),
        Job(EVENT, take_event, control=True, time_limit=90),
        Job(SHUT, shut, control=True, time_limit=90),
        # Woken at night; by the clock it tries anew whom it could not read.
        Job(NIGHT, reconcile, control=True, every=3600, time_limit=1800),
        Job(METERS, tell_metered, control=True, every=3600, time_limit=600),
    ),
    notifications=(DUE, LIMITS),
)
