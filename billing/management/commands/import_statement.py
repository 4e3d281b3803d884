"""Read a bank's statement: payments find their invoices, the rest waits for a person."""

from pathlib import Path

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from billing.actions.payments import receive
from billing.models import Payment
from billing.queries import today
from billing.rules.papers import printed
from billing.rules.statement import NotAStatement, read_statement
from core.context import control_scope


class Command(BaseCommand):
    help = "Reads a statement in the format 1CClientBankExchange; reading the same one again changes nothing."

    def add_arguments(self, parser) -> None:
        parser.add_argument("file", type=Path)

    def handle(self, *args, **options) -> None:
        if not settings.SELLER["account"]:
            raise CommandError("Не задан счёт продавца: SELLER_ACCOUNT. Укажите его, чтобы узнать свои поступления")
        try:
            told = read_statement(options["file"].read_bytes(), settings.SELLER["account"])
        except (NotAStatement, OSError) as wrong:
            raise CommandError(str(wrong)) from wrong
        known = waiting = 0
        for one in told:
            # Each in a transaction of its own: what is read of a long statement stays, and reading on is safe.
            with control_scope():
                received = receive(one, day=today())
                payment = received.payment
                known += received.is_known
                if payment.state == Payment.State.WAITING:
                    waiting += 1
                    self.stdout.write(f"  ? {payment.pk}: {payment.total} от «{payment.payer_name}»: {payment.reason}")
                elif not received.is_known and payment.invoice:
                    self.stdout.write(f"    {payment.total} по счёту {printed(payment.invoice.number)}")
        self.stdout.write(f"Поступлений: {len(told)}, уже известны: {known}, ждут разбора: {waiting}")
