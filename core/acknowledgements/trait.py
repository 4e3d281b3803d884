"""What a reading list gives to a card: who was asked to read it, who has confirmed."""

from core.traits import Trait

from .events import ReadingAsked, ReadingConfirmed, ReadingWithdrawn
from .handovers import HANDOVERS, STAYS
from .mixin import Acknowledgeable
from .notifications import ASKED, letters
from .rest.routes import routes
from .rest.views import AgainView, CardReadersView, ConfirmView, MeantView
from .waiting import readings

trait = Trait(
    code="acknowledgements",
    mixin=Acknowledgeable,
    card_views=(
        ("acknowledgements/", CardReadersView),
        ("acknowledgements/meant/", MeantView),
        ("acknowledgements/confirm/", ConfirmView),
        ("acknowledgements/again/", AgainView),
    ),
    routes=routes,
    facts=(ReadingAsked, ReadingConfirmed, ReadingWithdrawn),
    readers=(letters,),
    waiting=(readings,),
    notifications=(ASKED,),
    handovers=HANDOVERS,
    stays=STAYS,
)
