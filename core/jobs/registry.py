"""Declared background work."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class Job:
    """One kind of background work.

    `run(company, subject_id)` opens its own scopes; company is None for the control plane's jobs (`control=True`).
    It must bear being run twice. `time_limit` in seconds is how long a run may last before it counts as stuck and
    another worker may take it; what a killed worker held is taken within seconds. After `attempts` failures it is
    parked for the operator. `every` seconds makes the ticker queue it (control-plane jobs only); such a job is dropped
    instead, because the next tick queues it again. `together` is how many of a company may be run one after another by
    one worker: for short work of which there is much. `patient` is long work of the night for which nobody waits:
    it goes when nothing else is due, and holds no more than half of the threads, however many companies are due.
    """

    code: str
    run: Callable[[Any, int], None]
    control: bool = False
    time_limit: int = 15
    attempts: int = 12
    every: int | None = None
    together: int = 1
    patient: bool = False


def job_kind(job: Job) -> str:
    """How a promise names the job."""
    return f"job:{job.code}"
