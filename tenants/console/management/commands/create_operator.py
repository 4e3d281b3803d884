"""The first operator, or one who has lost his authenticator."""

import secrets

from django.core.management.base import BaseCommand, CommandError

from core.context import control_scope
from core.errors import Invalid
from tenants.console.actions.audit import note_deed
from tenants.console.actions.operators import create_operator, forget_totp
from tenants.console.models import Operator

_WHO = "Командная строка"


class Command(BaseCommand):
    help = "Makes an operator of the console and prints his password once; he sets up his second factor himself."

    def add_arguments(self, parser) -> None:
        parser.add_argument("email")
        parser.add_argument("--name", default="")
        parser.add_argument("--role", default=Operator.Role.CHIEF, choices=Operator.Role.values)
        parser.add_argument("--password", default="", help="left out: one is made up and printed")
        parser.add_argument("--reset-totp", action="store_true", help="for an operator who is there already")

    def handle(self, *args, **options) -> None:
        if options["reset_totp"]:
            self._reset(options["email"].strip().lower())
            return
        password = options["password"] or secrets.token_urlsafe(15)
        asked = {"email": options["email"], "full_name": options["name"] or options["email"], "role": options["role"]}
        try:
            with control_scope():
                made = create_operator(**asked, password=password, by=None, who=_WHO)
        except Invalid as refusal:
            raise CommandError("; ".join(text for texts in refusal.errors.values() for text in texts)) from refusal
        self.stdout.write(f"{made.email}: {made.get_role_display()}.")
        if not options["password"]:
            self.stdout.write(f"Пароль, показан один раз: {password}")
        self.stdout.write("При первом входе консоль попросит включить вход по коду.")

    def _reset(self, email: str) -> None:
        with control_scope():
            row = Operator.objects.select_for_update().filter(email=email).first()
            if row is not None:
                forget_totp(row)
                note_deed("operator.totp-reset", by=None, after={"email": email}, who=_WHO)
        if row is None:
            raise CommandError(f"Оператора с почтой {email} нет.")
        self.stdout.write(f"{email}: вход по коду сброшен, все сеансы завершены.")
