"""What tags give to a card: a line of words, a filter of lists, lines of history."""

from core.traits import Trait

from .events import FACTS
from .mixin import Taggable
from .permissions import MANAGE_TAGS
from .rest.filters import widen
from .rest.routes import routes
from .rest.views import CardTagsView
from .sheet import part

trait = Trait(
    code="tags",
    mixin=Taggable,
    card_views=(("tags/", CardTagsView),),
    routes=routes,
    facts=FACTS,
    permissions=(MANAGE_TAGS,),
    default_roles={"head": {MANAGE_TAGS: "all"}},
    widen=widen,
    sheet=part,
)
