"""What billing may refuse."""

from decimal import Decimal

from core.errors import Refused


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
