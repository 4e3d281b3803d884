"""What the console gives the house: its jobs, what it tells companies, and its doors on a company's host."""

from core.jobs.registry import Job
from core.traits import Trait

from .events import FACTS
from .jobs import bring_figures, tidy_console
from .notifications import SUPPORT, reader
from .permissions import LET_SUPPORT_IN
from .rest.inside import inside_routes

trait = Trait(
    code="console",
    routes=inside_routes,
    facts=FACTS,
    permissions=(LET_SUPPORT_IN,),
    notifications=(SUPPORT,),
    readers=(reader,),
    jobs=(
        Job("console.figures", bring_figures, control=True, every=60, time_limit=120),
        Job("console.tidy", tidy_console, control=True, every=600, time_limit=120),
    ),
)
