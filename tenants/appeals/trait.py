"""What appeals give the house: their doors on a company's host and at the console, their jobs and notices."""

from core.events.bus import Reader
from core.jobs.registry import Job
from core.privacy.events import PersonAnonymised
from core.traits import Trait
from tenants.console.parts import ConsolePart

from .events import FACTS
from .jobs import check_paper, forget_names, tidy_appeals
from .notifications import ANSWER
from .permissions import SEE_ALL
from .rest.console import console_routes
from .rest.routes import company_routes

trait = Trait(
    code="appeals",
    routes=company_routes,
    facts=FACTS,
    permissions=(SEE_ALL,),
    notifications=(ANSWER,),
    readers=(Reader("appeals.names", (PersonAnonymised.kind,), push=forget_names),),
    jobs=(
        Job("appeals.check", check_paper, control=True, time_limit=120),
        Job("appeals.tidy", tidy_appeals, control=True, every=3600, time_limit=300),
    ),
    console=ConsolePart(routes=console_routes),
)
