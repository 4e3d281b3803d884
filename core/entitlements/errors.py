"""What is refused because of what a company pays for. Nothing is ever deleted for it, and what stands can be read."""

from core.errors import Refused

# Where whoever may pay finds the way to do it.
PAY = "/api/v1/billing/invoices/"


class ReadsOnly(Refused):
    code, status = "unpaid-reads-only", 403
    title = (
        "Подписка не оплачена, поэтому сейчас можно только смотреть: данные целы. "
        "Попросите владельца компании выставить и оплатить счёт"
    )

    def __init__(self) -> None:
        super().__init__(pay=PAY)


class LicenceOver(Refused):
    """On an own server: its licence has run out for longer than the grace, or there is none."""

    code, status = "licence-over", 403
    title = (
        "Срок лицензии этого сервера вышел, поэтому сейчас можно только смотреть: данные целы. "
        "Попросите администратора сервера положить новую лицензию"
    )


class Suspended(Refused):
    code, status = "unpaid-suspended", 403
    title = (
        "Работа приостановлена: подписка давно не оплачена. Данные сохранены, доступ вернётся сразу после оплаты. "
        "Попросите владельца компании выставить и оплатить счёт"
    )

    def __init__(self) -> None:
        super().__init__(pay=PAY)


class NotInPlan(Refused):
    """`module` is the code of what the plan does not hold."""

    code, status = "not-in-plan", 403
    title = "Этот модуль не входит в ваш тариф: прежние записи можно смотреть. Смените тариф, чтобы работать в нём"

    def __init__(self, module: str) -> None:
        super().__init__(module=module, pay=PAY)


class SeatsOver(Refused):
    """`seats` are paid for, `taken` are in use, invited people among them."""

    code, status = "seats-over", 409

    def __init__(self, *, seats: int, taken: int) -> None:
        text = (
            f"Мест по тарифу: {seats}, занято: {taken}. Заблокируйте ушедших, отзовите лишние приглашения "
            "или попросите владельца добавить места"
        )
        super().__init__(text, seats=seats, taken=taken, pay=PAY)


class StorageOver(Refused):
    """`limit` and `used` are bytes."""

    code, status = "storage-over", 409
    title = "Место для файлов закончилось. Удалите ненужные файлы или попросите владельца добавить места"

    def __init__(self, *, limit: int, used: int) -> None:
        super().__init__(limit=limit, used=used, pay=PAY)
