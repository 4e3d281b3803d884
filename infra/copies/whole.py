"""`python -m infra.copies.whole [--at MOMENT]`: the whole embedded database out of its copies; Пульт is stopped."""

from __future__ import annotations

import argparse
import sys
from datetime import UTC, datetime
from pathlib import Path

from infra.env import env
from infra.launch.data_dir import DataDirLock
from infra.launch.errors import LaunchRefused
from infra.launch.secrets import load_secrets

from .errors import CopyRefused, NoCopies, NotYet
from .moment import ServerAt
from .shelf import Shelf, backups_folder


def bring_back(data_dir: Path, moment: datetime | None) -> None:
    """Put a database recovered from copies where the data stood. Refused, nothing has changed."""
    place = data_dir / "postgres"
    if place.exists():
        raise CopyRefused(f"База на месте. Уберите её сначала: mv {place} {place}.before")
    if moment is not None and moment >= datetime.now(UTC):
        raise NotYet()
    password = load_secrets(data_dir)["postgres_password"]
    server = ServerAt(_shelf(data_dir), moment, password=password, say=_say)
    try:
        server.start()
    finally:
        server.stop()
    server.take(place)


def _shelf(data_dir: Path) -> Shelf:
    """The copies with the newest base among all that lie here."""
    folder = backups_folder(data_dir)
    shelves = (
        [Shelf(data_dir, path.name) for path in folder.iterdir() if path.name.isdigit()] if folder.exists() else []
    )
    known = [shelf for shelf in shelves if shelf.bases()]
    if not known:
        raise NoCopies()
    return max(known, key=lambda shelf: shelf.bases()[-1].finished_at)


def main() -> int:
    parser = argparse.ArgumentParser(description="База целиком из копий.")
    parser.add_argument("--at", default="", metavar="MOMENT", help="2026-11-23T14:05+03:00; без него конец журнала")
    told = parser.parse_args()
    try:
        moment = datetime.fromisoformat(told.at).astimezone() if told.at else None
        with DataDirLock(env.data_dir.resolve()):
            bring_back(env.data_dir.resolve(), moment)
    except (CopyRefused, ValueError) as refused:
        print(f"  ✗ {refused}", file=sys.stderr)
        return 2
    except LaunchRefused as refused:
        print(f"  ✗ {refused.sentence}\n    {refused.advice}".rstrip(), file=sys.stderr)
        return 2
    _say("База восстановлена. Запускайте Пульт.")
    return 0


def _say(text: str) -> None:
    print(f"  {text}", flush=True)


if __name__ == "__main__":
    sys.exit(main())
