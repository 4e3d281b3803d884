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

# Under a C locale lower() and ILIKE are silently wrong for Cyrillic; this locale needs nothing of the machine.
_CREATE = (
    "CREATE DATABASE {} OWNER pult_owner TEMPLATE template0 ENCODING 'UTF8'"
    " LOCALE_PROVIDER builtin BUILTIN_LOCALE 'PG_UNICODE_FAST' LC_COLLATE 'C' LC_CTYPE 'C.UTF-8'"
)

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


def role_statements(*, app_password: str, owner_password: str) -> str:
    """SQL that makes the cluster's roles and sets their passwords."""
    passwords = [
        sql.SQL("ALTER ROLE {} PASSWORD {};").format(sql.Identifier(role), sql.Literal(password)).as_string(None)
        for role, password in (("pult_app", app_password), ("pult_owner", owner_password))
    ]
    return "\n".join([_ROLES.strip(), *passwords])


def database_statements(name: str) -> str:
    """SQL that lets nobody but the two log-in roles connect to the database."""
    rights = (
        "REVOKE ALL ON DATABASE {0} FROM PUBLIC;\n"
        "GRANT CONNECT ON DATABASE {0} TO pult_app;\n"
        "GRANT CONNECT, CREATE ON DATABASE {0} TO pult_owner;"
    )
    return sql.SQL(rights).format(sql.Identifier(name)).as_string(None)


def creation_statement(name: str) -> str:
    """SQL that makes the database with a locale of the server's own, whatever the cluster was made with."""
    return sql.SQL(_CREATE).format(sql.Identifier(name)).as_string(None)


def script(name: str, *, app_password: str, owner_password: str) -> str:
    """All of it for psql, run as superuser, safe to repeat; it holds the passwords."""
    text = sql.Literal(creation_statement(name)).as_string(None)
    known = sql.Literal(name).as_string(None)
    return "\n".join(
        [
            role_statements(app_password=app_password, owner_password=owner_password),
            f"SELECT {text} WHERE NOT EXISTS (SELECT FROM pg_database WHERE datname = {known}) \\gexec",
            database_statements(name),
            f"\\connect {sql.Identifier(name).as_string(None)}",
            _DATABASE.strip(),
        ]
    )


def make_roles(connection: Any, *, app_password: str, owner_password: str) -> None:
    """Create the cluster's roles. `connection` is a psycopg connection of a superuser in autocommit mode."""
    connection.execute(role_statements(app_password=app_password, owner_password=owner_password))


def make_database(connection: Any, name: str) -> None:
    """Create the database owned by `pult_owner`, unless it exists; nobody else may connect but the two log-in roles."""
    if not connection.execute("SELECT 1 FROM pg_database WHERE datname = %s", [name]).fetchone():
        connection.execute(creation_statement(name))
    connection.execute(database_statements(name))


def make_shared_rights(connection: Any) -> None:
    """Extensions and rights inside the database; `connection` is a superuser's, connected to it."""
    connection.execute(_DATABASE)
