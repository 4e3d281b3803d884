"""What tags give to a card: a line of words, a filter and a column of lists, lines of history."""

from core.traits import Cells, Trait

from .actions import put_back
from .events import FACTS
from .mixin import Taggable
from .permissions import MANAGE_TAGS
from .rest.bulk import BULK
from .rest.cells import known, read
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
    cells=Cells(known, read),
    bulk=BULK,
    keeps=lambda name: name == "tags",
    put_back=put_back,
    sheet=part,
)
