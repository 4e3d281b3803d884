"""A start on data that exists: from the command to the first answer, with few companies, with 1,000, after SIGKILL.

`make run` first looks whether everything is installed and then starts; both are in the figure.
"""

import subprocess
import sys
import time

from infra.benchmarks.field import Field
from infra.benchmarks.figures import Figure, figure, percentile
from infra.benchmarks.thousand import COMPANIES, Thousand
from infra.env import ROOT

TRIES, MOST = 3, 8
# What `make run` does when nothing is missing; here nothing is ever installed.
_LOOK = "from infra.launch.installation import ROOT, Installation; [s.done() for s in Installation(ROOT).steps()]"


def run() -> list[Figure]:
    """Seconds to a ready product; the goal is for an orderly stop before."""
    with Field("start", DEMO="1") as field:
        few = [_again(field) for _ in range(TRIES)]
        killed = _again(field, kill=True)
    with Thousand() as field:
        many = [_again(field) for _ in range(TRIES)]
        many_killed = _again(field, kill=True)
    return [
        figure("start: запуск на готовых данных", percentile(few, 0.5), "с", most=MOST),
        figure("start: запуск после SIGKILL", killed, "с"),
        figure(f"start: запуск при {COMPANIES} компаний", percentile(many, 0.5), "с", most=MOST),
        figure(f"start: запуск при {COMPANIES} компаний после SIGKILL", many_killed, "с"),
    ]


def _again(field: Field, *, kill: bool = False) -> float:
    """Stop, then seconds from the command to readiness."""
    if kill:
        field.product.kill()
    else:
        field.product.stop()
    begun = time.perf_counter()
    subprocess.run([sys.executable, "-c", _LOOK], cwd=ROOT, check=True)
    field.product.start()
    return time.perf_counter() - begun
