"""Checks that must hold before anything is served."""

from django.core.exceptions import ImproperlyConfigured
from django.db import connection


def refuse_mighty_role() -> None:
    """Raise unless web and worker log in as a role that no wall of ours would let through."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT rolsuper OR rolbypassrls OR rolcreaterole OR rolinherit FROM pg_roles WHERE rolname = session_user"
        )
        mighty = cursor.fetchone()[0]
    if mighty:
        raise ImproperlyConfigured(
            "DATABASE_URL входит под ролью с лишними правами (superuser, BYPASSRLS, CREATEROLE или INHERIT)."
            " Нужна роль pult_app: её создаёт manage.py make_roles."
        )
