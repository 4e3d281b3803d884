"""Loaded before Django's settings (`-p` in pyproject.toml): gives this worker its cluster."""

import os
import shutil

from infra.cycles import go_on, rest
from tests.support.cluster import Cluster, copy_of_template, fresh_folder

# What all tests share is read and collected once; looking for rubbish in it again and again costs a tenth of them.
rest()
_worker = os.environ.get("PYTEST_XDIST_WORKER", f"main{os.getpid()}")
_folder = fresh_folder(_worker)
os.environ.update(Cluster(_folder).variables())


def pytest_configure(config) -> None:
    """Start the worker's servers; the process that only hands out tests needs none."""
    for line in ("row(*codes, waits=None): rows of docs/requirements.md that the test proves",
                 "committed: the test commits for real, in a cluster of its own",
                 "journey: drives a real browser through a running product",
                 "nightly: long runs, left out of make test"):  # fmt: skip
        config.addinivalue_line("markers", line)
    if not hasattr(config, "workerinput") and getattr(config.option, "numprocesses", None):
        return
    cluster = copy_of_template(_worker)
    cluster.start()
    config.add_cleanup(lambda: _end(cluster))


def pytest_collection_finish() -> None:
    """Everything has been read."""
    go_on()


def _end(cluster: Cluster) -> None:
    cluster.stop()
    shutil.rmtree(cluster.folder, ignore_errors=True)
