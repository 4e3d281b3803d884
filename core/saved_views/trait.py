"""What the house has of saved views: every kind of card has a list, and each of its lists has them."""

from core.traits import Trait

from .events import FACTS
from .handovers import HANDOVERS, STAYS
from .permissions import SHARE_VIEWS
from .rest.routes import routes

trait = Trait(
    code="saved_views",
    routes=routes,
    facts=FACTS,
    permissions=(SHARE_VIEWS,),
    default_roles={"head": {SHARE_VIEWS: "all"}},
    handovers=HANDOVERS,
    stays=STAYS,
)
