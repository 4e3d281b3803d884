"""The roles and shared rights of one cluster. Run once by a superuser; running again changes nothing.

pult_app      what web and worker log in as: no rights of its own, may SET pult_control and each company's role
pult_control  the registry in the public schema
pult_owner    owns every table, makes schemas and company roles, runs migrations
company_base  shared rights, granted once; every company's role is a member (docs/decisions/0002-company-scope.md)
"""

from typing import Any

from psycopg import sql

_ROLES = """
DO $$ BEGIN
  IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'pult_owner') THEN
    CREATE ROLE pult_owner LOGIN CREATEROLE;
  END IF;
  IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'pult_app') THEN CREATE ROLE pult_app LOGIN NOINHERIT; END IF;
  IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'pult_control') THEN CREATE ROLE pult_control NOLOGIN; END IF;
  IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'company_base') THEN CREATE ROLE company_base NOLOGIN; END IF;
END $$;
ALTER ROLE pult_app NOSUPERUSER NOBYPASSRLS NOCREATEROLE NOCREATEDB NOINHERIT;
ALTER ROLE pult_owner NOSUPERUSER NOBYPASSRLS CREATEROLE;
GRANT pult_control TO pult_app WITH INHERIT FALSE, SET TRUE;
GRANT company_base TO pult_owner WITH ADMIN TRUE, INHERIT FALSE, SET FALSE;
"""

_DATABASE = """
CREATE SCHEMA IF NOT EXISTS extensions;
CREATE EXTENSION IF NOT EXISTS pg_trgm WITH SCHEMA extensions;
CREATE EXTENSION IF NOT EXISTS btree_gist WITH SCHEMA extensions;
CREATE EXTENSION IF NOT EXISTS unaccent WITH SCHEMA extensions;
CREATE OR REPLACE FUNCTION extensions.backend_memory() RETURNS bigint LANGUAGE sql SECURITY DEFINER
  SET search_path = pg_catalog AS 'SELECT sum(total_bytes)::bigint FROM pg_backend_memory_contexts';
REVOKE ALL ON FUNCTION extensions.backend_memory() FROM PUBLIC;
GRANT EXECUTE ON FUNCTION extensions.backend_memory() TO pult_app;
GRANT USAGE ON SCHEMA extensions TO pult_app, pult_control, pult_owner, company_base;
REVOKE ALL ON SCHEMA public FROM PUBLIC;
ALTER SCHEMA public OWNER TO pult_owner;
GRANT USAGE ON SCHEMA public TO pult_control, company_base;
ALTER DEFAULT PRIVILEGES FOR ROLE pult_owner IN SCHEMA public
  GRANT SELECT, INSERT, UPDATE, DELETE ON TABLES TO pult_control;
ALTER DEFAULT PRIVILEGES FOR ROLE pult_owner IN SCHEMA public GRANT USAGE ON SEQUENCES TO pult_control;
"""


def make_roles(connection: Any, *, app_password: str, owner_password: str) -> None:
    """Create the cluster's roles. `connection` is a psycopg connection of a superuser in autocommit mode."""
    connection.execute(_ROLES)
    for role, password in (("pult_app", app_password), ("pult_owner", owner_password)):
        connection.execute(sql.SQL("ALTER ROLE {} PASSWORD {}").format(sql.Identifier(role), sql.Literal(password)))


def make_database(connection: Any, name: str) -> None:
    """Create the database owned by `pult_owner`, unless it exists; nobody else may connect but the two log-in roles."""
    if not connection.execute("SELECT 1 FROM pg_database WHERE datname = %s", [name]).fetchone():
        connection.execute(sql.SQL("CREATE DATABASE {} OWNER pult_owner").format(sql.Identifier(name)))
    database = sql.Identifier(name)
    connection.execute(sql.SQL("REVOKE ALL ON DATABASE {} FROM PUBLIC").format(database))
    connection.execute(sql.SQL("GRANT CONNECT ON DATABASE {} TO pult_app").format(database))
    connection.execute(sql.SQL("GRANT CONNECT, CREATE ON DATABASE {} TO pult_owner").format(database))


def make_shared_rights(connection: Any) -> None:
    """Extensions and rights inside the database; `connection` is a superuser's, connected to it."""
    connection.execute(_DATABASE)
