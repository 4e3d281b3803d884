"""The only company of an own server: `found_company --name … --email … --full-name …`; safe to repeat."""

import getpass
import os

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from core.context import control_scope
from core.errors import Invalid
from core.identity.names import read_email
from core.identity.passwords import hash_new
from core.texts import clean_line
from tenants.models import Company
from tenants.provisioning import pool
from tenants.provisioning.companies import Founder, found

# Where a script leaves it: what stands on a command line is seen by all of the machine.
_PASSWORD = "FOUNDER_PASSWORD"


class Command(BaseCommand):
    help = "Founds the company named in ONE_COMPANY with its owner, unless it is there."

    def add_arguments(self, parser) -> None:
        parser.add_argument("--name", required=True)
        parser.add_argument("--inn", default="")
        parser.add_argument("--email", required=True, help="of the owner")
        parser.add_argument("--full-name", required=True, help="of the owner: Иванов Иван Иванович")

    def handle(self, *args, **options) -> None:
        slug = settings.ONE_COMPANY
        if not slug:
            raise CommandError("Задайте ONE_COMPANY: на общей установке компании создаются регистрацией.")
        try:
            email = read_email(options["email"])
            password = os.environ.get(_PASSWORD) or getpass.getpass("Пароль владельца: ")
            founder = Founder(email, clean_line(options["full_name"]), hash_new(password, email=email))
        except Invalid as wrong:
            raise CommandError("; ".join(line for lines in wrong.errors.values() for line in lines)) from wrong
        with control_scope():
            if Company.objects.filter(slug=slug).exists():
                self.stdout.write(f"Компания {slug} уже есть.")
                return
            schema = pool.claim()
            if schema is None:
                raise CommandError("Запас схем пуст: выполните manage.py prepare и повторите.")
            found(slug=slug, name=clean_line(options["name"]), inn=options["inn"], schema=schema, founder=founder)
        self.stdout.write(f"Компания {options['name']} создана, владелец {email}.")
