"""`make drill`: shows that copies bring everything back, and tells RTO and RPO; non-zero when anything differs."""

from __future__ import annotations

import json
import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import psycopg

from infra.copies.moment import ServerAt
from infra.copies.shelf import Shelf
from infra.drill.toy import Neighbour, Toy, pdf
from infra.env import ROOT
from infra.launch import process_table
from infra.launch.secrets import load_secrets

MOST_RPO_SECONDS = 60
TASKS = 30
# Each worker says every second that it lives.
_STANDING = "SELECT (SELECT max(seen_at) FROM workers), (SELECT count(*) FROM tenants_company WHERE status = 'active')"


def main() -> int:
    folder = Path(tempfile.mkdtemp(prefix="pult-drill-"))
    folder.chmod(0o755)
    begun = time.monotonic()
    toy = Toy(folder)
    try:
        toy.start()
        faults = [*_one_company(toy), *_after_a_crash(toy)]
    finally:
        toy.product.stop()
        shutil.rmtree(folder, ignore_errors=True)
    for fault in faults:
        print(f"  ✗ {fault}")
    print(f"  {'✓ учения прошли' if not faults else '✗ учения не прошли'} за {time.monotonic() - begun:.0f} с")
    return 1 if faults else 0


def _one_company(toy: Toy) -> list[str]:
    """A company is brought back to a moment; its neighbour works on, and keeps all it has done."""
    tasks = [toy.task("romashka", f"Задача {number}") for number in range(TASKS)]
    kept = toy.attach("romashka", tasks[0], "Договор.pdf", pdf("contract"))
    lost = toy.attach("romashka", tasks[1], "Чертёж.pdf", pdf("drawing"))
    toy.await_base()
    time.sleep(1.0)
    before = _settled(lambda: toy.rows("romashka"))
    moment = datetime.now(UTC)
    time.sleep(1.0)
    neighbour = Neighbour(toy, "vasilyok")
    neighbour.start()
    _spoil(toy, tasks, lost)
    begun = time.monotonic()
    _manage(toy, "restore_company", "romashka", "--at", moment.isoformat())
    seconds = time.monotonic() - begun
    neighbour.end()
    print(f"  одна компания на момент: RTO {seconds:.1f} с; сосед за это время записал {len(neighbour.made)} задач,"
          f" самая долгая запись {neighbour.slowest:.2f} с")  # fmt: skip
    after = toy.rows("romashka")
    faults = [f"таблица {name} компании не та, что была" for name in before if before[name] != after.get(name)]
    faults += [f"файл {name} не вернулся" for name, number, content in (
        ("Договор.pdf", kept, pdf("contract")), ("Чертёж.pdf", lost, pdf("drawing"))
    ) if toy.content("romashka", number) != content]  # fmt: skip
    faults += [f"соседу отказано: {refused}" for refused in neighbour.refused[:3]]
    missing = [number for number in neighbour.made if toy.call("vasilyok", "GET", f"tasks/{number}/")[0] != 200]
    faults += [f"у соседа пропали задачи: {len(missing)}"] if missing else []
    return faults


def _spoil(toy: Toy, tasks: list[int], attachment: int) -> None:
    """What a company does on its worst day."""
    toy.call("romashka", "DELETE", f"attachments/{attachment}/")
    for number in tasks[2:]:
        status, told = toy.call("romashka", "GET", f"tasks/{number}/")
        if status == 200:
            toy.call("romashka", "DELETE", f"tasks/{number}/")
    toy.task("romashka", "Того, что было, больше нет")


def _after_a_crash(toy: Toy) -> list[str]:
    """The machine dies without a word; a server is started from the copies alone."""
    neighbour = Neighbour(toy, "vasilyok")
    neighbour.start()
    time.sleep(3.0)
    _kill(toy)
    died = datetime.now(UTC)
    neighbour.end()
    begun = time.monotonic()
    system = next(path.name for path in (toy.data / "backups").iterdir() if path.name.isdigit())
    passwords = load_secrets(toy.data)
    server = ServerAt(Shelf(toy.data, system), None, password=passwords["postgres_password"], say=_silent)
    try:
        server.start()
        rto = time.monotonic() - begun
        with _connect(server) as connection:
            seen_at, companies = connection.execute(_STANDING).fetchone()  # type: ignore[misc]
    finally:
        server.stop()
        server.forget()
    rpo = (died - seen_at).total_seconds()
    print(f"  вся база из одних копий: RTO {rto:.1f} с, RPO {rpo:.1f} с")
    faults = [f"потеряно {rpo:.0f} с работы, а можно {MOST_RPO_SECONDS}"] if rpo > MOST_RPO_SECONDS else []
    return faults + ([] if companies == 2 else [f"компаний в копии {companies}, а было 2"])


def _kill(toy: Toy) -> None:
    """SIGKILL to the database first, so that nobody has it flush anything, and to the launcher."""
    postmaster = int((toy.data / "postgres" / "postmaster.pid").read_text().splitlines()[0])
    process_table.send(postmaster, signal.SIGKILL)
    toy.product.kill()
    process_table.wait_gone([postmaster], 10)


def _connect(server: ServerAt) -> psycopg.Connection[Any]:
    return psycopg.connect(**server.postgres.dsn(dbname="pult"))


def _settled(read: Callable[[], Any]) -> Any:
    """What is read when nothing moves any more: readers of facts work on a little after each request."""
    last = read()
    while True:
        time.sleep(1.0)
        now = read()
        if now == last:
            return now
        last = now


def _manage(toy: Toy, *arguments: str) -> None:
    told = json.loads((toy.data / "run" / "environment.json").read_text())
    command = [sys.executable, str(ROOT / "manage.py"), *arguments]
    done = subprocess.run(command, env=os.environ | told, cwd=ROOT, capture_output=True, text=True, check=False)
    if done.returncode:
        raise RuntimeError(done.stderr[-3000:])
    print("".join(f"    {line}\n" for line in done.stdout.splitlines()), end="")


def _silent(text: str) -> None:
    """The rehearsal says itself what there is to say."""


if __name__ == "__main__":
    sys.exit(main())
