"""Administrative commands beside a running `make run`: `python manage.py <command>`.

The environment is the running product's own (DATA_DIR/run/environment.json) unless DATABASE_URL says otherwise, and the
interpreter is the one in `.venv`.
"""

import json
import os
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent
VENV = ROOT / ".venv" / "bin" / "python"


def main() -> None:
    """Run a command of Django or of the product."""
    if VENV.exists() and Path(sys.prefix) != VENV.parents[1]:
        os.execv(VENV, [str(VENV), *sys.argv])
    running = Path(os.environ.get("DATA_DIR", ROOT / ".data")) / "run" / "environment.json"
    if "DATABASE_URL" not in os.environ and running.exists():
        os.environ.update(json.loads(running.read_text()))
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "infra.settings")
    _read_the_code()
    from django.core.management import execute_from_command_line  # noqa: PLC0415  (the interpreter is right only now)

    execute_from_command_line(sys.argv)


def _read_the_code() -> None:
    from infra.cycles import go_on, rest  # noqa: PLC0415

    rest()
    import django  # noqa: PLC0415

    django.setup()
    go_on()


if __name__ == "__main__":
    main()
