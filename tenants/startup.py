"""Checks that must hold before anything is served."""

from concurrent.futures import ThreadPoolExecutor

from django.core.exceptions import ImproperlyConfigured
from django.db import connection

_MIGHTY = """
SELECT own.rolsuper OR own.rolbypassrls OR own.rolcreaterole OR own.rolinherit, ARRAY(
  SELECT other.rolname::text FROM pg_roles other
  WHERE (other.rolsuper OR other.rolbypassrls OR other.rolcreaterole) AND other.rolname <> session_user
    AND pg_has_role(session_user, other.oid, 'MEMBER'))
FROM pg_roles own WHERE own.rolname = session_user
"""


def refuse_mighty_role() -> None:
    """Raise unless web and worker log in as a role that neither is nor may become one no wall of ours would stop."""
    with connection.cursor() as cursor:
        cursor.execute(_MIGHTY)
        mighty, reachable = cursor.fetchone()
    if mighty:
        raise ImproperlyConfigured(
            "DATABASE_URL входит под ролью с лишними правами (superuser, BYPASSRLS, CREATEROLE или INHERIT)."
            " Нужна роль pult_app: её создаёт manage.py make_roles."
        )
    if reachable:
        raise ImproperlyConfigured(
            f"Роль из DATABASE_URL может стать ролью {', '.join(sorted(reachable))}, у которой лишние права."
            " Отзовите её: REVOKE роль FROM pult_app."
        )


def refuse_mighty_role_apart() -> None:
    """The same in a thread with its own connection: servers import us inside an event loop, where Django refuses."""
    with ThreadPoolExecutor(max_workers=1) as thread:
        thread.submit(_refuse_and_close).result()


def _refuse_and_close() -> None:
    try:
        refuse_mighty_role()
    finally:
        connection.close()
