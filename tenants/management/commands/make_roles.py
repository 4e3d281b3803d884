"""Make roles and database on a server of your own; once, as its superuser."""

import psycopg
from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from tenants.provisioning.roles import make_database, make_roles, make_shared_rights, script

_USERS = {"default": ("DATABASE_URL", "pult_app"), "owner": ("DATABASE_OWNER_URL", "pult_owner")}


class Command(BaseCommand):
    help = "Makes roles, database and extensions by DATABASE_ADMIN_URL; passwords and name are those of DATABASE_URL."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser) -> None:
        parser.add_argument("--print", action="store_true", help="print SQL with passwords for psql, change nothing")

    def handle(self, *args, **options) -> None:
        name = settings.DATABASES["default"]["NAME"]
        passwords = {"app_password": _password("default"), "owner_password": _password("owner")}
        if settings.DATABASES["owner"]["NAME"] != name or not name:
            raise CommandError("DATABASE_URL и DATABASE_OWNER_URL должны называть одну и ту же базу.")
        if options["print"]:
            self.stdout.write(script(name, **passwords))
            return
        if not settings.DATABASE_ADMIN_URL:
            raise CommandError("Задайте DATABASE_ADMIN_URL или возьмите SQL: manage.py make_roles --print")
        try:
            _make(name, passwords)
        except psycopg.Error as failure:
            raise CommandError(f"Сервер отказал: {failure}") from failure
        self.stdout.write(f"Роли и база «{name}» готовы. DATABASE_ADMIN_URL больше не нужен.")


def _password(alias: str) -> str:
    told, (variable, user) = settings.DATABASES[alias], _USERS[alias]
    if told["USER"] != user:
        raise CommandError(f"{variable} должен входить под ролью {user}, а не «{told['USER']}».")
    if not told["PASSWORD"]:
        raise CommandError(f"В {variable} нет пароля.")
    return told["PASSWORD"]


def _make(name: str, passwords: dict[str, str]) -> None:
    with psycopg.connect(settings.DATABASE_ADMIN_URL, autocommit=True) as connection:
        make_roles(connection, **passwords)
        make_database(connection, name)
    with psycopg.connect(settings.DATABASE_ADMIN_URL, dbname=name, autocommit=True) as connection:
        make_shared_rights(connection)
