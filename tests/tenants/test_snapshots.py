"""Snapshots: never older than the last word, whatever the order of reading, saying and failing."""

import threading
from dataclasses import replace

import pytest
import redis

from core.context import Company, control_scope
from core.errors import Unavailable
from tenants.models import SignUp
from tenants.queries import locked
from tenants.signup import code_of
from tenants.snapshots import NOBODY_SECONDS, SURE_SECONDS, Snapshots, Word, find, touch

SCHEMA = "t_" + "a" * 16
FIRST = Company(1, "acme", SCHEMA, "Acme", "active", frozenset(), 1, hosts=("acme.localhost",))


class Clock:
    now = 100.0

    def __call__(self) -> float:
        return self.now


class FakeRedis:
    """As much of Redis as the word needs; may be down."""

    def __init__(self) -> None:
        self.said: dict[str, int] = {}
        self.down = False
        self.asked = 0

    def __call__(self) -> "FakeRedis":
        return self

    def get(self, key):
        self._answer()
        return self.said.get(key)

    def eval(self, script, count, key, version, life):
        self._answer()
        self.said[key] = max(self.said.get(key, 0), version)

    def pipeline(self):
        return self

    def incr(self, key):
        self._answer()
        self.said[key] = self.said.get(key, 0) + 1

    def expire(self, key, life):
        assert life > NOBODY_SECONDS

    def execute(self):
        self._answer()

    def _answer(self) -> None:
        self.asked += 1
        if self.down:
            raise redis.ConnectionError("down")


class Registry:
    """The row as committed, and how often it was read."""

    def __init__(self) -> None:
        self.row, self.reads = FIRST, 0

    def read(self, **where):
        self.reads += 1
        known = where.get("schema_name") == SCHEMA or where.get("domains__domain") in self.row.hosts
        return self.row if known else None


@pytest.fixture
def world():
    return Registry(), FakeRedis(), Clock()


def process(world) -> Snapshots:
    registry, server, clock = world
    return Snapshots(Word(server, clock), registry.read, clock)


def test_a_held_snapshot_costs_no_reading(world):
    web = process(world)
    assert [web.find(host="acme.localhost").version for _ in range(5)] == [1] * 5
    assert web.find(schema=SCHEMA).version == 1
    assert world[0].reads == 1


def test_two_processes_see_a_change_with_their_next_question(world):
    registry, server, clock = world
    web, worker = process(world), process(world)
    assert web.find(schema=SCHEMA).modules == worker.find(schema=SCHEMA).modules == frozenset()
    Word(server, clock).say(SCHEMA, 2)
    registry.row = replace(FIRST, version=2, modules=frozenset({"tasks"}))
    assert web.find(schema=SCHEMA).modules == worker.find(host="acme.localhost").modules == {"tasks"}


def test_a_word_said_before_the_commit_is_believed_until_the_row_is_there(world):
    registry, server, clock = world
    web = process(world)
    web.find(schema=SCHEMA)
    Word(server, clock).say(SCHEMA, 2)
    assert web.find(schema=SCHEMA).version == 1
    registry.row = replace(FIRST, version=2)
    assert web.find(schema=SCHEMA).version == 2


def test_a_version_said_while_an_older_one_is_being_read(world):
    registry, server, clock = world
    reading, committed = threading.Event(), threading.Event()

    def slow_read(**where):
        row = registry.row
        reading.set()
        committed.wait(5)
        return row

    web = Snapshots(Word(server, clock), slow_read, clock)
    found = []
    reader = threading.Thread(target=lambda: found.append(web.find(schema=SCHEMA)))
    reader.start()
    reading.wait(5)
    Word(server, clock).say(SCHEMA, 2)
    registry.row = replace(FIRST, version=2)
    committed.set()
    reader.join()
    assert found[0].version == 1
    assert web.find(schema=SCHEMA).version == 2


def test_a_late_reading_of_an_old_row_does_not_hide_the_new_one(world):
    registry, _, _ = world
    web = process(world)
    registry.row = replace(FIRST, version=2)
    web.find(schema=SCHEMA)
    web._keep(FIRST, 0.0)
    assert web.find(schema=SCHEMA).version == 2


def test_of_two_words_the_greater_stands_in_any_order(db):
    word = Word(lambda: _real_redis())
    word.say(SCHEMA, 7)
    word.say(SCHEMA, 6)
    assert word.of(SCHEMA) == 7


