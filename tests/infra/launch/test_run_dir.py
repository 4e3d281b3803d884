"""Sockets live in a short folder that nobody else can plant or enter."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from infra.launch import run_dir
from infra.launch.errors import LaunchRefused
from infra.launch.run_dir import checked_socket, forget_dir, private_dir, short_run_dir


def test_same_data_same_folder_other_data_another(tmp_path: Path) -> None:
    first, again, other = (short_run_dir(tmp_path / name) for name in ("a", "a", "b"))
    assert first == again != other
    assert len(os.fsencode(first)) < 40
    for path in (first, other):
        path.rmdir()


def test_folder_is_closed_to_others_even_when_it_was_open(tmp_path: Path) -> None:
    path = tmp_path / "run"
    path.mkdir(mode=0o777)
    assert private_dir(path, mode=0o700).stat().st_mode & 0o777 == 0o700


def test_planted_link_is_refused(tmp_path: Path) -> None:
    (tmp_path / "elsewhere").mkdir()
    (tmp_path / "run").symlink_to(tmp_path / "elsewhere")
    with pytest.raises(LaunchRefused, match="принадлежит другому"):
        private_dir(tmp_path / "run", mode=0o700)


def test_folder_of_another_user_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "run").mkdir()
    monkeypatch.setattr(run_dir.os, "geteuid", lambda: os.getuid() + 1)
    with pytest.raises(LaunchRefused, match="принадлежит другому"):
        private_dir(tmp_path / "run", mode=0o700)


def test_too_long_socket_path_is_refused(tmp_path: Path) -> None:
    with pytest.raises(LaunchRefused, match="длиннее 107 байт"):
        checked_socket(tmp_path / ("x" * 107))


def test_common_folder_goes_with_the_last_socket_folder(tmp_path: Path) -> None:
    for name in ("pg", "kv"):
        (tmp_path / "run" / name).mkdir(parents=True)
    forget_dir(tmp_path / "run" / "pg")
    assert (tmp_path / "run").exists()
    forget_dir(tmp_path / "run" / "kv")
    assert not (tmp_path / "run").exists()
