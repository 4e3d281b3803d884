"""Readiness: what it looks at, and how often."""

import threading

import pytest

from core.context import control_scope
from infra.health import REMEMBERED_SECONDS, Readiness
from tenants.models import Segment
from tenants.provisioning import readiness
from tenants.provisioning.readiness import TablesAreOld, must_stand


class Clock:
    now = 100.0

    def __call__(self) -> float:
        return self.now


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
