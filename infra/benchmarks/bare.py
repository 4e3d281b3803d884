"""The floor: a bare WSGI application that sends one statement and hands on the JSON that PostgreSQL has built.

Same answers as the product's, out of the same tables (`statements.py` says what is in them and what is not): no rights,
no ORM, no framework. Served exactly as the product is: uvicorn, as many processes and threads, a kept connection for
each thread, psycopg as it comes, which prepares a statement it has seen five times.
`uvicorn infra.benchmarks.bare:application` with BARE_DSN and BARE_SCHEMA in the environment.
"""

import json
import os
import threading
from collections.abc import Iterable
from typing import Any
from urllib.parse import parse_qsl

import psycopg
from a2wsgi import WSGIMiddleware
from a2wsgi.wsgi_typing import Environ, StartResponse

from infra.benchmarks import statements

STATEMENTS = {"/list": statements.LIST, "/card": statements.CARD, "/create": statements.CREATE,
              "/create-bare": statements.CREATE_BARE}  # fmt: skip
_local = threading.local()


def connect(dsn: str, schema: str) -> psycopg.Connection[Any]:
    """A connection that stands in a company's schema; moments come out in UTC."""
    connection = psycopg.connect(dsn, autocommit=True)
    connection.execute(f"SET search_path = \"{schema}\"; SET timezone = 'UTC'")
    return connection


def wsgi(environ: Environ, start_response: StartResponse) -> Iterable[bytes]:
    """GET /list?who=, GET /card?id=&me=, POST /create and /create-bare {title, due_at, who, me}."""
    if not hasattr(_local, "connection"):
        _local.connection = connect(os.environ["BARE_DSN"], os.environ["BARE_SCHEMA"])
    given: dict[str, Any] = dict(parse_qsl(environ["QUERY_STRING"]))
    if environ["REQUEST_METHOD"] == "POST":
        given = json.loads(environ["wsgi.input"].read(int(environ["CONTENT_LENGTH"])))
    row = _local.connection.execute(STATEMENTS[environ["PATH_INFO"]], given).fetchone()
    status = "404 Not Found" if row is None else "201 Created" if environ["REQUEST_METHOD"] == "POST" else "200 OK"
    start_response(status, [("Content-Type", "application/json")])
    return [row[0].encode() if row else b"{}"]


application = WSGIMiddleware(wsgi, workers=int(os.environ.get("WEB_THREADS", "8")))
