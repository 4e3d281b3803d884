"""`make sabotage`: each fault into a scratch copy, its guards run there; sabotage.json says what was caught by what."""

import json
import os
import re
import shutil
import subprocess
import sys
import time
from pathlib import Path

from tests.sabotage.faults import FAULTS, Fault

ROOT = Path(__file__).resolve().parents[2]
SCRATCH = ROOT / ".cache" / "sabotage"
_FAILED = re.compile(r"^(?:FAILED|ERROR) (\S+)", re.MULTILINE)


def main(names: list[str]) -> int:
    """Run all faults, or those whose name contains one of `names`; 1 when a fault survives."""
    chosen = [fault for fault in FAULTS if not names or any(name in fault.name for name in names)]
    results = [_try(fault) for fault in chosen]
    (ROOT / "sabotage.json").write_text(json.dumps(results, ensure_ascii=False, indent=1) + "\n")
    survived = [result["fault"] for result in results if not result["ok"]]
    print(f"\nОшибок внесено {len(results)}, поймано {len(results) - len(survived)}")
    for name in survived:
        print(f"  ✗ не поймана: {name}")
    return 1 if survived else 0


def _try(fault: Fault) -> dict[str, object]:
    begun = time.monotonic()
    _fresh_copy()
    target = SCRATCH / fault.file
    text = target.read_text(encoding="utf-8")
    if text.count(fault.old) < 1:
        raise SystemExit(
            f"«{fault.name}»: в {fault.file} больше нет того, что портят. Обновите tests/sabotage/faults.py"
        )
    target.write_text(text.replace(fault.old, fault.new), encoding="utf-8")
    caught = _guards_that_fail(fault)
    mark = "✓" if caught else "✗"
    print(f"{mark} {fault.name}  ({time.monotonic() - begun:.0f} с) {caught or ''}", flush=True)
    return {"fault": fault.name, "caught_by": caught, "ok": caught is not None}


def _fresh_copy() -> None:
    """Tracked and new files as they stand, without what is installed or cached."""
    listed = subprocess.run(
        ["git", "ls-files", "-co", "--exclude-standard"], cwd=ROOT, capture_output=True, text=True, check=True
    )
    cache = SCRATCH / ".cache"
    for entry in SCRATCH.iterdir() if SCRATCH.exists() else ():
        if entry != cache:
            shutil.rmtree(entry) if entry.is_dir() else entry.unlink()
    for name in filter(None, listed.stdout.split("\n")):
        if not name.startswith("frontend/") and (ROOT / name).is_file():
            (SCRATCH / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy2(ROOT / name, SCRATCH / name)


def _guards_that_fail(fault: Fault) -> str | None:
    """The first test that fails, None when all guards are content."""
    guards = [guard for guard in fault.guards if (SCRATCH / guard).exists()]
    if not guards:
        raise SystemExit(f"«{fault.name}»: нет ни одного из тестов {', '.join(fault.guards)}")
    quick = "not journey and not nightly" if fault.committed else "not journey and not committed and not nightly"
    command = [sys.executable, "-m", "pytest", "-x", "-p", "no:cacheprovider", "-m", quick, *guards]
    environment = os.environ | {"PYTHONPATH": str(SCRATCH), "PYTHONDONTWRITEBYTECODE": "1"}
    done = subprocess.run(command, cwd=SCRATCH, env=environment, capture_output=True, text=True, check=False)
    if done.returncode == 0:
        return None
    named = _FAILED.search(done.stdout)
    if named is None:
        # A copy that does not even start proves nothing about the tests.
        print((done.stdout + done.stderr)[-2000:])
        return None
    return named.group(1)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
