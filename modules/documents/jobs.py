"""Work of documents that nobody waits for."""

from core.jobs.registry import Job

from .actions.terms import watch_terms
from .rules import EXPIRY

watching = Job(EXPIRY, watch_terms, time_limit=120)
