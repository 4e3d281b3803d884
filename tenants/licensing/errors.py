"""What may be refused about a licence that is put in the settings."""

from datetime import date

from core.errors import Refused


class NoOwnServer(Refused):
    code = "no-own-server"
    title = "Лицензия бывает у своего сервера. Здесь действует тариф: «Настройки → Тариф и оплата»"


class NoLicenceKey(Refused):
    code = "no-licence-key"
    title = (
        "Лицензию нечем проверить. Попросите администратора сервера задать LICENCE_PUBLIC_KEY: "
        "ключ прислали вместе с лицензией"
    )


class LicenceUnfit(Refused):
    """The file is no licence of ours, or one for another installation."""

    code, status, title = "licence-unfit", 422, "Файл лицензии не подошёл. Попросите новый"


class LicenceEnded(Refused):
    code = "licence-ended"

    def __init__(self, until: date) -> None:
        super().__init__(f"Срок этой лицензии вышел {until:%d.%m.%Y}. Попросите лицензию на новый срок")


class LicenceNotYet(Refused):
    code = "licence-not-yet"

    def __init__(self, begins: date) -> None:
        super().__init__(f"Эта лицензия начнёт действовать {begins:%d.%m.%Y}. Загрузите её в этот день")


class LicenceTooSmall(Refused):
    """`seats` are in the licence, `taken` are in use, invited people among them."""

    code = "licence-too-small"

    def __init__(self, *, seats: int, taken: int) -> None:
        text = (
            f"Мест в этой лицензии: {seats}, а занято: {taken}. Заблокируйте ушедших, отзовите лишние приглашения "
            f"или попросите лицензию на {taken}"
        )
        super().__init__(text, seats=seats, taken=taken)
