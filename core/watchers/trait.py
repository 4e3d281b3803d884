"""What watching gives to a card: those who keep an eye on it, and hear what is said there."""

from core.traits import Trait

from .actions import put_back
from .events import WatchersChanged
from .handovers import HANDOVERS
from .mixin import Watched
from .notifications import NAMED, letters
from .rest.bulk import BULK
from .rest.views import CardWatchersView

trait = Trait(
    code="watchers",
    mixin=Watched,
    card_views=(("watchers/", CardWatchersView),),
    facts=(WatchersChanged,),
    notifications=(NAMED,),
    readers=(letters,),
    bulk=BULK,
    labels=lambda actor, kind, names: {"watchers": "Наблюдатели"} if "watchers" in names else {},
    keeps=lambda name: name == "watchers",
    put_back=put_back,
    handovers=HANDOVERS,
)
