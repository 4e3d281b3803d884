"""What billing may refuse."""

from datetime import date
from decimal import Decimal

from core.errors import Refused, SlowDown, Unavailable
from core.metering.errors import sum_words
from core.metering.meters import Meter

from .rules.card import why_refused


class PaymentNeeded(Refused):
    """`charge` is what is missing, as the calculator counts it today."""

    code, status = "payment-needed", 409

    def __init__(self, charge: Decimal, currency: str) -> None:
        text = "Этот выбор нужно оплатить. Выставьте счёт: тариф сменится, как только придут деньги"
        super().__init__(text, charge=str(charge), currency=currency)


class NothingToPay(Refused):
    code, status = "nothing-to-pay", 409
    title = "Платить не нужно: денег на счёте хватает. Просто смените тариф"


class TooManyInvoices(Refused):
    code, status = "too-many-invoices", 409
    title = "Неоплаченных счетов уже слишком много. Оплатите один из них или дождитесь, пока истечёт срок оплаты"


class TooManyInvoicesToday(Refused):
    code, status = "too-many-invoices-today", 409
    title = "Сегодня выставлено уже слишком много счетов. Выставьте следующий завтра"


class NoInvoices(Refused):
    code, status = "no-invoices", 409
    title = "Счета пока не выставляются: не заданы реквизиты продавца. Напишите в поддержку"


class PaymentTaken(Refused):
    code, status, title = "payment-taken", 409, "Этот платёж уже зачислен. Выберите другой"


class NoTrial(Refused):
    code, status, title = "no-trial", 409, "Компания уже покупала тариф: продлевать можно только пробный период"


class CeilingBelowUse(Refused):
    """`needed` is what was used already, or what lies beyond the quota, costs this month."""

    code, status = "ceiling-below-use", 409

    def __init__(self, meter: Meter, needed: Decimal, *, over: int = 0) -> None:
        """`over` gigabytes lie beyond the quota."""
        text = (
            f"Сверх квоты сейчас {over} ГБ, это {sum_words(needed)} в месяц. "
            "Укажите не меньше этой суммы или сначала удалите ненужные файлы"
            if over
            else f"Расходы на {meter.of_what} за месяц уже дошли до {sum_words(needed)}. Укажите не меньше этой суммы"
        )
        super().__init__(text, meter=meter.code, over=over, needed=str(needed))


class CardNotOffered(Refused):
    code, status = "card-not-offered", 409
    title = "Картой заплатить пока нельзя. Выставьте счёт: его можно оплатить из банка"


class PaidByCard(Refused):
    code, status = "paid-by-card", 409
    title = "Тариф оплачивается картой. Чтобы платить по счёту, сначала отключите оплату картой"


class NoCard(Refused):
    code, status, title = "no-card", 409, "Картой ещё не платили. Выберите тариф и оплатите его картой"


class OnlySameByCard(Refused):
    """`until` is the day to which the invoice has paid."""

    code, status = "only-same-by-card", 409

    def __init__(self, until: date) -> None:
        text = f"До {until:%d.%m.%Y} тариф уже оплачен по счёту. Картой можно продлить его же, другой выберите по счёту"
        super().__init__(text, until=until.isoformat())


class PaidMeanwhile(Refused):
    code, status = "paid-meanwhile", 409
    title = "Пока вы переходили к оплате, пришли деньги или сменился тариф. Проверьте сумму и начните оплату заново"


class CardRefused(Refused):
    """`reason` is the bank's code."""

    code, status = "card-refused", 409

    def __init__(self, reason: str) -> None:
        super().__init__(why_refused(reason), reason=reason)


class CardSilent(Unavailable):
    code = "card-silent"
    title = "Служба оплаты картой не отвечает. С карты ничего не списано, повторите через минуту"


class TooManyCardSessions(SlowDown):
    title = "Вы уже много раз начинали оплату картой. Подождите час или выставьте счёт"
