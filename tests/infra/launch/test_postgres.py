"""The embedded PostgreSQL keeps every committed row, whatever happens to its launcher."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest

from infra.launch import disk, process_table
from infra.launch.errors import LaunchRefused
from infra.launch.postgres import EmbeddedPostgres
from infra.launch.run_dir import forget_dir, short_run_dir
from tests.infra.launch.conftest import Launch, said

PASSWORD = "секрет 'в кавычках'"

HOLD = """
import signal, sys
from pathlib import Path
import psycopg
from infra.launch import leash, postgres
if sys.argv[2] == "unleashed":
    postgres.leashed = lambda argv, **told: leash.leashed(argv, **{**told, "death_signal": 0})
server = postgres.EmbeddedPostgres(Path(sys.argv[1]), password=sys.argv[3], fast=True)
server.start()
with psycopg.connect(**server.dsn()) as connection:
    connection.execute("CREATE TABLE kept AS SELECT 1 AS one")
print("up", server.pid, flush=True)
signal.pause()
"""


@pytest.fixture
def server(tmp_path: Path) -> Iterator[EmbeddedPostgres]:
    made = EmbeddedPostgres(tmp_path / "postgres", password=PASSWORD, fast=True)
    yield made
    made.stop()


def ask(server: EmbeddedPostgres, query: str) -> object:
    with psycopg.connect(**server.dsn()) as connection:
        row = connection.execute(query).fetchone()
    assert row is not None
    return row[0]


def test_understands_russian_whatever_the_shell_says(server: EmbeddedPostgres, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LC_ALL", "C")
    server.start()
    assert ask(server, "SELECT lower('ПРИВЕТ')") == "привет"
    assert ask(server, "SELECT to_tsvector('russian', 'Договоры') @@ to_tsquery('russian', 'договор')") is True


def test_starts_again_with_the_same_rows(server: EmbeddedPostgres) -> None:
    server.start()
    with psycopg.connect(**server.dsn()) as connection:
        connection.execute("CREATE TABLE kept AS SELECT 7 AS seven")
    server.stop()
    assert not server.alive()
    server.start()
    assert ask(server, "SELECT seven FROM kept") == 7


def test_durable_by_default(tmp_path: Path) -> None:
    server = EmbeddedPostgres(tmp_path / "postgres", password=PASSWORD)
    server.start()
    try:
        told = {
            name: ask(server, f"SHOW {name}")
            for name in (
                "fsync",
                "synchronous_commit",
                "data_checksums",
                "recovery_init_sync_method",
                "max_locks_per_transaction",
                "max_connections",
                "idle_in_transaction_session_timeout",
            )
        }
    finally:
        server.stop()
    assert told == {
        "fsync": "on",
        "synchronous_commit": "on",
        "data_checksums": "on",
        "recovery_init_sync_method": "syncfs",
        "max_locks_per_transaction": "1024",
        "max_connections": "200",
        "idle_in_transaction_session_timeout": "1min",
    }


def test_refuses_settings_that_lose_data(tmp_path: Path) -> None:
    server = EmbeddedPostgres(tmp_path / "postgres", password=PASSWORD, settings={"synchronous_commit": "off"})
    with pytest.raises(LaunchRefused, match="synchronous_commit"):
        server.start()
    assert not server.alive()


@pytest.mark.parametrize("leash", ["leashed", "unleashed"])
def test_survives_the_death_of_its_launcher(server: EmbeddedPostgres, launch: Launch, leash: str) -> None:
    launcher = launch(HOLD, server.data, leash, PASSWORD)
    former = int(said(launcher, "up").split()[1])
    launcher.kill()
    launcher.wait()
    if leash == "unleashed":
        assert process_table.is_running(former)
    server.start()
    assert not process_table.is_running(former)
    assert ask(server, "SELECT one FROM kept") == 1


def test_server_ends_with_its_killed_launcher(tmp_path: Path, launch: Launch) -> None:
    launcher = launch(HOLD, tmp_path / "postgres", "leashed", PASSWORD)
    former = int(said(launcher, "up").split()[1])
    launcher.kill()
    assert process_table.wait_gone([former], 20)
    forget_dir(short_run_dir(tmp_path) / "pg")


def test_leaves_a_stranger_with_the_recorded_number_alone(server: EmbeddedPostgres) -> None:
    server.start()
    server.stop()
    stranger = subprocess.Popen([sys.executable, "-c", "import signal; signal.pause()"])
    try:
        (server.data / "postmaster.pid").write_text(f"{stranger.pid}\n{server.data}\n")
        server.start()
        assert stranger.poll() is None
    finally:
        stranger.kill()
        stranger.wait()


def test_nothing_committed_is_lost_when_the_server_itself_is_killed(tmp_path: Path) -> None:
    server = EmbeddedPostgres(tmp_path / "postgres", password=PASSWORD)
    server.start()
    try:
        with psycopg.connect(**server.dsn()) as connection:
            connection.execute("CREATE TABLE kept AS SELECT 3 AS three")
        assert server.pid is not None
        os.kill(server.pid, signal.SIGKILL)
        assert process_table.wait_until(lambda: not server.alive(), 10)
        server.start()
        assert ask(server, "SELECT three FROM kept") == 3
    finally:
        server.stop()


def test_starts_on_a_copy_made_by_whoever_starts_it(server: EmbeddedPostgres) -> None:
    server.start()
    server.stop()
    copy = EmbeddedPostgres(server.data.with_name("restored"), password=PASSWORD, fast=True)
    shutil.copytree(server.data, copy.data, copy_function=shutil.copyfile)
    copy.data.chmod(0o755)
    copy.start()
    try:
        assert ask(copy, "SELECT 1") == 1
    finally:
        copy.stop()


def test_interrupted_initdb_is_done_again(server: EmbeddedPostgres) -> None:
    half = server.data.with_name("postgres.new")
    half.mkdir()
    (half / "PG_VERSION").write_text("18\n")
    server.start()
    assert ask(server, "SELECT 1") == 1
    assert not half.exists()


def test_wrong_password_is_said_in_a_sentence(server: EmbeddedPostgres) -> None:
    server.start()
    server.stop()
    other = EmbeddedPostgres(server.data, password="чужой", fast=True)
    with pytest.raises(LaunchRefused, match="не приняла пароль"):
        other.start()
    assert not other.alive()


def test_does_not_touch_a_folder_with_other_files(server: EmbeddedPostgres) -> None:
    server.data.mkdir()
    (server.data / "letter.txt").write_text("dear")
    with pytest.raises(LaunchRefused, match="это не база"):
        server.start()
    assert (server.data / "letter.txt").read_text() == "dear"


def test_says_that_the_disk_is_full(server: EmbeddedPostgres, monkeypatch: pytest.MonkeyPatch) -> None:
    usage = type("Usage", (), {"free": 5 * disk.MEGABYTE})
    monkeypatch.setattr(disk.shutil, "disk_usage", lambda folder: usage)
    with pytest.raises(LaunchRefused, match="свободно 5 МБ"):
        server.start()
    assert not server.data.exists()


def test_says_what_the_server_said_when_it_does_not_start(tmp_path: Path) -> None:
    server = EmbeddedPostgres(tmp_path / "postgres", password=PASSWORD, fast=True, settings={"port": "lots"})
    with pytest.raises(LaunchRefused, match='"port"'):
        server.start()
