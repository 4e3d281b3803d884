"""How long a code lives, how often one may be asked for and tried, and what the message says."""

CODE_SECONDS = 600
CODE_DIGITS, TRIES = 6, 5
# Each costs money and rings in somebody's pocket, whose number it may not be.
CODES_AN_HOUR, CODES_A_DAY = 5, 5
TOO_OFTEN = "За час можно запросить не больше пяти кодов. Подождите и запросите новый"
TOO_MANY = "На этот номер сегодня уже отправлено пять кодов. Запросите новый завтра"


def words_of(code: str, company: str) -> str:
    """What stands in the message; the code first, because a telephone shows the beginning."""
    return f"{code} — код для вашего номера в Пульте, {company}. Никому его не говорите"
