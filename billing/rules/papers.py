"""Numbers, sums and the payment code of an invoice. Pure."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

import segno

from core.rounding import half_up
from tenants.rules import wrong_inn

from .offers import KOPECKS

# So long the price of an invoice holds; money that comes later is kept as credit all the same.
PAY_DAYS = 10
# What stands before the number in print, and what a payer copies into the purpose.
PREFIX = "ПЛТ"
_PRINTED = re.compile(r"ПЛТ[\s\-–—]*0*(\d{1,12})(?!\d)", re.IGNORECASE)
# Without the prefix only words that leave no doubt: a sum, a date or a contract has a number, too.
_SAID = re.compile(r"\bсч[её]т[ауе]?\s*(?:на\s+оплату\s*)?(?:№|N|No\.?|#)\s*0*(\d{1,12})(?!\d)", re.IGNORECASE)
# The inspection, the reason (letters since 2012), the number in turn.
_KPP = re.compile(r"\d{4}[\dA-Z]{2}\d{3}")
# ГОСТ Р 56042-2014: the separator may stand in no value.
_SEPARATOR = "|"


@dataclass(frozen=True)
class Buyer:
    """Requisites of whoever pays."""

    name: str
    inn: str
    kpp: str = ""
    address: str = ""


def printed(number: int) -> str:
    """An invoice's number as people see it."""
    return f"{PREFIX}-{number:06d}"


def numbers_in(purpose: str) -> set[int]:
    """Numbers of invoices that the purpose of a payment names."""
    found = _PRINTED.findall(purpose) or _SAID.findall(purpose)
    return {int(number) for number in found}


def wrong_buyer(buyer: Buyer) -> dict[str, str]:
    """What is wrong with requisites, by field."""
    wrong = {}
    if not buyer.name:
        wrong["name"] = "Укажите, на кого выставить счёт"
    if said := wrong_inn(buyer.inn) if buyer.inn else "Укажите ИНН: 10 или 12 цифр":
        wrong["inn"] = said
    elif len(buyer.inn) == 10 and not (buyer.kpp.isascii() and _KPP.fullmatch(buyer.kpp)):
        wrong["kpp"] = "КПП организации состоит из 9 знаков: 770701001"
    elif len(buyer.inn) == 12 and buyer.kpp:
        wrong["kpp"] = "У предпринимателя КПП нет. Оставьте поле пустым"
    if not buyer.address:
        wrong["address"] = "Укажите юридический адрес"
    return wrong


def vat_in(total: Decimal, rate: str) -> Decimal | None:
    """How much VAT a sum holds at a rate in percent; None when the seller pays none."""
    if not rate:
        return None
    percent = Decimal(rate)
    return half_up(total * percent / (100 + percent), KOPECKS)


def purpose_of(number: int, issued_on: str, vat: Decimal | None) -> str:
    """What the payer writes, so that his payment finds its invoice."""
    tax = "НДС не облагается" if vat is None else f"в том числе НДС {vat}"
    return f"Оплата по счёту № {printed(number)} от {issued_on}, {tax}"


def payment_code(seller: Mapping[str, str], *, total: Decimal, purpose: str) -> str:
    """What the QR code of an invoice says: ГОСТ Р 56042-2014 in UTF-8, the sum in kopecks."""
    told = {
        "Name": seller["name"],
        "PersonalAcc": seller["account"],
        "BankName": seller["bank"],
        "BIC": seller["bic"],
        "CorrespAcc": seller["bank_account"],
        "PayeeINN": seller["inn"],
        "KPP": seller["kpp"],
        "Sum": str(int(half_up(total * 100, 0))),
        "Purpose": purpose,
    }
    pairs = (f"{name}={_clean(value)}" for name, value in told.items() if value)
    return _SEPARATOR.join(["ST00012", *pairs])


def qr_svg(code: str) -> str:
    """A payment code as a picture."""
    # Left to itself segno may write Cyrillic in Shift JIS, which no bank's scanner expects behind ST00012.
    return segno.make(code, encoding="utf-8", mode="byte", error="m", micro=False).svg_inline(scale=3, border=2)


def _clean(value: str) -> str:
    return " ".join(value.replace(_SEPARATOR, " ").split())
