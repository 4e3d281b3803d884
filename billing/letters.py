"""What owners are written on the days of a subscription."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from core.metering.errors import sum_words

from .rules.life import CLOSED_DAYS, GRACE_DAYS, READING_DAYS, Reminder
from .rules.warnings import Use

_READING, _CLOSED = GRACE_DAYS, GRACE_DAYS + READING_DAYS
_DELETING = _CLOSED + CLOSED_DAYS
_SAFE = "Данные никуда не денутся: после оплаты всё продолжит работать с того же места."


@dataclass(frozen=True)
class Said:
    subject: str
    paragraphs: tuple[str, ...]


def trial_ends(reminder: Reminder, plan: str) -> Said:
    """The end of a trial after which the company comes to a plan that costs nothing."""
    day = f"{reminder.due:%d.%m.%Y}"
    if reminder.offset < 0:
        return Said(
            f"Пробный период заканчивается {day}",
            (
                f"С {day} компания перейдёт на тариф «{plan}». Ничего не удалится; сверх его пределов нельзя будет "
                "только добавлять: приглашать людей и загружать файлы.",
                "Чтобы продолжить без пределов, выберите тариф и выставьте счёт.",
            ),
        )
    return Said(
        "Пробный период закончился",
        (f"Теперь действует тариф «{plan}». Другой тариф можно выбрать в любой день.",),
    )


def payment_due(reminder: Reminder, plan: str) -> Said:
    """What is paid for ends, has ended, or the company is being shut for it."""
    day, offset = f"{reminder.due:%d.%m.%Y}", reminder.offset
    if offset < 0:
        return Said(
            f"Подписка оплачена до {day}",
            (f"Тариф «{plan}» оплачен до {day}. Выставьте счёт на следующий период, чтобы работа не прерывалась.",),
        )
    if offset < _READING:
        return Said(
            f"Подписка не оплачена с {day}",
            (
                f"Пока всё работает. Если оплата не придёт, через {_days(_READING - offset)} останется только чтение.",
                _SAFE,
            ),
        )
    if offset < _CLOSED:
        left = _days(_CLOSED - offset)
        return Said(
            "Компания открыта только для чтения",
            (f"Подписка не оплачена с {day}. Через {left} работа приостановится.", _SAFE),
        )
    if offset < _DELETING:
        left = _days(_DELETING - offset)
        return Said(
            "Работа компании приостановлена",
            (f"Подписка не оплачена с {day}. Через {left} компания будет помечена к удалению.", _SAFE),
        )
    return Said(
        "Компания помечена к удалению",
        (f"Подписка не оплачена с {day}. Пока данные целы: оплатите счёт или напишите нам, чтобы их сохранить.",),
    )


def card_refused(why: str) -> Said:
    """A card that pays by itself was refused."""
    return Said(
        "Карта не прошла: оплата сервиса",
        (f"{why}.", "Укажите карту в разделе «Тариф и оплата»: платёж повторится сам. Пока всё работает. " + _SAFE),
    )


def extras_invoiced(number: str, total: Decimal, pay_until: date) -> Said:
    """What was used beyond the plan in months that are over."""
    return Said(
        f"Счёт {number} за услуги сверх тарифа",
        (
            f"Сверх тарифа использовано на {f'{total:.2f}'.replace('.', ',')} ₽. Оплатите счёт до "
            f"{pay_until:%d.%m.%Y}: он лежит в разделе «Тариф и оплата».",
            "Если к этому дню он не оплачен, услуги сверх тарифа приостановятся, всё остальное продолжит работать.",
        ),
    )


def use_left(total: Decimal) -> Said:
    """A subscription is over, and the card has not paid what was used by the unit."""
    return Said(
        "Карта не прошла: услуги сверх тарифа",
        (
            f"За услуги сверх тарифа осталось заплатить {sum_words(total)}. Оплатить можно в разделе «Тариф и оплата»: "
            "там есть кнопка «Оплатить сейчас». Если в счёт вошёл и тариф, деньги за него останутся на счету компании.",
            "До оплаты услуги сверх тарифа приостановлены, всё остальное продолжает работать.",
        ),
    )


def nobody_to_bill(total: Decimal, until: date) -> Said:
    """Something was used by the unit, no card pays any more, and nobody has said whom to make an invoice out to."""
    return Said(
        f"За услуги сверх тарифа нужно заплатить {sum_words(total)}",
        (
            "Карта за них не платит, а реквизитов для счёта у нас нет. В разделе «Тариф и оплата» подключите карту или "
            "выставьте счёт за любой тариф: по реквизитам из него мы выставим и счёт за использованное.",
            f"Если этого не сделать до {until:%d.%m.%Y}, услуги сверх тарифа приостановятся, всё остальное продолжит "
            "работать.",
        ),
    )


def seats_fill(use: Use) -> Said:
    """Seats come to an end, or have."""
    taken = f"Занято мест: {use.used} из {use.limit}"
    more = "Добавьте места или выберите тариф побольше в настройках компании."
    if use.level == "near":
        return Said(f"Места заканчиваются: {use.used} из {use.limit}", (f"{taken}. {more}",))
    return Said(
        f"Места закончились: {use.used} из {use.limit}",
        (f"{taken}. Все работают как прежде, но приглашать и возвращать людей пока нельзя.", more),
    )


def room_fills(use: Use) -> Said:
    """Room for files comes to an end, or has."""
    taken = f"Файлы занимают {_size(use.used)} из {_size(use.limit or 0)}"
    more = "Удалите ненужные файлы, добавьте место или выберите тариф побольше."
    if use.level == "near":
        return Said("Место для файлов заканчивается", (f"{taken}. {more}",))
    return Said(
        "Место для файлов закончилось",
        (f"{taken}. Прежние файлы открываются, но новых добавить пока нельзя.", more),
    )


def _size(number: int) -> str:
    return f"{number / 1024**3:.1f} ГБ".replace(".", ",")


def _days(number: int) -> str:
    if number % 100 in range(11, 15):
        return f"{number} дней"
    return f"{number} {({1: 'день', 2: 'дня', 3: 'дня', 4: 'дня'}).get(number % 10, 'дней')}"
