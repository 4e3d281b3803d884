"""One company with much to do does not keep the others from their turn."""

import uuid
from collections import Counter

import pytest

from core.context import control_scope
from core.jobs.relay import WINDOW, long_kinds, patient_kinds
from core.outbox.models import Outbox
from core.outbox.queries import MOST_LONG, beat, lease, strike_off

LONG = "job:sheets.write"
NIGHT = "job:tenants.copy"
NEIGHBOURS = ("t_neighbouraaaaaaa", "t_neighbourbbbbbbb", "t_zlastneighbourcc")


def promised(company: str, count: int, kind: str = "fact") -> None:
    with control_scope():
        Outbox.objects.bulk_create(
            [Outbox(company=company, kind=kind, subject_id=number) for number in range(count)], batch_size=5000
        )


def leased(limit: int = WINDOW, long=(LONG,), **more) -> Counter:
    with control_scope():
        return Counter(row[1] for row in lease(limit, long=long, patient=(NIGHT,), **more))


@pytest.fixture(autouse=True)
def nothing_promised(db):
    with control_scope():
        Outbox.objects.all().delete()


@pytest.mark.row("CR-10")
@pytest.mark.parametrize("crowd", [50, 20_000])
def test_whoever_comes_last_is_served_in_the_next_window(crowd):
    promised("t_noisy", crowd)
    for company in NEIGHBOURS:
        promised(company, 3)
    found = leased(40)
    assert {company: found[company] for company in NEIGHBOURS} == dict.fromkeys(NEIGHBOURS, 3)
    assert found["t_noisy"] == 31


def test_alone_it_has_the_whole_window():
    promised("t_noisy", 300)
    assert leased(100) == {"t_noisy": 100}


def test_what_is_on_its_way_counts_as_turns():
    promised("t_noisy", 200)
    assert leased(60) == {"t_noisy": 60}
    promised("t_quiet", 30)
    assert leased(40) == {"t_quiet": 30, "t_noisy": 10}


def test_of_long_work_each_has_so_much_on_its_way():
    promised("t_noisy", 30, LONG)
    promised("t_noisy", 5)
    promised("t_quiet", 1, LONG)
    found = leased()
    assert found == {"t_noisy": MOST_LONG + 5, "t_quiet": 1}
    assert leased() == {}
    with control_scope():
        done = Outbox.objects.filter(company="t_noisy", kind=LONG, attempts=1).values_list("pk", flat=True)[:1]
        strike_off([str(done[0])])
    assert leased() == {"t_noisy": 1}


@pytest.mark.row("OP-01")
@pytest.mark.parametrize("companies", [80, 300])
def test_when_the_nights_of_all_are_due_at_once_nobody_waits_behind_them(companies):
    for number in range(companies):
        promised(f"t_company{number:03}", 1, NIGHT)
    work = {"long": (LONG, NIGHT), "threads": 4}
    assert sum(leased(**work).values()) == 2, "half of the threads stay free"
    promised("", 1, "job:tenants.letter")
    promised("t_zlast", 3)
    promised("t_company007", 1, LONG)
    assert leased(**work) == {"": 1, "t_zlast": 3, "t_company007": 1}
    assert leased(**work) == {}
    with control_scope():
        flying = Outbox.objects.filter(kind=NIGHT, attempts=1).values_list("pk", flat=True)
        strike_off([str(one) for one in flying])
    assert sum(leased(**work).values()) == 2, "the next ones follow"


def test_each_living_worker_has_hands_for_the_night():
    with control_scope():
        for _ in range(3):
            beat(uuid.uuid4())
    for number in range(50):
        promised(f"t_company{number:03}", 1, NIGHT)
    assert sum(leased(long=(LONG, NIGHT), threads=4).values()) == 6


@pytest.mark.row("CR-10")
def test_long_work_of_all_leaves_threads_to_what_is_short():
    for company in NEIGHBOURS:
        promised(company, 2, LONG)
    promised("t_quiet", 4)
    assert leased(threads=4) == {**dict.fromkeys(NEIGHBOURS, 1), "t_quiet": 4}
    assert leased(threads=4) == {}
    with control_scope():
        first, second = uuid.uuid4(), uuid.uuid4()
        beat(first)
        beat(second)
    assert sum(leased(threads=4).values()) == 3, "two workers live"


@pytest.mark.parametrize(("threads", "long"), [(1, 1), (2, 1), (4, 3), (8, 6)])
def test_one_thread_at_least_is_left_to_what_is_short(threads, long):
    for number in range(20):
        promised(f"t_company{number:03}", 1, LONG)
    assert sum(leased(threads=threads).values()) == long


def test_what_is_parked_or_waits_takes_no_turn():
    promised("t_noisy", 3)
    with control_scope():
        Outbox.objects.update(error="Broken", attempts=20)
    assert leased() == {"t_noisy": 3}


def test_exports_and_imports_are_long_and_facts_are_not():
    found = long_kinds()
    assert {"job:sheets.write", "job:takeout.write", "job:imports.run"} <= set(found)
    assert not [kind for kind in found if kind.startswith("job:tenants.pool")]


def test_work_of_the_night_is_long_and_has_patience():
    assert {"job:tenants.copy", "job:retention.sweep"} <= set(patient_kinds()) <= set(long_kinds())
