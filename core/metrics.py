"""What is counted for whoever runs the installation (Prometheus): never a name, a title or an address of anybody.

A company is no label: a thousand of them would make as many series of everything. Only those that are refused most are
named, by a word without meaning and a few at a time (`infra/metrics.py`). Processes that stand side by side
share a folder named by `PROMETHEUS_MULTIPROC_DIR`; `infra/metrics.py` adds them up when it is asked.
"""

from prometheus_client import Counter, Gauge, Histogram

_SECONDS = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 15.0)
_JOB_SECONDS = (0.01, 0.05, 0.1, 0.5, 1.0, 5.0, 15.0, 60.0, 300.0)

REQUESTS = Histogram(
    "pult_request_seconds", "Requests by method, address pattern and status", ["method", "route", "status"],
    buckets=_SECONDS,
)  # fmt: skip
PROMISES = Histogram(
    "pult_promise_seconds", "Kept promises of the outbox by kind; those of a parcel together", ["kind"],
    buckets=_JOB_SECONDS,
)  # fmt: skip
FAILURES = Counter("pult_promise_failures", "Promises that failed, by kind and class of the failure", ["kind", "error"])
RECYCLED = Counter("pult_backends_recycled", "Database connections closed because their backend had grown heavy")
BUDGET_REFUSALS = Counter("pult_budget_refusals", "Requests refused because their company had asked too often")
BUDGET_BLIND = Counter("pult_budget_blind", "Times that Redis could not be asked for a budget, so nobody was refused")
SOCKETS = Gauge("pult_sockets", "Open live sockets", multiprocess_mode="livesum")
