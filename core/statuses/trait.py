"""What statuses of the company's own give to a card: a menu of moves, a filter, a column of files."""

from core.jobs.registry import Job
from core.traits import Trait

from .actions.defining import CARRY, SETTLE
from .actions.moving import turned
from .actions.restoring import put_status_back
from .events import FACTS
from .jobs import carry, settle
from .mixin import Staged
from .rest.bulk import STATUS_OF_MANY
from .rest.filters import widen
from .rest.routes import routes
from .rest.views import CardStatusView
from .rules import STATUS
from .sheet import part

trait = Trait(
    code="statuses",
    mixin=Staged,
    card_views=(("status/", CardStatusView),),
    routes=routes,
    facts=FACTS,
    jobs=(Job(SETTLE, settle, time_limit=600), Job(CARRY, carry, time_limit=600)),
    widen=widen,
    turned=turned,
    bulk=(STATUS_OF_MANY,),
    keeps=lambda name: name == STATUS,
    put_back=put_status_back,
    sheet=part,
)
