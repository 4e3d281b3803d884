"""Numbers, requisites and payment codes; reading a bank's statement; whose money it is."""

from datetime import date
from decimal import Decimal

import pytest
import segno
from hypothesis import given
from hypothesis import strategies as st

from billing.rules.matching import Known, match
from billing.rules.papers import Buyer, numbers_in, payment_code, printed, purpose_of, qr_svg, vat_in, wrong_buyer
from billing.rules.statement import Incoming, NotAStatement, read_statement

SELLER = {
    "name": "ООО «Пульт»", "inn": "7707083893", "kpp": "770701001", "address": "Москва",
    "account": "40702810000000000001", "bank": "АО «Банк | Запад»", "bic": "044525225",
    "bank_account": "30101810400000000225",
}  # fmt: skip
STATEMENT = """1CClientBankExchange
ВерсияФормата=1.03
Кодировка={encoding}
Отправитель=Банк
РасчСчет=40702810000000000001
СекцияРасчСчет
РасчСчет=40702810000000000001
ВсегоПоступило=1490.00
КонецРасчСчет
СекцияДокумент=Платежное поручение
Номер=17
Дата=22.11.2026
Сумма=1490.00
ПлательщикСчет=40702810900000000009
Плательщик=ООО «Альфа»
ПлательщикИНН=7707083893
ПолучательСчет=40702810000000000001
ДатаПоступило=23.11.2026
НазначениеПлатежа1=Оплата по счёту
НазначениеПлатежа2=№ ПЛТ-000012 от 20.11.2026
КонецДокумента
СекцияДокумент=Платежное поручение
Номер=18
Дата=23.11.2026
Сумма=99,5
ПлательщикСчет=40702810000000000001
ПолучательСчет=40702810900000000009
ДатаСписано=23.11.2026
КонецДокумента
КонецФайла
"""


def test_the_payment_code_is_that_of_the_standard():
    code = payment_code(SELLER, total=Decimal("1490.00"), purpose="Оплата по счёту № ПЛТ-000012")
    assert code == (
        "ST00012|Name=ООО «Пульт»|PersonalAcc=40702810000000000001|BankName=АО «Банк Запад»|BIC=044525225"
        "|CorrespAcc=30101810400000000225|PayeeINN=7707083893|KPP=770701001|Sum=149000"
        "|Purpose=Оплата по счёту № ПЛТ-000012"
    )


@given(st.integers(min_value=1, max_value=10**9), st.none() | st.decimals("0.01", "9999", places=2))
def test_a_payer_who_copies_the_purpose_is_found(number, vat):
    assert numbers_in(purpose_of(number, "23.11.2026", vat)) == {number}
    assert numbers_in(f"оплата {printed(number).lower()} за доступ") == {number}


@pytest.mark.parametrize(
    ("purpose", "found"),
    [
        ("Оплата по счету № 104 от 20.11.2026", {104}),
        ("Оплата по счёту N104", {104}),
        ("счет на оплату № 000104", {104}),
        ("ПЛТ 000104, ПЛТ-105", {104, 105}),
        ("Договор 104 от 20.11.2026, сумма 1490-00", set()),
        ("Пополнение счета", set()),
        ("счет-фактура № 104", set()),
        ("", set()),
    ],
)
def test_only_what_is_called_an_invoice_is_one(purpose, found):
    assert numbers_in(purpose) == found


