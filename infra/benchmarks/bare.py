"""The floor: a bare WSGI application that lets PostgreSQL build the JSON of the same statement; no rights, no ORM.

Served exactly as the product is: uvicorn, the same number of processes and threads.
`python -m infra.benchmarks.bare <port>` with BARE_DSN and BARE_SCHEMA in the environment.
"""

import json
import os
import threading
from collections.abc import Iterable
from typing import Any
from urllib.parse import parse_qs

import psycopg
from a2wsgi import WSGIMiddleware
from a2wsgi.wsgi_typing import Environ, StartResponse

LIST = """
SELECT coalesce(json_agg(row_to_json(r)), '[]')::text FROM (
  SELECT e.id, e.number, e.title, e.status, e.state, e.due_at, e.created_at, e.changed_at, e.version,
         e.responsible_id, e.author_id
  FROM entities_entity e JOIN tasks_task t ON t.entity_ptr_id = e.id
  JOIN organization_employee p ON p.principal_id = e.responsible_id
  WHERE e.trashed_at IS NULL AND p.entity_ptr_id = %s AND e.kind = 'tasks.task'
  ORDER BY e.due_at, e.id LIMIT 50) r
"""
CARD = """
SELECT row_to_json(r)::text FROM (
  SELECT e.*, t.description FROM entities_entity e JOIN tasks_task t ON t.entity_ptr_id = e.id WHERE e.id = %s) r
"""
CREATE = """
WITH e AS (
  INSERT INTO entities_entity (kind, number, title, author_id, responsible_id, state, status, created_at, changed_at,
    version, due_at)
  VALUES ('tasks.task', '', %s, %s, %s, 'open', 'new', now(), now(), 1, now()) RETURNING *),
t AS (INSERT INTO tasks_task (entity_ptr_id, description) SELECT id, '' FROM e)
SELECT row_to_json(e)::text FROM e
"""
_local = threading.local()


def _connection() -> psycopg.Connection[Any]:
    if not hasattr(_local, "connection"):
        _local.connection = psycopg.connect(os.environ["BARE_DSN"], autocommit=True)
        _local.connection.execute(f'SET search_path = "{os.environ["BARE_SCHEMA"]}"')
    return _local.connection


def wsgi(environ: Environ, start_response: StartResponse) -> Iterable[bytes]:
    """/list?who=, /card?id=, POST /create {title, who}."""
    path, query = environ["PATH_INFO"], parse_qs(environ["QUERY_STRING"])
    if path == "/list":
        text = _connection().execute(LIST, [query["who"][0]]).fetchone()[0]  # type: ignore[index]
    elif path == "/card":
        text = _connection().execute(CARD, [query["id"][0]]).fetchone()[0]  # type: ignore[index]
    else:
        told = json.loads(environ["wsgi.input"].read(int(environ["CONTENT_LENGTH"])))
        row = [told["title"], told["who"], told["who"]]
        text = _connection().execute(CREATE, row).fetchone()[0]  # type: ignore[index]
    start_response("200 OK", [("Content-Type", "application/json")])
    return [text.encode()]


application = WSGIMiddleware(wsgi, workers=8)
