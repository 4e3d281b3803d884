"""Requests spread over a thousand companies, as they come in life: a few busy ones and a long tail."""

import json
import random
import time
from collections.abc import Iterator

from infra.benchmarks.field import Field
from infra.benchmarks.figures import Figure, figure, percentile
from infra.benchmarks.load import Request, timed

COMPANIES, COUNT = 1000, 3000


def run() -> list[Figure]:
    """p95 over 1,000 warm companies (Zipf) to p95 over one; the first touch; a backend's memory."""
    with Field("thousand", keep=True, WEB_PROCESSES="1", WEB_THREADS="4") as field:
        field.many_companies(COMPANIES)
        known = json.loads(field.manage("make_tokens"))
        slugs = list(known)[:COMPANIES]
        port = field.product.port

        def task_list(slug: str) -> Request:
            path = f"/api/v1/tasks/?assignee={known[slug]['id']}&ordering=due_at&limit=50"
            return Request("GET", path, f"{slug}.localhost:{port}", known[slug]["token"])

        def one() -> Iterator[Request]:
            while True:
                yield task_list(slugs[0])

        def many() -> Iterator[Request]:
            chance = random.Random(7)
            weights = [1 / rank for rank in range(1, len(slugs) + 1)]
            while True:
                yield from map(task_list, chance.choices(slugs, weights, k=500))

        first = timed(port, lambda: map(task_list, slugs), count=len(slugs) - 20, warm=20)
        timed(port, many, count=COUNT, concurrency=4)
        alone, spread = timed(port, one, count=COUNT), timed(port, many, count=COUNT)
        memory = _memory(field, port, many)
    return [
        figure("spread: список задач по 1000 компаний к одной, p95", percentile(spread, 0.95), "мс",
               floor=percentile(alone, 0.95), most=1.3),
        figure("spread: первое касание компании, p50", percentile(first, 0.5), "мс", most=60),
        figure("spread: первое касание компании, p95", percentile(first, 0.95), "мс"),
        figure("spread: память процесса базы, наибольшая", memory, "МБ", most=400),
    ]  # fmt: skip


def _memory(field: Field, port: int, stream) -> float:
    """The largest backend of the product while requests run, private memory in megabytes."""
    largest = 0.0
    for _ in range(5):
        timed(port, stream, count=400, concurrency=4, warm=0)
        with field.database() as connection:
            pids = connection.execute("SELECT pid FROM pg_stat_activity WHERE usename = 'pult_app'").fetchall()
        largest = max([largest, *(_private(pid) for (pid,) in pids)])
        time.sleep(0.1)
    return largest


def _private(pid: int) -> float:
    try:
        with open(f"/proc/{pid}/smaps_rollup") as file:
            lines = [line.split() for line in file if line.startswith(("Private_Dirty", "Private_Clean"))]
    except (FileNotFoundError, ProcessLookupError):
        return 0.0
    return sum(int(line[1]) for line in lines) / 1024
