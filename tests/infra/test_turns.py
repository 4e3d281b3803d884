"""Requests of companies take turns at the threads."""

import asyncio
import json
from collections import Counter
from typing import Any

import pytest

from core.context import control_scope
from infra.turns import UNKNOWN, Turns
from tenants.middleware import whose
from tenants.models import Company as Row
from tenants.models import Domain
from tenants.snapshots import find, snapshots


class Desk:
    """An application whose requests end when they are told to; remembers who was let in, and how many at once."""

    def __init__(self, slots: int, most_waiting: int = 100, whose: Any = str) -> None:
        self.now = 100.0
        self.order: list[str] = []
        self.inside: Counter[str] = Counter()
        self.most: Counter[str] = Counter()
        self.gates: list[tuple[str, asyncio.Event]] = []
        self.turns = Turns(self._answer, slots=slots, whose=whose, most_waiting=most_waiting, clock=lambda: self.now)
        self.told: list[Any] = []

    async def _answer(self, scope: Any, receive: Any, send: Any) -> None:
        host = scope["headers"][0][1].decode()
        self.order.append(host)
        self.inside[host] += 1
        self.most[host] = max(self.most[host], self.inside[host])
        gate = asyncio.Event()
        self.gates.append((host, gate))
        await gate.wait()
        self.inside[host] -= 1

    def ask(self, host: str, path: str = "/") -> asyncio.Task:
        async def send(message: Any) -> None:
            self.told.append(message)

        scope = {"path": path, "headers": [(b"host", host.encode())]}
        return asyncio.ensure_future(self.turns(scope, None, send))

    async def end_one(self, host: str) -> None:
        place = next(at for at, (whose, gate) in enumerate(self.gates) if whose == host and not gate.is_set())
        self.gates[place][1].set()
        await settle()


async def settle() -> None:
    for _ in range(10):
        await asyncio.sleep(0)


def run(story: Any) -> None:
    asyncio.run(story())


@pytest.mark.row("CR-10")
def test_another_company_finds_a_thread_free_however_many_one_asks_for():
    async def story() -> None:
        desk = Desk(8)
        for _ in range(50):
            desk.ask("noisy")
        await settle()
        assert desk.inside["noisy"] == desk.turns.share == 6
        desk.ask("quiet")
        await settle()
        assert desk.inside["quiet"] == 1

    run(story)


@pytest.mark.row("CR-10")
def test_a_company_has_one_share_however_its_host_is_written():
    async def story() -> None:
        desk = Desk(8)
        for port in range(8000, 8020):
            desk.ask(f"noisy.localhost:{port}")
            desk.ask(f"Noisy.LocalHost.:{port}")
        await settle()
        assert sum(desk.inside.values()) == desk.turns.share == 6
        assert set(desk.turns._busy) == {"noisy.localhost"}
        desk.ask("quiet.localhost:8000")
        await settle()
        assert desk.inside["quiet.localhost:8000"] == 1

    run(story)


@pytest.mark.row("CR-10")
def test_all_names_of_a_company_have_one_share_and_all_that_are_nobodys_another(company, other_company):
    with control_scope():
        row = Row.objects.get(schema_name=company.schema)
        Domain.objects.create(domain="former.localhost", tenant=row, is_primary=False)
    snapshots.forget()
    assert whose("alfa.localhost") == UNKNOWN, "this process has not met it yet"
    for slug in ("alfa", "beta"):
        assert find(host=f"{slug}.localhost") is not None

    async def story() -> None:
        desk = Desk(16, whose=whose)
        for number in range(20):
            desk.ask(f"{'alfa' if number % 2 else 'former'}.localhost:{9000 + number}")
        await settle()
        assert sum(desk.inside.values()) == desk.turns.share == 12
        assert dict(desk.turns._busy) == {company.schema: 12}
        desk.ask("beta.localhost")
        for number in range(20):
            desk.ask(f"nobody{number}.localhost")
        await settle()
        assert desk.turns._busy[other_company.schema] == 1 and desk.turns._busy[UNKNOWN] == 3
        assert set(desk.turns._waiting) == {company.schema, UNKNOWN}

    run(story)


def test_the_public_site_and_the_console_are_no_strangers():
    assert [whose(host) for host in ("localhost", "console.localhost")] == ["public", "console"]


def test_the_unknown_are_slowed_down_and_do_not_go_one_by_one():
    """Just after a start all companies are unknown: a slow first look of one must not stop the others."""

    async def story() -> None:
        desk = Desk(8, whose=lambda name: name if name == "quiet" else UNKNOWN)
        for number in range(8):
            desk.ask(f"h{number}")
        for _ in range(8):
            desk.now += 1.0
            await settle()
            whose_turn = next(host for host in desk.inside if desk.inside[host])
            await desk.end_one(whose_turn)
        desk.ask("quiet")
        await settle()
        assert desk.turns._share_of(UNKNOWN) == desk.turns.share_of_busy == 2

    run(story)


async def keep_busy(desk: Desk, host: str, *, seconds: float, each: float) -> None:
    """The host has requests at work and waiting for so long, each of which lasts so many seconds."""
    for _ in range(int(seconds / each)):
        while len(desk.turns._waiting.get(host, ())) < 10:
            desk.ask(host)
            await settle()
        desk.now += each
        for _ in range(desk.inside[host]):
            await desk.end_one(host)


