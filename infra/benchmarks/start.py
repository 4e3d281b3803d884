"""A second start on the same data."""

import time

from infra.benchmarks.field import Field
from infra.benchmarks.figures import Figure, figure

TRIES = 3


def run() -> list[Figure]:
    """Seconds from the command to a ready product, on data that exists; and after SIGKILL."""
    with Field("start", DEMO="1") as field:
        orderly, killed = [], []
        for _ in range(TRIES):
            field.product.stop()
            orderly.append(_start(field))
        field.product.kill()
        killed.append(_start(field))
    return [
        figure("start: запуск на готовых данных", sorted(orderly)[TRIES // 2], "с", most=8),
        figure("start: запуск после SIGKILL", killed[0], "с"),
    ]


def _start(field: Field) -> float:
    begun = time.perf_counter()
    field.product.start()
    return time.perf_counter() - begun
