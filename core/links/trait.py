"""What links give to a card: ties to cards of any kind, seen from both sides."""

from core.handover.registry import Stays
from core.traits import Trait

from .events import CardLinked, CardUnlinked
from .mixin import Linkable
from .models import EntityLink
from .rest.routes import routes
from .rest.views import CardLinksView

trait = Trait(
    code="links",
    mixin=Linkable,
    card_views=(("links/", CardLinksView),),
    routes=routes,
    facts=(CardLinked, CardUnlinked),
    stays=(Stays("history and authorship name whoever did it, for ever", ((EntityLink, "author"),)),),
)