@pytest.mark.parametrize(
    ("buyer", "wrong"),
    [
        (Buyer("ООО", "7707083893", "770701001", "Москва"), []),
        (Buyer("ИП Иванов", "500100732259", "", "Москва"), []),
        (Buyer("", "12", "", ""), ["name", "inn", "address"]),
        (Buyer("ООО", "7707083893", "", "Москва"), ["kpp"]),
        (Buyer("ИП", "500100732259", "770701001", "Москва"), ["kpp"]),
        (Buyer("ООО", "77070838９３", "770701001", "Москва"), ["inn"]),
        (Buyer("ООО", "1234567890", "770701001", "Москва"), ["inn"]),
        (Buyer("ООО", "7707083894", "770701001", "Москва"), ["inn"]),
        (Buyer("ИП", "500100732258", "", "Москва"), ["inn"]),
        (Buyer("ИП", "500100732269", "", "Москва"), ["inn"]),
        (Buyer("ООО", "", "770701001", "Москва"), ["inn"]),
        (Buyer("ООО", "7707083893", "77070100", "Москва"), ["kpp"]),
        (Buyer("ООО", "7707083893", "7707AB001", "Москва"), []),
    ],
)
def test_wrong_requisites_are_all_named(buyer, wrong):
    assert list(wrong_buyer(buyer)) == wrong


def test_vat_is_told_from_the_sum_that_holds_it():
    assert vat_in(Decimal("1490.00"), "22") == Decimal("268.69")
    assert vat_in(Decimal("1490.00"), "") is None


@pytest.mark.parametrize("encoding", ["cp1251", "cp866", "utf-8", "utf-8-sig"])
@pytest.mark.parametrize("line", ["\n", "\r\n"])
def test_a_statement_is_read_in_whatever_encoding_it_came(encoding, line):
    text = STATEMENT.format(encoding="DOS" if encoding == "cp866" else "Windows").replace("ё", "е").replace("\n", line)
    [found] = read_statement(text.encode(encoding, errors="replace"), "40702810000000000001")
    assert (found.came_on, found.total, found.bank_number) == (date(2026, 11, 23), Decimal("1490.00"), "17")
    assert found.payer_inn == "7707083893"
    assert found.purpose == "Оплата по счету № ПЛТ-000012 от 20.11.2026"


def test_what_goes_out_or_to_another_account_is_left_out():
    content = STATEMENT.format(encoding="Windows").encode()
    assert read_statement(content, "40702810000000000002") == []
    assert [one.bank_number for one in read_statement(content, "40702810900000000009")] == ["18"]


@pytest.mark.parametrize("content", [b"", b"\xff\xfe\x00", "Дата;Сумма".encode(), b"1CClientBankExchange\n"])
def test_another_file_is_refused(content):
    with pytest.raises(NotAStatement):
        read_statement(content, "40702810000000000001")


@pytest.mark.parametrize(
    ("before", "after"), [("Сумма=1490.00", "Сумма=много"), ("ДатаПоступило=23.11", "ДатаПоступило=33.11")]
)
def test_a_statement_that_cannot_be_read_whole_is_not_read_by_half(before, after):
    with pytest.raises(NotAStatement):
        read_statement(STATEMENT.format(encoding="Windows").replace(before, after).encode(), "40702810000000000001")


def came(total: str, purpose: str = "счет № 12", inn: str = "7707083893") -> Incoming:
    return Incoming(date(2026, 11, 23), Decimal(total), "1", "ООО", inn, "4070", purpose, "4080")


KNOWN = {12: Known(12, Decimal("1490.00"), "7707083893")}


@pytest.mark.parametrize(
    ("payment", "number"),
    [
        (came("1490.00"), 12),
        (came("1490.00", inn="500100732259"), 12),
        (came("1000.00"), 12),
        (came("2000.00"), 12),
        (came("1000.00", inn="500100732259"), None),
        (came("1490.00", "счет № 13"), None),
        (came("1490.00", "счет № 12, счет № 13"), None),
        (came("1490.00", "за услуги"), None),
    ],
)
def test_a_payment_is_taken_only_without_doubt(payment, number):
    found = match(payment, KNOWN)
    assert found.number == number
    assert bool(found.reason) == (number is None)


@pytest.mark.parametrize("text", ["ST00012|Name=ООО Пульт|Sum=100", "ST00012|Name=ООО «Пульт»|Purpose=Счёт № 1"])
def test_the_picture_holds_utf_8(text):
    of_bytes = segno.make(text.encode(), mode="byte", error="m", micro=False)
    assert qr_svg(text) == of_bytes.svg_inline(scale=3, border=2)
