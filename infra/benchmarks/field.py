"""Where benchmarks run: a product of its own under `.cache/bench`, and access to its database."""

import json
import os
import shutil
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import psycopg

from infra.env import ROOT
from infra.launch.product import Product

HOME = ROOT / ".cache" / "bench"


class Field:
    """A running product with a folder that may be kept between runs."""

    def __init__(self, name: str, *, keep: bool = False, **variables: str) -> None:
        folder = HOME / name
        if not keep:
            shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir(parents=True, exist_ok=True)
        for path in (HOME, folder):
            path.chmod(0o755)
        # What is measured is how fast we answer; whoever measures asks more than any company may.
        usual = {"SIGNUPS_PER_HOUR": "1000000", "REQUESTS_PER_SECOND": "0"}
        self.product = Product(folder, **usual | variables)
        self.keep = keep

    def __enter__(self) -> "Field":
        self.product.start()
        return self

    def __exit__(self, *told: object) -> None:
        self.product.stop()
        if not self.keep:
            shutil.rmtree(self.product.folder, ignore_errors=True)

    @property
    def data(self) -> Path:
        return self.product.folder / "data"

    @property
    def variables(self) -> dict[str, str]:
        """Environment of the running product's processes."""
        return json.loads((self.data / "run" / "environment.json").read_text())

    def manage(self, *arguments: str, settings: str = "") -> str:
        """Run an administrative command beside the product; what it printed."""
        return self.python(str(ROOT / "manage.py"), *arguments, settings=settings)

    def python(self, *arguments: str, settings: str = "") -> str:
        """Run Python beside the product, under other settings of Django when they are named; what it printed."""
        variables = self.variables | ({"DJANGO_SETTINGS_MODULE": settings} if settings else {})
        command = [sys.executable, *arguments]
        done = subprocess.run(command, env=os.environ | variables, cwd=ROOT, capture_output=True, text=True)
        if done.returncode:
            raise RuntimeError(f"{' '.join(arguments)}: {done.stderr[-2000:]}")
        return done.stdout

    @property
    def superuser(self) -> str:
        """How the database's superuser connects."""
        password = json.loads((self.data / "secrets.json").read_text())["postgres_password"]
        host = psycopg.conninfo.conninfo_to_dict(self.variables["DATABASE_URL"])["host"]
        return psycopg.conninfo.make_conninfo(host=host, user="postgres", password=password, dbname="pult")

    def database(self) -> psycopg.Connection[Any]:
        """A connection of the superuser, for floors and for looking at backends."""
        return psycopg.connect(self.superuser, autocommit=True)

    def settle(self, slug: str, *, seconds: int = 120) -> None:
        """Wait until the background has done what requests have left to it."""
        schema = self.schema_of(slug)
        with self.database() as connection:
            for _ in range(5 * seconds):
                due = "SELECT count(*) FROM outbox WHERE company = %s AND not_before < now() + interval '1 minute'"
                if connection.execute(due, [schema]).fetchone() == (0,):
                    return
                time.sleep(0.2)
        raise RuntimeError(f"the outbox is not empty after {seconds} s")

    def schema_of(self, slug: str) -> str:
        with self.database() as connection:
            found = connection.execute("SELECT schema_name FROM tenants_company WHERE slug = %s", [slug]).fetchone()
        if found is None:
            raise LookupError(slug)
        return found[0]

    def tables_of(self, slug: str) -> list[str]:
        """Tables that a company's schema holds."""
        with self.database() as connection:
            found = connection.execute("SELECT tablename FROM pg_tables WHERE schemaname = %s", [self.schema_of(slug)])
            return [name for (name,) in found.fetchall()]
