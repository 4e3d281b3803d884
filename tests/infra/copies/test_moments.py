"""Copies made by a real keeper of a real server bring any moment back."""

import shutil
from datetime import UTC, datetime, timedelta

import psycopg
import pytest

from infra.copies.errors import CopyRefused, LogBroken, TooEarly
from infra.copies.moment import ServerAt
from infra.copies.server import SLOT, let_go
from infra.copies.shelf import read_status
from infra.copies.whole import bring_back
from tests.infra.copies.conftest import Kept
from tests.support.cluster import PASSWORD

pytestmark = pytest.mark.committed


def server_at(kept: Kept, moment: datetime | None) -> ServerAt:
    return ServerAt(kept.shelf, moment, password=PASSWORD, say=lambda text: None)


def names_at(kept: Kept, moment: datetime | None) -> list[str]:
    """Rows of the table at a moment."""
    server = server_at(kept, moment)
    try:
        server.start()
        with psycopg.connect(**server.postgres.dsn(dbname="pult")) as connection:
            return [name for (name,) in connection.execute("SELECT name FROM notes ORDER BY name")]
    finally:
        server.stop()
        server.forget()


@pytest.fixture
def notes(committed) -> None:
    committed.sql("CREATE TABLE notes (name text)")


def write(committed, name: str) -> datetime:
    """A row, and a moment at which it stood."""
    committed.sql("INSERT INTO notes VALUES (%s)", name)
    return committed.value("SELECT clock_timestamp()")


@pytest.mark.row("SE-04")
def test_each_moment_comes_back_as_it_was(kept, committed, notes):
    first = write(committed, "первая")
    second = write(committed, "вторая")
    committed.sql("DROP TABLE notes")
    kept.server.reach()
    assert names_at(kept, first) == ["первая"]
    assert names_at(kept, second) == ["вторая", "первая"]
    with pytest.raises(psycopg.errors.UndefinedTable):
        names_at(kept, None)


@pytest.mark.row("SE-04")
def test_the_log_is_seconds_behind_and_says_so(kept, committed, notes):
    write(committed, "последняя")
    kept.server.reach(seconds=5)
    asked = datetime.now(UTC)
    kept.until(lambda: kept.keeper.status.wal_at > asked.isoformat())
    status = read_status(kept.data_dir)
    assert datetime.now(UTC) - datetime.fromisoformat(status.wal_at) < timedelta(seconds=10)
    assert status.base_bytes > 0 and status.wal_bytes > 0 and status.trouble == ""


def test_what_was_written_while_the_receiver_was_dead_is_received_later(kept, committed, notes):
    kept.keeper._receiver.kill()
    kept.keeper._receiver.wait(5)
    moment = write(committed, "без получателя")
    kept.until(lambda: kept.keeper._receiver.poll() is None)
    kept.server.reach()
    assert names_at(kept, moment) == ["без получателя"]
    assert len(kept.shelf.bases()) == 1


def test_a_log_that_nobody_held_makes_another_base_copy(kept, committed):
    kept.keeper._receiver.terminate()
    kept.keeper._receiver.wait(10)
    with kept.server.connect() as connection:
        let_go(connection)
        assert not connection.execute("SELECT FROM pg_replication_slots WHERE slot_name = %s", [SLOT]).fetchall()
    kept.until(lambda: len(kept.shelf.bases()) == 2)


@pytest.mark.row("SE-04")
def test_the_whole_database_comes_back_from_copies_alone(kept, committed, notes):
    write(committed, "всё, что было")
    kept.server.reach()
    kept.keeper.stop()
    postgres = committed.cluster.servers[0]
    postgres.stop()
    shutil.rmtree(postgres.data)
    bring_back(kept.data_dir, None)
    postgres.start()
    assert committed.sql("SELECT name FROM notes") == [("всё, что было",)]
    assert not (postgres.data / "recovery.signal").exists() and not (postgres.data / "copied_log").exists()


def test_a_database_that_stands_is_not_written_over(kept):
    with pytest.raises(CopyRefused, match="База на месте"):
        bring_back(kept.data_dir, None)


def test_before_the_first_copy_there_is_nothing(kept):
    with pytest.raises(TooEarly, match="Копии начинаются с"):
        server_at(kept, datetime.now(UTC) - timedelta(days=1))


def test_a_hole_in_the_log_is_said_and_nothing_is_left_behind(kept, committed, notes):
    write(committed, "до пропуска")
    committed.sql("SELECT pg_switch_wal()")
    moment = write(committed, "после пропуска")
    committed.sql("SELECT pg_switch_wal()")
    write(committed, "ещё позже")
    kept.server.reach()
    first = kept.shelf.bases()[-1].segment
    complete = [path for path in kept.shelf.segments(first) if not path.name.endswith(".partial")]
    complete[-1].unlink()
    server = server_at(kept, moment + timedelta(milliseconds=1))
    try:
        with pytest.raises(LogBroken, match="пропуск"):
            server.start()
    finally:
        server.stop()
    assert not server.folder.exists()


def test_a_copy_that_was_altered_is_not_taken_for_one(kept, monkeypatch):
    """The check of the next copy finds that a byte is not what the manifest says."""
    start = kept.keeper._start

    def altering(program, arguments, folder, told=None):
        if program == "pg_verifybackup":
            path = folder / "base.tar.gz"
            content = bytearray(path.read_bytes())
            content[len(content) // 2] ^= 0xFF
            path.write_bytes(content)
        return start(program, arguments, folder, told)

    monkeypatch.setattr(kept.keeper, "_start", altering)
    monkeypatch.setattr("infra.copies.keeper.BASE_EVERY", timedelta(0))
    kept.until(lambda: "pg_verifybackup" in kept.keeper.status.trouble)
    assert len(kept.shelf.bases()) == 1
    assert not list(kept.shelf.base.glob("*.unfinished"))
