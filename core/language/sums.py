"""Sums as people print them: «12 500,00» and «Двенадцать тысяч пятьсот рублей 00 копеек»."""

from decimal import Decimal

from num2words import num2words

# By currency: one, two to four, five and more of it; the same of its hundredth.
_UNITS = {
    "RUB": (("рубль", "рубля", "рублей"), ("копейка", "копейки", "копеек")),
    "BYN": (("рубль", "рубля", "рублей"), ("копейка", "копейки", "копеек")),
    "USD": (("доллар", "доллара", "долларов"), ("цент", "цента", "центов")),
    "EUR": (("евро", "евро", "евро"), ("цент", "цента", "центов")),
    "KZT": (("тенге", "тенге", "тенге"), ("тиын", "тиына", "тиынов")),
    "CNY": (("юань", "юаня", "юаней"), ("фэнь", "фэня", "фэней")),
}
_NO_BREAK = "\u00a0"


def digits(total: Decimal) -> str:
    """A sum in digits, thousands apart."""
    return f"{total:,.2f}".replace(",", _NO_BREAK).replace(".", ",")


def in_words(total: Decimal, currency: str) -> str:
    """A sum in words with hundredths in digits; the sum has two places at most and is not negative."""
    whole, hundredths = divmod(int(total * 100), 100)
    units, parts = _UNITS[currency]
    words = num2words(whole, lang="ru")
    return f"{words[0].upper()}{words[1:]} {form(whole, units)} {hundredths:02d} {form(hundredths, parts)}"


def form(number: int, forms: tuple[str, str, str]) -> str:
    """The form of a noun that stands with a number: 1 рубль, 2 рубля, 5 рублей."""
    if 11 <= number % 100 <= 14:
        return forms[2]
    return forms[0] if number % 10 == 1 else forms[1] if 2 <= number % 10 <= 4 else forms[2]
