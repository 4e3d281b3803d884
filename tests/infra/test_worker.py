"""The worker process ends when one of its threads dies, and the launcher starts it again."""

import subprocess
import sys
import threading
import time

import pytest
import redis

from infra.env import ROOT
from infra.vital import VitalThreads

_DOOMED = """
import sys, time
import infra.worker as worker

def dies(stop):
    time.sleep({lives})
    raise {way}

worker.{thread} = dies
sys.exit(worker.main())
"""


@pytest.mark.parametrize(("thread", "way"), [("relay_forever", "MemoryError()"), ("tick_forever", "SystemExit(0)")])
@pytest.mark.committed
def test_a_worker_without_relay_or_ticker_ends_and_says_why(thread, way, committed):
    text = _DOOMED.format(thread=thread, way=way, lives=0.5)
    done = subprocess.run(
        [sys.executable, "-c", text], cwd=ROOT, env=committed.environment, capture_output=True, text=True, timeout=120
    )
    told = done.stdout + done.stderr
    assert done.returncode == 1, told
    assert f"{thread.partition('_')[0].replace('tick', 'ticker')} has died" in told


@pytest.mark.committed
def test_a_worker_that_is_asked_to_stop_ends_well_and_quietly(committed):
    """No banner, no warning about root: what a person sees are the product's own lines."""
    worker = subprocess.Popen(
        [sys.executable, "-m", "infra.worker"], cwd=ROOT, env=committed.environment, stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT, text=True,
    )  # fmt: skip
    queue = redis.Redis.from_url(committed.environment["REDIS_URL"])
    deadline = time.monotonic() + 60
    while not any(client["cmd"] == "brpop" for client in queue.client_list()):
        assert worker.poll() is None and time.monotonic() < deadline, "the worker never came to wait for work"
        time.sleep(0.1)
    worker.terminate()
    told, _ = worker.communicate(timeout=60)
    assert worker.returncode == 0, told
    for noise in ("celery@", "[tasks]", "superuser", "SecurityWarning", "No directory"):
        assert noise not in told, told


def test_threads_that_are_told_to_stop_are_not_dead():
    ended: list[str] = []
    vital = VitalThreads({"a": lambda stop: stop.wait(10) and None}, on_death=lambda: ended.append("dead"))
    vital.start()
    vital.stop()
    assert (vital.dead, ended) == ("", [])


def test_the_death_of_several_is_told_once():
    ended: list[str] = []
    gate = threading.Barrier(2)

    def dies(stop: threading.Event) -> None:
        gate.wait(5)

    vital = VitalThreads({"a": dies, "b": dies}, on_death=lambda: ended.append("dead"))
    vital.start()
    for thread in vital._threads:
        thread.join(5)
    assert ended == ["dead"] and vital.dead in ("a", "b")
