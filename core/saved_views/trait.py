"""What the house has of saved views: every kind of card has a list, and each of its lists has them.

A view that is used as a group narrows lists of its kind, and cards tell in which groups they are.
"""

from core.entities.models import Entity
from core.traits import Trait

from .events import FACTS
from .handovers import HANDOVERS, STAYS
from .permissions import SHARE_VIEWS
from .rest.filters import widen
from .rest.groups import CardGroupsView
from .rest.routes import routes

trait = Trait(
    code="saved_views",
    mixin=Entity,
    card_views=(("groups/", CardGroupsView),),
    widen=widen,
    routes=routes,
    facts=FACTS,
    permissions=(SHARE_VIEWS,),
    default_roles={"head": {SHARE_VIEWS: "all"}},
    handovers=HANDOVERS,
    stays=STAYS,
)