def test_without_redis_the_registry_is_read_and_redis_left_alone(world):
    registry, server, clock = world
    web = process(world)
    web.find(schema=SCHEMA)
    server.down = True
    registry.row = replace(FIRST, version=2, status="suspended")
    assert web.find(schema=SCHEMA).status == "suspended"
    asked = server.asked
    registry.row = replace(FIRST, version=3)
    assert web.find(schema=SCHEMA).version == 3
    assert server.asked == asked
    server.down = False
    clock.now += 5
    web.find(schema=SCHEMA)
    reads = registry.reads
    assert [web.find(schema=SCHEMA).version for _ in range(3)] == [3] * 3
    assert registry.reads == reads


def test_a_redis_that_forgot_is_not_believed(world):
    registry, server, _ = world
    web = process(world)
    web.find(schema=SCHEMA)
    server.said.clear()
    registry.row = replace(FIRST, version=2)
    assert web.find(schema=SCHEMA).version == 2


def test_a_lost_word_ends_after_ten_seconds(world):
    registry, _, clock = world
    web = process(world)
    web.find(schema=SCHEMA)
    registry.row = replace(FIRST, version=2)
    clock.now += SURE_SECONDS + 0.1
    assert web.find(schema=SCHEMA).version == 2


def test_a_host_that_moved_away_is_asked_again(world):
    registry, server, clock = world
    web = process(world)
    web.find(host="acme.localhost")
    registry.row = replace(FIRST, version=2, hosts=("acme-2.localhost",))
    Word(server, clock).say(SCHEMA, 2)
    assert web.find(host="acme.localhost") is None
    assert web.find(host="acme-2.localhost").version == 2
    assert web.find(host="acme.localhost") is None


def test_a_change_that_cannot_be_said_is_refused(company, monkeypatch):
    server = FakeRedis()
    server.down = True
    monkeypatch.setattr("tenants.snapshots.word", Word(server))
    with pytest.raises(Unavailable), control_scope():
        row = locked(company.schema)
        row.name = "Не сказано"
        touch(row, "name")
    monkeypatch.undo()
    assert find(schema=company.schema).name == company.name


def _real_redis():
    from django.conf import settings

    return redis.Redis.from_url(settings.REDIS_URL)


def test_a_host_of_nobody_is_read_once_in_some_seconds(world):
    registry, server, clock = world
    web = process(world)
    assert [web.find(host="nobody.localhost") for _ in range(5)] == [None] * 5
    assert registry.reads == 1
    clock.now += NOBODY_SECONDS + 0.1
    assert web.find(host="nobody.localhost") is None
    assert registry.reads == 2


def test_a_new_company_works_at_once_in_every_process_that_has_just_missed_it(world):
    registry, server, clock = world
    web, other = process(world), process(world)
    registry.row = replace(FIRST, hosts=("elsewhere.localhost",))
    assert web.find(host="acme.localhost") is other.find(host="acme.localhost") is None
    registry.row = FIRST
    Word(server, clock).say_hosts()
    assert web.find(host="acme.localhost") == other.find(host="acme.localhost") == FIRST


def test_a_company_that_appears_while_a_miss_is_being_read_is_not_hidden(world):
    registry, server, clock = world

    def slow_read(**where):
        Word(server, clock).say_hosts()
        return None

    web = Snapshots(Word(server, clock), slow_read, clock)
    assert web.find(host="acme.localhost") is None
    web._read = registry.read
    assert web.find(host="acme.localhost") == FIRST


def test_without_redis_a_miss_is_not_believed(world):
    registry, server, clock = world
    server.down = True
    web = process(world)
    assert [web.find(host="nobody.localhost") for _ in range(3)] == [None] * 3
    assert registry.reads == 3


def test_misses_are_bounded(world, monkeypatch):
    monkeypatch.setattr("tenants.snapshots._NOBODIES", 10)
    web = process(world)
    for number in range(50):
        web.find(host=f"n{number}.localhost")
    assert len(web._nobody) == 10


@pytest.mark.row("PL-02")
def test_signing_up_says_that_a_host_has_an_owner(api, db, settings):
    settings.POOL_SIZE = 1
    assert find(host="novaya.localhost") is None
    form = {"email": "novaya@x.example", "company": "Новая", "slug": "novaya", "full_name": "Новая Анна",
            "password": "dlinnyy-parol-1"}  # fmt: skip
    assert api().post("signup/", form).status_code == 202
    with control_scope():
        code = code_of(SignUp.objects.get(email="novaya@x.example"))
    assert find(host="novaya.localhost") is None
    assert api().post("signup/confirm/", {"email": "novaya@x.example", "code": code}).status_code == 201
    found = find(host="novaya.localhost")
    assert found is not None and found.slug == "novaya"
