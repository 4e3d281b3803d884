"""The browser of the journeys: the one asked for, the one that is there, or one brought along."""

from __future__ import annotations

import shutil
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from threading import Barrier, Event

import pytest

from infra.launch import browser
from infra.launch.apt_packages import AptFailed
from infra.launch.errors import LaunchRefused
from infra.launch.progress import Progress, ToolFailed

SHOWS_THE_PAGE = '#!/bin/sh\necho "<p>works</p>"\n'


def program(path: Path, text: str = SHOWS_THE_PAGE) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text)
    path.chmod(0o755)
    return path


@pytest.fixture
def bare(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A machine without any browser, where neither download works."""

    def no_download(progress: Progress) -> list[Path]:
        raise ToolFailed("ENOTFOUND")

    def no_package(progress: Progress) -> list[Path]:
        raise AptFailed("chromium")

    monkeypatch.delenv("CHROMIUM", raising=False)
    monkeypatch.setenv("PATH", str(tmp_path / "bin"))
    monkeypatch.setenv("PLAYWRIGHT_BROWSERS_PATH", str(tmp_path / "playwright"))
    for name in ("CACHE", "DOWNLOADS", "WRAPPER"):
        monkeypatch.setattr(browser, name, tmp_path / "cache" / name.lower())
    monkeypatch.setattr(browser, "_download_by_playwright", no_download)
    monkeypatch.setattr(browser, "_unpack_package", no_package)
    return tmp_path


def test_asked_for_one_is_taken(bare: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    mine = program(bare / "mine")
    program(bare / "bin" / "chromium")
    monkeypatch.setenv("CHROMIUM", str(mine))
    assert browser.chromium_path() == mine


def test_asked_for_one_that_does_not_start_is_an_error(bare: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    program(bare / "bin" / "chromium")
    monkeypatch.setenv("CHROMIUM", str(program(bare / "mine", "#!/bin/sh\nexit 127\n")))
    with pytest.raises(LaunchRefused, match="CHROMIUM не запускается"):
        browser.chromium_path()


def test_first_on_path_that_starts_is_taken(bare: Path) -> None:
    program(bare / "bin" / "chromium", "#!/bin/sh\necho 'error while loading shared libraries' >&2\nexit 127\n")
    working = program(bare / "bin" / "google-chrome")
    assert browser.chromium_path() == working


def test_download_of_playwright_is_found(bare: Path) -> None:
    found = program(bare / "playwright" / "chromium-1200" / "chrome-linux64" / "chrome")
    assert browser.chromium_path() == found


def test_unpacked_package_is_used_again(bare: Path) -> None:
    program(browser.WRAPPER)
    assert browser.chromium_path() == browser.WRAPPER


def test_workers_that_ask_together_bring_one_browser(bare: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    brought: list[int] = []
    together, second = Barrier(3), Event()

    def unpack(progress: Progress) -> list[Path]:
        brought.append(1)
        if len(brought) > 1:
            second.set()
        # Long enough for another to come in, if the door is open.
        second.wait(timeout=0.5)
        return [program(browser.WRAPPER)]

    def ask(_: int) -> Path:
        together.wait(timeout=30)
        return browser.chromium_path()

    monkeypatch.setattr(browser, "_unpack_package", unpack)
    with ThreadPoolExecutor(3) as workers:
        found = set(workers.map(ask, range(3)))
    assert found == {browser.WRAPPER}
    assert len(brought) == 1


def test_says_what_to_install_when_nothing_helps(bare: Path) -> None:
    with pytest.raises(LaunchRefused, match="нужен Chromium") as refused:
        browser.chromium_path()
    assert "sudo apt install chromium" in refused.value.advice


def test_unpacked_browser_gets_its_own_libraries_and_fonts(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    home = tmp_path / "с пробелом & $HOME"
    (home / "usr" / "lib" / "x86_64-linux-gnu").mkdir(parents=True)
    binary = program(home / "chrome", '#!/bin/sh\necho "$LD_LIBRARY_PATH|$FONTCONFIG_FILE|works"\n')
    monkeypatch.setattr(browser, "WRAPPER", home / "chromium.sh")
    wrapper = browser._wrapper(home, binary)
    assert browser.starts(wrapper)
    assert "&amp;" in (home / "fonts.conf").read_text()


def test_program_that_shows_no_page_is_no_browser() -> None:
    nothing = shutil.which("true")
    assert nothing is not None
    assert not browser.starts(Path(nothing))
