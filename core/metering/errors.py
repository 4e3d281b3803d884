"""Why something that costs money by the unit is refused. What was made before can always be read."""

from decimal import Decimal

from core.errors import Refused

from .meters import Meter

_WHERE = "в разделе «Настройки → Тариф и оплата»"


class CeilingReached(Refused):
    """`ceiling` is what the company is willing to spend in a month."""

    code, status = "ceiling-reached", 409

    def __init__(self, meter: Meter, ceiling: Decimal) -> None:
        text = (
            f"Предел расходов на {meter.of_what} в этом месяце исчерпан: {sum_words(ceiling)}. "
            f"Поднять его может тот, кто оплачивает сервис, {_WHERE}"
        )
        super().__init__(text, meter=meter.code, ceiling=str(ceiling))


class NotIncluded(Refused):
    """`given` is how much there was for nothing."""

    code, status = "not-included", 409

    def __init__(self, meter: Meter, given: int) -> None:
        spent = f"Бесплатный запас израсходован: {meter.of_what}, {given}"
        text = f"{spent if given else f'Тариф компании не включает {meter.of_what}'}. {_instead(meter)}"
        super().__init__(text, meter=meter.code, given=given)


class ExtrasUnpaid(Refused):
    code, status = "extras-unpaid", 409

    def __init__(self, meter: Meter) -> None:
        text = f"Услуги сверх тарифа не оплачены, пока приостановлены: {meter.of_what}. Оплатить их можно {_WHERE}"
        super().__init__(text, meter=meter.code)


def _instead(meter: Meter) -> str:
    choose = f"ыберите тариф, в который они входят, {_WHERE}"
    return f"{meter.instead} или в{choose}" if meter.instead else f"В{choose}"


def sum_words(value: Decimal) -> str:
    """«1 490,00 ₽»"""
    return f"{value:,.2f} ₽".replace(",", "\u00a0").replace(".", ",")
