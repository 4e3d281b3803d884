"""Readiness: what it looks at, and how often."""

import socket
import threading
import time
from collections.abc import Callable

import pytest

from core.context import control_scope
from infra import health
from infra.health import BELIEVED_SECONDS, REMEMBERED_SECONDS, Readiness
from tenants.models import Segment
from tenants.provisioning import readiness
from tenants.provisioning.readiness import TablesAreOld, must_stand


class Clock:
    now = 100.0

    def __call__(self) -> float:
        return self.now


def asserted(passes: bool) -> None:
    assert passes


def wait_for(condition: Callable[[], bool], seconds: float = 5) -> None:
    deadline = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < deadline
        time.sleep(0.01)


def test_many_askers_cost_one_look_a_second():
    clock, looks = Clock(), []
    ready = Readiness({"database": lambda: looks.append(1)}, clock)
    askers = [threading.Thread(target=ready.ask) for _ in range(8)]
    for asker in askers:
        asker.start()
    for asker in askers:
        asker.join()
    assert len(looks) == 1
    clock.now += REMEMBERED_SECONDS + 0.01
    assert ready.ask() == {"database": True}
    assert len(looks) == 2


def test_a_fault_is_seen_within_a_second_and_so_is_its_end():
    clock, fine = Clock(), [True]

    def check() -> None:
        if not fine[0]:
            raise OSError("gone")

    ready = Readiness({"storage": check}, clock)
    assert ready.ask() == {"storage": True}
    for state in (False, True):
        fine[0] = state
        clock.now += REMEMBERED_SECONDS + 0.01
        assert ready.ask() == {"storage": state}


def test_a_dependency_that_hangs_holds_one_asker():
    clock, hanging, free = Clock(), threading.Event(), threading.Event()
    free.set()

    def check() -> None:
        hanging.set()
        assert free.wait(10)

    ready = Readiness({"storage": check}, clock)
    assert ready.ask() == {"storage": True}
    clock.now += REMEMBERED_SECONDS + 0.01
    hanging.clear()
    free.clear()
    held = threading.Thread(target=ready.ask)
    held.start()
    assert hanging.wait(5)
    assert ready.ask() == {"storage": True}, "the others are answered at once"
    free.set()
    held.join(5)


def test_who_comes_first_does_not_wait_for_what_hangs():
    free = threading.Event()
    ready = Readiness({"database": lambda: None, "storage": lambda: asserted(free.wait(30))})
    began = time.monotonic()
    assert ready.ask() == {"database": True, "storage": False}
    assert time.monotonic() - began <= 3
    began = time.monotonic()
    assert ready.ask()["storage"] is False
    assert time.monotonic() - began < 1, "this look has been waited for already"
    free.set()


def test_an_answer_that_is_old_is_not_believed_while_its_check_hangs():
    clock, free, looks = Clock(), threading.Event(), []

    def look() -> None:
        looks.append(1)
        asserted(free.wait(30))

    free.set()
    ready = Readiness({"storage": look}, clock)
    assert ready.ask() == {"storage": True}
    free.clear()
    clock.now += REMEMBERED_SECONDS + 0.01
    assert ready.ask() == {"storage": True}
    clock.now += BELIEVED_SECONDS
    assert ready.ask() == {"storage": False}
    assert ready.ask() == {"storage": False}
    assert len(looks) == 2, "a look that hangs is not begun a second time"
    free.set()
    wait_for(lambda: ready.ask() == {"storage": True})


def test_two_who_ask_at_once_after_a_long_rest_hear_the_same():
    clock, begun, free = Clock(), threading.Event(), threading.Event()

    def look() -> None:
        begun.set()
        asserted(free.wait(30))

    free.set()
    ready = Readiness({"storage": look}, clock)
    ready.ask()
    begun.clear()
    free.clear()
    clock.now += 60
    heard: list[dict[str, bool]] = []
    askers = [threading.Thread(target=lambda: heard.append(ready.ask())) for _ in range(2)]
    for asker in askers:
        asker.start()
    assert begun.wait(5)
    free.set()
    for asker in askers:
        asker.join()
    assert heard == [{"storage": True}] * 2


@pytest.fixture
def silent_server():
    """The address of somebody who takes calls and says nothing."""
    with socket.socket() as listening:
        listening.bind(("127.0.0.1", 0))
        listening.listen(50)
        yield f"127.0.0.1:{listening.getsockname()[1]}"


@pytest.mark.parametrize("look", ["_redis", "_storage"])
def test_a_dependency_that_is_silent_is_soon_given_up(silent_server, settings, monkeypatch, look):
    settings.REDIS_URL, settings.S3_ENDPOINT_URL = f"redis://{silent_server}", f"http://{silent_server}/s3"
    monkeypatch.setattr(health, "_client", health._client.__wrapped__)
    monkeypatch.setattr(health, "_store", health._store.__wrapped__)
    began = time.monotonic()
    with pytest.raises(Exception, match="(?i)time"):
        getattr(health, look)()
    assert time.monotonic() - began < 6, "its own limits have ended it, not a library's minute"


@pytest.fixture(scope="module")
def known(django_db_setup, django_db_blocker):
    """What this code asks for; made once, by the owner, before a test shuts him out."""
    with django_db_blocker.unblock():
        return readiness._wanted()


@pytest.fixture
def wanted(known, monkeypatch):
    """The same, for a test to ask for something else."""
    told = dict(known)
    monkeypatch.setattr(readiness, "_wanted", lambda: told)
    return told


def test_the_tables_of_this_code_are_enough(db, wanted):
    must_stand()


def test_a_code_that_is_ahead_of_its_tables_is_not_ready(db, wanted):
    fingerprint, migrations = wanted["core"]
    wanted["core"] = ("f" * 64, migrations | {"identity.9999_later"})
    with pytest.raises(TablesAreOld):
        must_stand()


def test_a_code_that_is_behind_its_tables_goes_on(db, wanted):
    """`prepare` of a new version runs while the old one works."""
    fingerprint, migrations = wanted["core"]
    wanted["core"] = ("f" * 64, frozenset(sorted(migrations)[1:]))
    must_stand()


def test_the_same_names_with_other_tables_are_noticed(db, wanted):
    with control_scope():
        Segment.objects.filter(code="core").update(fingerprint="0" * 64)
    with pytest.raises(TablesAreOld):
        must_stand()


def test_a_module_without_its_segment_is_noticed(db, wanted):
    with control_scope():
        Segment.objects.filter(code="tasks").delete()
    with pytest.raises(TablesAreOld):
        must_stand()


def test_public_tables_count_too(db, wanted, monkeypatch):
    monkeypatch.setattr(readiness, "_public_migrations", lambda: frozenset({"tenants.9999_later"}))
    with pytest.raises(TablesAreOld):
        must_stand()
