"""What notifications give the house: the job that sends letters."""

from core.jobs.registry import Job
from core.traits import Trait

from .jobs import send_delivery
from .rules import ATTEMPTS

trait = Trait(
    code="notifications",
    # One attempt more than the letter itself bears, so that it is the letter that is given up, with its reason.
    jobs=(Job("notifications.send", send_delivery, time_limit=25, attempts=ATTEMPTS + 1, together=10),),
)
