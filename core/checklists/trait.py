"""What a checklist gives to a card: points with proofs, and its progress in each row."""

from core.jobs.registry import Job
from core.traits import Trait

from .events import PointChanged, PointFailed, PointPassed, PointRemoved, PointReopened, PointsAdded
from .handovers import HANDOVERS, STAYS
from .mixin import Checkable
from .notifications import GIVEN, letters
from .queries import points_tally, ticked_tally
from .reminders import REMIND, remind
from .rest.routes import routes
from .rest.views import CardChecklistView
from .waiting import given_points

trait = Trait(
    code="checklists",
    mixin=Checkable,
    card_views=(("checklist/", CardChecklistView),),
    routes=routes,
    facts=(PointsAdded, PointChanged, PointRemoved, PointPassed, PointFailed, PointReopened),
    notifications=(GIVEN,),
    readers=(letters,),
    jobs=(Job(REMIND, remind, time_limit=60),),
    waiting=(given_points,),
    tallies={"points_count": points_tally, "points_ticked": ticked_tally},
    handovers=HANDOVERS,
    stays=STAYS,
)
