"""Commands beside a running product, and what hurries its nights."""

import json
import subprocess
import sys
from typing import Any

from psycopg import sql

from infra.env import ROOT
from infra.launch.product import Product
from tests.support.standing import schema_of, superuser

from . import steps


def manage(product: Product, *words: str) -> str:
    """`manage.py …` as the operator runs it there; what it says."""
    running = json.loads((product.folder / "data" / "run" / "environment.json").read_text())
    command = [sys.executable, str(ROOT / "manage.py"), *words]
    environment = {**product.environment, **running}
    done = subprocess.run(command, env=environment, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout[-1000:] + done.stderr[-3000:]
    return done.stdout


def make_nightly_copy(product: Product, slug: str) -> None:
    """Let the company's night come now, and wait until its copy stands."""
    with superuser(product) as connection:
        schema = schema_of(connection, slug)
        connection.execute(
            "INSERT INTO wakeups (company, kind, due_at) VALUES (%s, 'tenants.copy', now())"
            " ON CONFLICT (company, kind) DO UPDATE SET due_at = now()",
            [schema],
        )
        steps.wait_until(lambda: _copies(connection, schema) > 0)


def let_a_day_pass(product: Product, slug: str) -> None:
    """Whatever was copied was copied yesterday."""
    with superuser(product) as connection:
        connection.execute(
            "UPDATE tenants_companycopy SET made_at = made_at - interval '1 day',"
            " checked_at = checked_at - interval '1 day'"
            " WHERE company_id = (SELECT id FROM tenants_company WHERE slug = %s)",
            [slug],
        )


def let_the_trash_go(product: Product, slug: str) -> None:
    """What lies in the trash has lain there for its term: now it is deleted for good."""
    with superuser(product) as connection:
        schema = schema_of(connection, slug)
        cards = sql.Identifier(schema, "entities_entity")
        connection.execute(
            sql.SQL("UPDATE {} SET trashed_at = trashed_at - interval '10 years' WHERE trashed_at IS NOT NULL").format(
                cards
            )
        )
        connection.execute(
            "INSERT INTO wakeups (company, kind, due_at) VALUES (%s, 'entities.purge', now())"
            " ON CONFLICT (company, kind) DO UPDATE SET due_at = now()",
            [schema],
        )
        lying = sql.SQL("SELECT FROM {} WHERE trashed_at IS NOT NULL").format(cards)
        steps.wait_until(lambda: not connection.execute(lying).fetchall())


def _copies(connection: Any, schema: str) -> int:
    query = (
        "SELECT count(*) FROM tenants_companycopy WHERE company_id ="
        " (SELECT id FROM tenants_company WHERE schema_name = %s)"
    )
    return connection.execute(query, [schema]).fetchone()[0]
