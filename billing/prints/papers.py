"""What stands in a printed invoice and act. The sums are those of the rows; nothing is counted here."""

from collections.abc import Iterable, Mapping
from datetime import UTC, date, datetime, time
from decimal import Decimal
from pathlib import Path
from typing import Any

from billing.models import Act, Invoice
from billing.rules.papers import printed
from core.language.sums import digits, in_words
from core.typesetting import pdf

_HERE = Path(__file__).parent


def invoice_pdf(invoice: Invoice, told: Mapping[str, Any]) -> bytes:
    """An invoice on paper; `told` is what the API says of it."""
    price = invoice.total + invoice.deduction
    rows = [("Итого:", digits(price))]
    if invoice.deduction:
        rows.append(("Зачтено из прежних оплат:", f"−{digits(invoice.deduction)}"))
    rows += [_vat(invoice.vat), ("Всего к оплате:", digits(invoice.total))]
    values = {
        "title": f"Счёт на оплату № {printed(invoice.number)} от {_day(invoice.issued_on)}",
        "seller": {**told["seller"], "address": ""},
        "buyer": told["buyer"],
        "lines": [_line(line) for line in told["lines"]],
        "sums": rows,
        "words": in_words(invoice.total, invoice.currency),
        "purpose": told["purpose"],
        "pay_until": _day(invoice.pay_until),
        "qr": told["qr_svg"],
    }
    return pdf(_HERE / "invoice.typ", values, made_at=_moment(invoice.issued_on))


def act_pdf(act: Act) -> bytes:
    """A closing act on paper."""
    total = digits(act.total)
    values = {
        "title": f"Акт № {act.number} от {_day(act.issued_on)}",
        "seller": {**act.seller, "address": ""},
        "buyer": act.buyer,
        "lines": [{"title": act.title, "count": "1", "unit_price": total, "total": total}],
        "sums": [("Итого:", total), _vat(act.vat)],
        "words": in_words(act.total, act.currency),
        "period_from": _day(act.period_from),
        "period_to": _day(_last_of(act)),
    }
    return pdf(_HERE / "act.typ", values, made_at=_moment(act.issued_on))


def _line(line: Mapping[str, Any]) -> dict[str, str]:
    money: Iterable[str] = ("unit_price", "total")
    return {"title": line["title"], "count": str(line["count"])} | {name: digits(Decimal(line[name])) for name in money}


def _vat(vat: Decimal | None) -> tuple[str, str]:
    return ("Без НДС", "—") if vat is None else ("В том числе НДС:", digits(vat))


def _last_of(act: Act) -> date:
    return date.fromordinal(act.period_to.toordinal() - 1)


def _day(day: date) -> str:
    return f"{day:%d.%m.%Y}"


def _moment(day: date) -> datetime:
    return datetime.combine(day, time.min, UTC)
