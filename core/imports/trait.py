"""What imports give the house: cards of every kind with a sheet are made from files, and taken back."""

from core.handover.registry import Stays
from core.jobs.registry import Job
from core.traits import Trait

from .events import CardsImported, ImportUndone
from .jobs import check, look, run, undo, write_bad
from .models import Import
from .notifications import DONE
from .permissions import IMPORT
from .rest.routes import routes

trait = Trait(
    code="imports",
    routes=routes,
    facts=(CardsImported, ImportUndone),
    jobs=(
        Job("imports.look", look, time_limit=120),
        Job("imports.check", check, time_limit=300),
        Job("imports.bad", write_bad, time_limit=300),
        Job("imports.run", run, time_limit=540),
        Job("imports.undo", undo, time_limit=540),
    ),
    notifications=(DONE,),
    permissions=(IMPORT,),
    default_roles={"head": {IMPORT: "all"}},
    stays=(Stays("history and authorship name whoever did it, for ever", ((Import, "author"),)),),
)
