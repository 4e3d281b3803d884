"""What templates give to the house: files with marks by which cards are printed, and words in cases."""

from core.handover.registry import Stays
from core.jobs.registry import Job
from core.traits import Trait

from .events import FACTS
from .models import Facsimile, PrintTemplate, Wording
from .options import OPTIONS
from .papers import send_paper
from .permissions import MANAGE_TEMPLATES
from .rest.routes import routes

trait = Trait(
    code="templates",
    permissions=(MANAGE_TEMPLATES,),
    options=OPTIONS,
    routes=routes,
    facts=FACTS,
    jobs=(Job("templates.paper", send_paper, time_limit=40, attempts=5),),
    stays=(
        Stays("who has made a template or put a word right is told by it still",
              ((PrintTemplate, "author"), (Wording, "author"), (Facsimile, "author"))),
        Stays("a signature's picture is printed only where its owner has approved", ((Facsimile, "principal"),)),
    ),
)  # fmt: skip
