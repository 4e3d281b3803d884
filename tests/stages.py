"""`make test` and its shorter and longer sisters: stages one after another, each with its time, one report."""

import os
import subprocess
import sys
import time
import xml.etree.ElementTree as ElementTree
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
PARTS = ROOT / ".cache" / "reports"
PYTHON = sys.executable
BIN = Path(sys.executable).parent
PYTEST = (PYTHON, "-m", "pytest")


@dataclass(frozen=True)
class Stage:
    """One command; `report` is the JUnit file it writes, if any."""

    title: str
    command: Sequence[str | Path]
    report: str = ""
    folder: Path = ROOT


def _pytest(title: str, report: str, *arguments: str) -> Stage:
    return Stage(title, (*PYTEST, *arguments, f"--junitxml={PARTS / report}"), report)


_FRONT = ROOT / "frontend"
STYLE = Stage("стиль", (BIN / "ruff", "check", "."))
FORM = Stage("форма", (BIN / "ruff", "format", "--check", "--quiet", "."))
TYPES = Stage("типы", (BIN / "mypy",))
LAYERS = Stage("слои", (BIN / "lint-imports",))
FRONT_STYLE = Stage("стиль интерфейса", (BIN / "npm", "run", "--silent", "lint"), folder=_FRONT)
FRONT_TESTS = Stage(
    "тесты интерфейса",
    (BIN / "npm", "test", "--silent", "--", "--reporter=default", "--reporter=junit",
     f"--outputFile.junit={PARTS / 'front.xml'}"),
    "front.xml", _FRONT,
)  # fmt: skip
BACK = _pytest("тесты", "back.xml", "-n", "2", "--dist", "worksteal", "-m",
               "not journey and not committed and not nightly", "--ignore=tests/journeys")  # fmt: skip
QUICK = _pytest("быстрые тесты", "back.xml", "-n", "2", "--dist", "worksteal", "-m",
                "not journey and not nightly and not committed", "--ignore=tests/infra",
                "--ignore=tests/journeys")  # fmt: skip
# These wait for others more than they work: for processes that are killed and come back.
COMMITTED = _pytest("целый продукт", "committed.xml", "-n", "3", "--dist", "loadfile", "--no-loadscope-reorder", "-m",
                    "committed and not journey and not nightly", "--ignore=tests/journeys")  # fmt: skip
JOURNEYS = _pytest("путешествия в браузере", "journeys.xml", "-n", "2", "--dist", "loadfile", "--no-loadscope-reorder",
                   "-m", "journey and not nightly", "tests/journeys")  # fmt: skip
DRILL = Stage("учения", (PYTHON, "-m", "infra.drill"))
NIGHTLY = _pytest("ночные", "nightly.xml", "-m", "nightly")

# Stages in one bracket are run side by side: each of them keeps one core busy.
PLANS: dict[str, tuple[tuple[Stage, ...], ...]] = {
    "lint": ((TYPES, STYLE, FORM, LAYERS, FRONT_STYLE),),
    "fast": ((STYLE, FORM, LAYERS), (QUICK,)),
    "full": ((TYPES, STYLE, FORM, LAYERS, FRONT_STYLE, FRONT_TESTS), (BACK,), (COMMITTED,), (JOURNEYS,)),
    "nightly": ((NIGHTLY,), (DRILL,)),
}


def main(plan: str) -> int:
    """Run all stages even when one fails; write test-report.xml; 0 when all passed."""
    PARTS.mkdir(parents=True, exist_ok=True)
    for old in PARTS.glob("*.xml"):
        old.unlink()
    begun = time.monotonic()
    results = [result for together in PLANS[plan] for result in _side_by_side(together)]
    counts = merge([PARTS / stage.report for stage, _, _ in results if stage.report], ROOT / "test-report.xml")
    print("\nЭтапы:")
    for stage, code, seconds in results:
        print(f"  {'✓' if code == 0 else '✗'} {stage.title:<26}{seconds:7.1f} с")
    failed = [stage.title for stage, code, _ in results if code]
    told = [f"{number} {name}" for name, number in counts.items() if number]
    if failed:
        told.insert(0, f"{len(failed)} stages failed")
    print(f"=== {', '.join(told)} in {time.monotonic() - begun:.2f}s ===")
    return 1 if failed else 0


def _side_by_side(stages: Sequence[Stage]) -> Iterator[tuple[Stage, int, float]]:
    """(stage, its exit code, seconds), each as soon as it and those before it are over."""
    if len(stages) == 1:
        _head(stages[0])
        yield (stages[0], *_run(stages[0])[:2])
        return
    with ThreadPoolExecutor(2) as pool:
        for stage, running in [(stage, pool.submit(_run, stage, quiet=True)) for stage in stages]:
            code, seconds, said = running.result()
            _head(stage)
            print(said, end="", flush=True)
            yield stage, code, seconds


def _head(stage: Stage) -> None:
    print(f"\n── {stage.title} " + "─" * max(60 - len(stage.title), 3), flush=True)


def _run(stage: Stage, *, quiet: bool = False) -> tuple[int, float, str]:
    """(exit code, seconds, what it said when it was to be quiet)."""
    started = time.monotonic()
    path = f"{BIN}{os.pathsep}{os.environ.get('PATH', '')}"
    environment = os.environ | {"PATH": path, "PULT_ROOT": str(ROOT)}
    command = [str(part) for part in stage.command]
    kept = {"stdout": subprocess.PIPE, "stderr": subprocess.STDOUT, "text": True} if quiet else {}
    done = subprocess.run(command, cwd=stage.folder, env=environment, check=False, **kept)
    return done.returncode, time.monotonic() - started, done.stdout or ""


def merge(parts: Sequence[Path], target: Path) -> dict[str, int]:
    """Put several JUnit files into one; how many tests passed, failed, were skipped."""
    suites = ElementTree.Element("testsuites")
    counts = {"failed": 0, "errors": 0, "passed": 0, "skipped": 0}
    for part in parts:
        if not part.exists():
            counts["errors"] += 1
            continue
        root = ElementTree.parse(part).getroot()
        for suite in root.iter("testsuite"):
            suites.append(suite)
            for case in suite.iter("testcase"):
                counts[_outcome(case)] += 1
    ElementTree.ElementTree(suites).write(target, encoding="utf-8", xml_declaration=True)
    return counts


def _outcome(case: ElementTree.Element) -> str:
    for tag, name in (("failure", "failed"), ("error", "errors"), ("skipped", "skipped")):
        if case.find(tag) is not None:
            return name
    return "passed"


if __name__ == "__main__":
    sys.exit(main(sys.argv[1] if len(sys.argv) > 1 else "full"))
