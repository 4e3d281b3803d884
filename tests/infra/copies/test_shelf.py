"""What is kept how long: any moment of the term must be within reach of a base copy and its log."""

import json
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from infra.copies.keeper import _late
from infra.copies.shelf import Shelf, Status, read_status, stamp, write_status

NOW = datetime(2026, 11, 23, 12, 0, tzinfo=UTC)


@pytest.fixture
def shelf(tmp_path):
    found = Shelf(tmp_path, "7")
    found.make(None, None)
    return found


def base(shelf: Shelf, days_ago: float, segment: int) -> datetime:
    moment = NOW - timedelta(days=days_ago)
    folder = shelf.base / stamp(moment)
    folder.mkdir()
    told = {"WAL-Ranges": [{"Timeline": 1, "Start-LSN": f"1/{segment * 0x1000000 + 0x28:X}"}]}
    (folder / "backup_manifest").write_text(json.dumps(told))
    return moment


def log(shelf: Shelf, *segments: int) -> None:
    for segment in segments:
        (shelf.wal / f"0000000100000001{segment:08X}").write_bytes(b"x")


def names(shelf: Shelf) -> list[int]:
    return sorted(int(path.name[16:24], 16) for path in shelf.wal.iterdir())


def test_whatever_a_moment_of_the_term_needs_stays(shelf):
    for days, segment in ((20, 1), (15, 4), (13, 6), (1, 9)):
        base(shelf, days, segment)
    log(shelf, *range(12))
    shelf.forget_older(timedelta(days=14), NOW)
    # A moment of thirteen and a half days ago begins at the copy of fifteen days ago.
    assert [(NOW - one.finished_at).days for one in shelf.bases()] == [15, 13, 1]
    assert names(shelf) == list(range(4, 12))
    assert shelf.covering(NOW - timedelta(days=13.5)) == shelf.bases()[0]


def test_the_newest_copy_before_a_moment_covers_it(shelf):
    first, second = base(shelf, 3, 1), base(shelf, 1, 2)
    assert shelf.covering(second + timedelta(hours=1)).finished_at == second
    assert shelf.covering(second - timedelta(seconds=1)).finished_at == first
    assert shelf.covering(first - timedelta(seconds=1)) is None


def test_a_copy_that_is_not_finished_is_none(shelf):
    (shelf.base / f"{stamp(NOW)}.unfinished").mkdir()
    assert shelf.bases() == []


def test_a_segment_and_those_after_it_are_found_whatever_their_timeline(shelf):
    base(shelf, 1, 3)
    log(shelf, 1, 2, 3, 4)
    (shelf.wal / "00000002000000010000000500000000"[:24]).write_bytes(b"x")
    (shelf.wal / "000000020000000100000006.partial").write_bytes(b"x")
    (shelf.wal / "00000002.history").write_text("1")
    found = [path.name[:24] for path in shelf.segments(shelf.bases()[0].segment)]
    assert found == [
        "000000010000000100000003", "000000010000000100000004", "000000020000000100000005",
        "000000020000000100000006", "00000002.history",
    ]  # fmt: skip


def test_whoever_asks_is_told_how_copies_stand(tmp_path):
    assert read_status(tmp_path) is None
    (tmp_path / "backups").mkdir()
    write_status(tmp_path, Status(base_at=NOW.isoformat(), trouble="диск"))
    assert read_status(tmp_path) == Status(base_at=NOW.isoformat(), trouble="диск")


@pytest.mark.parametrize(
    ("log_seconds", "base_hours", "told"),
    [(30, 20, ""), (90, 20, "журнал базы не копируется уже 90 с"), (30, 27, "последняя копия базы сделана")],
)
def test_a_copy_that_grows_old_is_said(log_seconds, base_hours, told):
    status = Status(
        base_at=(NOW - timedelta(hours=base_hours)).isoformat(),
        wal_at=(NOW - timedelta(seconds=log_seconds)).isoformat(),
    )
    assert _late(status, NOW).startswith(told) and bool(_late(status, NOW)) == bool(told)


def test_a_segment_that_is_renamed_while_it_is_counted_is_no_failure(shelf, monkeypatch):
    log(shelf, 1, 2)
    counted = Path.stat

    def renamed(path, **more):
        if path.name.endswith("00000002"):
            path.unlink(missing_ok=True)
        return counted(path, **more)

    monkeypatch.setattr(Path, "stat", renamed)
    assert shelf.log_bytes() == 1
