"""The database of a running product, for what a test may not wait for or has to look at."""

import json
import time
from urllib.parse import parse_qs, urlsplit

import psycopg

from infra.launch.product import Product

_BACK_SECONDS = 30.0


def superuser(product: Product) -> psycopg.Connection:
    """A connection that sees all companies; each statement is a transaction. A server that was killed is waited for."""
    data = product.folder / "data"
    variables = json.loads((data / "run" / "environment.json").read_text())
    host = parse_qs(urlsplit(variables["DATABASE_URL"]).query)["host"][0]
    password = json.loads((data / "secrets.json").read_text())["postgres_password"]
    deadline = time.monotonic() + _BACK_SECONDS
    while True:
        try:
            return psycopg.connect(host=host, user="postgres", password=password, dbname="pult", autocommit=True)
        except psycopg.OperationalError:
            if time.monotonic() > deadline:
                raise
            time.sleep(0.2)


def schema_of(connection: psycopg.Connection, slug: str) -> str:
    """Where a company's tables stand."""
    row = connection.execute("SELECT schema_name FROM tenants_company WHERE slug = %s", [slug]).fetchone()
    return row[0]
