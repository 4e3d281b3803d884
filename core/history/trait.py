"""What history gives to a card: a reading of its facts."""

from core.traits import Trait

from .mixin import Tracked
from .rest.views import CardHistoryView

trait = Trait(code="history", mixin=Tracked, card_views=(("history/", CardHistoryView),))
