"""What retention gives the house: the job that forgets."""

from core.jobs.registry import Job
from core.traits import Trait

from .jobs import SWEEP, sweep

trait = Trait(code="retention", jobs=(Job(SWEEP, sweep, time_limit=300, patient=True),))
