"""Say which invoice a payment is for that could not be understood."""

from django.core.management.base import BaseCommand, CommandError

from billing.actions.payments import assign
from billing.queries import today
from core.context import control_scope
from core.errors import Refused


class Command(BaseCommand):
    help = "Credits a waiting payment (its number is told by import_statement) to an invoice."

    def add_arguments(self, parser) -> None:
        parser.add_argument("payment", type=int)
        parser.add_argument("invoice", type=int, help="the number without its prefix")

    def handle(self, *args, **options) -> None:
        try:
            with control_scope():
                assign(options["payment"], options["invoice"], day=today())
        except Refused as refusal:
            raise CommandError(refusal.detail) from refusal
        self.stdout.write("Зачислено.")
