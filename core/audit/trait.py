"""What the audit gives the house: the job that seals the history."""

from core.jobs.registry import Job
from core.traits import Trait

from .jobs import SEAL, seal_history

trait = Trait(code="audit", jobs=(Job(SEAL, seal_history, time_limit=300),))
