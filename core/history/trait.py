"""What history gives to a card: a reading of its facts."""

from core.traits import Trait

from .events import ValuesRestored
from .mixin import Tracked
from .rest.views import CardHistoryView, RestoreView

trait = Trait(
    code="history",
    mixin=Tracked,
    card_views=(("history/", CardHistoryView), ("history/<int:fact_id>/restore/", RestoreView)),
    facts=(ValuesRestored,),
)
