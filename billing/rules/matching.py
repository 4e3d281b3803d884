"""Whose money it is that has come. Pure: a payment is taken only where there is no doubt, a person decides the rest."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from .papers import numbers_in
from .statement import Incoming


@dataclass(frozen=True)
class Known:
    """An invoice as matching needs it; `missing` is what is not paid of it yet."""

    number: int
    missing: Decimal
    buyer_inn: str


@dataclass(frozen=True)
class Match:
    """`number` of the invoice that a payment is for, or the `reason` why nobody can tell."""

    number: int | None
    reason: str = ""


def match(payment: Incoming, invoices: Mapping[int, Known]) -> Match:
    """The invoice of a payment: the one it names, if either the sum fits exactly or the payer is its buyer.

    `invoices` are those of the numbers that the purpose names. Less or more than the sum is kept as credit.
    """
    named = numbers_in(payment.purpose)
    if not named:
        return Match(None, "В назначении нет номера счёта")
    if len(named) > 1:
        return Match(None, "В назначении несколько счетов")
    invoice = invoices.get(next(iter(named)))
    if invoice is None:
        return Match(None, "Такого счёта нет")
    if payment.total == invoice.missing or payment.payer_inn == invoice.buyer_inn:
        return Match(invoice.number)
    return Match(None, "Сумма другая, и платил не тот, кому выставлен счёт")