@pytest.mark.row("CR-10")
@pytest.mark.parametrize(("each", "since", "share"), [(0.1, 0.1, 1), (0.1, 2.0, 2), (1.0, 2.0, 1)])
def test_who_has_kept_many_threads_at_work_holds_few_while_others_are_about(each: float, since: float, share: int):
    """A quarter of eight; one just after a quiet one has been answered, and if its own requests last long."""

    async def story() -> None:
        desk = Desk(8)
        await keep_busy(desk, "noisy", seconds=10, each=each)
        assert desk.inside["noisy"] == 6, "alone it may"
        desk.ask("quiet")
        await settle()
        assert desk.inside["quiet"] == 1
        await desk.end_one("quiet")
        await keep_busy(desk, "noisy", seconds=since, each=each)
        assert desk.inside["noisy"] == share
        # The other has been gone for long: nobody is in its way any more.
        await keep_busy(desk, "noisy", seconds=20, each=each)
        assert desk.inside["noisy"] == 6

    run(story)


@pytest.mark.row("CR-10")
def test_a_slow_request_of_a_quiet_one_has_the_company_of_a_single_busy_one():
    async def story() -> None:
        desk = Desk(8)
        await keep_busy(desk, "noisy", seconds=10, each=0.1)
        desk.ask("quiet")
        await settle()
        await keep_busy(desk, "noisy", seconds=5, each=0.1)
        assert desk.inside == {"quiet": 1, "noisy": 1}

    run(story)


def test_two_busy_ones_do_not_yield_to_each_other():
    async def story() -> None:
        desk = Desk(16)
        for _ in range(100):
            for host in ("a", "b"):
                while len(desk.turns._waiting.get(host, ())) < 10:
                    desk.ask(host)
                    await settle()
            desk.now += 0.1
            for host in ("a", "b"):
                for _ in range(desk.inside[host]):
                    await desk.end_one(host)
        assert desk.inside == {"a": 4, "b": 4}

    run(story)


def test_a_page_that_asks_much_at_once_is_no_noise():
    async def story() -> None:
        desk = Desk(8)
        desk.ask("quiet")
        for _ in range(20):
            desk.ask("page")
        await settle()
        assert desk.inside["page"] == 6
        for _ in range(20):
            desk.now += 0.01
            await desk.end_one("page")
        assert desk.order.count("page") == 20 and desk.most["page"] == 6

    run(story)


def test_hosts_that_are_gone_are_forgotten():
    async def story() -> None:
        desk = Desk(8)
        for number in range(50):
            desk.ask(f"h{number}")
            await settle()
            await desk.end_one(f"h{number}")
        desk.now += 60
        desk.ask("last")
        await settle()
        assert list(desk.turns._about) == ["last"]

    run(story)


def test_a_free_thread_goes_to_whose_turn_it_is():
    async def story() -> None:
        desk = Desk(2)
        for _ in range(5):
            desk.ask("noisy")
        await settle()
        for host in ("a", "b", "c"):
            desk.ask(host)
        await settle()
        for _ in range(3):
            await desk.end_one(next(host for host in ("a", "b", "c") if desk.inside[host]))
        assert desk.order == ["noisy", "a", "b", "c"]
        await desk.end_one("noisy")
        assert desk.order[-1] == "noisy"

    run(story)


def test_what_waits_is_bounded_and_told_so():
    async def story() -> None:
        desk = Desk(1, most_waiting=3)
        asked = [desk.ask("noisy") for _ in range(6)]
        await settle()
        assert [one.done() for one in asked] == [False] * 4 + [True] * 2
        assert desk.told[0]["status"] == 429 and dict(desk.told[0]["headers"])[b"retry-after"] == b"1"
        assert json.loads(desk.told[1]["body"])["type"] == "/problems/company-busy"

    run(story)


def test_who_gives_up_waiting_leaves_nothing_behind():
    async def story() -> None:
        desk = Desk(1)
        first, second, third = (desk.ask("noisy") for _ in range(3))
        await settle()
        second.cancel()
        await settle()
        await desk.end_one("noisy")
        assert first.done() and desk.order == ["noisy", "noisy"]
        await desk.end_one("noisy")
        assert third.done() and desk.inside["noisy"] == 0
        assert not desk.turns._waiting and not desk.turns._busy and desk.turns._free == 1

    run(story)


def test_health_is_answered_while_all_are_busy():
    async def story() -> None:
        desk = Desk(1)
        desk.ask("noisy")
        await settle()
        desk.ask("noisy", "/healthz")
        await settle()
        assert desk.inside["noisy"] == 2

    run(story)


def test_a_fault_gives_its_thread_back():
    async def story() -> None:
        async def fails(scope: Any, receive: Any, send: Any) -> None:
            raise ValueError("a fault")

        turns = Turns(fails, slots=1)
        for _ in range(3):
            with pytest.raises(ValueError, match="a fault"):
                await turns({"path": "/", "headers": []}, None, None)
        assert turns._free == 1 and not turns._busy

    run(story)
