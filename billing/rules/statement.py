"""Reading a bank statement in the exchange format of 1C (1CClientBankExchange). Pure."""

import hashlib
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal, InvalidOperation

_HEAD, _BEGINS, _ENDS = "1CClientBankExchange", "СекцияДокумент", "КонецДокумента"
# The header names its own encoding, but in that encoding: the right one is that in which the word can be read.
_ENCODINGS = ("utf-8-sig", "cp1251", "cp866")
_PARTS = re.compile(r"(НазначениеПлатежа|Плательщик|Получатель)(\d)")


class NotAStatement(ValueError):
    """The file is not what the bank gives for 1C."""


@dataclass(frozen=True)
class Incoming:
    """Money that has come to our account."""

    came_on: date
    total: Decimal
    bank_number: str
    payer_name: str
    payer_inn: str
    payer_account: str
    purpose: str
    account: str

    @property
    def key(self) -> str:
        """The same for the same payment, whichever statement tells of it."""
        told = (
            self.account, self.came_on.isoformat(), self.bank_number, f"{self.total:.2f}", self.payer_inn,
            self.payer_account,
        )  # fmt: skip
        return hashlib.sha256("\n".join(told).encode()).hexdigest()


def read_statement(content: bytes, account: str) -> list[Incoming]:
    """Payments to an account, in the order of the file; what goes out or to another account is left out."""
    text = _text(content)
    return [found for fields in _documents(text) if (found := _incoming(fields, account)) is not None]


def _text(content: bytes) -> str:
    for encoding in _ENCODINGS:
        try:
            text = content.decode(encoding)
        except UnicodeDecodeError:
            continue
        if text.startswith(_HEAD) and ("Кодировка" in text or _BEGINS in text):
            return text
    raise NotAStatement("Это не выписка в формате 1CClientBankExchange. Выгрузите её из банка «для 1С»")


def _documents(text: str) -> Iterator[dict[str, str]]:
    fields: dict[str, str] | None = None
    for line in text.splitlines():
        name, _, value = line.strip().partition("=")
        if name == _BEGINS:
            fields = {}
        elif name == _ENDS:
            if fields is not None:
                yield fields
            fields = None
        elif fields is not None:
            _keep(fields, name, value.strip())


def _keep(fields: dict[str, str], name: str, value: str) -> None:
    """Long values come in numbered pieces."""
    part = _PARTS.fullmatch(name)
    if part and part[1] in fields and part[2] != "1":
        fields[part[1]] = f"{fields[part[1]]} {value}".strip()
    elif part:
        fields.setdefault(part[1], value)
    else:
        fields[name] = value


def _incoming(fields: dict[str, str], account: str) -> Incoming | None:
    ours = {fields.get("ПолучательСчет"), fields.get("ПолучательРасчСчет")}
    if account not in ours or account in (fields.get("ПлательщикСчет"), fields.get("ПлательщикРасчСчет")):
        return None
    total = _sum(fields.get("Сумма", ""))
    if total <= 0:
        return None
    return Incoming(
        came_on=_day(fields.get("ДатаПоступило") or fields.get("Дата", "")),
        total=total,
        bank_number=fields.get("Номер", "")[:50],
        payer_name=fields.get("Плательщик", "")[:300],
        payer_inn=fields.get("ПлательщикИНН", "")[:12],
        payer_account=(fields.get("ПлательщикСчет") or fields.get("ПлательщикРасчСчет", ""))[:34],
        purpose=fields.get("НазначениеПлатежа", ""),
        account=account,
    )


def _sum(text: str) -> Decimal:
    try:
        return Decimal(re.sub(r"\s", "", text).replace(",", ".")).quantize(Decimal("0.01"))
    except InvalidOperation as wrong:
        raise NotAStatement(f"В выписке не читается сумма: «{text[:30]}»") from wrong


def _day(text: str) -> date:
    try:
        return datetime.strptime(text.strip(), "%d.%m.%Y").date()
    except ValueError as wrong:
        raise NotAStatement(f"В выписке не читается дата: «{text[:30]}»") from wrong
